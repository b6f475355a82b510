/** What a column header, a JSON key or a label says: the quantity, its statistic, its unit. */

import type { Better, Stat } from './metric-record.js'
import { rateWords, takeRate, takeUnit } from './name-unit.js'
import { remembered } from './remembered.js'
import { statAt } from './statistics.js'
import { baseUnit } from './units.js'
import { resolve, type Resolution } from './vocabulary.js'
import { wordsOf } from './words.js'

export interface NameReading {
  /** As it stands in the file. */
  readonly raw: string
  /** All words in snake_case, brackets left out. */
  readonly full: string
  /** What is left without unit, statistic and fillers; empty for a bare statistic such as `p95_ms`. */
  readonly words: readonly string[]
  readonly stat?: Stat
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
}

const LONGEST_NAME = 160

/** `ns/op`, `B/op`, `allocs/op`: what one operation takes, and nothing else. */
const UNIT_ALONE = /^[A-Za-zµμ]{1,12}\/(?:op|ops|operation|iter|iteration|call)$/

/** The same reading for the same name. */
export const readName = remembered(reading)

function reading(raw: string): NameReading {
  // lm-evaluation-harness writes `metric,filter`.
  const [, named = raw, filter] = /^([\w.-]+),([\w.-]+)$/.exec(raw) ?? []
  const { text, notes } = takeBrackets(named.slice(0, LONGEST_NAME))
  if (filter !== undefined && filter !== 'none') notes.qualifier = filter
  const all = wordsOf(text)
  const bare = text.trim()
  if (UNIT_ALONE.test(bare) && baseUnit(bare) !== undefined) {
    return { raw, full: all.join('_'), words: [], delta: false, unit: bare, unitText: bare, ...(notes.stat && { stat: notes.stat }), ...(notes.better && { better: notes.better }), ...(notes.qualifier === undefined ? {} : { qualifier: notes.qualifier }) }
  }
  const words = all.filter((word) => !FILLERS.has(word))
  if (/\s/.test(raw)) notes.qualifier ??= takePhrase(words)
  const delta = takeDelta(words)
  const rate = takeRate(words)
  let stat = notes.stat ?? takeStat(words)
  const suffix = rate === undefined ? takeUnit(words) : undefined
  // `eval_s_mean`, `mean_eval_s`: the statistic hid behind the unit, or the unit behind the statistic.
  stat ??= takeStat(words)
  // `Geometric mean of speed ratios`
  if (stat !== undefined && words[0] === 'of') words.shift()
  const found = notes.unit === undefined ? (rate ?? suffix) : { spelled: notes.unit, text: notes.unit }
  return {
    raw,
    full: all.join('_'),
    words: rate !== undefined && words.length > 0 ? rateWords(words, rate.text) : words.length === 0 && rate !== undefined ? ['throughput'] : words,
    delta,
    ...(stat === undefined ? {} : { stat }),
    ...(found === undefined ? {} : { unit: found.spelled, unitText: found.text }),
    ...(notes.better === undefined ? {} : { better: notes.better }),
    ...(notes.qualifier === undefined ? {} : { qualifier: notes.qualifier }),
  }
}

export interface MetricName extends Resolution {
  readonly qualifier?: string
}

/** Metrics so distinctive that words before them only qualify: `first prompt ttft`. */
const DISTINCTIVE = new Set(['ttft', 'itl', 'tpot', 'output_throughput', 'e2e_latency'])

