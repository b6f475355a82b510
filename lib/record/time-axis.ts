/** The first column of a log that was written every so often says when, not how long anything took. */

import type { NameReading } from './names.js'
import type { NumberReading } from './number.js'

const AXIS = /^(?:t|time|elapsed|elapsed_time|uptime|offset|time_offset|relative_time|since_start)?(?:_?(?:s|sec|secs|seconds?|ms))?$/
const LEAST_ROWS = 5
/** A log keeps time but roughly. */
const UNEVEN = 3

/** Ever greater numbers in steps of about one size. */
export function isTimeAxis({ full, stat }: NameReading, numbers: readonly NumberReading[]): boolean {
  if (stat !== undefined || !AXIS.test(full) || numbers.length < LEAST_ROWS) return false
  const steps = numbers.slice(1).map(({ value }, at) => value - (numbers[at]?.value ?? value))
  const least = Math.min(...steps)
  return least > 0 && Math.max(...steps) <= least * UNEVEN
}
