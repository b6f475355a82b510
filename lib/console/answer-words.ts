/** What is said of an answer: its name, how it ended, what it reached. Plain text, safe to show. */

import { amountOf, overallRate, ttft, type ModelStream, type StreamEnd, type StreamKey } from './model-stream.js'
import { counted, duration, perSecond } from './quantity.js'
import { shown } from './shown.js'

const END_WORDS: Readonly<Record<StreamEnd, string>> = {
  stop: 'done',
  length: 'cut at its length limit',
  cancelled: 'cancelled',
  interrupted: 'not finished',
  error: 'failed',
  truncated: 'failed: truncated',
  stalled: 'failed: stalled',
  timeout: 'failed: timeout',
  refused: 'failed: refused',
  'not-found': 'failed: not found',
  busy: 'failed: busy',
  invalid: 'failed: invalid',
}

/** `analysis`, `bench 12.3`; an agent's stage (`A analysis`) has the name of its stream in it. */
export function nameOf(stream: StreamKey): string {
  const { before, own, after } = nameParts(stream)
  return [before, own, after].filter((part) => part !== '').join(' ')
}

/** `own` is what tells a stream from others of its stage; the rest may go where there is no room. */
export function nameParts({ stage, stream }: StreamKey): { readonly before: string; readonly own: string; readonly after: string } {
  const work = shown(stage)
  const own = shown(stream ?? '')
  if (own === '') return { before: work, own, after: '' }
  if (work === own) return { before: '', own, after: '' }
  return work.startsWith(`${own} `) ? { before: '', own, after: work.slice(own.length + 1) } : { before: work, own, after: '' }
}

export function endWords(end: StreamEnd): string {
  return END_WORDS[end]
}

/** How it ended, unless the model simply finished. */
export function endNote(stream: ModelStream): string[] {
  return stream.end === 'stop' ? [] : [endWords(stream.end ?? 'interrupted')]
}

/** `gemma3:latest: TTFT 625 ms, 42.8 tok/s, 2,406 tokens` */
export function answerLine(stream: ModelStream): string {
  return `${shown(stream.model)}: ${[...answerFigures(stream), ...endNote(stream)].join(', ')}`
}

/** TTFT, rate, count. */
export function answerFigures(stream: ModelStream): string[] {
  const first = ttft(stream)
  if (!stream.pieces) return ['no token came']
  const overall = overallRate(stream)
  return [...(first === undefined ? [] : [`TTFT ${duration(first)}`]), ...(overall === undefined ? [] : [rateText(overall, amountOf(stream).unit)]), quantity(stream)]
}

/** `812 tokens` when they were counted, else `812 chunks`. */
export function quantity(stream: ModelStream): string {
  const { count, unit } = amountOf(stream)
  return counted(count, unit)
}

/** `42.8 tok/s`; a chunk is not a token unless the server says so. */
export function rateText(value: number, unit: 'token' | 'chunk'): string {
  return `${perSecond(value)} ${unit === 'token' ? 'tok/s' : 'chunk/s'}`
}
