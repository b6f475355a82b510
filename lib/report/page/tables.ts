/** Tables that can be read by ear, scrolled by keyboard and sorted by what their numbers are, whatever unit shows them. */

import type { Element, Root } from 'hast'
import { readDigits } from '../typed-number.js'
import { readUnit } from '../unit-words.js'
import { cellsOf, isElement, make, replaceEach, textOf } from './hast.js'

/** A wide table scrolls by itself. */
export function dressTables(tree: Root): void {
  let count = 0
  replaceEach(tree, (element) => {
    if (element.tagName === 'tr') for (const cell of cellsOf(element)) dressCell(cell)
    if (element.tagName !== 'table') return undefined
    count += 1
    return [make('div', { className: ['scroll'], role: 'region', ariaLabel: `Table ${count}`, tabIndex: 0 }, element)]
  })
  // A block of code scrolls as well.
  replaceEach(tree, (element) => {
    if (isElement(element, 'pre')) element.properties = { ...element.properties, tabIndex: 0 }
    return undefined
  })
}

function dressCell(cell: Element): void {
  if (cell.tagName === 'th') cell.properties['scope'] = 'col'
  const value = cell.tagName === 'td' && cell.properties['align'] === 'right' ? valueOf(textOf(cell)) : undefined
  if (value !== undefined) cell.properties['dataValue'] = String(value)
}

/** `117.5 ms` -> 0.1175. A unit that is not known is shown alike in all of a column, mostly. */
export function valueOf(text: string): number | undefined {
  const shown = text.trim()
  const sign = /^[-\u2212]/.test(shown) ? -1 : 1
  const digits = readDigits(shown.slice(sign < 0 ? 1 : 0))
  if (!digits || !Number.isFinite(digits.number.value)) return undefined
  const unit = readUnit(shown.slice((sign < 0 ? 1 : 0) + digits.length), true)
  // Without the noise of a factor that has no exact binary form.
  return Number((sign * digits.number.value * (typeof unit === 'object' ? unit.typed.factor : 1)).toPrecision(12))
}
