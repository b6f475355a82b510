/** An array of numbers is samples where its key or the layout says so. */

import { setAttribute, type Attributes } from './attributes.js'
import type { AttributeValue } from './metric-record.js'
import { readName } from './names.js'
import { roleOfName } from './roles.js'
import { scalarRole, type Scalar, type Scope } from './scope.js'
import { emit, type Walk } from './value-record.js'
import { isKnownMetric } from './vocabulary.js'
import { combinations } from './zipped.js'

const SAMPLE_ARRAYS = /^(?:times|samples|values?|data|raw_data|measurements|durations|latencies|samples_ns|samples_ts|ttfts|itls|observations)$/
/** Names of lists of anything, and of samples where they hold fractions. */
const LISTS = /^(?:timings?|runs?|results?|raw(?:_(?:times|timings|results|values))?|trials|repeats|repetitions|scores|elapsed)$/
const NO_SAMPLES = /confidence|interval|(?:^|_)ci(?:_|$)|shape|range|bounds?|bins?|buckets?|edges|(?:^|_)lens$|_ids$|seeds|labels|ticks|axis|coordinates|strides|exit_codes|weights|embedding/

/** Numbers in an array are samples of the key's metric where the key says so; `[0.1, 0.9]` of anything else is not. */
export function visitSamples(walk: Walk, values: readonly unknown[], pointer: string, scope: Scope): void {
  const key = scope.parentKey ?? ''
  const field = scalarRole(key, 0, scope.holderKey, scope.holder ?? {}, walk.layout, false)
  const reading = readName(key)
  const told = field.field?.role === 'metric'
  if (field.field?.role === 'ignore' || (!told && NO_SAMPLES.test(reading.full))) return
  const named = told || isKnownMetric(reading.words.join('_')) || (reading.unit !== undefined && roleOfName(reading) === 'result')
  const bare = SAMPLE_ARRAYS.test(reading.full) || (LISTS.test(reading.full) && holdsFractions(values))
  // `power_j: { core: [...], dram: [...] }`
  const kind = !named && !bare && scope.quantity?.unitText !== undefined && roleOfName(reading) === 'unknown' && (holdsFractions(values) || values.every((value) => value === 0))
  if (!named && !bare && !kind) return
  if (kind) scope = { ...scope, attributes: joined(scope.attributes, { variant: key }) }
  const scalar: Scalar = { ...field, role: 'metric', reading: named ? reading : { ...reading, words: /timing/.test(reading.full) && scope.quantity === undefined ? ['duration'] : [] } }
  const { iterations, over, each } = field.field?.role === 'metric' ? field.field : {}
  const counts = iterations === undefined ? undefined : scope.holder?.[iterations]
  const settings = over === undefined ? undefined : combinations(scope.holder?.[over], values.length)
  const around = (index: number, count: unknown, inner?: number): Scope => {
    const told: Attributes = { ...settings?.(index), ...counted(each, index, inner), ...(typeof count === 'number' ? { iterations: count } : {}) }
    return settings === undefined && counts === undefined && each === undefined ? scope : { ...scope, attributes: joined(scope.attributes, told) }
  }
  for (const [index, value] of values.entries()) {
    const count: unknown = Array.isArray(counts) ? counts[index] : counts
    if (Array.isArray(value)) {
      for (const [second, deep] of value.entries()) emit(walk, key, deep, `${pointer}/${index}/${second}`, scalar, around(index, Array.isArray(count) ? count[second] : count, second))
    } else {
      emit(walk, key, value, `${pointer}/${index}`, scalar, around(index, count))
    }
  }
}

function counted([outer, second]: readonly string[] = [], index: number, inner: number | undefined): Attributes {
  return { ...(outer === undefined ? {} : { [outer]: index }), ...(second === undefined || inner === undefined ? {} : { [second]: inner }) }
}

function holdsFractions(values: readonly unknown[]): boolean {
  const numbers = values.flat().filter((value) => typeof value === 'number')
  return numbers.filter((value) => !Number.isInteger(value)).length * 2 > numbers.length
}

function joined(attributes: Attributes, more: Attributes): Attributes {
  const all: Record<string, AttributeValue> = { ...attributes }
  for (const [name, value] of Object.entries(more)) setAttribute(all, name, value)
  return all
}

/** Where one of them failed there is `null`; where somebody left out the rest, a word about it. */
export function areNumbers(values: readonly unknown[]): boolean {
  let words = 0
  for (const value of values) {
    if (typeof value === 'string') words += 1
    else if (Array.isArray(value) ? !areNumbers(value) : value !== null && typeof value !== 'number') return false
  }
  return words === 0 || words * 2 < values.length
}
