/** A name that ends in a statistic, where a layout says so. */

import type { StatSuffix } from '../layout/layout.js'

/** `BM_sort_mean` as `BM_sort` and its statistic, `""` where that is not kept. */
export function takeSuffix(text: string, { stats }: StatSuffix): { readonly name: string; readonly stat: string } | undefined {
  for (const [suffix, stat] of Object.entries(stats)) {
    if (text.length > suffix.length && text.endsWith(suffix)) return { name: text.slice(0, -suffix.length), stat }
  }
  return undefined
}
