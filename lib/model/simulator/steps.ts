/** A description as steps on the server's clock: when what is said, and what goes wrong. */

import type { ServerUsage } from '../model.js'
import type { SimFault } from './fault.js'
import { pieces, type ScheduledPiece } from './schedule.js'
import type { SimStep } from './script.js'
import type { SimSpec } from './spec.js'

/** One request, as far as its answer's times depend on it. Times are on the server's clock, ms. */
export interface Course {
  readonly arrivedAt: number
  /** When the prompt begins to be read: the model is loaded, and there is room. */
  readonly beginsAt: number
  /** Of that, what loading took. */
  readonly loadMs: number
  readonly promptTokens: number
  readonly cachedTokens: number | undefined
  /** The most tokens the request wants. */
  readonly limit?: number
  readonly fault?: SimFault | undefined
  /** What the dialect says before the first token: its header, its role, how far the prompt is. */
  readonly early: boolean
  readonly roleAhead: boolean
  readonly tellsProgress: boolean
}

/** Into how many parts the reading of a prompt is told. */
const PROGRESS_PARTS = 4
const HUGE = 9 * 1024 * 1024
/** Longer than the gap between two bytes in any reader's buffer, short enough for a header within a second. */
const SLOW_BYTE_MS = 5
/** A reset that comes before its reader has read what stood in front of it looks like a plain end to some kernels. */
const RESET_MS = 20

export function* stepsOf(spec: SimSpec, course: Course): Generator<SimStep, void, undefined> {
  const { fault, beginsAt } = course
  const { pingMs, coalesce = 1 } = spec
  const readMs = promptMs(spec, course)
  let saidAt = course.arrivedAt

  /** With comments on the way, where it is long. */
  function* until(time: number): Generator<SimStep, void, undefined> {
    while (pingMs !== undefined && time - saidAt > pingMs) {
      saidAt += pingMs
      yield { type: 'wait', at: saidAt }
      yield { type: 'comment' }
    }
    saidAt = time
    yield { type: 'wait', at: time }
  }
  function* silence(): Generator<SimStep, void, undefined> {
    if (pingMs !== undefined) yield* until(Infinity)
    yield { type: 'wait', until: new Promise(() => undefined) }
  }

  if (fault?.kind === 'slow-headers') yield { type: 'headers', byteMs: SLOW_BYTE_MS }
  else if (course.early) yield { type: 'headers' }

  let count = 0
  let first: number | undefined
  let last = beginsAt - course.arrivedAt
  let held = 0
  let broken = false
  const breakAt = fault && INSIDE.has(fault.kind) ? fault.after : undefined
  const ahead = reading(readMs, course)
  for (const piece of upTo(pieces({ ...spec, ttftMs: readMs }, breakAt), course.limit)) {
    if (breakAt !== undefined && count >= breakAt && !broken) {
      broken = true
      if (held > 0) yield FLUSH
      yield* broke(fault, silence)
      if (!GOES_ON.has(fault?.kind ?? '')) return
    }
    for (const { at, step } of count === 0 ? ahead : []) {
      yield* until(beginsAt + at)
      yield step
    }
    const due = beginsAt + piece.dueMs
    yield* until(due)
    held = (held + 1) % coalesce
    yield said(piece, held > 0)
    count += piece.tokens.length
    last = due - course.arrivedAt
    first ??= last
  }
  if (held > 0) yield FLUSH
  if (breakAt !== undefined && !broken) {
    yield* broke(fault, silence)
    if (!GOES_ON.has(fault?.kind ?? '')) return
  }
  const full = usage(course, count, first, last, readMs)
  const cut = course.limit !== undefined && count >= course.limit
  yield {
    type: 'done',
    usage: fault?.kind === 'units' ? misstated(full) : full,
    reason: spec.finish ?? (cut ? 'length' : 'stop'),
    ...(fault && fault.kind in OMITS ? { without: OMITS[fault.kind as keyof typeof OMITS] } : {}),
    ...(fault?.kind === 'linger' ? { open: true } : {}),
  }
  if (fault?.kind === 'linger') yield { type: 'wait', until: new Promise(() => undefined) }
}

