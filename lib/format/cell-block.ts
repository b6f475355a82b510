/** Rows of one table as the places of their cells in the bytes: text is made of a cell only when somebody asks for it. */

import { Block } from '../stage/index.js'
import type { FormatEvent, TableRow } from './event.js'

/** What {@link CellBlock} is made of; see `scanRows`. */
export interface CellSpans {
  /** As many as the table has columns, in every row. */
  readonly width: number
  readonly rows: number
  /** Two for each cell, row by row: its first byte, and one past the last; that one as `~end` where a doubled quote stands for one. */
  readonly spans: Int32Array
  /** Three for each row: its first byte, one past the last without the line end, and its 1-based line. */
  readonly places: Int32Array
}

export class CellBlock extends Block<FormatEvent> {
  constructor(
    /** 0-based, in the order of the file. */
    readonly table: number,
    /** 0-based number of its first row within the table. */
    readonly firstRow: number,
    readonly cells: CellSpans,
    /** The spans count from its beginning. */
    readonly bytes: Buffer,
    /** Where those bytes stand in the file. */
    readonly offset: number,
    readonly quote: string,
  ) {
    super()
  }

  override get length(): number {
    return this.cells.rows
  }

  /** As it stands in the file, without the quotes around it. */
  text(row: number, column: number): string {
    const { spans, width } = this.cells
    const at = 2 * (row * width + column)
    return this.textAt(spans[at] ?? 0, spans[at + 1] ?? 0)
  }

  /** The same of a cell by its place; see {@link CellSpans}. */
  textAt(from: number, to: number): string {
    if (to >= 0) return this.bytes.toString('utf8', from, to)
    return this.bytes.toString('utf8', from, ~to).replaceAll(this.quote + this.quote, this.quote)
  }

  row(row: number): TableRow {
    const { places, width } = this.cells
    const cells: string[] = []
    for (let column = 0; column < width; column += 1) cells.push(this.text(row, column))
    const [from = 0, to = 0, line = 0] = places.subarray(3 * row, 3 * row + 3)
    return { type: 'row', table: this.table, row: this.firstRow + row, cells, line, bytes: [this.offset + from, this.offset + to] }
  }

  override items(): readonly TableRow[] {
    return Array.from({ length: this.length }, (_, row) => this.row(row))
  }
}
