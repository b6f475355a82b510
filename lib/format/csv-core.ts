/** The part of csv-parse that knows no stream: a push parser that is fed with bytes and hands out rows. */

import { Parser, type Options } from 'csv-parse'

/** Two spaces: columns are aligned with two or more of them (or a tab); one: any white space parts them. */
export type Delimiter = ',' | ';' | '\t' | '|' | '  ' | ' '
export type Quote = '"' | "'"

/** How rows are written. */
export interface CsvWriting {
  readonly delimiter: Delimiter
  readonly quote: Quote
  /** `"\n"`, also for `"\r\n"`, or `"\r"` alone. */
  readonly newline: '\n' | '\r'
  /** Space around cells is not part of them. */
  readonly padded: boolean
}

export interface CsvCore {
  /** Calls `push` for each complete row; the error that ended it, if any. After an error the core is of no further use. */
  parse(bytes: Buffer | undefined, last: boolean, push: (cells: readonly string[], end: number) => void): Error | undefined
}

interface PushParser {
  /** `bytes`: end of the row that is being pushed. The option `info` would tell the same, at twice the time. */
  readonly info: { readonly bytes: number }
  parse(bytes: Buffer | undefined, end: boolean, push: (cells: string[]) => void, close: () => void): Error | undefined
}

export function isAligned(delimiter: Delimiter): boolean {
  return delimiter === '  ' || delimiter === ' '
}

/** Cells of a line whose columns are aligned with spaces; nothing is quoted there. */
export function splitAligned(line: string, delimiter: Delimiter): string[] {
  return line.trim().split(delimiter === '  ' ? /\t| {2,}/ : /[ \t]+/)
}

/** Rows are arrays of text as they stand; `end` counts from the first byte that was fed. */
export function csvCore({ delimiter, quote, newline, padded }: CsvWriting, relaxed = false): CsvCore {
  if (isAligned(delimiter)) return alignedCore(delimiter, newline)
  const options: Options = {
    delimiter,
    quote,
    escape: quote,
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

/** A line is a row. */
function alignedCore(delimiter: Delimiter, newline: '\n' | '\r'): CsvCore {
  let rest: Buffer = Buffer.alloc(0)
  let end = 0
  return {
    parse(bytes, last, push) {
      if (bytes) rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes])
      let at = 0
      for (;;) {
        const found = rest.indexOf(newline, at)
        if (found < 0 && !(last && at < rest.length)) break
        const to = found < 0 ? rest.length : found + 1
        const line = rest.toString('utf8', at, to)
        end += to - at
        at = to
        if (line.trim() !== '') push(splitAligned(line, delimiter), end)
      }
      rest = rest.subarray(at)
      return undefined
    },
  }
}
