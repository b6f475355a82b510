/** SVG as text: every attribute and text is escaped, so that what comes from a file can say anything and do nothing. */

import { sanitizeLine } from '../../stage/index.js'

/** Numbers are rounded to a tenth of a pixel; absent ones are left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>

/** `children` is markup that was made here. */
export function element(name: string, attributes: Attributes, children: readonly string[] = []): string {
  const written = Object.entries(attributes).flatMap(([key, value]) => (value === undefined ? [] : [` ${key}="${escaped(typeof value === 'number' ? rounded(value) : value)}"`]))
  return `<${name}${written.join('')}>${children.join('')}</${name}>`
}

export function textAt(x: number, y: number, text: string, attributes: Attributes = {}): string {
  return element('text', { x, y, ...attributes }, [escaped(text)])
}

/** For text and for attributes in double quotes, in HTML as in SVG. */
export function escaped(text: string): string {
  return sanitizeLine(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')
}

export function rounded(value: number): string {
  return String(Math.round(value * 10) / 10)
}

/** `text` in at most `columns`, shortened in its middle: both ends of a name tell it from its neighbours. Wide signs count twice. */
export function fitted(text: string, columns: number): string {
  const signs = Array.from(sanitizeLine(text))
  const widths = signs.map((sign) => ((sign.codePointAt(0) ?? 0) >= FIRST_WIDE ? 2 : 1))
  if (widths.reduce((sum, width) => sum + width, 0) <= columns) return signs.join('')
  const room = Math.floor((columns - 1) / 2)
  return `${taken(signs, widths, room).join('')}…${taken(signs.reverse(), widths.reverse(), room).reverse().join('')}`
}

/** East Asian scripts and emoji begin here, near enough. */
const FIRST_WIDE = 0x1100

function taken(signs: readonly string[], widths: readonly number[], room: number): string[] {
  let left = room
  return signs.slice(0, signs.findIndex((_, at) => (left -= widths[at] ?? 1) < 0))
}
