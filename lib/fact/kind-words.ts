/** Kinds of facts in words, so that what is left out for want of room is not left out in silence. */

import type { FactKind } from './fact.js'
import { countWords, listWords } from './wording.js'

const KIND_WORDS: Readonly<Record<FactKind, readonly [one: string, several: string]>> = {
  inventory: ['count of what was read', 'counts of what was read'],
  'key-figure': ['key figure', 'key figures'],
  best: ['best configuration', 'best configurations'],
  worst: ['worst configuration', 'worst configurations'],
  spread: ['spread', 'spreads'],
  ratio: ['ratio', 'ratios'],
  delta: ['difference', 'differences'],
  rank: ['rank', 'ranks'],
  outlier: ['outlier', 'outliers'],
  'cold-start': ['cold start', 'cold starts'],
  'between-runs': ['comparison between runs', 'comparisons between runs'],
  disagreement: ['disagreement', 'disagreements'],
  freshness: ['figure on age', 'figures on age'],
  failures: ['count of failures', 'counts of failures'],
  'no-unit': ['count of metrics without a unit', 'counts of metrics without a unit'],
  'no-numbers': ['count of files without numbers', 'counts of files without numbers'],
  problems: ['count of problems', 'counts of problems'],
  copies: ['count of copies', 'counts of copies'],
  gap: ['gap', 'gaps'],
}

/** `12 key figures, 3 ratios and 1 gap`: every kind, the most frequent first. */
export function kindsLeftOut(facts: readonly { readonly kind: FactKind }[]): string {
  const counts = new Map<FactKind, number>()
  for (const { kind } of facts) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  const words = [...counts].sort((a, b) => b[1] - a[1]).map(([kind, count]) => countWords(count, ...KIND_WORDS[kind]))
  return listWords(words, words.length, words.length)
}