/** The metric of a reading, once the base unit of its numbers is known (`undefined`: unknown). */
export function metricName(reading: NameReading, unit: string | undefined, bareName?: string): MetricName {
  const { words } = reading
  if (words.length === 0) return resolve(bareName ?? nameless(unit), unit)
  const whole = resolve(words.join('_'), unit)
  if (whole.canonical) return whole
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

function nameless(unit: string | undefined): string {
  if (unit === 's') return 'duration'
  return PER_OPERATION.get(unit ?? '') ?? (unit?.endsWith('/s') ? 'throughput' : 'value')
}

const PER_OPERATION: ReadonlyMap<string, string> = new Map(['operation', 'iteration', 'call'].flatMap((done) => [[`By/{${done}}`, 'memory_allocated'], [`{allocation}/{${done}}`, 'allocations']]))

const FILLERS = new Set(['overall', 'measured', 'observed', 'reported', 'the'])

const PREPOSITIONS = new Set(['across', 'during', 'for', 'over', 'under', 'when', 'with', 'without'])

/** `Mean generation time across banter scenarios`: what follows the preposition only says where it was taken. */
function takePhrase(words: string[]): string | undefined {
  const at = words.findIndex((word, index) => index > 0 && PREPOSITIONS.has(word))
  return at < 0 || at === words.length - 1 ? undefined : words.splice(at).slice(1).join(' ')
}

interface Notes {
  unit?: string
  stat?: Stat
  better?: Better
  qualifier?: string | undefined
}

/** Units, statistics and remarks in brackets are taken out of the name; arrows tell the direction. */
function takeBrackets(raw: string): { text: string; notes: Notes } {
  const notes: Notes = {}
  let text = raw.replace(/[*`]+/g, ' ')
  if (/[↑⬆▲]/.test(text)) notes.better = 'higher'
  else if (/[↓⬇▼]/.test(text)) notes.better = 'lower'
  text = text.replace(/[[({]([^()[\]{}]*)[\])}]/g, (_, inside: string) => {
    for (const part of inside.split(/[;,]/)) takeNote(part.trim(), notes, raw)
    return ' '
  })
  return { text, notes }
}

function takeNote(part: string, notes: Notes, raw: string): void {
  if (part === '' || /^[↑↓⬆⬇▲▼]+$/.test(part)) return
  const direction = /^(lower|higher|less|more|smaller|bigger)(?: is)? better$|^better (?:is )?(lower|higher)$/i.exec(part)
  if (direction) {
    notes.better = /lower|less|smaller/i.test(part) ? 'lower' : 'higher'
    return
  }
  const words = wordsOf(part)
  const stat = statAt(words, 0)
  const whole = stat?.words === words.length
  // `Latency (min)` is the minimum, `Time (min)` is in minutes.
  if (stat && whole && !(part === 'min' && /time|duration|elapsed/i.test(raw))) {
    notes.stat ??= stat.stat
    return
  }
  if (stat && part.includes('±')) {
    notes.stat ??= stat.stat
    return
  }
  const unit = /^(?:in\s+|units?\s*[:=]\s*)?(.+)$/i.exec(part)?.[1] ?? part
  // `(1)` and `(b)` number or letter a thing; of single letters only these are meant as units.
  if (notes.unit === undefined && (unit.length > 1 || /^[shxWJB%$]$/.test(unit)) && !/^\d/.test(unit) && baseUnit(unit) !== undefined) {
    notes.unit = unit
    return
  }
  // A long form of the name itself, `Mean TTFT (Time to First Token)`, adds nothing.
  if (resolve(words.join('_'), undefined).canonical) return
  notes.qualifier ??= part
}

const DELTA_WORDS = new Set(['delta', 'diff', 'difference', 'deltas'])

function takeDelta(words: string[]): boolean {
  for (const at of [words.length - 1, 0]) {
    const word = words[at]
    if (word === undefined || !(DELTA_WORDS.has(word) || (word === 'change' && at > 0))) continue
    words.splice(at, 1)
    return true
  }
  return false
}

function takeStat(words: string[]): Stat | undefined {
  // Outer words first: in `max_mean_error` the outer one is the statistic of the rest.
  const order = [0, words.length - 1, words.length - 2, ...words.keys()]
  for (const at of order) {
    const found = statAt(words, at)
    if (!found || (at === words.length - 2 && found.words !== 2 && words.length > 2)) continue
    words.splice(at, found.words)
    return found.stat
  }
  const [only] = words
  if (words.length === 1 && (only === 'count' || only === 'n')) {
    words.pop()
    return 'count'
  }
  return undefined
}
