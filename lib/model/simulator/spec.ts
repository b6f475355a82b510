/** The simulator as one line: `sim:tokens=200,ttft=120ms,rate=80,seed=1,fault=cut@50`. */

import { ChimeraError } from '../../stage/index.js'
import { FAULT_FORMS, parseFault, type SimFault } from './fault.js'
import type { Pause, ScheduleOptions } from './schedule.js'

export const DIALECTS = ['openai', 'vllm', 'sglang', 'llama-server', 'ollama-v1'] as const
/** In whose words `/v1/chat/completions` answers. */
export type SimDialect = (typeof DIALECTS)[number]

export const WIRES = ['bytes', 'split', 'utf8', 'frames'] as const
/**
 * How the bytes of a message travel. `bytes`: each byte by itself. `split`: in two, cut at any byte. `utf8`: in two, cut inside a
 * character of several bytes. `frames`: in two, cut at any byte of the HTTP chunk, its length included.
 */
export type SimWire = (typeof WIRES)[number]

export interface SimSpec extends ScheduleOptions {
  /** One, or several of which the first that is for a request counts. */
  readonly fault?: SimFault | readonly SimFault[]
  /** A file with what is said, at most 1 MiB; read when a run begins. */
  readonly textFile?: string
  /** Of a server; default `openai`. */
  readonly dialect?: SimDialect
  readonly wire?: SimWire
  /** Messages that are held back until so many can be written at once; default 1. */
  readonly coalesce?: number
  /** What loading the model takes, ms: before the first answer, and again after it was unloaded. */
  readonly loadMs?: number
  /** What every request waits for, without the server counting it, ms. */
  readonly waitMs?: number
  /** Answers at once; the others wait. Default: any number. */
  readonly slots?: number
  /** Requests that may wait; more are busy. Default 512. */
  readonly queue?: number
  /** Tokens of the prompt; default its words. */
  readonly promptTokens?: number
  /** How many of them are said to come from the cache. */
  readonly cachedTokens?: number
  /** Prompts that are remembered: what a new one has in common with one of them comes from the cache. */
  readonly cache?: number
  /** Tokens of the prompt read per second, those of the cache for nothing; it comes before the first token, on top of `ttft`. */
  readonly prefill?: number
  /** A comment (`: ping`) whenever nothing was sent for so long, ms; not in Ollama's own protocol. */
  readonly pingMs?: number
  /** Said in the Retry-After of 429 and 503, ms; default 1000 for 429, nothing for 503. */
  readonly retryMs?: number
  /** How the answer says it ended; default `stop`, and `length` where the request's limit cut it. */
  readonly finish?: 'stop' | 'length'
}

const EXAMPLE = 'sim:tokens=200,ttft=120ms,rate=80,seed=1,fault=cut@50'
/** A run of ten million tokens is a mistake, not a test. */
const MOST_TOKENS = 10_000_000

type Read = (value: string, fail: (expected: string) => ChimeraError) => SimSpec

