/** What a column header, a JSON key or a label says: the quantity, its statistic, its unit. */

import { translate, translateWord } from './foreign-words.js'
import type { Better, Stat } from './metric-record.js'
import { takeBrackets, takeSpread, takeTail } from './name-notes.js'
import { takeComparison, takeDelta, takeExtreme, takeStat } from './name-stat.js'
import { rateWords, takeRate, takeUnit, type FoundUnit } from './name-unit.js'
import { remembered } from './remembered.js'
import { isBound, joinNames, statAt } from './statistics.js'
import { baseUnit } from './units.js'
import { isKnownMetric, nameless, resolve, type Resolution } from './vocabulary.js'
import { wordsOf } from './words.js'

export interface NameReading {
  /** As it stands in the file. */
  readonly raw: string
  /** All words in snake_case, brackets left out. */
  readonly full: string
  /** What is left without unit, statistic and fillers; empty for a bare statistic such as `p95_ms`. */
  readonly words: readonly string[]
  readonly stat?: Stat
  /** `best_time`, `worst_ttft`: a minimum or a maximum, whichever is the good one. */
  readonly extreme?: 'best' | 'worst'
  /** As spelled: `ms`, `tokens_s`. */
  readonly unit?: string
  /** `unit` in a spelling that {@link toBase} knows. */
  readonly unitText?: string
  /** The name says that it is a difference of two runs. */
  readonly delta: boolean
  /** The name says so itself: `Accuracy ↑`, `lower is better`. */
  readonly better?: Better
  /** What else stood in brackets: `warm`. */
  readonly qualifier?: string
  /** A bound or the width of an interval: no value of anything. */
  readonly bound?: boolean
  /** What follows `±` in the cells: `Time (± SEM)` is no standard deviation. */
  readonly spread?: 'stddev' | 'other'
  /** `Accuracy (std)`: cells may say `0.81 (0.02)`. */
  readonly aside?: 'stddev'
  /** The reading in a file about language models, where that is another: `tps`, `t_s`. */
  readonly amongModels?: NameReading
}

const LONGEST_NAME = 160
/** `std::map` is no standard deviation. */
const NAMESPACE = /(?<!\w)std::(?=\w)/g

/** The same reading for the same name. */
export const readName = remembered(reading)

function reading(raw: string): NameReading {
  // lm-evaluation-harness writes `metric,filter`.
  const [, named = raw, filter] = /^([\w.-]+),([\w.-]+)$/.exec(raw) ?? []
  const { text: spread, notes } = takeSpread(translate(named.slice(0, LONGEST_NAME).replace(NAMESPACE, '')))
  const text = takeTail(takeBrackets(spread, notes, raw), notes)
  if (filter !== undefined && baseUnit(filter) !== undefined) notes.unit ??= filter
  else if (filter !== undefined && filter !== 'none') notes.qualifier = filter
  const all = wordsOf(pathSeparators(text)).flatMap(translateWord)
  const words = all.filter((word) => !FILLERS.has(word))
  joinNames(words)
  // wrk says so of the share of samples within one deviation.
  if (/^\s*(?:\+\/-|±)\s*stdev\s*$/i.test(raw)) return { raw, full: all.join('_'), words: [], delta: false, bound: true }
  let delta = /\s/.test(raw) && takeComparison(words)
  if (/\s/.test(raw)) notes.qualifier ??= takePhrase(words)
  delta = takeDelta(words) || delta
  const rate = takeRate(words, raw)
  // `the-lower` is a name that somebody gave.
  const bound = rate === undefined && (words.length > 1 || all.length === 1) && isBound(withoutUnit(words), isKnownMetric)
  const own = bound || (notes.stat !== undefined && notes.aside === undefined) ? undefined : takeStat(words)
  let stat = own ?? notes.stat
  if (notes.unit !== undefined && PER_TOKEN.test(notes.unit) && words.length > 0 && words.every((word) => OF_OUTPUT.test(word))) words.splice(0, words.length, 'tpot')
  // `ClusteringS2S` is in no seconds.
  const suffix = rate === undefined && !/\d[A-Z]\W*$/.test(text) ? takeUnit(words) : undefined
  // `eval_s_mean`, `mean_eval_s`, `delta_pct`: one hid behind the other.
  if (!bound) stat ??= takeStat(words)
  delta = takeDelta(words) || delta
  // `peak_mb` is nobody's megabyte; what has a peak in bytes is memory.
  const sized = stat !== undefined || delta ? SIZE_UNIT.exec(words.join(' '))?.[0] : undefined
  if (sized !== undefined && suffix !== undefined) words.splice(0, 1, ...(/peak/i.test(raw) ? ['memory'] : []))
  // `Geometric mean of speed ratios`
  if (stat !== undefined && words[0] === 'of') words.shift()
  if (delta && words.length === 1 && /^(?:pct|percent|percentage)$/.test(words[0] ?? '')) words.pop()
  // `avg/iter`, `95% Line`
  if (stat !== undefined && words[0] === 'per' && words.length === 2) words.length = 0
  if (stat !== undefined && words.length === 1 && words[0] === 'line') words.pop()
  const found = notes.unit === undefined ? (rate ?? suffix) : { spelled: notes.spelled ?? notes.unit, text: notes.unit }
  const extreme = stat === undefined ? takeExtreme(words, found?.text) : undefined
  const shared = {
    raw,
    full: all.join('_'),
    delta,
    ...(stat === undefined ? {} : { stat }),
    ...(extreme === undefined ? {} : { extreme }),
    ...(notes.better === undefined ? {} : { better: notes.better }),
    ...(notes.qualifier === undefined ? {} : { qualifier: notes.qualifier }),
    ...(bound ? { bound } : {}),
    ...(notes.spread === undefined ? {} : { spread: notes.spread }),
    ...(notes.aside === undefined ? {} : { aside: notes.aside }),
  }
  const plain: NameReading = { ...shared, ...unitOf(found), words: wordsBeside(words, rate) }
  if (found?.amongModels === undefined) return plain
  const unit = { spelled: found.spelled, text: found.amongModels }
  return { ...plain, amongModels: { ...shared, ...unitOf(unit), words: wordsBeside(words, unit) } }
}

