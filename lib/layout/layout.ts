/** What is known about the files of one tool, as data: no code of a layout touches a stream or a byte. */

/** What a column or key holds. Units as the tool spells them (`ms`, `tok/s`, `GB`); the record station makes them base units. */
export type LayoutField =
  | {
      readonly role: 'metric'
      /** Default: what the name says. `""`: the unit says it, a duration or a throughput. */
      readonly metric?: string
      /** `""`: the tool's number has no unit that could be named. */
      readonly unit?: string
      readonly stat?: string
      readonly better?: 'higher' | 'lower' | 'none'
      /** `absent`: this tool writes 0 where there was nothing to measure; no record then. */
      readonly zero?: 'absent'
      /** Where its siblings say what the number is; the first case that fits wins. */
      readonly cases?: readonly LayoutCase[]
    }
  /** Under a `name` a cell is taken as it is; without one, settings that are packed into it are taken apart. */
  | { readonly role: 'attribute'; readonly name?: string }
  /** `when`: the text tells of a failure only where it matches this regular expression. */
  | { readonly role: 'error'; readonly when?: string }
  /** `ignore` also leaves out a whole object or array. */
  | { readonly role: 'time' | 'success' | 'ignore' }

/** What a number is beside siblings of certain values; what it leaves out is as in its field. */
export interface LayoutCase {
  /** Columns or keys of the same row or object -> a regular expression for the text of each; one that is missing or empty is `""`. */
  readonly when: Readonly<Record<string, string>>
  /** `""`: no record at all. */
  readonly metric?: string
  readonly unit?: string
  readonly stat?: string
  readonly better?: 'higher' | 'lower' | 'none'
}

export interface Layout {
  /** Short, as written to `source.layout`: `ollama-sweep`. */
  readonly name: string
  /** One line for the docs: which tool writes it. */
  readonly tool: string
  /** By content, never by file name: a table whose header has all of these columns. */
  readonly columns?: readonly string[]
  /** By content: a JSON value that has all of these keys, as dotted paths with `*` for any element: `results.*.ttft_s`. */
  readonly keys?: readonly string[]
  /** The object is recognised wherever it stands in a document of no known layout. */
  readonly anywhere?: true
  /**
   * Column or key name -> what it holds; wins over inference from the name. A JSON key may be given with its parent:
   * `gpu.temperature`. Of a key that holds statistics (`ttft: { mean, p99 }`) it says what they are statistics of.
   */
  readonly fields: Readonly<Record<string, LayoutField>>
  /** What a bare statistic (`mean_ms`) is a statistic of; `""`: its unit says it. */
  readonly metric?: string
  /** The unit of bare statistics without one of their own. */
  readonly unit?: string
  /** The statistic of numbers that are averages by the tool's definition. */
  readonly stat?: string
  /** The key whose value is the statistic of its row (`aggregate_name`); a row with another kind of aggregate gives no record. */
  readonly statKey?: string
  /** `binary`: MB in this tool's files means 2^20. */
  readonly bytes?: 'binary'
  /** JSON: dotted path of a map or array, `*` for any key -> the attribute that its keys (or indices) become. */
  readonly levels?: Readonly<Record<string, string>>
  /** JSON: dotted path, `*` for any key, or `name=value` of a key or cell -> the status of what stands under or beside it. */
  readonly statuses?: Readonly<Record<string, 'ok' | 'error' | 'warmup'>>
}
