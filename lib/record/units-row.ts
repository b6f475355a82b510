/** Some tools write the units as the first row under the header. */

import type { TableRow } from '../format/event.js'
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
