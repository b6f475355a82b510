/** The lines that stay when the drawing is gone: what was read, and how each answer came. Plain text. */

import { overallRate, ttft, type ModelStream } from './model-stream.js'
import { bytes, count, counted, duration, perSecond } from './quantity.js'
import type { Reading } from './reading.js'
import { shown } from './shown.js'
import type { Plan, ProgressState } from './state.js'

const END_WORDS = {
  length: 'cut at its length limit',
  cancelled: 'cancelled',
  failed: 'failed',
  interrupted: 'not finished',
} as const

export function closing(state: ProgressState): string[] {
  const lines: string[] = []
  if (state.reading && state.reading.files.found + state.reading.bytes.total + state.reading.records.total > 0) lines.push(readLine(state.reading))
  const several = state.streams.length > 1
  for (const stream of state.streams) lines.push(several ? `${shown(stream.stage)} ${answerLine(stream)}` : answerLine(stream))
  return lines
}

/**
 * `read 101 files, 1.9 MB, 4,812 records, 2 problems in 0.31 s`; files found and not finished are told apart, and none are counted
 * where nobody told of any.
 */
export function readLine(reading: Reading): string {
  const { found, done } = reading.files
  const files = done >= found ? counted(done, 'file') : `${count(done)} of ${counted(found, 'file')}`
  const parts = [
    ...(found + done > 0 ? [files] : []),
    ...(reading.bytes.total > 0 ? [bytes(reading.bytes.total)] : []),
    counted(reading.records.total, 'record'),
    ...(reading.problems > 0 ? [counted(reading.problems, 'problem')] : []),
  ]
  const seconds = ((reading.endedAt ?? reading.lastAt) - reading.startedAt) / 1000
  return `read ${parts.join(', ')} in ${seconds < 10 ? `${seconds.toFixed(2)} s` : duration(seconds)}`
}

/** Of a plan, counted down from when it was told. */
export function secondsLeft({ eta, at }: Plan, now: number): number | undefined {
  return eta === undefined ? undefined : Math.max(0, eta - (now - at) / 1000)
}

/** `gemma3:latest: TTFT 625 ms, 42.8 tok/s, 2,406 tokens` */
export function answerLine(stream: ModelStream): string {
  const parts = [...answerFigures(stream), ...endWord(stream)]
  return `${shown(stream.model)}: ${parts.join(', ')}`
}

/** TTFT, rate, count. A rate of chunks taken for tokens says so with `~`; a count is called what it counts. */
export function answerFigures(stream: ModelStream): string[] {
  const first = ttft(stream)
  if (first === undefined || !stream.pieces) return ['no token came']
  const overall = overallRate(stream)
  return [
    `TTFT ${duration(first)}`,
    ...(overall === undefined ? [] : [`${about(stream)}${perSecond(overall)} tok/s`]),
    quantity(stream),
  ]
}

/** `812 tokens` when the server counted, else `812 chunks`. */
export function quantity(stream: ModelStream): string {
  return stream.outputTokens === undefined ? counted(stream.pieces?.total ?? 0, 'chunk') : counted(stream.outputTokens, 'token')
}

/** Before the server's own count one chunk is taken for one token, which is usual and not sure. */
export function about(stream: ModelStream): string {
  return stream.outputTokens === undefined ? '~' : ''
}

/** How it ended, unless the model simply finished. */
export function endWord(stream: ModelStream): string[] {
  return stream.end === 'stop' ? [] : [END_WORDS[stream.end ?? 'interrupted']]
}
