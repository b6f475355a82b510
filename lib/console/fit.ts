/** Fits a line into the width of a terminal: what matters least goes first, what still does not fit is cut. */

import stringWidth from 'string-width'

export interface Part {
  readonly text: string
  /** Goes before parts with a lower number; 0 stays as long as anything of it fits. */
  readonly drop: number
  /** Spaces before it when it is not the first; default 2. */
  readonly space?: number
  readonly style?: (text: string) => string
}

const SPACE = 2
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** The parts, empty ones left out, that fit `columns` when joined. */
export function fit(parts: readonly Part[], columns: number): Part[] {
  const kept = parts.filter((part) => part.text !== '')
  while (widthOf(kept) > columns) {
    let worst = -1
    kept.forEach((part, index) => {
      if (part.drop > 0 && part.drop >= (kept[worst]?.drop ?? 1)) worst = index
    })
    if (worst < 0) break
    kept.splice(worst, 1)
  }
  return kept
}

/** Joins what fits; never wider than `columns`. */
export function joined(parts: readonly Part[], columns: number, unicode: boolean): string {
  let line = ''
  let left = columns
  for (const part of fit(parts, columns)) {
    const gap = line === '' ? '' : ' '.repeat(part.space ?? SPACE)
    const text = cutEnd(part.text, left - gap.length, unicode)
    if (text === '') break
    line += gap + (part.style ? part.style(text) : text)
    left -= gap.length + stringWidth(text)
  }
  return line
}

export function widthOf(parts: readonly Part[]): number {
  return parts.reduce((sum, part, index) => sum + stringWidth(part.text) + (index > 0 ? (part.space ?? SPACE) : 0), 0)
}

/** At most `columns` wide: the start of the text, and an ellipsis where something is missing. */
export function cutEnd(text: string, columns: number, unicode: boolean): string {
  return cut(text, columns, unicode, (list) => list, (kept, dots) => kept.join('') + dots)
}

/** The same with the end of the text, as suits a path. */
export function cutStart(text: string, columns: number, unicode: boolean): string {
  return cut(text, columns, unicode, (list) => list.reverse(), (kept, dots) => dots + kept.reverse().join(''))
}

function cut(
  text: string,
  columns: number,
  unicode: boolean,
  order: (list: string[]) => string[],
  build: (kept: string[], dots: string) => string,
): string {
  if (columns <= 0) return ''
  if (stringWidth(text) <= columns) return text
  const dots = unicode ? '…' : '~'
  const kept: string[] = []
  let left = columns - 1
  for (const one of order(Array.from(graphemes.segment(text), (segment) => segment.segment))) {
    left -= stringWidth(one)
    if (left < 0) break
    kept.push(one)
  }
  return build(kept, dots)
}
