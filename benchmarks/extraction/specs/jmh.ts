/** What JMH means, wherever its numbers stand. */

/** JMH: the unit decides whether it is a time or a rate. */
export const jmh = (unit = '') => (/^ops?\//.test(unit) ? 'throughput' : 'duration')

/** Half of a confidence interval: a spread in a field of its own for some, a metric of its own for others. */
export const error = (unit = '') => `${jmh(unit)}|*error* [cell] stddev|value`
