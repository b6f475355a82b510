/** The tool as a function of its arguments and streams. */

import { CommanderError } from 'commander'
import { ChimeraError } from '../stage/index.js'
import { describe, EXIT, exitCodeOf, isAbort, isClosedPipe } from './exit.js'
import type { Io } from './io.js'
import { program } from './program.js'

/** Runs one command line; never throws and never ends the process. */
export async function main(args: readonly string[], io: Io): Promise<number> {
  let code: number = EXIT.done
  // An error event, also a late one (a closed pipe, a full disk), must not take the process down: the listeners stay.
  let broken: unknown
  io.stdout.on('error', (error) => (broken ??= error))
  io.stderr.on('error', () => undefined)
  try {
    await program(io, (ended) => (code = ended)).parseAsync([...args], { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode !== 0) return EXIT.usage
      await new Promise((resolve) => io.stdout.write('', resolve))
      return broken === undefined || isClosedPipe(broken) ? EXIT.done : EXIT.failed
    }
    if (isClosedPipe(error)) return EXIT.done
    if (isAbort(error) || io.signal.aborted) return EXIT.interrupted
    io.stderr.write(`${describe(error, io.env)}\n`)
    if (error instanceof ChimeraError && error.code === 'USAGE') io.stderr.write('Run "chimera help" to see what it takes.\n')
    return exitCodeOf(error)
  }
}
