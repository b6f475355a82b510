/** What every reader starts from: bytes with a name. */

/** What a file holds, as far as its name tells; `undefined` until the bytes are looked at. */
export type FormatName = 'csv' | 'json' | 'ndjson' | 'markdown' | 'openmetrics' | 'text'

export interface Artifact {
  readonly type: 'artifact'
  /** As shown to people and written to `source.file`: relative to where the run started, `/` between folders; `-` for stdin. */
  readonly name: string
  /** Guessed from the name alone, unless `forced`. */
  readonly format?: FormatName
  /** True when the user said what the format is: it is not to be sniffed. */
  readonly forced?: boolean
  /** True when the user named this very file (or stdin), so that it is read whatever its name. */
  readonly named?: boolean
  /** Size on disk, before decompression. */
  readonly bytes?: number
  readonly modified?: Date
  readonly compression?: 'gzip' | 'zstd'
  /**
   * Opens the content, decompressed, as chunks; may be called again where the source can be read twice (files can, stdin cannot).
   * Reports `bytes` to the watcher as they arrive. Ends early, and closes the file, when the iterator is returned or `signal` aborts.
   * Throws a ChimeraError (`UNREADABLE`) with the cause when it cannot be read.
   */
  open(signal?: AbortSignal): AsyncIterable<Uint8Array>
}
