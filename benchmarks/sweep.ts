/** A sweep over models and settings as a file of any size: the same bytes on every machine, with what is true of them. */

import { closeSync, openSync, writeSync } from 'node:fs'
import { random } from './random.js'

/** `array`: one JSON array of objects; `document`: one JSON object that holds them under a key, after its settings. */
export type Shape = 'csv' | 'ndjson' | 'array' | 'document' | 'markdown'

export interface Column {
  readonly name: string
  /** Digits behind the point. */
  readonly decimals: number
  /** What chimera calls it, and what it multiplies the cell by. */
  readonly metric: string
  readonly scale: number
}

/** What the text says, whatever reads it. */
export interface Truth {
  readonly rows: number
  readonly groups: readonly Group[]
}

export interface Group {
  readonly model: string
  readonly rows: number
  /** One for each of {@link COLUMNS}, as the cells say it. */
  readonly means: readonly number[]
  readonly medians: readonly number[]
}

export interface SweepFile extends Truth {
  readonly file: string
  readonly bytes: number
}

export const MODELS = ['gemma3:latest', 'llama3.1:8b-instruct-q4_0', 'qwen2.5:7b', 'phi4:14b']

/** The measured ones; before them stand the settings: timestamp, model, num_gpu, num_ctx, prompt. */
export const COLUMNS: readonly Column[] = [
  { name: 'ttft_s', decimals: 4, metric: 'ttft', scale: 1 },
  { name: 'tokens_s', decimals: 2, metric: 'output_throughput', scale: 1 },
  { name: 'load_s', decimals: 4, metric: 'load_duration', scale: 1 },
  { name: 'prompt_eval_s', decimals: 4, metric: 'prompt_eval_duration', scale: 1 },
  { name: 'eval_s', decimals: 4, metric: 'eval_duration', scale: 1 },
  { name: 'eval_count', decimals: 0, metric: 'output_tokens', scale: 1 },
  { name: 'prompt_eval_count', decimals: 0, metric: 'prompt_tokens', scale: 1 },
  { name: 'total_tokens', decimals: 0, metric: 'total_tokens', scale: 1 },
  { name: 'gpu_memory_mb', decimals: 1, metric: 'gpu_memory_used', scale: 1e6 },
]

const NAMES = ['timestamp', 'model', 'num_gpu', 'num_ctx', 'prompt', ...COLUMNS.map(({ name }) => name)]
/** So many lines are there, and so many prompts in them. */
const LINES = 16_384
const PROMPTS = 997
/** Rows of one Markdown table. */
const TABLE = 25
const WRITE_BYTES = 1 << 18

/** Writes rows until the file holds `bytes`; the last row is whole. */
export function writeSweep(file: string, shape: Shape, bytes: number): SweepFile {
  const rows = sweep(shape)
  const out = openSync(file, 'w')
  let written = 0
  let text = opening(shape)
  let count = 0
  try {
    while (count === 0 || written + text.length < bytes) {
      text += rows.next()
      count += 1
      // All of it is ASCII: characters are bytes.
      if (text.length >= WRITE_BYTES) {
        written += writeSync(out, text)
        text = ''
      }
    }
    written += writeSync(out, text + ending(shape))
  } finally {
    closeSync(out)
  }
  return { file, bytes: written, ...rows.truth() }
}

/** The same as text, for what is small. */
export function sweepText(shape: Shape, count: number): string {
  const rows = sweep(shape)
  let text = opening(shape)
  for (let index = 0; index < count; index += 1) text += rows.next()
  return text + ending(shape)
}

interface Line {
  readonly model: number
  readonly settings: readonly [model: string, gpu: string, context: string, prompt: string]
  /** Whole numbers of the last digit, so that sums are exact below 2^53. */
  readonly values: readonly number[]
  /** All but the timestamp, in the shape that is written. */
  readonly text: string
}

/** Lines are made once and drawn by chance, each time with another timestamp: a gigabyte takes seconds. */
function sweep(shape: Shape): { next(): string; truth(): Truth } {
  const draw = random(42)
  const lines = Array.from({ length: LINES }, (_, index) => line(shape, draw, index))
  const drawn = new Uint32Array(LINES)
  let index = 0
  return {
    next() {
      const at = Math.floor(draw() * LINES)
      drawn[at] = (drawn[at] ?? 0) + 1
      const { text } = lines[at] ?? { text: '' }
      const row = shape === 'markdown' ? (index % TABLE === 0 ? heading(index / TABLE) : '') + text : opened(shape, index) + timestamp(index) + text
      index += 1
      return row
    },
    truth: () => ({ rows: index, groups: MODELS.map((model, at) => group(model, lines, drawn, at)).filter(({ rows }) => rows > 0) }),
  }
}

