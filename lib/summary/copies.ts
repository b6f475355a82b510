/** Which files are copies of one that was already seen, by the hash of their bytes. */

import type { MetricRecord } from '../record/metric-record.js'

/** Record ids begin with the hash of the file's bytes. */
const ID = /^([0-9a-f]{16})-/

export class Copies {
  readonly #first = new Map<string, string>()
  readonly #limit: number

  /** Beyond `limit` different files, further ones are taken for originals: a copy may then count twice, but nothing is lost. */
  constructor(limit = 100_000) {
    this.#limit = limit
  }

  /** The first file with the same bytes as the record's, when that is another file. */
  originalOf(record: MetricRecord): string | undefined {
    const hash = ID.exec(record.id)?.[1]
    return hash === undefined ? undefined : this.original(hash, record.source.file)
  }

  /** As {@link originalOf}, for the hash of a file report. */
  original(hash: string, file: string): string | undefined {
    const first = this.#first.get(hash)
    if (first === undefined) {
      if (this.#first.size < this.#limit) this.#first.set(hash, file)
      return undefined
    }
    return first === file ? undefined : first
  }
}
