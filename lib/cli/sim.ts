/** `chimera sim`: a simulated model server that other tools can be tried and tested against. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import path from 'node:path'
import { simServer, type SimTruth } from '../model/index.js'
import { ChimeraError, sanitize } from '../stage/index.js'
import { EXIT } from './exit.js'
import type { Io } from './io.js'
import { checkOutputs } from './outputs.js'
import type { SimOptions } from './sim-command.js'

/** Lines of truth are written together this often, ms: a write for each would make the server late. */
const WRITE_EVERY_MS = 50

/** Serves until it is told to stop, until so many requests are over, or until the command that was given has ended. */
export async function sim(spec: string | undefined, command: readonly string[], options: SimOptions, io: Io): Promise<number> {
  const [program, ...args] = command
  const truth = options.truth === undefined ? undefined : truthLines(options.truth, io)
  const stopped = untilAborted(io.signal)
  let left = options.requests ?? Infinity
  let enough: () => void = () => undefined
  const served = new Promise<void>((resolve) => (enough = resolve))
  const server = await simServer({
    spec: spec ?? '',
    ...(options.model === undefined ? {} : { models: options.model }),
    host: options.host,
    port: options.port,
    onTruth(told) {
      truth?.add(told)
      if (told.type !== 'end') return
      left -= 1
      if (left <= 0) enough()
    },
  })
  try {
    io.stderr.write(sanitize(`simulator at ${server.url}: Ollama's protocol there, OpenAI's at ${server.url}/v1; models ${(options.model ?? MODELS).join(', ')}\n`))
    if (program !== undefined) return await run(program, args, server.url, io)
    await Promise.race([stopped, served, truth?.failed ?? new Promise(() => undefined)])
    // The last answer's bytes are on their way to its client.
    if (left <= 0) await new Promise(setImmediate)
    return EXIT.done
  } finally {
    await server.close()
    await truth?.end()
  }
}

const MODELS = ['gemma3:latest', 'llama3.2:1b']

/** The command finds the server where it looks for one: `OLLAMA_HOST` and `OPENAI_BASE_URL`. Its exit code is ours. */
async function run(program: string, args: readonly string[], url: string, io: Io): Promise<number> {
  const env = { ...io.env, OLLAMA_HOST: url, OPENAI_BASE_URL: `${url}/v1`, OPENAI_API_KEY: io.env['OPENAI_API_KEY'] ?? 'sim' }
  const child = spawn(program, args, { cwd: io.cwd, env, stdio: 'inherit' })
  const stop = () => void child.kill('SIGTERM')
  io.signal.addEventListener('abort', stop, { once: true })
  try {
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
    return code ?? (signal === 'SIGINT' ? EXIT.interrupted : EXIT.failed)
  } catch (cause) {
    throw new ChimeraError('USAGE', `expected a command that can be run behind "--", found "${program}" (${cause instanceof Error ? cause.message : String(cause)})`, { cause })
  } finally {
    io.signal.removeEventListener('abort', stop)
  }
}

interface TruthLines {
  add(truth: SimTruth): void
  end(): Promise<void>
  /** Rejects when the file can no longer be written. */
  readonly failed: Promise<never>
}

/** `-` is stdout. */
function truthLines(file: string, io: Io): TruthLines {
  if (file !== '-') checkOutputs({ '--truth': file }, [], io)
  const out = file === '-' ? io.stdout : createWriteStream(path.resolve(io.cwd, file))
  const failed = new Promise<never>((_, reject) => out.once('error', reject))
  failed.catch(() => undefined)
  let lines: string[] = []
  const flush = () => {
    if (lines.length === 0) return
    out.write(lines.join(''))
    lines = []
  }
  const timer = setInterval(flush, WRITE_EVERY_MS)
  return {
    failed,
    add: (truth) => void lines.push(`${JSON.stringify(truth)}\n`),
    async end() {
      clearInterval(timer)
      flush()
      if (out === io.stdout) await new Promise((resolve) => out.write('', resolve))
      else await Promise.race([new Promise<void>((resolve) => out.end(() => resolve())), failed])
    },
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
