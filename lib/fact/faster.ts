/**
 * What "x times faster" and "p % faster" mean, defined once. Speed is the value where higher is better, and its inverse where lower
 * is better; a is `x` times as fast as b, or x times faster, when its speed is x times that of b. `p %` faster is `100 (x - 1)`,
 * `p %` slower `100 (1 - x)`.
 */

import type { Better } from '../record/metric-record.js'

/** `undefined` where the metric has no direction or a value is not positive. */
export function timesAsFast(a: number, b: number, better: Better): number | undefined {
  if (better === null || !(a > 0) || !(b > 0)) return undefined
  return better === 'higher' ? a / b : b / a
}

/** As a share: 0.25 is 25 % faster, -0.2 is 20 % slower. */
export function shareFaster(a: number, b: number, better: Better): number | undefined {
  const times = timesAsFast(a, b, better)
  return times === undefined ? undefined : times - 1
}
