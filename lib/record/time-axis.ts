/** The first column of a log that was written every so often says when, not how long anything took. */

import type { NameReading } from './names.js'
import type { NumberReading } from './number.js'

const AXIS = /^(?:t|time|elapsed|elapsed_time|uptime|offset|time_offset|relative_time|since_start)?(?:_?(?:s|sec|secs|seconds?|ms))?$/
const LEAST_ROWS = 5
/** Where nothing else tells the rows apart, and the steps are almost one. */
const FEWEST_ROWS = 3
const EVEN = 1.25
/** A log keeps time but roughly. */
const UNEVEN = 3

/** Ever greater numbers in steps of about one size. `alone`: no other column says what a row is of. */
export function isTimeAxis({ full, stat }: NameReading, numbers: readonly NumberReading[], alone = false): boolean {
  if (stat !== undefined || !AXIS.test(full) || numbers.length < (alone ? FEWEST_ROWS : LEAST_ROWS)) return false
  const steps = numbers.slice(1).map(({ value }, at) => value - (numbers[at]?.value ?? value))
  const least = Math.min(...steps)
  return least > 0 && Math.max(...steps) <= least * (numbers.length < LEAST_ROWS ? EVEN : UNEVEN)
}