const SIZE_UNIT = /^[kmgt]i?b$/

/** `Decode (ms/token)` is the time of one token. */
const PER_TOKEN = /^(?:m|µ|u)?s(?:ecs?)?\s*\/\s*(?:out(?:put)?\s+)?tok(?:en)?s?$/i
const OF_OUTPUT = /^(?:decode|decoding|generation|gen|output|latency|time|eval|speed|per|token|inference)$/

function unitOf(found: FoundUnit | undefined): { unit?: string; unitText?: string } {
  return { ...(found === undefined ? {} : { unit: found.spelled }), ...(found?.text === undefined ? {} : { unitText: found.text }) }
}

function wordsBeside(given: readonly string[], rate: FoundUnit | undefined): readonly string[] {
  if (rate === undefined) return given
  // `Number of test runs per second` is a rate of them.
  const words = given[0] === 'number' && given[1] === 'of' ? given.slice(2) : given
  if (words.length > 0) return rateWords(words, rate.text)
  return rate.text === undefined || baseUnit(rate.text)?.includes('/s') === true ? ['throughput'] : words
}

function withoutUnit(words: readonly string[]): readonly string[] {
  const rest = [...words]
  takeUnit(rest)
  return rest
}

/** `GET /blog/:id`: what was asked for. */
export const ENDPOINT = /^(?:GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS)\s+\/\S*$/

/** `metrics/ttft/mean` is a path, `tokens/s` a quotient. */
function pathSeparators(text: string): string {
  if (ENDPOINT.test(text)) return text.replaceAll('/', ' ')
  const parts = text.replace(/\bI\/O\b/gi, 'IO').split('/')
  if (parts.length === 1) return text
  const isPath = parts.length > 2 && !/\s|_per_|\/(?:s|sec|second|min)(?:\W|$)/.test(text)
  return parts.reduce((joined, part) => `${joined}${isPath || namesItself(wordsOf(part)) ? ' ' : '/'}${part}`)
}

function namesItself(words: readonly string[]): boolean {
  return statAt(words, 0)?.words === words.length || isKnownMetric(words.join('_'))
}

export interface MetricName extends Resolution {
  readonly qualifier?: string
}

const NO_NAME = /^(?:results?|values?|measured|measurements?)$/

/** Metrics so distinctive that words before them only qualify: `first prompt ttft`. */
const DISTINCTIVE = new Set(['ttft', 'itl', 'tpot', 'output_throughput', 'e2e_latency'])

/** The metric of a reading, once the base unit of its numbers is known (`undefined`: unknown). */
export function metricName(reading: NameReading, unit: string | undefined, bareName?: string): MetricName {
  const { words } = reading
  // `Result` names nothing, but `4500 req/sec` under it does.
  if (words.length === 0 || (words.length === 1 && unit !== undefined && nameless(unit) !== 'value' && NO_NAME.test(words[0] ?? ''))) return resolve(bareName ?? nameless(unit), unit)
  const whole = resolve(words.join('_'), unit)
  if (whole.canonical) return whole
  // Columns of llama-bench tables are called after the test: `pp512`, `tg128`.
  const test = unit === '{token}/s' ? /^(pp|tg)\d{1,6}$/.exec(words.filter((word) => word !== 'throughput').join('_')) : null
  if (test) return { ...resolve(test[1] === 'pp' ? 'prompt_throughput' : 'output_throughput', unit), qualifier: test[0] }
  for (let from = 1; from < words.length; from += 1) {
    const tail = resolve(words.slice(from).join('_'), unit)
    if (tail.canonical && DISTINCTIVE.has(tail.metric)) return { ...tail, qualifier: words.slice(0, from).join(' ') }
  }
  // Whatever the label of a number in tokens per second is (`Best Config`), it is a throughput.
  if (unit === '{token}/s' && !/(?:^|_)(?:throughput|speed|rate|goodput)(?:_|$)/.test(whole.metric)) {
    return { ...resolve('throughput', unit), qualifier: words.join(' ') }
  }
  return whole
}

const FILLERS = new Set(['overall', 'measured', 'observed', 'reported', 'the', '#'])

const PREPOSITIONS = new Set(['across', 'against', 'during', 'for', 'over', 'under', 'versus', 'vs', 'when', 'with', 'without'])

/** `Mean generation time across banter scenarios`: what follows the preposition only says where it was taken. */
function takePhrase(words: string[]): string | undefined {
  const at = words.findIndex((word, index) => index > 0 && PREPOSITIONS.has(word))
  return at < 0 || at === words.length - 1 ? undefined : words.splice(at).slice(1).join(' ')
}
