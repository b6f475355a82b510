/** Fits text into terminal columns: wide characters take two. */

import stringWidth from 'string-width'

const ELLIPSIS = '…'
const graphemes = new Intl.Segmenter()

export function widthOf(text: string): number {
  return stringWidth(text)
}

/** The longest beginning that fits, with `…` where something was cut. */
export function truncate(text: string, width: number): string {
  if (widthOf(text) <= width) return text
  let kept = ''
  let used = 1
  for (const { segment } of graphemes.segment(text)) {
    used += stringWidth(segment)
    if (used > width) break
    kept += segment
  }
  return kept + ELLIPSIS
}

export function pad(text: string, width: number, right: boolean): string {
  const gap = ' '.repeat(Math.max(0, width - widthOf(text)))
  return right ? gap + text : text + gap
}
