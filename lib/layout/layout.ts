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
      /** `none`: what this tool writes behind `±` is no standard deviation. */
      readonly spread?: 'none'
      /** JSON: a total over as many as the sibling of this name says, an array for an array; that becomes the attribute `iterations`. */
      readonly iterations?: string
      /** JSON: an array with one number for each combination of the lists under the sibling of this name, the last list changing fastest. */
      readonly over?: string
      /** JSON: an array of arrays; what the index in the outer one counts, and that in the inner one: these become attributes. */
      readonly each?: readonly string[]
    }
  /** Under a `name` (in which `*` stands for what a `*` in the key stands for) a cell is taken as it is; without one, settings that are packed into it are taken apart. */
  | { readonly role: 'attribute'; readonly name?: string }
  /** `when`: the text tells of a failure only where it matches this regular expression. */
  | { readonly role: 'error'; readonly when?: string }
  /** The unit of the siblings with these names; without `of` of all numbers beside and below that have none of their own. */
  | { readonly role: 'unit'; readonly of?: readonly string[] }
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

/** What is known of one metric of a tool, under the name that the tool gives it. */
export interface KnownMetric {
  /** Canonical name; default: what the name says. */
  readonly metric?: string
  /** As the tool means it where it says nothing; `""`: none that could be named. */
  readonly unit?: string
  readonly stat?: string
  readonly better?: 'higher' | 'lower' | 'none'
  /** What its rate per second is called: a rate never bears a count's name. */
  readonly rate?: string
  /** Nothing measured is under this name. */
  readonly ignore?: true
}

/** What one key (or column) of a measurement in long form holds: a number, or a list of them. */
export interface LongValue {
  readonly stat?: string
  readonly unit?: string
  readonly better?: 'higher' | 'lower' | 'none'
  /** A rate of the metric: its unit over seconds, its `rate` name. */
  readonly per?: 's'
  /** A name of its own; `*` stands for that of the metric: `*_bytes`. */
  readonly metric?: string
  /** JSON: `[time, value]`, or a list of such pairs. */
  readonly timed?: true
}

/** Objects, or rows of a table, that hold one measurement each: what was measured is named by a value or by the key of a map. */
export interface LongForm {
  /** JSON: dotted path of the objects, `*` for any element of an array or any key of a map. Default: every value, or element of one array. */
  readonly at?: string
  /** Only objects or rows in which these keys have these texts, `*` for any: `{ type: 'counter' }`. */
  readonly where?: Readonly<Record<string, string>>
  /** Key or column of the metric's name (dotted, inside the object); absent: the key of the map. */
  readonly name?: string
  /** Key of the name as it stands in the file, where `name` holds only a part of it. */
  readonly written?: string
  /** Endings of the name that only say a statistic, `none`: of what is not kept: `_sum` -> `sum`. */
  readonly endings?: Readonly<Record<string, string>>
  /** Key (`parent.key`, or with a `*` at its end) or column -> what it holds; no other number in the object is measured. */
  readonly values: Readonly<Record<string, LongValue>>
  /** Key or column of the unit. */
  readonly unit?: string
  /** Words of that key -> the unit they stand for: `time` -> `ms`. */
  readonly units?: Readonly<Record<string, string>>
  /** Key or column of the statistic: a word, or a quantile from 0 to 1. */
  readonly stat?: string
  /** The statistic is a percentage from 0 to 100. */
  readonly percent?: true
  /** A number that the tool writes where it measured nothing. */
  readonly filler?: number
  /** What is measured where nothing names it: the rows of a table of percentiles. */
  readonly metric?: string
}

/** What all numbers under one path of a document are. */
export interface LayoutSection extends KnownMetric {
  /** `absent`: this tool writes 0 where there was nothing to measure. */
  readonly zero?: 'absent'
  /** Holds for all of them: `{ operation: 'read' }`. */
  readonly attributes?: Readonly<Record<string, string>>
}

/** `BM_sort_mean` is the mean of `BM_sort`. */
export interface StatSuffix {
  readonly key: string
  /** Suffix -> statistic, `""` where it is one that is not kept. */
  readonly stats: Readonly<Record<string, string>>
  /** JSON: a row with this key says in another way what it holds. */
  readonly unless?: string
}

export interface Layout {
  /** Short, as written to `source.layout`: `ollama-sweep`. */
  readonly name: string
  /** One line for the docs: which tool writes it. */
  readonly tool: string
  /** By content, never by file name: a table whose header has all of these columns. */
  readonly columns?: readonly string[]
  /** So many of `columns` are enough: the user of the tool chooses them. */
  readonly least?: number
  /** Tables: the columns left of this one say what was varied, whatever they hold. */
  readonly settingsBefore?: string
  /** By content: a JSON value that has all of these keys, as dotted paths with `*` for any element: `results.*.ttft_s`. */
  readonly keys?: readonly string[]
  /** JSON: objects at these dotted paths have no other keys than these, so that few `keys` are enough. */
  readonly nothingBut?: Readonly<Record<string, readonly string[]>>
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
  /** The key whose text ends in the statistic of its row. */
  readonly statSuffix?: StatSuffix
  /** `binary`: MB in this tool's files means 2^20. */
  readonly bytes?: 'binary'
  /** JSON: keys of objects that hold settings, beside those that are called so: what is in them explains what stands around them. */
  readonly settings?: readonly string[]
  /** JSON: dotted path of a map or array, `*` for any key -> the attribute that its keys (or indices) become. */
  readonly levels?: Readonly<Record<string, string>>
  /** JSON: dotted path, `*` for any key, or `name=value` of a key or cell -> the status of what stands under or beside it. */
  readonly statuses?: Readonly<Record<string, 'ok' | 'error' | 'warmup'>>
  /** One measurement per object or row; the first form that fits holds. */
  readonly long?: readonly LongForm[]
  /** JSON: dotted paths of maps in which every key with a number is a metric's name: `{ "http.requests": 40 }`. */
  readonly entries?: readonly string[]
  /** Long form: the tool's name of a metric (`name.key` for one of its numbers, or with a `*` at its end) -> what is known of it. */
  readonly metrics?: Readonly<Record<string, KnownMetric>>
  /** Keys (dotted, from the object around them) or columns that hold pairs of attributes: a map, a list of `{key, value}`, or the text `a=b&c=d`. */
  readonly pairs?: readonly string[]
  /** JSON: dotted path -> what bare statistics and fields without a metric of their own under it are of. */
  readonly sections?: Readonly<Record<string, LayoutSection>>
  /** JSON: a document that is an array of as many arrays of numbers, all of one length, of which the first rises by its own first number: read as an object with these keys. */
  readonly tuple?: readonly string[]
  /** JSON: rows written as arrays: the dotted path of the list of column names, and that of the rows. */
  readonly zip?: { readonly columns: string; readonly rows: string }
}
