/** Draws the state as lines of text: pure, never wider than the terminal, nothing from outside reaches it unsanitised. */

import { bar, indeterminateBar, type Bar } from './bar.js'
import { readLine, timeLeft } from './closing.js'
import { answersCount } from './answers.js'
import { drawAnswers } from './draw-answers.js'
import { cutStart, fit, joined, widthOf, type Part } from './fit.js'
import { rate } from './meter.js'
import { pen as penOf, type DrawOptions, type Pen } from './pen.js'
import { bytes, bytesOf, count, counted, perSecond, waiting } from './quantity.js'
import { fraction, type Reading } from './reading.js'
import { shown } from './shown.js'
import { INGEST, type Phase, type Plan, type Preload, type ProgressState } from './state.js'

export type { DrawOptions } from './pen.js'

const MAX_BAR = 24
const MIN_BAR = 6
/** From this width on the bar is worth more than the figures that matter least. */
const BAR_COLUMNS = 48
const INDENT = 9

/** Lines that the answers leave free below what others write there. */
const FREE_ROWS = 3

export function draw(state: ProgressState, options: DrawOptions): string[] {
  const pen = penOf(options)
  const above = [
    ...(state.reading ? (isReading(state, state.reading) ? drawReading(state.reading, pen) : [drawRead(state.reading, pen)]) : []),
    ...state.preloads.filter((preload) => preload.state !== 'done').map((preload) => drawPreload(preload, pen)),
    ...(state.plan ? [drawPlan(state.plan, pen)] : []),
  ].filter((line) => line !== '')
  const below = state.phases.filter((phase) => isBare(phase, state)).map((phase) => drawPhase(phase, pen))
  const rows = Math.max(2, pen.rows - above.length - below.length - Math.min(FREE_ROWS, Math.floor(pen.rows / 4)))
  return [...above, ...drawAnswers(state.answers, { ...pen, rows }), ...below].filter((line) => line !== '')
}

/** Over with its phase; where nobody tells phases, when all is read and a model has begun. */
function isReading(state: ProgressState, reading: Reading): boolean {
  if (reading.endedAt !== undefined) return false
  const told = state.phases.some((phase) => phase.phase === INGEST)
  return told || answersCount(state.answers) === 0 || reading.files.done < reading.files.found
}

function drawReading(reading: Reading, pen: Pen): string[] {
  const { colors, unicode, now } = pen
  const parts: Part[] = [
    { text: 'reading', drop: 1, style: colors.bold },
    { text: reading.files.found > 0 ? `${count(reading.files.done)}/${counted(reading.files.found, 'file')}` : '', drop: 0 },
    { text: amount(reading), drop: 4 },
    { text: counted(reading.records.total, 'record'), drop: 3 },
    { text: reading.problems > 0 ? counted(reading.problems, 'problem') : '', drop: 2, style: colors.yellow },
    { text: speed(reading, now), drop: 5, style: colors.dim },
  ]
  const done = fraction(reading)
  const line = withBar(parts, (cells) => (done === undefined ? indeterminateBar(now, cells, unicode) : bar(done, cells, unicode)), pen)
  return [line, ...drawFile(reading, pen)]
}

/** The parts, with a bar behind the first of them where there is room. */
function withBar(parts: readonly Part[], shapeOf: (cells: number) => Bar, { columns, unicode, colors }: Pen): string {
  const kept = fit(parts, columns < BAR_COLUMNS ? columns : columns - MIN_BAR - 2)
  const cells = Math.min(MAX_BAR, columns - widthOf(kept) - 2)
  if (cells >= MIN_BAR) {
    const shape = shapeOf(cells)
    kept.splice(1, 0, { text: shape.before + shape.filled + shape.after, drop: 0, style: () => paintBar(shape, colors) })
  }
  return joined(kept, columns, unicode)
}

function amount(reading: Reading): string {
  if (reading.files.sized === reading.files.found && reading.files.bytes > 0) return bytesOf(reading.bytes.total, reading.files.bytes)
  return reading.bytes.total > 0 ? bytes(reading.bytes.total) : ''
}

function speed(reading: Reading, now: number): string {
  const perBytes = rate(reading.bytes, now)
  if (reading.bytes.total > 0) return perBytes === undefined ? '' : `${bytes(perBytes)}/s`
  const perRecords = rate(reading.records, now)
  return reading.records.total > 0 && perRecords !== undefined ? `${perSecond(perRecords)} records/s` : ''
}

/** The file that was opened last, and how many more are being read beside it. */
function drawFile(reading: Reading, pen: Pen): string[] {
  const file = reading.open.at(-1)
  if (file === undefined) return []
  const more = reading.open.length > 1 ? ` (+${reading.open.length - 1})` : ''
  const indent = pen.columns >= 40 ? INDENT : Math.min(2, pen.columns)
  const room = pen.columns - indent - more.length
  const name = cutStart(shown(file), room, pen.unicode)
  return name === '' ? [] : [' '.repeat(indent) + pen.colors.dim(name + more)]
}

function drawRead(reading: Reading, pen: Pen): string {
  return joined([{ text: readLine(reading), drop: 0, style: pen.colors.dim }], pen.columns, pen.unicode)
}

function drawPreload(preload: Preload, pen: Pen): string {
  const failed = preload.state === 'failed'
  const parts: Part[] = [
    { text: `loading ${shown(preload.model)}`, drop: 0, style: pen.colors.bold },
    failed
      ? { text: 'failed', drop: 1, style: pen.colors.yellow }
      : { text: waiting((pen.now - preload.startedAt) / 1000), drop: 1 },
  ]
  return joined(parts, pen.columns, pen.unicode)
}

/** `plan  ━━━━━━──────  12/40 runs  num_gpu=60  3 min 05 s left` */
function drawPlan(plan: Plan, pen: Pen): string {
  const { colors, unicode, now } = pen
  if (plan.done >= plan.total) return ''
  const left = timeLeft(plan, now)
  const parts: Part[] = [
    { text: 'plan', drop: 3, style: colors.bold },
    { text: `${count(plan.done)}/${counted(plan.total, shown(plan.unit ?? 'run'))}`, drop: 0 },
    { text: shown(plan.cell ?? ''), drop: 1 },
    { text: left, drop: 2, style: colors.dim },
  ]
  return withBar(parts, (cells) => bar(plan.done / plan.total, cells, unicode), pen)
}

/** Running, and nothing else on the screen shows it. */
function isBare(phase: Phase, state: ProgressState): boolean {
  if (phase.endedAt !== undefined || phase.phase === INGEST) return false
  return !state.answers.tallies.some((one) => one.stage === phase.phase && one.beganAt >= phase.startedAt)
}

function drawPhase(phase: Phase, pen: Pen): string {
  const parts: Part[] = [
    { text: shown(phase.phase), drop: 0, style: pen.colors.bold },
    { text: waiting((pen.now - phase.startedAt) / 1000), drop: 1 },
  ]
  return joined(parts, pen.columns, pen.unicode)
}

function paintBar(shape: Bar, colors: Pen['colors']): string {
  return colors.dim(shape.before) + colors.cyan(shape.filled) + colors.dim(shape.after)
}
