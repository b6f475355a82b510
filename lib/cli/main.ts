/** The tool as a function of its arguments and streams. */

import { CommanderError } from 'commander'
import { ChimeraError } from '../stage/index.js'
import { describe, EXIT, exitCodeOf, isAbort, isClosedPipe } from './exit.js'
import type { Io } from './io.js'
import { program } from './program.js'

/** Runs one command line; never throws and never ends the process. */
export async function main(args: readonly string[], io: Io): Promise<number> {
  let code: number = EXIT.done
  // An error event after the run (a closed pipe, mostly) must not take the process down.
  const ignore = () => undefined
  io.stdout.on('error', ignore)
  io.stderr.on('error', ignore)
  try {
    await program(io, (ended) => (code = ended)).parseAsync([...args], { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage
    if (isClosedPipe(error)) return EXIT.done
    if (isAbort(error) || io.signal.aborted) return EXIT.interrupted
    io.stderr.write(`${describe(error, io.env)}\n`)
    if (error instanceof ChimeraError && error.code === 'USAGE') io.stderr.write('Run "chimera help" to see what it takes.\n')
    return exitCodeOf(error)
  } finally {
    io.stdout.off('error', ignore)
    io.stderr.off('error', ignore)
  }
}
