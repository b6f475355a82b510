/** Reads CSV and its relatives: finds out how the file is written, and hands over to who reads its rows. */

import type { Step } from '../stage/index.js'
import { sniffDialect, type Dialect } from './csv-dialect.js'
import { csvRows, type CsvRows, type CsvRowsOptions } from './csv-rows.js'
import type { FormatEvent } from './event.js'

export interface CsvOptions extends CsvRowsOptions {
  /** As found by `sniffDialect`; default: found in the first 64 KiB. */
  readonly dialect?: Dialect
}

const SAMPLE = 64 * 1024

const PLAIN: Dialect = {
  delimiter: ',',
  quote: '"',
  newline: '\n',
  padded: false,
  framed: false,
  preamble: 0,
  header: 'first',
  width: 1,
  rows: 0,
  confidence: 0,
  score: 0,
  numeric: 0,
  evidence: 'no delimiter found',
}

/** Events of one file; a broken row costs itself alone. */
export function csv(file: string, options: CsvOptions = {}): Step<Uint8Array, FormatEvent> {
  let sample: Uint8Array[] | undefined = options.dialect ? undefined : []
  let sampleSize = 0
  let reader = options.dialect ? csvRows(file, options.dialect, options) : undefined

  const begin = (complete: boolean): CsvRows => {
    const bytes = Buffer.concat(sample ?? [])
    sample = undefined
    const head = bytes.subarray(0, SAMPLE)
    reader = csvRows(file, sniffDialect(head.toString('utf8'), complete && bytes.length <= SAMPLE) ?? PLAIN, options)
    reader.write(bytes)
    return reader
  }
  return {
    *write(batch) {
      for (const chunk of batch) {
        if (reader) {
          reader.write(chunk)
        } else {
          sample?.push(chunk)
          sampleSize += chunk.length
          if (sampleSize > SAMPLE) begin(false)
        }
        yield* reader?.take() ?? []
      }
    },
    *end() {
      const last = reader ?? begin(true)
      last.end()
      yield* last.take()
    },
  }
}
