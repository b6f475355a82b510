/** Finds the metrics a sentence speaks of, by their names and by the words people use for them. */

import type { Fact } from '../fact/fact.js'
import { metricWords } from '../fact/wording.js'

export interface MetricMention {
  readonly start: number
  readonly end: number
  /** Empty for a metric of which no fact speaks: then nothing backs a number of it. */
  readonly metrics: ReadonlySet<string>
}

export type MetricFinder = (text: string) => readonly MetricMention[]

/** Of the metrics that every report may speak of; those of the data are added under their own names. */
const SYNONYMS: Readonly<Record<string, string>> = {
  ttft: 'ttft|time to first token|time-to-first-token|first token|first-token|first-token latency|first token latency|time to the first token|first token time',
  itl: 'itl|inter-token latency|inter token latency|intertoken latency',
  tpot: 'tpot|time per output token',
  e2e_latency: 'e2e latency|end-to-end latency|end to end latency',
  output_throughput: 'output throughput|tokens per second|generation speed|generation rate|decode speed|decoding speed|output speed|generates|generated|generate|generation throughput|token rate',
  load_duration: 'load duration|load time|loading time|loads|model load|model loading|load times',
  compile_time: 'compile time|compilation time|compiles|compilation|compile times',
  prompt_eval_duration: 'prompt eval duration|prompt evaluation|prompt eval',
  eval_duration: 'eval duration',
  total_duration: 'total duration',
  queue_duration: 'queue duration|queueing time|queue time',
  gpu_memory_used: 'gpu memory|vram|video memory',
  gpu_utilization: 'gpu utilization|gpu utilisation|gpu usage|gpu load',
  cpu_utilization: 'cpu utilization|cpu utilisation|cpu usage|cpu load',
  accuracy: 'accuracy',
  perplexity: 'perplexity',
  power: 'power|power draw',
  energy: 'energy',
  temperature: 'gpu temperature',
  pass_rate: 'pass rate',
  request_throughput: 'request throughput|requests per second',
  prompt_throughput: 'prompt throughput|prefill speed|prefill throughput',
  total_throughput: 'total throughput',
  model_size: 'model size',
  cost: 'cost|price',
}
/** A word that several metrics share. */
const SHARED: readonly [word: string, ending: RegExp][] = [
  ['throughput', /throughput$/],
  ['speed', /throughput$/],
  ['latency', /(?:latency|ttft|itl|tpot)$/],
  ['latencies', /(?:latency|ttft|itl|tpot)$/],
  ['duration', /duration$/],
  ['memory', /memory_used$/],
  ['utilization', /utilization$/],
]

export function metricFinder(facts: readonly Fact[]): MetricFinder {
  const measured = new Set(facts.flatMap(({ metric, kind }) => (metric === undefined || kind === 'inventory' ? [] : [metric])))
  const phrases = new Map<string, Set<string>>()
  const add = (phrase: string, metrics: Iterable<string>) => {
    const known = phrases.get(phrase) ?? new Set<string>()
    for (const metric of metrics) if (measured.has(metric)) known.add(metric)
    phrases.set(phrase, known)
  }
  for (const [metric, words] of Object.entries(SYNONYMS)) for (const word of words.split('|')) add(word, [metric])
  for (const metric of measured) {
    add(metric.toLowerCase(), [metric])
    add(metricWords(metric).toLowerCase(), [metric])
  }
  for (const [word, ending] of SHARED) add(word, [...measured].filter((metric) => ending.test(metric)))
  const ordered = [...phrases].filter(([phrase]) => phrase.length > 1).sort((a, b) => b[0].length - a[0].length)
  return (text) => {
    const lower = text.toLowerCase()
    const found: MetricMention[] = []
    for (const [phrase, metrics] of ordered) {
      for (let start = lower.indexOf(phrase); start >= 0; start = lower.indexOf(phrase, start + 1)) {
        const end = start + phrase.length
        if (isWordSign(lower.charAt(start - 1)) || isWordSign(lower.charAt(end).replace('s', ''))) continue
        if (!found.some((other) => start < other.end && other.start < end)) found.push({ start, end, metrics })
      }
    }
    return found.sort((a, b) => a.start - b.start)
  }
}

function isWordSign(sign: string): boolean {
  return sign !== '' && /[\p{L}\p{N}_]/u.test(sign)
}
