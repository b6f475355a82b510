/** Draws the answers: a row each as far as there is room, and one for all of them together. */

import { aligned } from './aligned.js'
import { answersCount, inOrder, runningCount, runningOf, type Answers } from './answers.js'
import { answerFigures, endWords, nameParts, quantity, rateText } from './answer-words.js'
import { sparkline } from './bar.js'
import { endCounts, meanOfAll } from './end-tally.js'
import { joined, widthOf, type Part } from './fit.js'
import { rate } from './meter.js'
import { amountOf, overallRate, stalledFor, ttft, type ModelStream } from './model-stream.js'
import type { Pen } from './pen.js'
import { count, counted, duration, perSecond, waiting } from './quantity.js'
import { shown } from './shown.js'

/** Below this many columns the rows are as short as can be. */
const NARROW = 48
/** From so many rows and columns on, the states have a width of their own: some of them always change, and the figures must stay in place. */
const MANY_ROWS = 5
const WIDE = 80
const STATE_WIDTH = 'reading prompt 99 %'.length
const MAX_SPARK = 24
const MIN_SPARK = 4
/** More rows than this nobody reads. */
const MOST_ROWS = 48
/** How long an answer that is over stays on the screen when its stage has gone on, in ms. */
const LINGER_MS = 2000

/** At most `pen.rows` lines. */
export function drawAnswers(answers: Answers, pen: Pen): string[] {
  const running = runningOf(answers)
  const all = [...running, ...answers.ended.filter((one) => isSeen(one, answers, pen.now))]
  const isCrowd = all.length > 1 || answers.untracked > 0
  const room = Math.max(1, Math.min(MOST_ROWS, pen.rows - (isCrowd ? 1 : 0)))
  const rows = inOrder(all.slice(0, room))
  const hidden = running.length + answers.untracked - rows.filter(({ state }) => state !== 'ended').length
  if (!isCrowd || pen.rows < 2 || runningCount(answers) === 0) return drawRows(rows, false, pen)
  const model = answers.untracked === 0 ? sharedModel(all) : undefined
  return [...drawRows(rows, model !== undefined, pen), drawTogether(answers, running, { hidden, model }, pen)]
}

/** What would only be repeated in each row. */
function sharedModel(streams: readonly ModelStream[]): string | undefined {
  const model = streams[0]?.model
  return streams.every((one) => one.model === model) ? model : undefined
}

/** Not when another has its row; not for long when its stage goes on without it. */
function isSeen({ place, stage, endedAt }: ModelStream, { tallies }: Answers, now: number): boolean {
  if (place === undefined || endedAt === undefined) return false
  return now - endedAt < LINGER_MS || !tallies.some((one) => one.stage === stage && one.beganAt >= endedAt)
}

function drawRows(streams: readonly ModelStream[], isModelTold: boolean, pen: Pen): string[] {
  const rows = aligned(streams.map((stream) => rowParts(stream, { isModelTold, among: streams.length }, pen)), pen.columns, pen.unicode)
  const cells = Math.min(MAX_SPARK, pen.columns - 2 - Math.max(0, ...rows.map(widthOf)))
  return rows.map((row, index) => {
    const stream = streams[index]
    if (stream?.state !== 'streaming' || cells < MIN_SPARK) return joined(row, pen.columns, pen.unicode)
    const widest = Math.max(...rows.map(widthOf))
    const spark = { text: sparkline(stream.gaps, pen.unicode, cells), drop: 0, space: 2 + widest - widthOf(row), style: pen.colors.cyan }
    return joined([...row, spark], pen.columns, pen.unicode)
  })
}

/** The same parts for every state, empty where there is nothing to say. */
function rowParts(stream: ModelStream, { isModelTold, among }: { readonly isModelTold: boolean; readonly among: number }, pen: Pen): Part[] {
  const { colors } = pen
  const { before, own, after } = nameParts(stream)
  const isOver = stream.state === 'ended'
  const state = stateOf(stream, pen)
  const isOneOfMany = among >= MANY_ROWS && pen.columns >= WIDE
  return [
    { text: before, drop: own !== '' ? 9 : among > 1 ? 0 : isOver ? 6 : 5, style: colors.bold },
    { text: own, drop: 0, space: 1, style: colors.bold },
    { text: after, drop: 9, space: 1, style: colors.bold },
    { text: isModelTold ? '' : shown(stream.model), drop: 7, space: 1 },
    isOneOfMany ? { ...state, text: state.text.padEnd(STATE_WIDTH) } : state,
    ...figuresOf(stream, pen),
  ]
}

