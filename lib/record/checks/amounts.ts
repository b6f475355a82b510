/** Tokens, requests, durations and their rates must fit together; parts must make up their whole. */

import type { MetricRecord } from '../metric-record.js'
import { shown, titleOf, type Failure, type Look, type Rule } from './rule.js'

export function amountRules(row: readonly MetricRecord[], groups: readonly (readonly number[])[]): readonly Rule[] {
  return groups.flatMap((group) => [...rateRules(row, group), ...sumRules(row, group), ...partRules(row, group), ...unitRules(row, group)])
}

type Find = (metrics: readonly string[], unit?: string) => readonly number[]

/** Samples and totals only: means of several runs need not fit each other. */
function finder(row: readonly MetricRecord[], group: readonly number[]): Find {
  return (metrics, unit) => group.filter((at) => {
    const record = row[at]
    return record !== undefined && (record.stat === 'value' || record.stat === 'sum') && metrics.includes(record.metric) && (unit === undefined || record.unit === unit)
  })
}

const WHOLE = ['duration', 'total_duration', 'e2e_latency', 'latency']

/** Which amount a rate is a rate of, and the durations that it may be taken over. */
const RATES: readonly (readonly [rate: string, unit: string, amount: string, own: string | undefined])[] = [
  ['output_throughput', '{token}/s', 'output_tokens', 'eval_duration'],
  ['prompt_throughput', '{token}/s', 'prompt_tokens', 'prompt_eval_duration'],
  ['total_throughput', '{token}/s', 'total_tokens', undefined],
  ['request_throughput', '{request}/s', 'requests', undefined],
]

const NEAR = 0.06

/**
 * A rate fits when some duration of the row gives it. It fails only where a thousandfold, or sixty, lies between: then a unit is wrong.
 * Other differences have too many good reasons: several requests at a time, a warm-up left out.
 */
function rateRules(row: readonly MetricRecord[], group: readonly number[]): readonly Rule[] {
  const find = finder(row, group)
  return RATES.flatMap(([rateName, unit, amountName, own]): Rule[] => {
    const [rate, amount] = [only(find([rateName], unit)) ?? only(find([rateName], '')), only(find([amountName]))]
    const durations = find(own === undefined ? WHOLE : [own, ...WHOLE], 's')
    const [first] = durations
    if (rate === undefined || amount === undefined || first === undefined) return []
    const ttft = only(find(['ttft'], 's'))
    const title = `${nameAt(row, rate)} = ${nameAt(row, amount)} / ${nameAt(row, first)}`
    const parts: RateParts = { rate, amount, durations, ttft, title }
    return [{ name: title, at: [rate, amount, ...durations], look: (values, at) => lookAtRate(values, at, parts), test: (records) => rateFailure(records, parts) }]
  })
}

interface RateParts {
  readonly rate: number
  readonly amount: number
  readonly durations: readonly number[]
  readonly ttft: number | undefined
  readonly title: string
}

function rateFailure(row: readonly MetricRecord[], { rate, amount, durations, ttft, title }: RateParts): Failure | undefined {
  const given = row[rate]?.value ?? 0
  const tokens = row[amount]?.value ?? 0
  if (!(given > 0) || !(tokens > 0)) return undefined
  const first = ttft === undefined ? 0 : (row[ttft]?.value ?? 0)
  // Written out, without a list for each row.
  for (let index = 0; index < durations.length; index += 1) {
    const duration = row[durations[index] ?? 0]?.value ?? 0
    const later = first > 0 && first < duration ? duration - first : 0
    if (isNear(given * duration, tokens) || isNear(given * duration, tokens - 1) || isNear(given * later, tokens) || isNear(given * later, tokens - 1)) return undefined
  }
  const wrong = wrongUnit(row, given, tokens, first, durations)
  if (!wrong) return undefined
  const duration = row[wrong.duration]
  return {
    code: 'check-failed',
    message: () => `expected ${title}, found ${shown(given)} beside ${shown(tokens)} / ${shown(duration?.value ?? 0)}: they differ by a factor of ${String(wrong.factor)}, so one of the units is not what its name says`,
    doubt: 0.5,
  }
}

/** Nearly always the rate is within reach of what a duration gives, so that no unit can be wrong. */
function lookAtRate(values: readonly Float64Array[], row: number, { rate, amount, durations, ttft }: RateParts): Look {
  const given = values[rate]?.[row] as number
  const tokens = values[amount]?.[row] as number
  const first = ttft === undefined ? 0 : (values[ttft]?.[row] as number)
  for (let index = 0; index < durations.length; index += 1) {
    const duration = values[durations[index] as number]?.[row] as number
    const ratio = (given * duration) / tokens
    const fewer = (given * duration) / (tokens - 1)
    if (!(ratio > 1 / 50 && ratio < 50 && fewer > 1 / 50 && fewer < 50) || (first > 0 && first < duration && duration - first < duration / 2)) return 'ask'
  }
  return 'holds'
}

/** False for no duration at all. */
function isNear(product: number, count: number): boolean {
  return product > 0 && Math.abs(product / count - 1) < NEAR
}

