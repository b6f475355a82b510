/** Which metric a number is of: the one that grammar ties to it, or the nearest that has its unit. */

import { cellAt, type Place, type Sentence } from './sentence.js'

const FOLLOWS = /^[\s*_`"]*(?:(?:of|for|in|to|until|bis|de)\s+)?(?:(?:the|its|a|first|median|mean|average|total)\s+){0,2}[*_`"]*$/i

/**
 * Undefined where no metric is spoken of. `fits` says whether metrics have figures with the unit of the number: a metric that has
 * none gives way to another one in the sentence that has.
 */
export function metricOf({ text, metrics, header }: Sentence, place: Place, fits: (metrics: ReadonlySet<string>) => boolean): ReadonlySet<string> | undefined {
  const own = metrics.filter(({ start, end }) => end <= place.start || start >= place.end)
  if (header) {
    const column = header[cellAt(text, place.start)]?.metrics
    if (column) return column
  }
  const next = own.find(({ start }) => start >= place.end)
  const tied = next && FOLLOWS.test(text.slice(place.end, next.start)) ? next : undefined
  const bound = tied ?? own.findLast(({ end }) => end <= place.start) ?? next
  if (!bound || fits(bound.metrics)) return bound?.metrics
  return own.find((one) => fits(one.metrics))?.metrics ?? bound.metrics
}
