/** From what is typed after `chimera bench` to a plan. */

import { open } from 'node:fs/promises'
import path from 'node:path'
import { axesOf, benchPlan, numbersOf, parsePrompts, parseSlo, prompt, type Arrivals, type BenchPlan, type Prompt } from '../bench/index.js'
import { parseOptions } from '../model/index.js'
import { ChimeraError } from '../stage/index.js'
import type { Io } from './io.js'

export interface BenchOptions {
  readonly model: readonly string[]
  readonly url?: string
  readonly option?: readonly string[]
  readonly set?: readonly string[]
  readonly prompt?: readonly string[]
  readonly prompts?: string
  /** `none`: as many as the server likes. */
  readonly maxTokens: string
  readonly runs?: number
  readonly warmup: number
  readonly requests?: number
  readonly retries: number
  /** As typed: `30s`. */
  readonly duration?: string
  readonly concurrency?: string
  readonly rate?: string
  /** As typed: `poisson`, `gamma:0.5`. */
  readonly arrivals: string
  readonly order: 'random' | 'given'
  readonly seed: number
  readonly cache: 'cold' | 'warm' | 'any'
  readonly load: 'cold' | 'warm'
  readonly slo?: string
  readonly output?: string
  readonly resume: boolean
  readonly force: boolean
  readonly md?: string
  readonly trace?: string
  readonly format?: 'ndjson' | 'csv' | 'table' | 'md'
  readonly dryRun: boolean
  readonly strict: boolean
  /** Seconds. */
  readonly firstTokenTimeout: number
  /** Seconds. */
  readonly stallTimeout: number
  readonly progress: 'auto' | 'always' | 'plain' | 'never'
}

/** A file of prompts beyond this is a data set, not a sample of one. */
const PROMPTS_LIMIT = 64 * 1024 * 1024

/** @throws {ChimeraError} `USAGE`, `NOT_FOUND`, `UNREADABLE`. */
export async function planOf(options: BenchOptions, io: Io): Promise<BenchPlan> {
  const settings = parseOptions(options.option ?? [])
  const durationMs = options.duration === undefined ? undefined : milliseconds(options.duration)
  if (durationMs !== undefined && options.requests !== undefined) throw new ChimeraError('USAGE', 'expected either --duration or --requests, found both: a run ends with its time or with its last request')
  const maxTokens = options.maxTokens === 'none' ? undefined : whole(options.maxTokens, '--max-tokens', 'a whole number from 1, or none')
  const models = [...new Set(options.model)]
  return benchPlan({
    models,
    ...(options.url === undefined ? {} : { url: options.url }),
    options: settings,
    axes: axesOf(options.set ?? [], settings),
    concurrency: options.concurrency === undefined ? [] : numbersOf(options.concurrency, '--concurrency', { whole: true, most: 10_000 }),
    rates: options.rate === undefined ? [] : numbersOf(options.rate, '--rate'),
    ...(await promptsOf(options, io)),
    ...(maxTokens === undefined ? {} : { maxTokens }),
    ...(options.runs === undefined ? {} : { runs: options.runs }),
    warmup: options.warmup,
    ...(options.requests === undefined ? {} : { requests: options.requests }),
    ...(durationMs === undefined ? {} : { durationMs }),
    ...(options.retries === 0 ? {} : { retries: options.retries }),
    order: options.order,
    seed: options.seed,
    arrivals: arrivalsOf(options.arrivals),
    cache: options.cache,
    load: options.load,
    ...(options.slo === undefined ? {} : { slo: parseSlo(options.slo) }),
  })
}

async function promptsOf({ prompt: typed = [], prompts: file }: BenchOptions, io: Io): Promise<{ readonly prompts?: readonly Prompt[] }> {
  const own = typed.map((text) => prompt(text))
  if (own.some(({ messages }) => messages[0]?.content.trim() === '')) throw new ChimeraError('USAGE', 'expected --prompt to be a text, found nothing')
  const read = file === undefined ? [] : parsePrompts(await textOf(file, io), file)
  return own.length + read.length === 0 ? {} : { prompts: [...own, ...read] }
}

async function textOf(file: string, io: Io): Promise<string> {
  try {
    const handle = await open(path.resolve(io.cwd, file))
    try {
      const { size } = await handle.stat()
      if (size > PROMPTS_LIMIT) throw new ChimeraError('USAGE', `expected --prompts to be a file of at most 64 MiB, found ${file} with ${size} bytes: take a sample of it`)
      return await handle.readFile('utf8')
    } finally {
      await handle.close()
    }
  } catch (error) {
    if (error instanceof ChimeraError) throw error
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    const found = missing ? 'no such file' : error instanceof Error ? error.message : String(error)
    throw new ChimeraError(missing ? 'NOT_FOUND' : 'UNREADABLE', `expected --prompts to be a file with prompts, found ${file} (${found}): check its path`, { cause: error })
  }
}

function arrivalsOf(text: string): Arrivals {
  if (text === 'poisson' || text === 'constant') return { kind: text }
  const [, shape] = /^gamma(?::(\d+(?:\.\d+)?))?$/.exec(text) ?? []
  const value = Number(shape ?? 1)
  if (!text.startsWith('gamma') || (text.includes(':') && shape === undefined) || !(value >= 0.01 && value <= 100)) {
    throw new ChimeraError('USAGE', `expected --arrivals to be poisson, constant or gamma with a shape from 0.01 to 100, found "${text}": write it like gamma:0.5`)
  }
  return { kind: 'gamma', shape: value }
}

function milliseconds(text: string): number {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|min|h)$/.exec(text.trim()) ?? []
  const ms = Number(amount) * (unit === 'ms' ? 1 : unit === 's' ? 1000 : unit === 'h' ? 3_600_000 : 60_000)
  if (!(ms > 0)) throw new ChimeraError('USAGE', `expected --duration to be a time such as 30s or 5min, found "${text}"`)
  return ms
}

function whole(text: string, option: string, expected: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1 || value > 10_000_000) throw new ChimeraError('USAGE', `expected ${option} to be ${expected}, found "${text}"`)
  return value
}
