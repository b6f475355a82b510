/** Facts as the lines of a prompt, and what is said of those that did not fit. */

import type { Fact, FactKind } from '../fact/fact.js'
import { formatQuantity } from '../record/quantity.js'
import { FENCE_CLOSE, FENCE_OPEN } from './fence.js'
import { label } from './label.js'

export interface LeftOut {
  readonly kind: FactKind
  readonly count: number
}

const KINDS_SHOWN = 4
const WORDS: Readonly<Record<FactKind, readonly [one: string, several: string]>> = {
  inventory: ['count of what was read', 'counts of what was read'],
  'key-figure': ['key figure', 'key figures'],
  best: ['best value', 'best values'],
  worst: ['worst value', 'worst values'],
  spread: ['spread', 'spreads'],
  ratio: ['comparison', 'comparisons'],
  delta: ['difference', 'differences'],
  rank: ['rank', 'ranks'],
  outlier: ['outlier', 'outliers'],
  'cold-start': ['cold start', 'cold starts'],
  'between-runs': ['change between runs', 'changes between runs'],
  disagreement: ['disagreement', 'disagreements'],
  freshness: ['age', 'ages'],
  failures: ['count of failures', 'counts of failures'],
  'no-unit': ['metric without a unit', 'metrics without a unit'],
  'no-numbers': ['file without numbers', 'files without numbers'],
  problems: ['count of problems', 'counts of problems'],
  copies: ['copy', 'copies'],
  gap: ['gap', 'gaps'],
}
const COLUMNS = 'id | metric | subject | stat | value | unit | better | n'
/** The subject names the metric, too. */
const SHORT_COLUMNS = COLUMNS.replace('metric | ', '')
/** `F3 | ttft | ttft, model gemma3 | mean | 117.5 | ms | lower | 24`; `-` where a column does not apply. `short`: without the metric. */
export function factLine(fact: Fact, short = false): string {
  const { text, unit } = formatQuantity(fact.value, fact.unit)
  const cells = [fact.id, ...(short ? [] : [fact.metric]), fact.subject, fact.stat, text, unit, fact.better, fact.n === undefined ? undefined : String(fact.n)]
  return cells.map((cell) => label(cell ?? '') || '-').join(' | ')
}

export function figuresText(lines: readonly string[], leftOut: readonly LeftOut[], short = false): string {
  if (lines.length === 0) return 'No figures: nothing was measured in these files.'
  const count = leftOut.reduce((sum, one) => sum + one.count, 0)
  const rest = count > 0 ? `\n${count} more figures did not fit here (${leftOutWords(leftOut)}); do not speak of them.` : ''
  return `Figures (${short ? SHORT_COLUMNS : COLUMNS}):\n${FENCE_OPEN}\n${lines.join('\n')}\n${FENCE_CLOSE}${rest}`
}

/** Most first. */
export function countKinds(facts: readonly Fact[]): LeftOut[] {
  const counts = new Map<FactKind, number>()
  for (const { kind } of facts) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return [...counts].map(([kind, count]) => ({ kind, count })).sort((a, b) => b.count - a.count)
}

/** `31 key figures, 4 outliers and 5 of other kinds` */
export function leftOutWords(leftOut: readonly LeftOut[]): string {
  const shown = leftOut.slice(0, KINDS_SHOWN).map(({ kind, count }) => `${count} ${WORDS[kind][count === 1 ? 0 : 1]}`)
  const others = leftOut.slice(KINDS_SHOWN).reduce((sum, { count }) => sum + count, 0)
  return `${shown.join(', ')}${others > 0 ? ` and ${others} of other kinds` : ''}`
}

/** Everything around the lines, about as long as it gets. */
export const FRAME = figuresText([''], (['key-figure', 'no-numbers', 'spread', 'outlier', 'gap'] as const).map((kind) => ({ kind, count: 9999 })))
