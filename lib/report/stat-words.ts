/** Statistics as people name them beside a number. */

export type StatWord = 'mean' | 'median' | 'min' | 'max' | 'stddev' | `p${number}`

const WORDS: readonly [stat: StatWord, pattern: string][] = [
  ['mean', 'mean|average|averages|averaged|averaging|avg'],
  ['median', 'median|p50|50th percentile|typical|typically'],
  ['stddev', 'standard deviation|std ?dev|stddev'],
  ['min', 'min|minimum'],
  ['max', 'max|maximum'],
]
const PATTERN = new RegExp(`\\b(?:${WORDS.map(([, pattern]) => `(${pattern})`).join('|')}|p(\\d{1,2}(?:\\.\\d)?)|(\\d{1,2}(?:\\.\\d)?)th percentile)\\b`, 'gi')

/** The last statistic named in `text`. */
export function readStat(text: string): StatWord | undefined {
  return Array.from(text.matchAll(PATTERN), statOf).at(-1)
}

/** The first statistic named in `text`. */
export function firstStat(text: string): StatWord | undefined {
  return Array.from(text.matchAll(PATTERN), statOf)[0]
}

function statOf(found: RegExpExecArray): StatWord | undefined {
  const at = WORDS.findIndex((_, i) => found[i + 1] !== undefined)
  if (at >= 0) return WORDS[at]?.[0]
  return `p${Number(found[WORDS.length + 1] ?? found[WORDS.length + 2])}`
}
