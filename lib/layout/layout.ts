/** What is known about the files of one tool, as data: no code of a layout touches a stream or a byte. */

/** What a column or key holds. Units as the tool spells them (`ms`, `tok/s`, `GB`); the record station makes them base units. */
export type LayoutField =
  | {
      readonly role: 'metric'
      readonly metric?: string
      readonly unit?: string
      readonly stat?: string
      readonly better?: 'higher' | 'lower'
    }
  | { readonly role: 'attribute'; readonly name?: string }
  | { readonly role: 'time' | 'error' | 'ignore' }

export interface Layout {
  /** Short, as written to `source.layout`: `ollama-sweep`. */
  readonly name: string
  /** One line for the docs: which tool writes it. */
  readonly tool: string
  /** By content, never by file name: a table whose header has all of these columns. */
  readonly columns?: readonly string[]
  /** By content: a JSON value that has all of these keys, as dotted paths with `*` for any element: `results.*.ttft_s`. */
  readonly keys?: readonly string[]
  /** Column or key name -> what it holds; wins over inference from the name. */
  readonly fields: Readonly<Record<string, LayoutField>>
}
