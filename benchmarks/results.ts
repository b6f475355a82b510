/** Where results are kept, and what they were measured on. */

import { mkdirSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** Keeps one file of a question's results. */
export type Keep = (name: string, extension: 'csv' | 'json' | 'md' | 'svg', text: string) => void

export function keeper(folder: string): Keep {
  return (name, extension, text) => {
    mkdirSync(folder, { recursive: true })
    writeFileSync(path.join(folder, `${name}.${extension}`), text)
  }
}

export function projectRoot(): string {
  // Compiled to dist/benchmarks/.
  return path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..')
}

export const RESULTS = path.join(projectRoot(), 'benchmarks', 'results')

/** Real results of many tools, where this machine has them. */
export function corpusFolder(): string {
  return process.env['CHIMERA_CORPUS'] ?? path.join(projectRoot(), '..', 'shared', 'corpus')
}

export function environment() {
  const [cpu] = os.cpus()
  return { node: process.version, cpu: cpu?.model.trim() ?? 'unknown', cores: os.cpus().length, platform: `${os.platform()} ${os.arch()}` }
}

/** As lines of a Markdown list. */
export function environmentLines(): string[] {
  const { node, cpu, cores, platform } = environment()
  return [`- Node: ${node}`, `- CPU: ${cpu}, ${cores} cores`, `- Platform: ${platform}`]
}

export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [header, header.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`)
}
