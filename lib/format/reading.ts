/** What every format's step is told about the text it gets. */

import type { Encoding } from './encoding.js'

export interface ReadingOptions {
  /** What the bytes were before they became UTF-8; only byte offsets depend on it. Default `utf-8`. */
  readonly encoding?: Encoding
  /** `compatible`: everything goes through the library of the format, and nothing is scanned; the events are the same. Default `fast`. */
  readonly lane?: 'fast' | 'compatible'
  /** Bytes that stood in the file before the first chunk: a byte order mark. */
  readonly firstByte?: number
}
