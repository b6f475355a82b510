/** A total over several, where a layout says over how many: what one of them took. */

import type { NumberReading } from './number.js'

/** One of `count`; `undefined` when nobody knows how many there were. */
export function share(number: NumberReading, count: unknown): NumberReading | undefined {
  if (typeof count !== 'number' || !(count > 0)) return undefined
  return { ...number, value: number.value / count, ...(number.spread === undefined ? {} : { spread: number.spread / count }) }
}