function stateOf(stream: ModelStream, { colors, now }: Pen): Part {
  const { state, progress, retry, kind, end } = stream
  const stalled = stalledFor(stream, now)
  const urgent = (text: string): Part => ({ text, drop: 0, style: colors.yellow })
  switch (state) {
    case 'waiting':
      return urgent(`waiting ${waiting((now - stream.waitingSince) / 1000)}`)
    case 'reading':
      return urgent(`reading prompt ${Math.floor((progress ?? 0) * 100)} %`)
    case 'retrying':
      return urgent(retry ? `retry ${retry.attempt} in ${waiting((retry.at - now) / 1000)}` : '')
    case 'streaming':
      if (stalled !== undefined) return urgent(`stalled ${waiting(stalled)}`)
      return kind === 'text' ? { text: 'streaming', drop: 10 } : { text: kind === 'tool' ? 'calling a tool' : 'thinking', drop: 3 }
    case 'ended':
      return end === 'stop' ? { text: 'done', drop: 10 } : { text: endWords(end ?? 'interrupted'), drop: 1, style: colors.yellow }
  }
}

/** TTFT, the rate now or at last, the overall rate, the count. */
function figuresOf(stream: ModelStream, { colors, columns, now }: Pen): Part[] {
  const first = ttft(stream)
  const overall = overallRate(stream)
  const { unit } = amountOf(stream)
  const time: Part = { text: first === undefined ? '' : `TTFT ${duration(first)}`, drop: 4 }
  const amount: Part = { text: stream.pieces ? quantity(stream) : stream.state === 'ended' ? answerFigures(stream).join(', ') : '', drop: 2 }
  if (!stream.pieces) return [time, none(), none(), amount]
  if (stream.state === 'ended') return [time, { text: overall === undefined ? '' : rateText(overall, unit), drop: 1 }, none(), amount]
  const current = stream.pieces.total < 2 ? undefined : rate(stream.tokens ?? stream.pieces, now)
  return [
    time,
    { text: current === undefined ? '' : `${rateText(current, unit)}${columns < NARROW ? '' : ' now'}`, drop: 1, style: colors.green },
    { text: overall === undefined ? '' : `${perSecond(overall)} overall`, drop: 8 },
    amount,
  ]
}

function none(): Part {
  return { text: '', drop: 0 }
}

/** `and 37 more  together gemma3:latest  512 tok/s  53 running  2 stalled  120 done  3 failed (2 truncated, 1 busy)  mean TTFT 120 ms  51,204 tokens` */
function drawTogether(answers: Answers, running: readonly ModelStream[], { hidden, model }: { readonly hidden: number; readonly model: string | undefined }, { colors, columns, unicode, now }: Pen): string {
  const { done, cancelled, unfinished, failed, causes } = endCounts(answers.tallies)
  const stalled = running.filter((one) => stalledFor(one, now) !== undefined).length
  const first = meanOfAll(answers.tallies.map((one) => one.ttft))
  const { pieces, tokens } = answers
  const unit = tokens ? 'token' : 'chunk'
  const current = pieces && rate(tokens ?? pieces, now)
  const parts: Part[] = [
    { text: hidden > 0 ? `and ${count(hidden)} more` : '', drop: 2, style: colors.bold },
    { text: 'together', drop: 3, style: colors.bold },
    { text: shown(model ?? ''), drop: 7, space: 1 },
    { text: current === undefined ? '' : rateText(current, unit), drop: 0, style: colors.green },
    { text: `${count(runningCount(answers))} running`, drop: 4 },
    { text: stalled > 0 ? `${count(stalled)} stalled` : '', drop: 3, style: colors.yellow },
    { text: done > 0 ? `${count(done)} done` : '', drop: 5 },
    { text: cancelled > 0 ? `${count(cancelled)} cancelled` : '', drop: 7 },
    { text: unfinished > 0 ? `${count(unfinished)} not finished` : '', drop: 7 },
    { text: failed > 0 ? `${count(failed)} failed` : '', drop: 1, style: colors.yellow },
    { text: failed > 0 ? `(${causes})` : '', drop: 6, space: 1, style: colors.yellow },
    { text: first === undefined ? '' : `mean TTFT ${duration(first)}`, drop: 8 },
    { text: pieces && answersCount(answers) > 1 ? counted((tokens ?? pieces).total, unit) : '', drop: 9 },
  ]
  return joined(parts, columns, unicode)
}
