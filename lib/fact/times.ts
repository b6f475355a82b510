/** When the files say that something was measured: the oldest and the newest time, over all and per metric. Nothing is known of now. */

import type { MetricRecord } from '../record/metric-record.js'
import type { RecordRef } from '../summary/summary-row.js'
import { tellingRank, NOT_TELLING } from './draft.js'
import { referenceTo } from './references.js'

export interface Moment {
  /** Milliseconds since 1970, a time without a zone taken as UTC. */
  readonly ms: number
  /** As the record has it. */
  readonly text: string
  readonly at: RecordRef
}

export interface Span {
  readonly oldest: Moment
  readonly newest: Moment
  /** Records with a time. */
  readonly count: number
}

/** One pass, a fixed number of metrics; which record comes first decides between equal times. */
export class Times {
  readonly #metrics = new Map<string, Range>()
  readonly #all = new Range()
  #text = ''
  #ms: number | undefined

  add(record: MetricRecord): void {
    const { time } = record
    if (time === undefined) return
    // The records of a row share their time.
    if (time !== this.#text) {
      this.#text = time
      this.#ms = readTime(time)
    }
    const ms = this.#ms
    if (ms === undefined) return
    this.#all.add(ms, time, record)
    if (tellingRank(record.metric) === NOT_TELLING) return
    let range = this.#metrics.get(record.metric)
    if (!range) this.#metrics.set(record.metric, (range = new Range()))
    range.add(ms, time, record)
  }

  span(): Span | undefined {
    return this.#all.read()
  }

  /** Of the telling metrics that have a time. */
  metrics(): { readonly metric: string; readonly span: Span }[] {
    return [...this.#metrics].flatMap(([metric, range]) => {
      const span = range.read()
      return span ? [{ metric, span }] : []
    })
  }
}

/** A clock that was not set shows a date like 1970-01-01; nothing was measured that long ago. */
const EARLIEST = Date.UTC(1990, 0, 1)
const ZONED = /(?:Z|[+-]\d\d:?\d\d)$/

/** `undefined` for what is no date, or one of a clock that was not set. */
export function readTime(text: string): number | undefined {
  const dated = text.includes('T') || text.includes(' ')
  const ms = Date.parse(!dated || ZONED.test(text) ? text : `${text}Z`)
  return Number.isFinite(ms) && ms >= EARLIEST ? ms : undefined
}

class Range {
  #oldest: Moment | undefined
  #newest: Moment | undefined
  #count = 0

  add(ms: number, text: string, record: MetricRecord): void {
    this.#count += 1
    if (!this.#oldest || ms < this.#oldest.ms) this.#oldest = { ms, text, at: referenceTo(record) }
    if (!this.#newest || ms > this.#newest.ms) this.#newest = { ms, text, at: referenceTo(record) }
  }

  read(): Span | undefined {
    return this.#oldest && this.#newest && { oldest: this.#oldest, newest: this.#newest, count: this.#count }
  }
}
