/** What can go wrong with a simulated answer, how it is written, and which request it hits. */

import { drawAt } from './random.js'

/** The faults, each with what it does: docs/simulator.md has them in this order. */
export const FAULTS = {
  status: 'the answer is an HTTP status from 400 to 599, with a body as JSON, or `-html`, `-text`, `-empty`; 429 has a Retry-After',
  busy: 'the server has no room: 503 from Ollama, 429 from the others',
  refuse: 'the server will not: 403',
  html: 'HTTP 200 with a web page instead of the protocol',
  'error-body': 'HTTP 200 with a JSON body that holds only an error',
  'slow-headers': 'the HTTP header trickles in, a byte every 5 ms; then all is well',
  cut: 'the response ends well, but without its last message',
  close: 'the connection is closed inside the response',
  reset: 'the connection is reset',
  error: 'an error inside the stream, in the words of the dialect, then the end',
  'error-field': 'the same in the field `error:` of older llama-server builds',
  stall: 'nothing comes any more; the connection stays',
  garbage: 'a line that is not the protocol; then all is well',
  huge: 'a piece of 9 MiB; then all is well',
  linger: 'all is well, but the connection never ends',
  units: 'durations are milliseconds where nanoseconds belong',
  'no-usage': 'the counts and durations are missing',
  'no-finish': 'the last message has no reason for the end',
  'no-done': 'the response ends without `[DONE]`, or without the last message',
  'bare-done': '`[DONE]` without the blank line behind it',
  any: 'one of cut, close, reset, error, stall, garbage, busy and 500, anywhere',
} as const

export type SimFaultKind = keyof typeof FAULTS

export interface SimFault {
  readonly kind: SimFaultKind
  /** Tokens given before it; 0 for those that are no matter of tokens. */
  readonly after: number
  /** For `status`. */
  readonly status?: number
  /** For `status`; default JSON. */
  readonly body?: 'html' | 'text' | 'empty'
  /** Only so many requests, the first ones. */
  readonly times?: number
  /** Only this share of the requests, 0 to 1, after the seed. */
  readonly share?: number
}

/** Kinds that stand at a token. */
const PLACED: ReadonlySet<string> = new Set<SimFaultKind>(['cut', 'close', 'reset', 'error', 'error-field', 'stall', 'garbage', 'huge'])
const MODIFIERS = /(@\d{1,9}|\*\d{1,9}|%\d{1,3}(?:\.\d{1,6})?)$/
export const FAULT_FORMS = `one of ${Object.keys(FAULTS).filter((kind) => kind !== 'status').join(', ')}, or a status such as 500 or 502-html; with @50 for after 50 tokens, *2 for the first 2 requests, %10 for 10 of 100 requests`

/** `cut@50`, `busy*2`, `502-html%10`; `undefined` when it is none. */
export function parseFault(text: string): SimFault | undefined {
  const modifiers: { after?: number; times?: number; share?: number } = {}
  let rest = text.trim()
  for (;;) {
    const found = MODIFIERS.exec(rest)?.[0]
    if (found === undefined) break
    const key = found[0] === '@' ? 'after' : found[0] === '*' ? 'times' : 'share'
    if (modifiers[key] !== undefined) return undefined
    modifiers[key] = Number(found.slice(1)) / (key === 'share' ? 100 : 1)
    rest = rest.slice(0, -found.length)
  }
  const [, status, body] = /^([45]\d\d)(?:-(html|text|empty))?$/.exec(rest) ?? []
  if (status === undefined && !(rest !== 'status' && Object.hasOwn(FAULTS, rest))) return undefined
  if (modifiers.after !== undefined && !PLACED.has(rest)) return undefined
  if (modifiers.share !== undefined && modifiers.share > 1) return undefined
  return {
    kind: status === undefined ? (rest as SimFaultKind) : 'status',
    after: 0,
    ...modifiers,
    ...(status === undefined ? {} : { status: Number(status) }),
    ...(body === undefined ? {} : { body: body as 'html' }),
  }
}

/** As a description has it, without what says whom it hits. */
export function faultText({ kind, after, status, body }: SimFault): string {
  return `${kind === 'status' ? (status ?? 500) : kind}${body === undefined ? '' : `-${body}`}${PLACED.has(kind) ? `@${after}` : ''}`
}

/**
 * The fault of one request: the first of several that is for it. `index` counts the requests from 0, `tokens` is how long its answer
 * is. The same seed and index give the same fault.
 */
export function faultFor(faults: SimFault | readonly SimFault[] | undefined, index: number, seed: number, tokens: number): SimFault | undefined {
  const list = faults === undefined ? [] : isOne(faults) ? [faults] : faults
  const found = list.find(({ times, share }, place) => (times === undefined || index < times) && (share === undefined || drawAt(seed + place, index) < share))
  if (found?.kind !== 'any') return found
  const kinds = ['cut', 'close', 'reset', 'error', 'stall', 'garbage', 'busy', 'status'] as const
  const kind = kinds[Math.floor(drawAt(seed + 101, index) * kinds.length)] ?? 'cut'
  return {
    kind,
    after: PLACED.has(kind) ? Math.floor(drawAt(seed + 102, index) * tokens) : 0,
    ...(kind === 'status' ? { status: 500 } : {}),
  }
}

function isOne(faults: SimFault | readonly SimFault[]): faults is SimFault {
  return !Array.isArray(faults)
}
