/** Looks at the columns of a table together: which say what was varied, and of what a bare statistic is one. */

import { attributeKey } from './attributes.js'
import { suits } from './caption.js'
import type { Column, Sample } from './column.js'
import type { NameReading } from './names.js'
import type { NumberReading } from './number.js'
import { isTimeAxis } from './time-axis.js'
import { baseUnit } from './units.js'
import { isKnownMetric, resolve } from './vocabulary.js'

/** Whole numbers without a unit, left of all that is plainly measured, say what was varied: `threads`, `n`, `Test ID`. */
export function keysBeforeResults(given: readonly Column[], samples: readonly Sample[]): readonly Column[] {
  const columns = lengthsOfRuns(sizesBeforeResults(given, samples), samples)
  const first = columns.findIndex((column) => column.role === 'metric' && column.evident)
  return columns.map((column, index) => {
    // `3/5 runs` right of the results is one more of them, in a form that is no number.
    if (column.role === 'attribute' && column.whole !== true && first >= 0 && index > first && /^[-+~±]?\d/.test(samples[index]?.filled[0] ?? '') && samples[index]?.numbers.length === 0) {
      return { role: 'ignore', index, header: column.header }
    }
    if (column.role !== 'metric') return column
    const numbers = samples[index]?.numbers ?? []
    const axis = index === 0 && !column.meaning.field && columns.some((other, at) => at > 0 && other.role === 'metric') && isTimeAxis(column.meaning.reading, numbers, !columns.some((other) => other.role === 'attribute'))
    if (axis) return { role: 'attribute', index, header: column.header, key: attributeKey(column.header) }
    if (column.evident) return column
    const whole = numbers.length > 0 && numbers.every(({ value, unitText }) => Number.isInteger(value) && unitText === undefined) && samples[index]?.filled.some((cell) => /\d[.,]0\b|\(\s*\d[\d.,]*\s*%\s*\)/.test(cell)) !== true
    const key = first >= 0 ? index < first : index === 0 && rising(numbers)
    return whole && key ? { role: 'attribute', index, header: column.header, key: attributeKey(column.header) } : column
  })
}

/** `size (B) | count | time`: sizes that rise from row to row, and how many elements they hold, say what was varied. */
function sizesBeforeResults(columns: readonly Column[], samples: readonly Sample[]): readonly Column[] {
  const [size] = columns
  if (size?.role !== 'metric' || size.meaning.field || !columns.some((column) => column.index > 1 && column.role === 'metric')) return columns
  const { reading } = size.meaning
  const numbers = samples[0]?.numbers ?? []
  if (!/^(?:(?:msg|message|buffer|packet|payload|data)_)?(?:size|bytes|length)$/.test(reading.full) || reading.stat !== undefined || !rising(numbers) || !numbers.every(({ value }) => Number.isInteger(value))) return columns
  return columns.map((column) => {
    const counts = column.index === 1 && column.role === 'metric' && column.meaning.reading.stat === 'count' && column.meaning.reading.words.length === 0
    return column === size || counts ? { role: 'attribute', index: column.index, header: column.header, key: attributeKey(column.header) } : column
  })
}

const RUN_LENGTH = /^(?:run_|load_|test_)?duration$/
const LOAD = /^(?:threads|connections|conns|concurrency|clients|users|vus|workers)$/
const ROUND_SECONDS = 10
const LONGEST_RUN = 7200

/** `Duration` of 60, 120, 480 seconds beside rates, or beside the statistics of another time, is how long each test was to last; without a unit, beside the load that was put on. */
function lengthsOfRuns(columns: readonly Column[], samples: readonly Sample[]): readonly Column[] {
  const measured = columns.filter((column) => column.role === 'metric' && (column.meaning.reading.unitText?.includes('/s') === true || /(?:^|_)(?:throughput|rps|qps|tps|iops)$/.test(column.meaning.reading.full) || (column.meaning.reading.words.length === 0 && column.meaning.reading.stat !== undefined)))
  if (measured.length === 0) return columns
  return columns.map((column) => {
    if (column.role !== 'metric' || column.meaning.field || !RUN_LENGTH.test(column.meaning.reading.words.join('_')) || column.meaning.reading.stat !== undefined) return column
    const numbers = samples[column.index]?.numbers ?? []
    const loaded = columns.some((other) => other.role === 'attribute' && LOAD.test(other.key))
    const told = (unitText: string | undefined) => unitText ?? column.meaning.reading.unitText ?? (loaded ? 's' : '')
    const round = numbers.length > 1 && numbers.every(({ value, unitText }) => value > 0 && value <= LONGEST_RUN && value % ROUND_SECONDS === 0 && /^s(?:ec(?:ond)?s?)?$/.test(told(unitText)))
    return round ? { role: 'attribute', index: column.index, header: column.header, key: attributeKey(column.header) } : column
  })
}

