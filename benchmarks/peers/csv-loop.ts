/**
 * The floor: a loop written by hand for this one kind of file, which finds the cells in the bytes, reads the numbers, and keeps
 * per model and column what the statistics need, quantiles in bins half a percent wide.
 */

import { closeSync, openSync, readSync } from 'node:fs'
import { answerOf } from '../answer.js'
import { COLUMNS } from '../sweep.js'

interface Column {
  sum: number
  squares: number
  min: number
  max: number
  readonly bins: Int32Array
}
interface Group {
  rows: number
  readonly columns: Column[]
}

const SETTINGS = 5
const MODEL = 1
const QUOTE = 34
const COMMA = 44
const NEWLINE = 10
const POINT = 46
/** Bins of this ratio, from 1e-6 to 1e6. */
const STEP = Math.log(1.01)
const BINS = 2 * Math.ceil(Math.log(1e6) / STEP)

const groups = new Map<string, Group>()
const [, , file = ''] = process.argv
const input = openSync(file, 'r')
const buffer = Buffer.allocUnsafe(1 << 18)
let held = 0
let header = true
for (;;) {
  const got = readSync(input, buffer, held, buffer.length - held, null)
  if (got === 0) break
  const end = held + got
  const last = buffer.lastIndexOf(NEWLINE, end - 1) + 1
  let at = 0
  if (header) {
    at = buffer.indexOf(NEWLINE) + 1
    header = false
  }
  while (at < last) at = row(at)
  held = end - last
  buffer.copyWithin(0, last, end)
}
closeSync(input)
print()

/** Reads the row that begins at `from`; gives where the next one begins. */
function row(from: number): number {
  let at = from
  let model = ''
  for (let cell = 0; cell < SETTINGS; cell += 1) {
    const start = at
    if (buffer[at] === QUOTE) {
      // A doubled quote closes and opens again.
      do {
        at = buffer.indexOf(QUOTE, at + 1) + 1
      } while (buffer[at] === QUOTE)
      if (cell === MODEL) model = buffer.toString('latin1', start + 1, at - 1)
    } else while (buffer[at] !== COMMA) at += 1
    at += 1
  }
  let group = groups.get(model)
  if (!group) groups.set(model, (group = { rows: 0, columns: COLUMNS.map(() => ({ sum: 0, squares: 0, min: Infinity, max: -Infinity, bins: new Int32Array(BINS) })) }))
  group.rows += 1
  for (const column of group.columns) {
    let digits = 0
    let unit = 0
    for (let byte = buffer[at] ?? NEWLINE; byte !== COMMA && byte !== NEWLINE; at += 1, byte = buffer[at] ?? NEWLINE) {
      if (byte === POINT) unit = 1
      else {
        digits = digits * 10 + byte - 48
        unit *= 10
      }
    }
    at += 1
    add(column, unit === 0 ? digits : digits / unit)
  }
  return at
}

function add(column: Column, value: number): void {
  column.sum += value
  column.squares += value * value
  if (value < column.min) column.min = value
  if (value > column.max) column.max = value
  const bin = value > 0 ? Math.floor(Math.log(value) / STEP) + BINS / 2 : 0
  column.bins[bin] = (column.bins[bin] ?? 0) + 1
}

function quantile({ bins }: Column, rows: number, q: number): number {
  let left = q * rows
  let bin = 0
  for (; bin < bins.length && left > 0; bin += 1) left -= bins[bin] ?? 0
  return Math.exp((bin - 0.5 - BINS / 2) * STEP)
}

function print(): void {
  const answers = [...groups].map(([model, { rows, columns }]) => ({
    model,
    rows,
    means: columns.map(({ sum }) => sum / rows),
    medians: columns.map((column) => quantile(column, rows, 0.5)),
    spreads: columns.map(({ sum, squares, min, max }) => [Math.sqrt((squares - (sum * sum) / rows) / (rows - 1)), min, max]),
    tails: columns.map((column) => [0.9, 0.95, 0.99].map((q) => quantile(column, rows, q))),
  }))
  process.stdout.write(`${JSON.stringify(answerOf(answers))}\n`)
}
