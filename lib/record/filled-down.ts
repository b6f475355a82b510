/** Rows of a Markdown table that leave out what they share with the row above. */

import type { Column } from './column.js'

/** An empty first cell, or one that says "as above", under a filled one belongs to the same group. `before`: the first column that is measured. */
export function filledDown(cells: readonly string[], above: string[], columns: readonly Column[], before: number): readonly string[] {
  const same = DITTO.test(cells[0] ?? '')
  if (!same || columns[0]?.role !== 'attribute') {
    above.splice(0, above.length, ...cells.slice(0, Math.max(before, 1)))
    return cells
  }
  return cells.map((cell, index) => (index < before && columns[index]?.role === 'attribute' && (cell.trim() === '' || (index === 0 && above[0] !== undefined)) ? (above[index] ?? cell) : cell))
}

const DITTO = /^\s*(?:[-–—]+|["″〃]|\^)?\s*$/
