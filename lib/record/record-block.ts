/** Records of many rows as columns of numbers: a record is made only when somebody wants to see it. */

import { Block } from '../stage/index.js'
import type { FormatName } from '../source/artifact.js'
import { rounded } from './confidence.js'
import type { Measured } from './measure.js'
import type { AttributeValue, Better, MetricRecord, RecordSource, Stat, Status } from './metric-record.js'

/** One number in every row, but where it is missing. */
export interface BlockColumn {
  readonly metric: string
  readonly unit: string
  readonly stat: Stat
  readonly better: Better
  /** One for each row, in the base unit; NaN: the row gives no record here. */
  readonly values: Float64Array
  /** How many rows give none. */
  readonly missing: number
  /** Of its records, unless a check failed. */
  readonly confidence: number
  /** Columns with the same number have the same attributes in a row; another number means that something is added to them. */
  readonly circumstances: number
}

/** An attribute that differs from row to row. */
export interface BlockSetting {
  readonly key: string
  /** One for each row: which of the dictionary's values. */
  readonly ids: Int32Array
  readonly dictionary: BlockDictionary
}

/** Blocks that share a dictionary agree on its ids; it only grows. */
export interface BlockDictionary {
  readonly size: number
  /** False for one of this block alone, which nobody may keep: its values stand in the block's bytes. */
  readonly lasting: boolean
  /** `undefined`: nothing is said. */
  value(id: number): AttributeValue | undefined
}

/** A column of numbers that are alike in all but the value. `sure`: how sure the file's format is. */
export function blockColumn({ metric, unit, stat, better, confidence }: Measured, values: Float64Array, circumstances: number, sure = 1): BlockColumn {
  let missing = 0
  for (let row = 0; row < values.length; row += 1) if (Number.isNaN(values[row])) missing += 1
  return { metric, unit, stat, better, values, missing, confidence: sure === 1 ? confidence : rounded(confidence * sure), circumstances }
}

/** Rows one behind the other that are alike, `from` up to `to`, and between them each that is not. */
export function* alikeRuns(odd: Uint8Array): Iterable<{ readonly from: number; readonly to: number; readonly odd: boolean }> {
  let from = 0
  for (let row = odd.indexOf(1); row >= 0; row = odd.indexOf(1, row + 1)) {
    if (row > from) yield { from, to: row, odd: false }
    yield { from: row, to: row + 1, odd: true }
    from = row + 1
  }
  if (from < odd.length) yield { from, to: odd.length, odd: false }
}

export const STATUSES: readonly Status[] = ['ok', 'error', 'warmup']

export interface BlockContent {
  readonly file: string
  readonly format: FormatName
  readonly layout: string
  readonly rows: number
  /** Offset of the first row in the decompressed file. */
  readonly firstByte: number
  readonly columns: readonly BlockColumn[]
  readonly settings: readonly BlockSetting[]
  /** Which of {@link STATUSES}, for each row; absent: all are ok. */
  readonly status?: Uint8Array
  /** The records of one row in the order of the columns, as the slow way makes them, before any check. */
  readonly recordsOf: (row: number) => readonly MetricRecord[]
  /** Its records as lines of NDJSON, where those can be written without them. */
  readonly lines?: (block: RecordBlock) => Uint8Array
  /** The same for all blocks whose columns mean the same. */
  readonly plan: object
}

export class RecordBlock extends Block<MetricRecord> {
  readonly length: number
  /** Confidence in hundredths of each record that failed a check, by row and column; 0 for the others. */
  #doubted: Uint8Array | undefined
  #last: { readonly row: number; readonly records: readonly MetricRecord[] } | undefined

  constructor(readonly content: BlockContent) {
    super()
    this.length = content.columns.reduce((sum, { missing }) => sum + content.rows - missing, 0)
  }

  override items(): readonly MetricRecord[] {
    const all: MetricRecord[] = []
    for (let row = 0; row < this.content.rows; row += 1) for (const record of this.row(row)) all.push(record)
    return all
  }

  /** The same with some of the columns. */
  only(wanted: (metric: string) => boolean): RecordBlock {
    const columns = this.content.columns.filter(({ metric }) => wanted(metric))
    if (columns.length === this.content.columns.length) return this
    const some: { -readonly [Key in keyof BlockContent]: BlockContent[Key] } = { ...this.content }
    // Those would be the lines of all.
    delete some.lines
    return new RecordBlock({ ...some, columns, recordsOf: (row) => this.row(row).filter(({ metric }) => wanted(metric)) })
  }

  /** Any one; `undefined` where no row gives any. */
  sample(): MetricRecord | undefined {
    for (let row = 0; row < this.content.rows; row += 1) {
      const [record] = this.content.columns.some(({ values }) => !Number.isNaN(values[row])) ? this.row(row) : []
      if (record) return record
    }
    return undefined
  }

  /** The records of one row. */
  row(row: number): readonly MetricRecord[] {
    if (this.#last?.row === row) return this.#last.records
    const records = this.content.recordsOf(row)
    if (this.#doubted) this.#doubt(row, records)
    this.#last = { row, records }
    return records
  }

  /** Asked only where `values` has a number. */
  record(row: number, column: number): MetricRecord {
    let at = 0
    for (let before = 0; before < column; before += 1) if (!Number.isNaN(this.content.columns[before]?.values[row])) at += 1
    const record = this.row(row)[at]
    if (record === undefined) throw new RangeError(`expected a record in row ${row}, column ${column} of the block, found none`)
    return record
  }

  statusOf(row: number): Status {
    const { status } = this.content
    return status === undefined ? 'ok' : (STATUSES[status[row] as number] ?? 'ok')
  }

  confidenceOf(row: number, column: number): number {
    const doubted = this.#doubted?.[row * this.content.columns.length + column] ?? 0
    return doubted > 0 ? doubted / 100 : (this.content.columns[column]?.confidence ?? 1)
  }

  /** Lowers the confidence of one record by a factor. */
  doubt(row: number, column: number, factor: number): void {
    this.#last = undefined
    const width = this.content.columns.length
    this.#doubted ??= new Uint8Array(this.content.rows * width)
    const at = row * width + column
    const before = this.#doubted[at] as number
    this.#doubted[at] = Math.round(rounded((before > 0 ? before / 100 : (this.content.columns[column]?.confidence ?? 1)) * factor) * 100)
  }

  /** Calls `tell` with each confidence and how many records have it. */
  confidences(tell: (confidence: number, records: number) => void): void {
    const { columns, rows } = this.content
    const doubted = this.#doubted
    for (const [column, { confidence, values, missing }] of columns.entries()) {
      let changed = 0
      for (let row = 0, at = column; doubted && row < rows; row += 1, at += columns.length) {
        const found = doubted[at] as number
        if (found === 0 || Number.isNaN(values[row])) continue
        changed += 1
        tell(found / 100, 1)
      }
      if (rows - missing > changed) tell(confidence, rows - missing - changed)
    }
  }

  #doubt(row: number, records: readonly MetricRecord[]): void {
    let at = 0
    for (const [column, { values }] of this.content.columns.entries()) {
      if (Number.isNaN(values[row])) continue
      const source: { -readonly [Key in keyof RecordSource]: RecordSource[Key] } | undefined = records[at]?.source
      at += 1
      if (source?.confidence !== undefined) source.confidence = this.confidenceOf(row, column)
    }
  }
}
