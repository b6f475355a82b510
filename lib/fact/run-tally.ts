/** How many runs a file tells of, how many failed, and whether any worked: counted in one pass over its records. */

import type { MetricRecord } from '../record/metric-record.js'
import type { RecordRef } from '../summary/summary-row.js'
import { RECORDS_NAMED, referenceTo } from './references.js'

/** Runs of one depth in a document; of a table all have depth 0. */
interface Counts {
  ok: number
  okSampled: number
  failed: number
  failedSampled: number
}

/** The records of a file must come in its order: those of one run stand together. */
export class RunTally {
  /** Numbers of failed runs. */
  failedRecords = 0
  /** The first one of each of the first failed runs. */
  readonly firstFailed: RecordRef[] = []
  readonly #depths = new Map<number, Counts>()
  #run = ''
  #sampled = false

  add(record: MetricRecord): void {
    const failed = record.status === 'error'
    if (failed) this.failedRecords += 1
    const place = placeOf(record)
    const counts = this.#countsAt(place.depth)
    if (place.run !== this.#run) {
      this.#run = place.run
      this.#sampled = false
      counts[failed ? 'failed' : 'ok'] += 1
      if (failed && this.firstFailed.length < RECORDS_NAMED) this.firstFailed.push(referenceTo(record))
    }
    if (record.stat !== 'value' || this.#sampled) return
    this.#sampled = true
    counts[failed ? 'failedSampled' : 'okSampled'] += 1
  }

  get failed(): number {
    return [...this.#depths.values()].reduce((sum, { failed }) => sum + failed, 0)
  }

  /**
   * Whether a run worked beside those that failed. What stands higher up in a document than its runs sums them up, and so do
   * averages beside samples: neither is a run that worked.
   */
  get someWorked(): boolean {
    const failing = [...this.#depths].filter(([, { failed }]) => failed > 0)
    const highest = Math.min(...failing.map(([depth]) => depth))
    const sampled = failing.some(([, { failedSampled }]) => failedSampled > 0)
    return [...this.#depths].some(([depth, { ok, okSampled }]) => depth >= highest && (sampled ? okSampled : ok) > 0)
  }

  /** True where all runs failed and figures stand beside them all the same. */
  get restsOnFailures(): boolean {
    return !this.someWorked && [...this.#depths.values()].some(({ ok }) => ok > 0)
  }

  #countsAt(depth: number): Counts {
    const known = this.#depths.get(depth)
    if (known) return known
    const counts = { ok: 0, okSampled: 0, failed: 0, failedSampled: 0 }
    if (this.#depths.size < DEPTHS) this.#depths.set(depth, counts)
    return counts
  }
}

/** Documents are seldom deeper; what lies below is not counted. */
const DEPTHS = 100

/** The records of one run stand in one row or under one JSON object. */
function placeOf({ source, id }: MetricRecord): { run: string; depth: number } {
  const { format, line, pointer } = source
  if (format === 'csv' || format === 'ndjson') return { run: String(line ?? id), depth: 0 }
  const parent = pointer?.slice(0, pointer.lastIndexOf('/'))
  return { run: parent ?? id, depth: format === 'json' ? (parent?.split('/').length ?? 0) : 0 }
}
