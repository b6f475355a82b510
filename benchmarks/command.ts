/** Runs one whole command and measures it: time until it has ended, processor time, and the most memory it held. */

import { spawn } from 'node:child_process'
import { accessSync, constants, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Took } from './question.js'

export interface Command {
  readonly command: string
  readonly args: readonly string[]
  /** `one` holds it to the first core, with all its threads. */
  readonly cores: Cores
  /** What it prints is kept, or goes nowhere: then the answer is an empty text. */
  readonly output?: 'keep' | 'discard'
  /** Measured from within by a hook of ours: a Node program that ends by itself. */
  readonly node?: boolean
}

export type Cores = 'one' | 'all'

export interface Ran {
  readonly took: Took
  readonly output: string
}

const HOOK = fileURLToPath(new URL('usage-hook.cjs', import.meta.url))
const GNU_TIME = '/usr/bin/time'

/** A program of Node, such as those of `peers/`. */
export function nodeCommand(file: string, args: readonly string[], cores: Cores): Command {
  return { command: process.execPath, args: ['--require', HOOK, file, ...args], cores, node: true }
}

/** Throws when it fails. What could not be measured on this machine is absent: GNU time measures what is no program of Node. */
export async function run({ command, args, cores, output = 'keep', node = false }: Command): Promise<Ran> {
  const folder = mkdtempSync(path.join(tmpdir(), 'chimera-bench-usage-'))
  const usage = path.join(folder, 'usage')
  const words = [...(node || !existsSync(GNU_TIME) ? [] : [GNU_TIME, '-o', usage, '-f', '%U %S %M']), ...(cores === 'one' && ONE_CORE ? ['taskset', '-c', '0'] : []), command, ...args]
  try {
    const { seconds, text } = await ended(words, { ...process.env, CHIMERA_BENCH_USAGE: usage }, output)
    return { took: { seconds, ...usageIn(usage) }, output: text }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Where a command of the PATH stands, if it does. */
export function onPath(name: string): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => path.join(folder, name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK)
        return true
      } catch {
        return false
      }
    })
}

/** Whether a command can be held to one core here. */
export const ONE_CORE = onPath('taskset') !== undefined

function ended(words: readonly string[], env: NodeJS.ProcessEnv, output: 'keep' | 'discard'): Promise<{ seconds: number; text: string }> {
  const [command = '', ...args] = words
  return new Promise((resolve, reject) => {
    const started = performance.now()
    const child = spawn(command, args, { env, stdio: ['ignore', output === 'keep' ? 'pipe' : 'ignore', 'pipe'] })
    const said: Buffer[] = []
    let complaint = ''
    child.stdout?.on('data', (chunk: Buffer) => said.push(chunk))
    child.stderr?.on('data', (chunk: Buffer) => (complaint = (complaint + chunk.toString('utf8')).slice(-500)))
    child.on('error', reject)
    let seconds = 0
    child.on('exit', () => (seconds = (performance.now() - started) / 1000))
    child.on('close', (code, signal) => {
      if (code === 0) resolve({ seconds, text: Buffer.concat(said).toString('utf8') })
      else reject(new Error(`${path.basename(command)} ended with ${signal ?? code ?? 'nothing'}: ${complaint.trim()}`))
    })
  })
}

/** Three numbers: user and system time in s, and the most resident memory in KiB. */
function usageIn(file: string): Omit<Took, 'seconds'> {
  if (!existsSync(file)) return {}
  const [user = NaN, system = NaN, peak = NaN] = readFileSync(file, 'utf8').trim().split(/\s+/).slice(-3).map(Number)
  if (![user, system, peak].every(Number.isFinite)) return {}
  return { cpuSeconds: user + system, peakBytes: peak * 1024 }
}
