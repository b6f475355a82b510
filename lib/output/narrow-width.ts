/** Fits text into terminal columns where each character takes one, which needs no tables of characters. */

const ELLIPSIS = '…'
/** Latin, Greek and Cyrillic letters, punctuation, arrows and mathematical signs: nothing that joins with its neighbour, and nothing wide. */
const NARROW = /^[ -~\u00a1-\u00ac\u00ae-\u02ff\u0391-\u03a1\u03a3-\u03c9\u0400-\u0482\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u21ff\u2200-\u22ff]*$/

/** Whether the other functions here know how wide it is. */
export function isNarrow(text: string): boolean {
  return NARROW.test(text)
}

export function widthOf(text: string): number {
  return text.length
}

/** The longest beginning that fits, with `…` where something was cut. */
export function truncate(text: string, width: number): string {
  return text.length <= width ? text : text.slice(0, Math.max(0, width - 1)) + ELLIPSIS
}

export function pad(text: string, width: number, right: boolean): string {
  return right ? text.padStart(width) : text.padEnd(width)
}
