/** Rows of a Markdown table that were scanned: like those of a CSV, with the column of each cell. */

import { CellBlock, type CellSpans } from './cell-block.js'
import type { TableRow } from './event.js'

const TICK = 0x60
const STAR = 0x2a

export class MarkdownRows extends CellBlock {
  constructor(table: number, firstRow: number, cells: CellSpans, bytes: Buffer, offset: number) {
    super(table, firstRow, cells, bytes, offset, '')
  }

  override row(row: number): TableRow {
    const { type, table, row: number, cells, line, bytes } = super.row(row)
    return { type, table, row: number, cells, line, columns: cells.map((_, column) => this.#column(row, column)), ...(bytes && { bytes }) }
  }

  /** Marks around the text belong to it. */
  #column(row: number, column: number): number {
    const { spans, places, width } = this.cells
    const at = 2 * (row * width + column)
    const start = places[3 * row] ?? 0
    let from = spans[at] ?? 0
    if (from !== spans[at + 1]) {
      if (this.bytes[from - 1] === TICK) from -= 1
      else if (this.bytes[from - 1] === STAR) from -= 2
    }
    return this.bytes.toString('utf8', start, from).length + 1
  }
}
