/** Some tools write the units, or the statistics of groups of columns, as the first row under the header. */

import type { TableRow } from '../format/event.js'
import { readName } from './names.js'
import { readNumber } from './number.js'
import { baseUnit } from './units.js'

/** The cells of a units row, or `undefined`: no digit anywhere, a known unit somewhere, and numbers under the known units. */
export function unitsRow(rows: readonly TableRow[]): readonly string[] | undefined {
  const [first, second] = rows
  if (!first || !second || first.cells.some((cell) => /\d/.test(cell))) return undefined
  const units = first.cells.map(unitIn)
  const known = units.flatMap((unit, index) => (unit !== '' && baseUnit(unit) !== undefined ? [index] : []))
  const numbers = known.every((index) => readNumber(second.cells[index] ?? '') !== undefined)
  return known.length > 0 && numbers ? units : undefined
}

/** `[ms]`, `(ms)`; `-` where there is none. */
function unitIn(cell: string): string {
  const unit = cell.trim()
  if (/^[-–—]+$/.test(unit)) return ''
  return /^\[[^[\]]*\]$|^\([^()]*\)$/.test(unit) ? unit.slice(1, -1).trim() : unit
}

/** `Runtime | | | CPU time | |` over a row `median | mean | stdev | median ...` and numbers: the titles of the columns; `undefined` for any other first row. */
export function statisticsRow(header: readonly string[], rows: readonly TableRow[]): readonly string[] | undefined {
  const [first, second] = rows
  if (!first || !second) return undefined
  const said = first.cells.flatMap((cell, index) => (cell.trim() === '' ? [] : [index]))
  const numbers = said.every((index) => readNumber(second.cells[index] ?? '') !== undefined)
  if (said.length < 2 || !numbers || !said.every((index) => isStatistic(first.cells[index] ?? ''))) return undefined
  let group = ''
  return header.map((title, index) => {
    if (title.trim() !== '') group = title
    return said.includes(index) ? `${group} ${first.cells[index] ?? ''}`.trim() : title
  })
}

function isStatistic(text: string): boolean {
  const { words, stat } = readName(text)
  return words.length === 0 && stat !== undefined
}
