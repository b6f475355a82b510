/** A sentence as the checks read it: its text, what it claims and where, and the names and metrics it speaks of. */

import type { KnownFigures } from './known-figures.js'
import type { MetricFinder, MetricMention } from './metric-words.js'
import type { NameMention } from './names.js'
import type { Token } from './token.js'

/** A token that claims something, or that a slot filled. */
export interface Place {
  readonly at: number
  readonly start: number
  readonly end: number
  readonly token: Token
}

/** Names per dimension; each set is one thing that may be meant. */
export type Names = ReadonlyMap<string, readonly ReadonlySet<string>[]>

export interface Sentence {
  readonly text: string
  readonly places: readonly Place[]
  readonly names: readonly NameMention[]
  readonly metrics: readonly MetricMention[]
  /** What the sentences before it, the list item or the heading speak of, where it names nothing itself or says `it`. */
  readonly carried: Names
  /** Of a table's row: the header's cells. */
  readonly header?: readonly HeaderCell[]
}

export interface HeaderCell {
  readonly text: string
  /** Absent where it names none. */
  readonly metrics?: ReadonlySet<string>
}

export interface SentenceReader {
  read(tokens: readonly Token[]): Sentence
  /** A block begins; `prefix` is its indentation and mark, `''` for a paragraph. */
  block(prefix: string): void
  /** A blank line. */
  gap(): void
}

const ITS = /\b(?:its?|they|their|this|that|the same|the (?:model|backend|configuration|file|variant|setting)|both|here)\b/i
/** Stands for what the last sentence was about, before this one names anything. */
const IT = /^\W*(?:\w+ )?(?:its?|this (?:model|backend|configuration|file|variant|setting))\b/i
/** They speak of all that was measured, not of what the last sentence was about. */
const OVERALL = /\b(?:best|worst|highest|lowest|fastest|slowest|largest|smallest|overall|across|range[ds]?|between|maximum|minimum|peak|all|total|files?|runs? failed|failed runs?)\b/i

export function sentenceReader(known: KnownFigures, findMetrics: MetricFinder): SentenceReader {
  let heading: Names = new Map()
  let last: Names = new Map()
  /** The last sentence ended with a colon: what follows speaks of the same. */
  let opens = false
  /** `last` was set by such a sentence. */
  let lead = false
  let lastIndent = 0
  let indent = 0
  let inHeading = false
  let header: readonly HeaderCell[] | undefined

  const forget = () => {
    last = new Map()
    lead = false
  }

  const carriedInto = (text: string): Names => {
    // `It` is what the last sentence was about, not whom that was compared with.
    if (IT.test(text)) return new Map([...last].map(([dimension, sets]) => [dimension, sets.slice(0, 1)]))
    if (last.size > 0 && (ITS.test(text) || opens || !OVERALL.test(text))) return last
    return OVERALL.test(text) ? new Map() : heading
  }

  return {
    block(prefix) {
      inHeading = /^\s*#/.test(prefix)
      indent = /^\s*/.exec(prefix)?.[0].length ?? 0
      // A list behind a leading line speaks of what that line names; a paragraph, or an item beside the one that named it, does not.
      const isItem = prefix.trim() !== ''
      if (!opens && (lead ? !isItem : isItem && indent <= lastIndent)) forget()
      if (inHeading) {
        forget()
        heading = new Map()
      }
    },
    gap() {
      header = undefined
      if (!opens && !lead) forget()
    },
    read(tokens) {
      let text = ''
      const places: Place[] = []
      for (const [at, token] of tokens.entries()) {
        const said = token.kind === 'newline' ? ' ' : (token.said ?? token.out)
        if (token.claim || token.slot) places.push({ at, start: text.length, end: text.length + said.length, token })
        text += said
      }
      const names = known.find(text)
      const isRow = text.trimStart().startsWith('|')
      const row = isRow ? header : undefined
      if (isRow) header ??= text.split('|').map((cell) => headerCell(cell.trim(), findMetrics))
      else if (text.trim() !== '') header = undefined
      const own = namesByDimension(names)
      const sentence = { text, places, names, metrics: findMetrics(text), carried: own.size === 0 || IT.test(text) ? carriedInto(text) : new Map<string, never[]>(), ...(row ? { header: row } : {}) }
      if (!isRow) {
        if (text.trim() !== '') opens = /[:：]\W*$/.test(text)
        if (own.size > 0) {
          last = own
          lead = opens
          lastIndent = indent
          if (inHeading) heading = own
        }
      }
      return sentence
    },
  }
}

function headerCell(text: string, findMetrics: MetricFinder): HeaderCell {
  const [metric] = findMetrics(text)
  return { text, ...(metric ? { metrics: metric.metrics } : {}) }
}

/** The cell of a row in which `at` stands. */
export function cellAt(row: string, at: number): number {
  return row.slice(0, at).split('|').length - 1
}

export function namesByDimension(mentions: readonly NameMention[]): Map<string, ReadonlySet<string>[]> {
  const found = new Map<string, ReadonlySet<string>[]>()
  for (const mention of mentions) {
    for (const dimension of new Set(mention.names.map((one) => one.dimension))) {
      found.set(dimension, [...(found.get(dimension) ?? []), setOf(mention, dimension)])
    }
  }
  return found
}

export function setOf(mention: NameMention, dimension: string): ReadonlySet<string> {
  return new Set(mention.names.flatMap((one) => (one.dimension === dimension ? one.name : [])))
}
