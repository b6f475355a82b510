/** What layouts know of whole rows: totals over several, and names that end in a statistic. */

import type { StatSuffix } from '../layout/layout.js'
import type { NumberReading } from './number.js'

/** One of `count`; `undefined` when nobody knows how many there were. */
export function share(number: NumberReading, count: unknown): NumberReading | undefined {
  if (typeof count !== 'number' || !(count > 0)) return undefined
  return { ...number, value: number.value / count, ...(number.spread === undefined ? {} : { spread: number.spread / count }) }
}

/** `BM_sort_mean` as `BM_sort` and its statistic, `""` where that is not kept. */
export function takeSuffix(text: string, { stats }: StatSuffix): { readonly name: string; readonly stat: string } | undefined {
  for (const [suffix, stat] of Object.entries(stats)) {
    if (text.length > suffix.length && text.endsWith(suffix)) return { name: text.slice(0, -suffix.length), stat }
  }
  return undefined
}