function wrongUnit(row: readonly MetricRecord[], given: number, tokens: number, first: number, durations: readonly number[]): { readonly factor: number; readonly duration: number } | undefined {
  for (let index = 0; index < durations.length; index += 1) {
    const at = durations[index] ?? 0
    const duration = row[at]?.value ?? 0
    const later = first > 0 && first < duration ? duration - first : 0
    const factor = factorOf(given * duration, tokens) ?? factorOf(given * duration, tokens - 1) ?? factorOf(given * later, tokens) ?? factorOf(given * later, tokens - 1)
    if (factor !== undefined) return { factor, duration: at }
  }
  return undefined
}

function factorOf(product: number, count: number): number | undefined {
  if (!(product > 0)) return undefined
  const ratio = product / count
  // Nearly all lie far from each of them.
  if (ratio > 1 / 59 && ratio < 59) return undefined
  for (let at = 0; at < FACTORS.length; at += 1) if (Math.abs(ratio / (FACTORS[at] as number) - 1) < NEAR / 3) return FACTORS[at]
  return undefined
}

const FACTORS = [1e3, 1e-3, 1e6, 1e-6, 1e9, 1e-9, 60, 1 / 60]

/** Prompt and output make up the total. */
function sumRules(row: readonly MetricRecord[], group: readonly number[]): readonly Rule[] {
  const find = finder(row, group)
  const [prompt, output, total] = [only(find(['prompt_tokens'])), only(find(['output_tokens'])), only(find(['total_tokens']))]
  if (prompt === undefined || output === undefined || total === undefined) return []
  const title = `${nameAt(row, total)} = ${nameAt(row, prompt)} + ${nameAt(row, output)}`
  return [{
    name: title,
    at: [prompt, output, total],
    look(values, row) {
      const a = values[prompt]?.[row] as number
      const b = values[output]?.[row] as number
      const sum = values[total]?.[row] as number
      return a === 0 || b === 0 || sum === 0 || sum >= a + b - 0.5 ? 'holds' : 'fails'
    },
    test(records) {
      const a = records[prompt]?.value ?? 0
      const b = records[output]?.value ?? 0
      const sum = records[total]?.value ?? 0
      // Where any is 0 it was not counted; a tool may count what it thinks besides, so that only a total below its parts is wrong.
      if (a === 0 || b === 0 || sum === 0 || sum >= a + b - 0.5) return undefined
      return { code: 'check-failed', message: () => `expected ${title}, found ${shown(sum)} beside ${shown(a)} + ${shown(b)}`, doubt: 0.8 }
    },
  }]
}

/** No part takes longer than its whole. */
function partRules(row: readonly MetricRecord[], group: readonly number[]): readonly Rule[] {
  const find = finder(row, group)
  const whole = only(find(['total_duration', 'e2e_latency'], 's'))
  if (whole === undefined) return []
  return ['ttft', 'eval_duration', 'prompt_eval_duration', 'load_duration'].flatMap((metric): Rule[] => {
    const part = only(find([metric], 's'))
    if (part === undefined) return []
    const title = `${nameAt(row, part)} <= ${nameAt(row, whole)}`
    return [{
      name: title,
      at: [part, whole],
      look(values, row) {
        const b = values[whole]?.[row] as number
        return b === 0 || (values[part]?.[row] as number) <= b * 1.05 + 1e-3 ? 'holds' : 'fails'
      },
      test(records) {
        const a = records[part]?.value ?? 0
        const b = records[whole]?.value ?? 0
        // A few percent more come from clocks that are read one after the other, and from rounding.
        if (b === 0 || a <= b * 1.05 + 1e-3) return undefined
        return { code: 'check-failed', message: () => `expected ${title}, found ${shown(a)} s and ${shown(b)} s`, doubt: 0.7 }
      },
    }]
  })
}

const SPELLED: readonly (readonly [number, string])[] = [[1, 's'], [1e3, 'ms'], [1e6, 'µs'], [1e9, 'ns']]

/** A duration without a unit stays one, but what it must be in is said where tokens and their rate tell. */
function unitRules(row: readonly MetricRecord[], group: readonly number[]): readonly Rule[] {
  const find = finder(row, group)
  const [rate, tokens, unclear] = [only(find(['output_throughput'], '{token}/s')), only(find(['output_tokens'])), only(find(['eval_duration', ...WHOLE], ''))]
  if (rate === undefined || tokens === undefined || unclear === undefined) return []
  return [{
    name: `unit of ${nameAt(row, unclear)}`,
    at: [unclear],
    test(records) {
      const perSecond = records[rate]?.value ?? 0
      const count = records[tokens]?.value ?? 0
      const value = records[unclear]?.value ?? 0
      if (!(perSecond > 0) || !(count > 0) || !(value > 0)) return undefined
      const ratio = (value * perSecond) / count
      const unit = SPELLED.find(([scale]) => Math.abs(ratio / scale - 1) < NEAR)?.[1]
      if (unit === undefined) return undefined
      return { code: 'unit-likely', message: () => `${nameAt(row, unclear)} has no unit, and is left without; ${shown(count)} tokens at ${shown(perSecond)} tokens/s fit ${shown(value)} ${unit}`, doubt: 1 }
    },
  }]
}

/** Of several under one name nobody can say which belongs to what. */
function only(found: readonly number[]): number | undefined {
  return found.length === 1 ? found[0] : undefined
}

function nameAt(row: readonly MetricRecord[], at: number): string {
  const record = row[at]
  return record === undefined ? '' : titleOf(record)
}
