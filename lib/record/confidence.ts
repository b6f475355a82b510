/** How sure a reading is, from what it rests on: one scale for tables, JSON and Markdown. */

import type { Meaning } from './measure.js'
import type { MetricName } from './names.js'
import { CANONICAL } from './vocabulary.js'

/** What tells a number's unit, best evidence first. */
export type UnitEvidence =
  /** The layout of the tool that wrote the file. */
  | 'schema'
  | 'cell'
  /** The header, the key or the label. */
  | 'name'
  /** A row of units, a field or column beside it. */
  | 'sibling'
  /** What a metric of that name is always in: `output_tokens`. */
  | 'implied'
  | 'none'

/**
 * 1 where the layout of a known tool says what the number is; 0.95 for a known metric with its unit; 0.9 where the name implies the
 * unit, or needs none; 0.85 for a name of the file's own with a unit; 0.7 for a name that is plainly measured, without a unit; 0.5 for any other.
 */
export function confidenceOf({ field, guessed }: Meaning, name: MetricName, unit: UnitEvidence, measured: boolean): number {
  if (field !== undefined) return 1
  return guessed === true ? Math.min(GUESSED, ofEvidence(name, unit, measured)) : ofEvidence(name, unit, measured)
}

const GUESSED = 0.6

/** Metrics that need no unit: `score`, `perplexity`. */
export const UNITLESS = new Set(CANONICAL.filter(({ units }) => units.includes('')).map(({ name }) => name))

function ofEvidence({ canonical, metric }: MetricName, unit: UnitEvidence, measured: boolean): number {
  switch (unit) {
    case 'schema':
      return 1
    case 'cell':
    case 'name':
    case 'sibling':
      return canonical ? 0.95 : 0.85
    case 'implied':
      return 0.9
    case 'none':
      if (canonical && UNITLESS.has(metric)) return 0.9
      return canonical || measured ? 0.7 : 0.5
  }
}

/** Two decimals: what is behind them is no knowledge. */
export function rounded(confidence: number): number {
  return Math.round(confidence * 100) / 100
}
