/** The simulator as one line: `sim:tokens=200,ttft=120ms,rate=80,seed=1,fault=cut@50`. */

import { ChimeraError } from '../../stage/index.js'
import type { ScheduleOptions } from './schedule.js'

/**
 * What goes wrong. `refuse`: before the first token; the others after so many tokens. `cut`: the stream ends without its end.
 * `error`: the server says it failed. `stall`: nothing comes any more.
 */
export interface SimFault {
  readonly kind: 'refuse' | 'cut' | 'error' | 'stall'
  /** Tokens given before it; 0 for `refuse`. */
  readonly after: number
}

export interface SimSpec extends ScheduleOptions {
  readonly fault?: SimFault
  /** A file with what is said, at most 1 MiB; read when a run begins. */
  readonly textFile?: string
}

const EXAMPLE = 'sim:tokens=200,ttft=120ms,rate=80,seed=1,fault=cut@50'
/** A run of ten million tokens is a mistake, not a test. */
const MOST_TOKENS = 10_000_000

/**
 * Keys: `tokens`, `ttft` (with `ms` or `s`), `rate` (tokens/s), `jitter` (0 to 1), `seed`, `thinking` (tokens), `fault`
 * (`refuse`, `cut@50`, `error@50`, `stall@50`), `file`, and last, because it may hold commas, `text`.
 *
 * @throws {ChimeraError} `USAGE` that says which part is wrong.
 */
export function parseSpec(spec: string): SimSpec {
  const body = spec.replace(/^sim(:|$)/, '')
  const said = /(?:^|,)text=/.exec(body)
  const parts = (said ? body.slice(0, said.index) : body).split(',').filter((part) => part.trim() !== '')
  const text = said ? { text: body.slice(said.index + said[0].length) } : {}
  return parts.reduce<SimSpec>((known, part) => ({ ...known, ...parsePart(part.trim()) }), text)
}

function parsePart(part: string): SimSpec {
  const at = part.indexOf('=')
  const key = part.slice(0, Math.max(at, 0))
  const value = part.slice(at + 1)
  switch (key) {
    case 'tokens':
      return { tokens: number(part, value, 0, MOST_TOKENS, true) }
    case 'thinking':
      return { thinking: number(part, value, 0, MOST_TOKENS, true) }
    case 'seed':
      return { seed: number(part, value, 0, 0xffff_ffff, true) }
    case 'rate':
      return { rate: number(part, value, 1e-3, 1e9) }
    case 'jitter':
      return { jitter: number(part, value, 0, 1) }
    case 'ttft':
      return { ttftMs: duration(part, value) }
    case 'fault':
      return { fault: fault(part, value) }
    case 'file':
      return { textFile: value }
    default:
      throw wrong(part, 'one of tokens, ttft, rate, jitter, seed, thinking, fault, file, text')
  }
}

function number(part: string, value: string, least: number, most: number, whole = false): number {
  const found = value.trim() === '' ? NaN : Number(value)
  if (!(found >= least && found <= most) || (whole && !Number.isInteger(found))) {
    throw wrong(part, `a ${whole ? 'whole ' : ''}number from ${least} to ${most}`)
  }
  return found
}

function duration(part: string, value: string): number {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s)$/.exec(value.trim()) ?? []
  if (amount === undefined) throw wrong(part, 'a duration such as 120ms or 2s')
  return Number(amount) * (unit === 's' ? 1000 : 1)
}

function fault(part: string, value: string): SimFault {
  const [, kind, after] = /^(refuse|cut|error|stall)(?:@(\d{1,9}))?$/.exec(value.trim()) ?? []
  if (kind === undefined) throw wrong(part, 'refuse, cut@50, error@50 or stall@50')
  return { kind: kind as SimFault['kind'], after: Number(after ?? 0) }
}

function wrong(part: string, expected: string): ChimeraError {
  return new ChimeraError('USAGE', `expected ${expected} in the simulator's description, found "${part}": write it like ${EXAMPLE}`)
}
