/** A column whose texts are numbered, so that what follows from one is worked out once; until there are too many different ones. */

import { cellDictionary, type CellDictionary } from './cell-dictionary.js'
import type { AttributeValue, Status } from './metric-record.js'
import type { BlockDictionary } from './record-block.js'

/** What one text says of the numbers beside it. */
export interface Said {
  readonly value?: AttributeValue
  readonly status?: Status
  /** It says more than that: such a row is read by itself. */
  readonly odd: boolean
}

export const NOTHING: Said = { odd: false }
export const ODD: Said = { odd: true }

/** Where the texts of one block stand: two numbers for each, from `first` on, `stride` apart. */
export interface TextPlaces {
  readonly bytes: Uint8Array
  readonly spans: Int32Array
  readonly first: number
  readonly stride: number
  readonly rows: number
}

export interface NumberedTexts {
  readonly dictionary: BlockDictionary
  said(id: number): Said
  /** One id for each row; rows that say more are marked. `undefined`: there are too many texts, here and from now on. */
  idsOf(places: TextPlaces, odd: Uint8Array): Int32Array | undefined
}

/** `read` is asked once per text; `to` may be `~to`, as in `CellSpans`. `otherwise`: the value where a text says nothing. */
export function numberedTexts(read: (bytes: Uint8Array, from: number, to: number) => Said, otherwise?: AttributeValue): NumberedTexts {
  let texts: CellDictionary<Said> | undefined = cellDictionary(read)
  const known = texts
  const dictionary: BlockDictionary = { lasting: true, get size() { return known.size }, value: (id) => known.entry(id).value ?? otherwise }
  return {
    dictionary,
    said: (id) => known.entry(id),
    idsOf({ bytes, spans, first, stride, rows }, odd) {
      if (!texts) return undefined
      const ids = new Int32Array(rows)
      for (let row = 0, at = first; row < rows; row += 1, at += stride) {
        const id = texts.idOf(bytes, spans[at] as number, spans[at + 1] as number)
        if (id < 0) {
          texts = undefined
          return undefined
        }
        ids[row] = id
        if (texts.entry(id).odd) odd[row] = 1
      }
      return ids
    },
  }
}

/** Each row has a text of its own. */
export function rowNumbers(rows: number): Int32Array {
  const ids = new Int32Array(rows)
  for (let row = 0; row < rows; row += 1) ids[row] = row
  return ids
}
