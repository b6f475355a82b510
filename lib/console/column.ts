/** Keeps track of the column in which text written to a terminal leaves the cursor. */

import { stripVTControlCharacters } from 'node:util'

export interface Column {
  /** Text went out to the terminal. */
  feed(text: string): void
  /** Cells written since the line began; the cursor stands in column `cells % columns`. */
  cells(width: (text: string) => number, columns: number): number
  /** Nothing was written since the line began. */
  isStart(): boolean
}

/** Longest piece of a line that waits to be measured, in UTF-16 code units. Only a longer one can make the answer wrong. */
const PENDING_LIMIT = 16384
const TAB = 8

/** Measuring is put off until somebody asks, because what measures is loaded only when something is drawn. */
export function column(): Column {
  let measured = 0
  let pending = ''
  return {
    feed(text) {
      const start = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1
      if (start > 0) {
        measured = 0
        pending = ''
      }
      pending = (pending + text.slice(start)).slice(-PENDING_LIMIT)
    },
    cells(width, columns) {
      for (const piece of stripVTControlCharacters(pending).split(/(\t)/)) {
        measured = piece === '\t' ? nextTab(measured, columns) : measured + advanceOf(piece, measured, width, columns)
      }
      pending = ''
      return measured
    },
    isStart: () => measured === 0 && pending === '',
  }
}

/** A tab never leaves its row. */
function nextTab(cells: number, columns: number): number {
  const row = Math.floor(cells / columns) * columns
  return row + Math.min(columns - 1, (Math.floor((cells - row) / TAB) + 1) * TAB)
}

/** Cells that `text` takes, with the one left empty where a wide character does not fit at the end of a row. */
function advanceOf(text: string, from: number, width: (text: string) => number, columns: number): number {
  const total = width(text)
  if (total === text.length || total + (from % columns) < columns) return total
  let cells = from
  for (const character of text) {
    const own = width(character)
    const left = columns - (cells % columns)
    if (own > left) cells += left
    cells += own
  }
  return cells - from
}
