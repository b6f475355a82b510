/** A label: a measured number that stands in a file, with all that a record of it has to say. */

import type { Figure } from './plain-text.js'
import type { Measure } from './spec.js'
import { type Reading, readingOf } from './units.js'

export interface LabelAttribute {
  /** Any of these; `*` for any key at all. */
  readonly keys: readonly string[]
  readonly value: string
}

export interface Label {
  /** Where it stands, so that a record at the same place is found: `line:cell`, a JSON pointer, or a Markdown line. */
  readonly place: string
  /** Markdown: characters of the cell in its line. */
  readonly from?: number
  readonly to?: number
  /** For people: `12:3` or a pointer. */
  readonly at: string
  /** The spec's column or path, by which mismatches are counted together. */
  readonly rule: string
  readonly text: string
  readonly number: number
  readonly readings: readonly Reading[]
  readonly metrics: readonly string[]
  readonly stats: readonly string[]
  readonly status: readonly string[]
  readonly attributes: readonly LabelAttribute[]
  readonly optional: boolean
}

export interface Labels {
  readonly labels: readonly Label[]
  /** Numbers of which the spec says nothing: the spec has to be mended. */
  readonly unlabelled: readonly string[]
  /** Places of records that are neither right nor wrong. */
  readonly open: readonly Place[]
}

/** A label's `place`, and which characters of a Markdown line. */
export type Place = Pick<Label, 'place' | 'from' | 'to'>

interface Standing {
  readonly place: string
  readonly from?: number
  readonly to?: number
  readonly at: string
  readonly rule: string
  readonly text: string
  readonly attributes: readonly LabelAttribute[]
  /** As it stands in the cell or beside it. */
  readonly unit: string
}

/** @param index which figure of its cell it is: the second is the spread of the first */
export function label(measure: Measure, figure: Figure, index: number, { unit, ...standing }: Standing): Label {
  return {
    ...standing,
    number: figure.number,
    readings: (measure.units ?? [unit]).map((spelling) => reading(spelling, standing.rule)),
    metrics: measure.metrics,
    // The spread behind a `±` is the same metric's standard deviation.
    stats: index === 0 ? measure.stats : ['stddev'],
    status: measure.status ?? ['ok'],
    optional: measure.optional,
  }
}

function reading(spelling: string, rule: string): Reading {
  const found = readingOf(spelling)
  if (!found) throw new SyntaxError(`expected a unit listed in units.ts, found ${JSON.stringify(spelling)} for ${rule}`)
  return found
}
