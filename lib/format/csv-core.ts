/** The part of csv-parse that knows no stream: a push parser that is fed with bytes and hands out rows. */

import { Parser, type Options } from 'csv-parse'
import type { Dialect } from './csv-dialect.js'

export interface CsvCore {
  /** Calls `push` for each complete row; the error that ended it, if any. After an error the core is of no further use. */
  parse(bytes: Buffer | undefined, last: boolean, push: (cells: readonly string[], end: number) => void): Error | undefined
}

interface PushParser {
  /** `bytes`: end of the row that is being pushed. The option `info` would tell the same, at twice the time. */
  readonly info: { readonly bytes: number }
  parse(bytes: Buffer | undefined, end: boolean, push: (cells: string[]) => void, close: () => void): Error | undefined
}

/** Rows are arrays of text as they stand; `end` counts from the first byte that was fed. */
export function csvCore({ delimiter, newline, padded }: Pick<Dialect, 'delimiter' | 'newline' | 'padded'>, relaxed = false): CsvCore {
  const options: Options = {
    delimiter,
    // Named, because finding it out by itself settles for whatever the first line ends with.
    record_delimiter: newline === '\n' ? ['\r\n', '\n'] : ['\r'],
    trim: padded,
    skip_empty_lines: true,
    relax_column_count: true,
    relax_quotes: relaxed,
  }
  // `api` is what the stream wrapper itself uses, though the declarations leave it out.
  const { api } = new Parser(options) as unknown as { api: PushParser }
  return {
    parse(bytes, last, push) {
      try {
        return api.parse(
          bytes,
          last,
          (cells) => push(cells, api.info.bytes),
          () => undefined,
        )
      } catch (error) {
        // Some errors are thrown instead of returned.
        return error instanceof Error ? error : new Error(String(error))
      }
    },
  }
}
