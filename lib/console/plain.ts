/** Progress as plain lines for logs: no escape codes, few lines, nothing that needs a timer. */

import { endState } from '../model/end-state.js'
import type { ModelEvent } from '../model/generation.js'
import { runningCount, runningOf, type Answers } from './answers.js'
import { answerLine, nameOf, quantity, rateText } from './answer-words.js'
import { answerLines, readLine, timeLeft } from './closing.js'
import { endCounts } from './end-tally.js'
import type { ProgressEvent } from './event.js'
import { rate } from './meter.js'
import { amountOf, overallRate, ttft, type ModelStream } from './model-stream.js'
import { bytes, bytesOf, count, counted, duration, waiting } from './quantity.js'
import type { Reading } from './reading.js'
import { shown } from './shown.js'
import { find, isSame } from './stream-table.js'
import { INGEST, type Plan, type ProgressState } from './state.js'

export interface Plain {
  /** `event` has just made `state` of the state before. */
  event(event: ProgressEvent, state: ProgressState, at: number): void
  /** Says what no event has said yet. */
  end(state: ProgressState): void
}

/** At most one line about reading in this time, in ms. */
export const READING_LINE_MS = 1000
/** From so many answers at once on, single ones are not told of. */
export const CROWD = 8
/** At most one line about a running answer in this time, in ms. */
export const ANSWER_LINE_MS = 10_000
/** At most one line about a plan in this time, in ms: who has one mostly tells of its parts, too. */
export const PLAN_LINE_MS = 10_000

export function plain(write: (line: string) => void): Plain {
  let readingLineAt: number | undefined
  let answerLineAt = -Infinity
  let crowded = false
  let planLineAt = -Infinity
  let readTold = false

  const tellReading = (reading: Reading, at: number) => {
    readingLineAt ??= reading.startedAt
    if (at - readingLineAt < READING_LINE_MS) return
    readingLineAt = at
    write(readingLine(reading, at))
  }

  const tellPhase = (phase: string, ended: boolean, state: ProgressState) => {
    const times = state.phases.findLast((one) => one.phase === phase)
    if (!ended) write(`${shown(phase)} started`)
    else if (phase === INGEST && state.reading) {
      readTold = true
      write(readLine(state.reading))
    } else if (times?.endedAt !== undefined) write(`${shown(phase)} done in ${duration((times.endedAt - times.startedAt) / 1000)}`)
  }

  const tellPlan = (plan: Plan, at: number) => {
    if (at - planLineAt < PLAN_LINE_MS || plan.done >= plan.total) return
    planLineAt = at
    const left = timeLeft(plan, at)
    const parts = [
      `${count(plan.done)}/${counted(plan.total, shown(plan.unit ?? 'run'))}`,
      ...(plan.cell === undefined ? [] : [shown(plan.cell)]),
      ...(left === '' ? [] : [left]),
    ]
    write(`plan: ${parts.join(', ')}`)
  }

  /** One line for each change, and one now and then for what runs; of a crowd only the latter. */
  const tellAnswer = (stream: ModelStream, event: ModelEvent['event'], answers: Answers, at: number) => {
    const name = `${nameOf(stream)} ${shown(stream.model)}`
    const first = ttft(stream)
    if (runningCount(answers) >= CROWD) {
      crowded = true
      tellRunning(answers, at)
    } else if (event.type === 'end' || event.type === 'failed') write(`${nameOf(stream)} ${answerLine(stream)}`)
    else if (event.type === 'sent') write(`${name}: waiting for the first token`)
    else if (event.type === 'retry') write(`${name}: ${endState(event.code)}, retry ${event.attempt + 1} in ${waiting(event.waitMs / 1000)}`)
    else if (event.type === 'token' && event.text !== '' && stream.pieces?.total === 1 && first !== undefined) {
      answerLineAt = at
      write(`${name}: TTFT ${duration(first)}`)
    } else if (runningCount(answers) > 1) tellRunning(answers, at)
    else if (at - answerLineAt >= ANSWER_LINE_MS) {
      answerLineAt = at
      const overall = overallRate(stream)
      if (stream.state === 'reading') write(`${name}: reading prompt ${Math.floor((stream.progress ?? 0) * 100)} %`)
      else if (stream.pieces) write(`${name}: ${quantity(stream)}${overall === undefined ? '' : `, ${rateText(overall, amountOf(stream).unit)}`}`)
    }
  }

  const tellRunning = (answers: Answers, at: number) => {
    if (at - answerLineAt < ANSWER_LINE_MS) return
    answerLineAt = at
    const { pieces, tokens, tallies } = answers
    const { done, failed } = endCounts(tallies)
    const current = pieces && rate(tokens ?? pieces, at)
    const parts = [
      `${count(runningCount(answers))} running`,
      ...(current === undefined ? [] : [rateText(current, tokens ? 'token' : 'chunk')]),
      ...(done > 0 ? [`${count(done)} done`] : []),
      ...(failed > 0 ? [`${count(failed)} failed`] : []),
    ]
    write(`together: ${parts.join(', ')}`)
  }

  return {
    event(event, state, at) {
      switch (event.type) {
        case 'found':
        case 'bytes':
        case 'records':
        case 'problems':
        case 'done':
          if (state.reading) tellReading(state.reading, at)
          return
        case 'phase':
          tellPhase(event.phase, event.state === 'end', state)
          return
        case 'plan':
          if (state.plan) tellPlan(state.plan, at)
          return
        case 'preload': {
          const preload = state.preloads.find((one) => one.model === event.model)
          const took = preload?.endedAt === undefined ? '' : ` in ${duration((preload.endedAt - preload.startedAt) / 1000)}`
          if (event.state === 'start') write(`loading ${shown(event.model)}`)
          else write(event.state === 'done' ? `loaded ${shown(event.model)}${took}` : `loading ${shown(event.model)} failed`)
          return
        }
        case 'model': {
          const stream = find(state.answers.running, event) ?? state.answers.ended.findLast((one) => isSame(one, event))
          if (stream) tellAnswer(stream, event.event, state.answers, at)
          return
        }
        case 'note':
          write(shown(event.text))
      }
    },
    end(state) {
      if (state.reading && !readTold) write(readLine(state.reading))
      const left = [...state.answers.ended.filter(({ end }) => end === 'interrupted'), ...runningOf(state.answers)]
      for (const line of crowded ? answerLines(state.answers) : left.map((stream) => `${nameOf(stream)} ${answerLine(stream)}`)) write(line)
    },
  }
}

/** `reading: 64/101 files, 1.2/1.9 MB, 4,812 records, 2 problems, 18.3 MB/s` */
export function readingLine(reading: Reading, at: number): string {
  const sized = reading.files.sized === reading.files.found && reading.files.bytes > 0
  const speed = rate(reading.bytes, at)
  const parts = [
    `${count(reading.files.done)}/${counted(reading.files.found, 'file')}`,
    ...(sized ? [bytesOf(reading.bytes.total, reading.files.bytes)] : reading.bytes.total > 0 ? [bytes(reading.bytes.total)] : []),
    counted(reading.records.total, 'record'),
    ...(reading.problems > 0 ? [counted(reading.problems, 'problem')] : []),
    ...(speed !== undefined && reading.bytes.total > 0 ? [`${bytes(speed)}/s`] : []),
  ]
  return `reading: ${parts.join(', ')}`
}
