/** The lines that stay when the drawing is gone: what was read, and how each answer came. Plain text. */

import { answersCount, inOrder, runningOf, type Answers } from './answers.js'
import { answerLine, nameOf, rateText } from './answer-words.js'
import { endCounts, meanOf, type EndTally } from './end-tally.js'
import { bytes, count, counted, duration } from './quantity.js'
import type { Reading } from './reading.js'
import { shown } from './shown.js'
import type { Plan, ProgressState } from './state.js'

/** So many answers are told one by one, of more only sums by stage and model; and so many of those. */
const MOST_LINES = 8

export function closing(state: ProgressState): string[] {
  const { reading, answers } = state
  const isRead = reading && reading.files.found + reading.bytes.total + reading.records.total > 0
  return [...(isRead ? [readLine(reading)] : []), ...answerLines(answers)]
}

export function answerLines(answers: Answers): string[] {
  const all = answersCount(answers)
  if (all === 0) return []
  if (all <= MOST_LINES) {
    const streams = inOrder([...answers.ended, ...runningOf(answers)])
    return streams.map((stream) => (all > 1 ? `${nameOf(stream)} ${answerLine(stream)}` : answerLine(stream)))
  }
  const running = runningOf(answers)
  const lines = answers.tallies.slice(0, MOST_LINES).map((tally) => tallyLine(tally, running.filter((one) => one.stage === tally.stage && one.model === tally.model).length))
  const more = answers.tallies.length - MOST_LINES
  return more > 0 ? [...lines, `and ${count(more)} more`] : lines
}

/** `bench gemma3:latest: 500 answers, 497 done, 3 failed (2 truncated, 1 busy), mean TTFT 120 ms, mean 42.8 tok/s, 51,204 tokens` */
export function tallyLine(tally: EndTally, running = 0): string {
  const { done, cancelled, unfinished, failed, causes } = endCounts([tally])
  const left = unfinished + running
  const first = meanOf(tally.ttft)
  const tokens = meanOf(tally.rate.token)
  const chunks = meanOf(tally.rate.chunk)
  const parts = [
    counted(done + cancelled + failed + left, 'answer'),
    ...(done > 0 ? [`${count(done)} done`] : []),
    ...(cancelled > 0 ? [`${count(cancelled)} cancelled`] : []),
    ...(failed > 0 ? [`${count(failed)} failed (${causes})`] : []),
    ...(left > 0 ? [`${count(left)} not finished`] : []),
    ...(first === undefined ? [] : [`mean TTFT ${duration(first)}`]),
    ...(tokens !== undefined ? [`mean ${rateText(tokens, 'token')}`] : chunks !== undefined ? [`mean ${rateText(chunks, 'chunk')}`] : []),
    ...(tally.amount.token > 0 ? [counted(tally.amount.token, 'token')] : []),
    ...(tally.amount.chunk > 0 ? [counted(tally.amount.chunk, 'chunk')] : []),
  ]
  return `${[shown(tally.stage), shown(tally.model)].filter((word) => word !== '').join(' ')}: ${parts.join(', ')}`
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

/** `about 8 s left`: what a plan said, counted down since. Empty when it said nothing, or its time is over. */
export function timeLeft({ eta, at }: Plan, now: number): string {
  const left = eta === undefined ? 0 : Math.ceil(eta - (now - at) / 1000)
  if (left <= 0) return ''
  return `about ${left < 60 ? `${left} s` : duration(left)} left`
}
