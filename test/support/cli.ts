/** Runs the command as a shell would: a real process, real pipes. */

import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { cpSync, readdirSync, statSync, utimesSync } from 'node:fs'
import path from 'node:path'
import { fixture, root } from './paths.js'

/** The command as it ships. */
export const bin = bundled()

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

export interface RunOptions {
  cwd?: string
  input?: string | Buffer
  env?: NodeJS.ProcessEnv
  /** Given the child as soon as it runs. */
  started?: (child: ChildProcess) => void
}

/** stdin is empty unless `input` is given. */
export function chimera(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return ended(spawn(process.execPath, [bin, ...args], { cwd: options.cwd, env: { ...process.env, ...QUIET, ...options.env } }), options)
}

/** A shell line in which `chimera` stands for the command. */
export function shell(line: string, options: RunOptions = {}): Promise<Ended> {
  const script = `chimera() { "$NODE_BIN" "$CHIMERA_BIN" "$@"; }\n${line}`
  return ended(spawn('bash', ['-c', script], { cwd: options.cwd, env: { ...process.env, ...QUIET, NODE_BIN: process.execPath, CHIMERA_BIN: bin, ...options.env } }), options)
}

/** A copy of `test/fixtures/cli/results` whose files have one known date. */
export function results(folder: string): string {
  const target = path.join(folder, 'results')
  cpSync(fixture('cli', 'results'), target, { recursive: true })
  const date = new Date('2026-01-11T12:00:00Z')
  for (const entry of readdirSync(target, { recursive: true, encoding: 'utf8' })) utimesSync(path.join(target, entry), date, date)
  return target
}

/** Bundled anew when something was compiled since: a build by tsc alone is followed by the command that belongs to it. */
export function bundled(): string {
  const command = path.join(root, 'dist', 'command', 'chimera.js')
  const made = statSync(command, { throwIfNoEntry: false })?.mtimeMs ?? 0
  const compiled = ['bin', 'lib'].flatMap((folder) => readdirSync(path.join(root, 'dist', folder), { recursive: true, encoding: 'utf8' }).map((file) => path.join(root, 'dist', folder, file)))
  if (compiled.some((file) => file.endsWith('.js') && statSync(file).mtimeMs > made)) execFileSync(process.execPath, [path.join(root, 'bin', 'bundle.mjs')], { stdio: ['ignore', 2, 2] })
  return command
}

const QUIET = { NODE_DISABLE_COMPILE_CACHE: '1', NO_COLOR: '1', OLLAMA_HOST: '', OPENAI_API_KEY: '', OPENAI_BASE_URL: '' }

async function ended(child: ChildProcess, { input, started }: RunOptions): Promise<Ended> {
  let stdout = ''
  let stderr = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  // A command that does not want its input closes it; that is no failure of the test.
  child.stdin?.on('error', () => undefined)
  child.stdin?.end(input ?? '')
  started?.(child)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, stdout, stderr }))
  })
}
