/** The ledger as metric records, so that how well a model keeps to the facts can be compared like any other result. */

import { recordsOf, type Figure, type MeasurementSource } from '../model/measurement-records.js'
import type { MetricRecord } from '../record/metric-record.js'
import type { Grounding } from './binding.js'
import type { Ledger } from './ledger.js'

/** Nothing is known of claims that were not checked: `off` gives `grounding_bound` alone. */
export function groundingRecords(ledger: Ledger, grounding: Grounding, source: MeasurementSource): MetricRecord[] {
  const count = (metric: string, value: number | undefined, better: Figure['better']): Figure => ({ metric, unit: '1', better, stat: 'count', value })
  const checked = (value: number) => (grounding === 'off' ? undefined : value)
  const figures = [
    count('grounding_bound', ledger.bound, null),
    count('grounding_matched', checked(ledger.matched), null),
    count('grounding_unverified', checked(ledger.unverifiedCount), 'lower'),
    count('grounding_wrong_subject', checked(ledger.wrongSubject), 'lower'),
    count('grounding_dropped', grounding === 'strict' ? ledger.dropped : undefined, 'lower'),
  ]
  return recordsOf(figures, 'ok', source, JSON.stringify(figures), { grounding })
}