function rising(numbers: readonly NumberReading[]): boolean {
  return numbers.length > 2 && numbers.every(({ value }, at) => at === 0 || value > (numbers[at - 1]?.value ?? Infinity))
}

/** `mean, std, min, max`: statistics of what was measured, and no average of scores. */
function isOtherStatistic(column: Column): boolean {
  return column.role === 'metric' && column.meaning.reading.words.length === 0 && column.meaning.reading.stat !== undefined && column.meaning.reading.stat !== 'mean'
}

/** `errorCount`, `failed_requests`: how many there were has no percentiles; they are of what stands elsewhere. */
function isCounted({ full, words, stat }: NameReading): boolean {
  return stat === undefined && (/(?:^|_)(?:counts?|errors|failures|failed|passed|succeeded|successes)$/.test(full) || resolve(words.join('_'), undefined).metric === 'errors')
}

function unitIn(sample: Sample | undefined): string | undefined {
  const unitText = sample?.numbers.find((number) => number.unitText !== undefined)?.unitText
  return unitText === undefined ? undefined : baseUnit(unitText)
}

function isBareScore(column: Column): boolean {
  return column.role === 'metric' && column.meaning.unitless === true && column.meaning.reading.unitText === undefined && column.meaning.reading.stat === undefined && column.meaning.reading.words.length > 0
}

/** `Std (ms)` beside `Mean latency (ms)` is the latency's; under `## Latency` all are, where no column says else. */
export function nameBareStatistics(columns: readonly Column[], above: NameReading | undefined, samples: readonly Sample[]): readonly Column[] {
  let last: { name: string; unit: string | undefined; told: NameReading } | undefined
  return columns.map((column) => {
    if (column.role !== 'metric' || column.meaning.field) return column
    const reading = column.meaning.aboutModels === true ? (column.meaning.reading.amongModels ?? column.meaning.reading) : column.meaning.reading
    const unit = reading.unitText === undefined ? undefined : baseUnit(reading.unitText)
    if (reading.words.length > 0) {
      if (isCounted(reading)) last = undefined
      else if (reading.stat !== undefined || isKnownMetric(reading.words.join('_'))) last = { name: reading.words.join('_'), unit, told: reading }
      return column
    }
    if (last === undefined && above && above.words.length > 0 && suits(above, unit ?? unitIn(samples[column.index]))) {
      const told = unit === undefined && above.unitText !== undefined ? { unitText: above.unitText, unit: above.unit ?? above.unitText } : {}
      return { ...column, meaning: { ...column.meaning, reading: { ...reading, ...told }, bareName: above.words.join('_') } }
    }
    // Among scores, each under its own name, the mean of them is an average of no one metric.
    if (last === undefined && above === undefined && column.meaning.unitless === true && unit === undefined && reading.stat === 'mean' && columns.filter(isBareScore).length > 1 && !columns.some(isOtherStatistic)) return { ...column, meaning: { ...column.meaning, bareName: 'average' } }
    const own = unit ?? unitIn(samples[column.index])
    if (last === undefined || (own !== undefined && last.unit !== undefined && last.unit !== own)) return column
    // `Mean latency (ms) | Std | Max`: a statistic without a unit of its own has that of the one before it.
    const { unit: spelled, unitText } = last.told
    const shared = unit === undefined && last.told.stat !== undefined && reading.stat !== 'count' && unitText !== undefined && unitIn(samples[column.index]) === undefined && column.meaning.siblingUnit === undefined
    return { ...column, meaning: { ...column.meaning, bareName: last.name, ...(shared ? { reading: { ...reading, unitText, ...(spelled === undefined ? {} : { unit: spelled }) } } : {}) } }
  })
}
