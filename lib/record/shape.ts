/** What the shape of a JSON document tells: settings, maps of variants, containers that name nothing. */

import { readName } from './names.js'
import { remembered } from './remembered.js'
import { roleOfName } from './roles.js'
import { isKnownMetric } from './vocabulary.js'
import { snake, wordsOf } from './words.js'

export type JsonObject = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const CONFIG = /^(?:configs?|configuration|options|opts|params|parameters|settings|setup|args|arguments|hyper_?params|hyper_?parameters|(?:\w+_)?config|(?:\w+_)?params|environment|env|system_info|machine_info|machine|hardware|host_info|host_environment_info|host|platform|software|versions|commit_info|git|git_info|context|labels|tags|dimensions|attributes|sampling|cpu_info|gpu_info|device_info|library|libraries|(?:\w+_)?specs?|value_range|semantics|bounds)$/
const METADATA = /^(?:metadata|meta|info|details|extra|extra_info|model|model_info|dataset|device|benchmark_info|run_info)$/

/** Settings through and through: every number in it is an attribute. */
export const isConfigKey = remembered((key) => CONFIG.test(snake(key)))

/** Libraries, platforms or devices that were compared, each with its results, are no settings though the key is called so. */
export function isConfig(key: string, child: unknown): boolean {
  if (!isConfigKey(key)) return false
  return !(COMPARED.test(key) && isObject(child) && Object.values(child).every((one) => isObject(one) && Object.entries(one).some(([name, value]) => typeof value === 'number' && isKnownMetric(readName(name).words.join('_')))))
}

const COMPARED = /^(?:libraries|library|platforms?|hosts?|machines?|software|environments?|versions|configs|configurations|options|settings|setups?)$/i

/** Mostly settings, but tools put results in too. */
export const isMetadataKey = remembered((key) => METADATA.test(snake(key)))

const STRUCTURAL = /^(?:results?|stats?|statistics|summary|summaries|metrics?|timings?|data|values?|items|entries|rows|records|benchmarks?|performance|aggregates?|aggregated|measurements?|percentiles?|samples|overall|total|totals|all|output|report|runs?|tests?|cases?|series|points|details|before|after|successful|distribution|quantiles|primary|variants?|titles?|names?|labels?)$/

/** Words of a key that name a quantity; none for a container such as `timing_stats`. */
export function namingWords(words: readonly string[]): readonly string[] {
  return words.filter((word) => !STRUCTURAL.test(word))
}

/** What kind of thing the keys (or elements) under `key` are: `backends` -> `backend`, `by_model` -> `model`. */
export function singular(key: string): string | undefined {
  const words = wordsOf(key)
  const by = /^(?:by|per)$/.test(words[0] ?? '') ? words.slice(1) : undefined
  if (by && by.length > 0) return by.join('_')
  const last = words.at(-1) ?? ''
  if (!/[^s]s$/.test(last) || (STRUCTURAL.test(last) && !/^(?:benchmarks|tests|cases|runs|variants)$/.test(last))) return undefined
  const one = last.endsWith('ies') ? `${last.slice(0, -3)}y` : /(?:ss|x|ch|sh)es$/.test(last) ? last.slice(0, -2) : last.slice(0, -1)
  return [...words.slice(0, -1), one].join('_')
}

const CHILDREN_COMPARED = 6
const LEAF_DEPTH = 4

/** Whether the keys of `value` name variants of one thing, told by children that measure the same. */
export function isVariantMap(value: JsonObject, parentKey: string | undefined): boolean {
  const entries = Object.entries(value)
  if (entries.length === 0) return false
  if (entries.every(([, child]) => Array.isArray(child))) return isMapOfRows(entries as [string, unknown[]][])
  if (!entries.every(([, child]) => isObject(child))) return false
  if (/^(?:metrics|kpis|measurements|latency|latencies)$/.test(snake(parentKey ?? ''))) return false
  if (entries.some(([key]) => isConfigKey(key) || isMetadataKey(key) || /_(?:before|after)$/.test(key))) return false
  const named = entries.filter(([key]) => namesQuantity(key)).length
  if (named * 2 >= entries.length) return false
  if (entries.length === 1) return parentKey !== undefined && singular(parentKey) !== undefined
  const seen = new Set<string>()
  for (const [, child] of entries.slice(0, CHILDREN_COMPARED)) {
    const names = leafNames(child, LEAF_DEPTH)
    if ([...names].some((name) => seen.has(name))) return true
    for (const name of names) seen.add(name)
  }
  return false
}

/** `{ "1000": [rows], "5000": [rows] }`, or rows that have the same keys under the names of what is compared. */
function isMapOfRows(entries: readonly (readonly [string, readonly unknown[]])[]): boolean {
  const heads = entries.map(([, [first]]) => (isObject(first) ? Object.keys(first).join('\n') : undefined))
  if (heads.some((head) => head === undefined || head === '')) return false
  if (entries.every(([key]) => /^\d+(?:\.\d+)?$/.test(key))) return true
  return entries.length > 1 && new Set(heads).size === 1 && !entries.some(([key]) => namesQuantity(key) || singular(key) !== undefined || wordsOf(key).every((word) => STRUCTURAL.test(word)) || isConfigKey(key) || isMetadataKey(key) || /warm_?up/i.test(key))
}

function namesQuantity(key: string): boolean {
  const reading = readName(key)
  return isKnownMetric(reading.words.join('_')) || reading.unit !== undefined || roleOfName(reading) === 'result'
}

function leafNames(value: unknown, depth: number, names = new Set<string>()): Set<string> {
  if (!isObject(value) || depth === 0) return names
  for (const [key, found] of Object.entries(value)) {
    const child: unknown = Array.isArray(found) ? found[0] : found
    if (typeof child === 'number') names.add(key)
    else if (!isConfigKey(key) && !isMetadataKey(key)) leafNames(child, depth - 1, names)
  }
  return names
}
