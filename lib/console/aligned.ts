/** Lines of the same parts, one below the other: each part begins in the same column in all of them. */

import { cutEnd, widthOf, type Part } from './fit.js'

/** A part longer than this (columns) is cut, so that one long name does not push out what the others have to say. */
const MOST = 32

/**
 * All rows have the same parts, empty where a row has nothing to say. A part that does not fit goes in all rows; it matters as much
 * as in the row where it matters most.
 */
export function aligned(rows: readonly (readonly Part[])[], columns: number, unicode: boolean): Part[][] {
  const cut = rows.length < 2 ? rows : rows.map((row) => row.map((part) => ({ ...part, text: cutEnd(part.text, MOST, unicode) })))
  let slots = (rows[0] ?? []).map((part, index) => slotOf(cut.map((row) => row[index] ?? { ...part, text: '' }))).filter(({ width }) => width > 0)
  while (total(slots) > columns) {
    const most = Math.max(...slots.map(({ drop }) => drop))
    if (most === 0) break
    const worst = slots.findLastIndex(({ drop }) => drop === most)
    slots = slots.filter((_, index) => index !== worst)
  }
  return cut.map((_, row) => withoutBlanks(slots.map(({ parts, width }) => padded(parts[row], width))))
}

interface Slot {
  readonly parts: readonly Part[]
  readonly width: number
  readonly space: number
  readonly drop: number
}

function slotOf(parts: readonly Part[]): Slot {
  const said = parts.filter(({ text }) => text !== '')
  return {
    parts,
    width: Math.max(0, ...said.map((part) => widthOf([part]))),
    space: parts[0]?.space ?? 2,
    drop: said.length === 0 ? Infinity : Math.min(...said.map(({ drop }) => drop)),
  }
}

function total(slots: readonly Slot[]): number {
  return slots.reduce((sum, { width, space }, index) => sum + width + (index > 0 ? space : 0), 0)
}

/** What was chosen stays. */
function padded(part: Part | undefined, width: number): Part {
  const own = part ?? { text: '', drop: 0 }
  return { ...own, drop: 0, text: own.text + ' '.repeat(Math.max(0, width - widthOf([own]))) }
}

/** Without padding at the end of the line. */
function withoutBlanks(parts: readonly Part[]): Part[] {
  const last = parts.findLastIndex(({ text }) => text.trim() !== '')
  return parts.slice(0, last + 1).map((part, index) => (index === last ? { ...part, text: part.text.trimEnd() } : part))
}