/** The keys; docs/simulator.md has them in this order. `text` comes last in a description, because it may hold commas. */
export const KEYS: Readonly<Record<string, Read>> = {
  tokens: count((tokens) => ({ tokens }), 0, MOST_TOKENS),
  ttft: duration((ttftMs) => ({ ttftMs })),
  rate: number((rate) => ({ rate }), 1e-3, 1e9),
  jitter: number((jitter) => ({ jitter }), 0, 1),
  seed: count((seed) => ({ seed }), 0, 0xffff_ffff),
  chunk: (value, fail) => {
    const [, least, most = least] = /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(value) ?? []
    const range = [Number(least), Number(most)] as const
    if (!(range[0] >= 1 && range[1] >= range[0])) throw fail('a number of tokens such as 4, or two such as 1-5')
    return { chunk: range[0] === range[1] ? range[0] : range }
  },
  coalesce: count((coalesce) => ({ coalesce }), 1, 10_000),
  pause: (value, fail) => {
    const [, ms, after] = /^([^@]*)@(\d{1,9})$/.exec(value) ?? []
    const length = milliseconds(ms ?? '')
    if (length === undefined) throw fail('a duration and a place such as 2s@30, for after 30 tokens')
    return { pauses: [{ ms: length, after: Number(after) }] }
  },
  thinking: count((thinking) => ({ thinking }), 0, MOST_TOKENS),
  tool: count((tool) => ({ tool }), 0, MOST_TOKENS),
  calls: count((calls) => ({ calls }), 1, 1000),
  load: duration((loadMs) => ({ loadMs })),
  wait: duration((waitMs) => ({ waitMs })),
  slots: count((slots) => ({ slots }), 1, 1_000_000),
  queue: count((queue) => ({ queue }), 0, 1_000_000),
  prompt: count((promptTokens) => ({ promptTokens }), 0, MOST_TOKENS),
  cached: count((cachedTokens) => ({ cachedTokens }), 0, MOST_TOKENS),
  cache: count((cache) => ({ cache }), 0, 10_000),
  prefill: number((prefill) => ({ prefill }), 1e-3, 1e9),
  finish: choice(['stop', 'length'], (finish) => ({ finish })),
  dialect: choice(DIALECTS, (dialect) => ({ dialect })),
  ping: duration((pingMs) => ({ pingMs })),
  wire: choice(WIRES, (wire) => ({ wire })),
  fault: (value, fail) => {
    const fault = parseFault(value)
    if (!fault) throw fail(FAULT_FORMS)
    return { fault }
  },
  retry: duration((retryMs) => ({ retryMs })),
  file: (value, fail) => {
    if (value === '') throw fail('a file')
    return { textFile: value }
  },
}

/**
 * The keys with what they take are in docs/simulator.md; `pause` and `fault` may stand several times.
 *
 * @throws {ChimeraError} `USAGE` that says which part is wrong.
 */
export function parseSpec(spec: string): SimSpec {
  const body = spec.trim().replace(/^sim(:|$)/, '')
  const said = /(?:^|,)text=/.exec(body)
  const parts = (said ? body.slice(0, said.index) : body).split(',').filter((part) => part.trim() !== '')
  const text = said ? { text: body.slice(said.index + said[0].length) } : {}
  return parts.reduce<SimSpec>((known, part) => both(known, parsePart(part.trim())), text)
}

function parsePart(part: string): SimSpec {
  const at = part.indexOf('=')
  const key = part.slice(0, Math.max(at, 0))
  const read = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined
  if (!read) throw wrong(part, `one of ${Object.keys(KEYS).join(', ')}, text`)
  return read(part.slice(at + 1).trim(), (expected) => wrong(part, expected))
}

/** A later part wins, but pauses and faults add up. */
function both(known: SimSpec, more: SimSpec): SimSpec {
  const pauses: readonly Pause[] = [...(known.pauses ?? []), ...(more.pauses ?? [])]
  const fault = known.fault && more.fault ? [known.fault, more.fault].flat() : (more.fault ?? known.fault)
  return { ...known, ...more, ...(pauses.length > 0 ? { pauses } : {}), ...(fault ? { fault } : {}) }
}

function number(make: (value: number) => SimSpec, least: number, most: number, whole = false): Read {
  return (value, fail) => {
    const found = value === '' ? NaN : Number(value)
    if (!(found >= least && found <= most) || (whole && !Number.isInteger(found))) throw fail(`a ${whole ? 'whole ' : ''}number from ${least} to ${most}`)
    return make(found)
  }
}

function count(make: (value: number) => SimSpec, least: number, most: number): Read {
  return number(make, least, most, true)
}

function duration(make: (ms: number) => SimSpec): Read {
  return (value, fail) => {
    const ms = milliseconds(value)
    if (ms === undefined) throw fail('a duration such as 120ms or 2s')
    return make(ms)
  }
}

function milliseconds(value: string): number | undefined {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s)$/.exec(value.trim()) ?? []
  return amount === undefined ? undefined : Number(amount) * (unit === 's' ? 1000 : 1)
}

function choice<const Choice extends string>(choices: readonly Choice[], make: (choice: Choice) => SimSpec): Read {
  return (value, fail) => {
    const found = choices.find((one) => one === value)
    if (found === undefined) throw fail(`one of ${choices.join(', ')}`)
    return make(found)
  }
}

function wrong(part: string, expected: string): ChimeraError {
  return new ChimeraError('USAGE', `expected ${expected} in the simulator's description, found "${part}": write it like ${EXAMPLE}`)
}
