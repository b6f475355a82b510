/** What all writers have in common: their options, and that a batch of items becomes one piece of text. */

import type { Item } from '../record/item.js'
import { stage, type Stage, type StreamOptions } from '../stage/index.js'
import type { SummaryRow } from '../summary/summary-row.js'

/** What the tabular writers take. Problems and file reports are passed over: they have no place in a table of figures. */
export type Printable = Item | SummaryRow

export interface WriterOptions extends StreamOptions {
  /** The keys by which a summary was grouped: one column each. Without it a group is one column. */
  by?: readonly string[] | undefined
}

/** One run of a writer: text for each item in turn, and text at the end; `''` for nothing. */
export interface Writer<In> {
  item(item: In): string
  end?(): string
}

/** Text leaves in one piece per batch: a write to a file or pipe costs far more than a line. */
export function textStage<In>(name: string, start: () => Writer<In>, options: StreamOptions): Stage<In, string> {
  return stage(
    {
      name,
      start() {
        const writer = start()
        return {
          write: (batch) => piece(batch.map((item) => writer.item(item)).join('')),
          end: () => piece(writer.end?.() ?? ''),
        }
      },
    },
    { highWaterMark: WAITING, ...options },
  )
}

/** So many items wait to be written and so many pieces to be read: a piece is the text of up to as many items. */
export const WAITING = 32

/** An empty string would end nothing, but a reader should not have to handle it. */
export function piece(text: string): readonly (readonly string[])[] {
  return text === '' ? [] : [[text]]
}