function line(shape: Shape, draw: () => number, index: number): Line {
  const model = index % MODELS.length
  const output = 50 + Math.floor(draw() * 512)
  const input = 10 + Math.floor(draw() * 2048)
  const rate = 2000 + Math.floor(draw() * 6000)
  const evaluation = Math.round((output / rate) * 1e6)
  const values = [500 + Math.floor(draw() ** 3 * 20_000), rate, Math.floor(draw() * 50_000), 100 + Math.floor(draw() * 5000), evaluation, output, input, output + input, 40_000 + Math.floor(draw() * 80_000)]
  const settings = [MODELS[model] ?? '', ['40', '60', '80', '999'][Math.floor(draw() * 4)] ?? '', ['1024', '2048', '4096'][Math.floor(draw() * 3)] ?? '', `prompt "${index % PROMPTS}", with a comma`] as const
  const cells = values.map((value, at) => (value / 10 ** (COLUMNS[at]?.decimals ?? 0)).toFixed(COLUMNS[at]?.decimals))
  return { model, settings, values, text: lineText(shape, settings, cells) }
}

function group(model: string, lines: readonly Line[], drawn: Uint32Array, at: number): Group {
  const own = lines.map((one, index) => ({ values: one.values, model: one.model, times: drawn[index] ?? 0 })).filter((one) => one.model === at)
  const rows = own.reduce((sum, { times }) => sum + times, 0)
  const means = COLUMNS.map(({ decimals }, column) => own.reduce((sum, { values, times }) => sum + (values[column] ?? 0) * times, 0) / 10 ** decimals / rows)
  const medians = COLUMNS.map(({ decimals }, column) => middle(own.map(({ values, times }) => ({ value: values[column] ?? 0, times }))) / 10 ** decimals)
  return { model, rows, means, medians }
}

function middle(values: { value: number; times: number }[]): number {
  values.sort((a, b) => a.value - b.value)
  let left = values.reduce((sum, { times }) => sum + times, 0) / 2
  for (const { value, times } of values) {
    left -= times
    if (left <= 0) return value
  }
  return Number.NaN
}

/** A row a second from the first of January 2026 on. */
function timestamp(index: number): string {
  const day = Math.floor(index / DAY)
  if (day !== dayOf) {
    dayOf = day
    dayText = new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 11)
  }
  return `${dayText}${(CLOCK[index % DAY] ??= new Date((index % DAY) * 1000).toISOString().slice(11))}`
}

const DAY = 86_400
const CLOCK: string[] = []
let dayOf = -1
let dayText = ''

function opening(shape: Shape): string {
  if (shape === 'csv') return `${NAMES.join(',')}\n`
  if (shape === 'array') return '['
  if (shape === 'document') return '{"tool":"sweep","settings":{"temperature":0,"seed":42},"results":['
  return shape === 'markdown' ? '# Sweep\n' : ''
}

function opened(shape: Shape, index: number): string {
  if (shape === 'csv') return '"'
  return shape === 'ndjson' || index === 0 ? '{"timestamp":"' : ',\n{"timestamp":"'
}

function lineText(shape: Shape, [model, gpu, context, prompt]: Line['settings'], cells: readonly string[]): string {
  if (shape === 'markdown') return `| ${[model, gpu, context, ...cells].join(' | ')} |\n`
  if (shape === 'csv') return `","${model}",${gpu},${context},"${prompt.replaceAll('"', '""')}",${cells.join(',')}\n`
  return `","model":"${model}","num_gpu":${gpu},"num_ctx":${context},"prompt":"${prompt.replaceAll('"', '\\"')}",${cells.map((cell, at) => `${KEYS[at] ?? ''}${cell}`).join(',')}}${shape === 'ndjson' ? '\n' : ''}`
}

const KEYS = COLUMNS.map(({ name }) => `"${name}":`)

function heading(table: number): string {
  const names = ['model', 'num_gpu', 'num_ctx', ...COLUMNS.map(({ name }) => name)]
  return `\n## Evening ${table}\n\nAll runs of one evening, in the order in which they were started.\n\n| ${names.join(' | ')} |\n| ${names.map(() => '---').join(' | ')} |\n`
}

function ending(shape: Shape): string {
  if (shape === 'array') return ']\n'
  return shape === 'document' ? ']}\n' : ''
}
