/** Generated results to read: the same on every machine, shaped like what benchmarking leaves behind. */

import { Readable } from 'node:stream'
import type { Artifact, FormatName } from '../lib/index.js'

const MODELS = ['gemma3:latest', 'llama3.1:8b-instruct-q4_0', 'qwen2.5:7b', 'phi4:14b']
const METRICS = ['ttft_s', 'tokens_s', 'load_s', 'prompt_eval_s', 'eval_s', 'eval_count', 'prompt_eval_count', 'total_tokens', 'gpu_memory_mb']

export interface Row {
  readonly [name: string]: string | number
}

/** A small generator with a known sequence (Lehmer, MINSTD), so that results do not change between runs. */
export function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

export function rows(count: number): Row[] {
  const next = random(42)
  return Array.from({ length: count }, (_, index) => ({
    timestamp: new Date(Date.UTC(2026, 0, 1) + index * 1000).toISOString(),
    model: MODELS[index % MODELS.length] ?? '',
    num_gpu: [40, 60, 80, 999][Math.floor(next() * 4)] ?? 40,
    num_ctx: [1024, 2048, 4096][Math.floor(next() * 3)] ?? 1024,
    prompt: `prompt "${index % 7}", with a comma`,
    ...Object.fromEntries(METRICS.map((metric) => [metric, Number((next() * 100).toFixed(4))])),
  }))
}

export const measuredPerRow = METRICS.length

export function csvText(table: readonly Row[]): string {
  const [first] = table
  const header = Object.keys(first ?? {})
  const quote = (cell: string | number) => (typeof cell === 'number' ? String(cell) : `"${cell.replaceAll('"', '""')}"`)
  return [header.join(','), ...table.map((row) => header.map((name) => quote(row[name] ?? '')).join(','))].join('\n') + '\n'
}

export function markdownText(table: readonly Row[]): string {
  const names = ['model', 'num_gpu', 'num_ctx', ...METRICS]
  const lines = table.map((row) => `| ${names.map((name) => String(row[name])).join(' | ')} |`)
  const header = [`| ${names.join(' | ')} |`, `| ${names.map(() => '---').join(' | ')} |`]
  const sections: string[] = []
  for (let at = 0; at < lines.length; at += 25) sections.push(`## Sweep ${at / 25}\n\nRuns of one evening.\n\n${[...header, ...lines.slice(at, at + 25)].join('\n')}\n`)
  return sections.join('\n')
}

/** Bytes in memory as an artifact, in chunks as a disk would give them. */
export function inMemory(name: string, format: FormatName, bytes: Uint8Array): Artifact {
  return {
    type: 'artifact',
    name,
    format,
    bytes: bytes.length,
    async *open() {
      for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
    },
  }
}

/** Runs one artifact through `stages` and counts what comes out. */
export async function countItems(artifact: Artifact, stages: NodeJS.ReadWriteStream, wanted: (item: unknown) => boolean): Promise<number> {
  let count = 0
  Readable.from([artifact]).pipe(stages)
  for await (const item of stages as unknown as AsyncIterable<unknown>) if (wanted(item)) count += 1
  return count
}

export function isRecord(item: unknown): boolean {
  return (item as { type?: string }).type === undefined
}

export function expect(found: number, wanted: number): void {
  if (found !== wanted) throw new Error(`expected ${wanted}, found ${found}`)
}
