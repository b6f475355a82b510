/** Objects that say in a field what the numbers of a map beside it measure. */

import { readName, type NameReading } from './names.js'
import { isObject, type JsonObject } from './shape.js'
import { isKnownMetric } from './vocabulary.js'

export interface ToldMetric {
  readonly quantity: NameReading
  /** The keys of the map are statistics of it; else they name what was compared. */
  readonly statistics: boolean
}

/** `{ metric: "build time", unit: "ms", records: { oak: 40, elm: 50 } }`: the field says what, the keys say of what, or which statistic. */
export function toldMetric(value: JsonObject, key: string, child: object): ToldMetric | undefined {
  const name = value['metric'] ?? value['metric_name']
  if (typeof name !== 'string' || !OF_METRIC.test(key) || !isObject(child)) return undefined
  const readings = Object.keys(child).map((one) => readName(one))
  if (readings.length === 0 || !Object.values(child).every((number) => typeof number === 'number')) return undefined
  const statistics = readings.every(({ words, stat }) => stat !== undefined && words.length === 0)
  const names = readings.every(({ words, stat }) => stat === undefined && !isKnownMetric(words.join('_')))
  return statistics || names ? { quantity: readName(name), statistics } : undefined
}

const OF_METRIC = /^(?:records|results|values|data|scores|measurements)$/