/** From the beginning of the prompt to the first token, ms. */
export function promptMs(spec: SimSpec, { promptTokens, cachedTokens = 0 }: Pick<Course, 'promptTokens' | 'cachedTokens'>): number {
  const reading = spec.prefill === undefined ? 0 : ((promptTokens - cachedTokens) * 1000) / spec.prefill
  return (spec.ttftMs ?? 120) + reading
}

const INSIDE: ReadonlySet<string> = new Set<SimFault['kind']>(['cut', 'close', 'reset', 'error', 'error-field', 'stall', 'garbage', 'huge'])
const GOES_ON: ReadonlySet<string> = new Set<SimFault['kind']>(['garbage', 'huge'])
const OMITS = { 'no-usage': 'usage', 'no-finish': 'finish', 'no-done': 'done', 'bare-done': 'blank' } as const
/** Nothing more to say, but what was held goes out. */
const FLUSH: SimStep = { type: 'raw', bytes: '' }

function* broke(fault: SimFault | undefined, silence: () => Iterable<SimStep>): Generator<SimStep, void, undefined> {
  switch (fault?.kind) {
    case 'close':
      yield { type: 'die' }
      return
    case 'reset':
      yield { type: 'wait', ms: RESET_MS }
      yield { type: 'reset' }
      return
    case 'error':
    case 'error-field':
      yield { type: 'error', message: 'the simulator failed, as it was told to', field: fault.kind === 'error-field' }
      return
    case 'stall':
      yield* silence()
      return
    case 'garbage':
      yield { type: 'raw', bytes: 'data: {"this is": no JSON\n\n' }
      return
    case 'huge':
      yield { type: 'text', text: 'x'.repeat(HUGE) }
      return
    default:
  }
}

function said(piece: ScheduledPiece, hold: boolean): SimStep {
  const { kind, text, tokens, call } = piece
  const more = { text, tokens, ...(hold ? { hold } : {}) }
  return kind === 'tool' && call ? { type: 'tool', call, ...more } : { type: kind === 'thinking' ? 'thinking' : 'text', ...more }
}

/** What is said while the prompt is read: when, since its beginning. A chunked prefill shows the role half-way. */
function reading(readMs: number, course: Course): { readonly at: number; readonly step: SimStep }[] {
  const { promptTokens, cachedTokens = 0 } = course
  const told = (part: number) => {
    const share = part / PROGRESS_PARTS
    const processed = cachedTokens + Math.round((promptTokens - cachedTokens) * share)
    return { at: readMs * share, step: { type: 'progress', processed, ms: readMs * share } as const }
  }
  return [...(course.tellsProgress ? [1, 2, 3].map(told) : []), ...(course.roleAhead ? [{ at: readMs / 2, step: { type: 'role' } as const }] : [])]
}

/** At most so many tokens. */
function* upTo(all: Iterable<ScheduledPiece>, limit = Infinity): Generator<ScheduledPiece, void, undefined> {
  let room = limit
  for (const piece of all) {
    if (room <= 0) return
    const tokens = piece.tokens.slice(0, room)
    yield tokens.length === piece.tokens.length ? piece : { ...piece, tokens, text: tokens.join('') }
    room -= tokens.length
  }
}

/** As the schedule has it, not as timers fired. What was waited for is in the total only, as with Ollama. */
function usage({ promptTokens, cachedTokens, loadMs }: Course, count: number, first: number | undefined, last: number, readMs: number): ServerUsage {
  return {
    ...(promptTokens === 0 ? {} : { promptTokens }),
    ...(cachedTokens === undefined ? {} : { cachedPromptTokens: cachedTokens }),
    ...(count === 0 ? {} : { outputTokens: count }),
    totalDuration: last / 1000,
    ...(loadMs === 0 ? {} : { loadDuration: loadMs / 1000 }),
    ...(first === undefined ? {} : { promptEvalDuration: readMs / 1000, evalDuration: (last - first) / 1000 }),
  }
}

function misstated(usage: ServerUsage): ServerUsage {
  const wrong = Object.entries(usage).map(([key, value]) => [key, key.endsWith('Duration') ? (value as number) / 1e6 : (value as number)] as const)
  return Object.fromEntries(wrong)
}
