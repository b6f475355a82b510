/** The programs that chimera is compared with: which version is here, and where. */

import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { onPath } from './command.js'
import { projectRoot } from './results.js'

/** `name@version` of an installed package. */
export function peer(name: string): string {
  return `${name}@${versionIn(path.join(projectRoot(), 'node_modules', name))}`
}

export const NODE = `node@${process.versions.node}`

/** The compiled program of `peers/`. */
export function peerProgram(name: string): string {
  return fileURLToPath(new URL(`peers/${name}.js`, import.meta.url))
}

/** What ships as the command. */
export function chimeraProgram(): string {
  const { bin } = JSON.parse(readFileSync(path.join(projectRoot(), 'package.json'), 'utf8')) as { bin: { chimera: string } }
  return path.join(projectRoot(), bin.chimera)
}

export interface Tool {
  readonly file: string
  /** `name@version`. */
  readonly peer: string
}

/** A command of the PATH that tells its version: the first number with points in it. */
export function tool(name: string): Tool | undefined {
  const file = onPath(name)
  if (file === undefined) return undefined
  const version = /\d+(\.\d+)+/.exec(execFileSync(file, ['--version'], { encoding: 'utf8' }))?.[0] ?? 'unknown'
  return { file, peer: `${name}@${version}` }
}

/**
 * DuckDB is a binary of 68 MB: it is no development dependency, since every `npm ci` would fetch it for one row of one table.
 * `npm run bench -- --peers` puts it beside the build.
 */
const DUCKDB = '@duckdb/node-api'
const DUCKDB_VERSION = '1.5.6-r.1'
const PEERS = path.join(projectRoot(), '.build', 'bench-peers')

/** The file to import. */
export function duckdb(): Tool | undefined {
  const folder = path.join(PEERS, 'node_modules', DUCKDB)
  const file = path.join(folder, 'lib', 'index.js')
  return existsSync(file) ? { file, peer: `duckdb@${versionIn(folder)}` } : undefined
}

/** Fetches what is too large to be a development dependency. */
export function fetchPeers(): void {
  if (duckdb()) return
  mkdirSync(PEERS, { recursive: true })
  writeFileSync(path.join(PEERS, 'package.json'), '{ "private": true }\n')
  const { status, error } = spawnSync('npm', ['install', '--prefix', PEERS, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', `${DUCKDB}@${DUCKDB_VERSION}`], {
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (status !== 0) process.stderr.write(`DuckDB could not be fetched${error ? `: ${error.message}` : ''}; what is compared with it is left out\n`)
}

function versionIn(folder: string): string {
  return (JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as { version: string }).version
}
