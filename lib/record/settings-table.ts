/** Tables in Markdown that list settings, a line each: they explain the tables below them. */

import type { FieldFound, TableRow, TableStart } from '../format/event.js'
import { readName } from './names.js'
import { roleOfName } from './roles.js'

export interface SettingsTable {
  /** The setting of a row as a field that stands there; `undefined` where it holds none. */
  field(row: TableRow): FieldFound | undefined
}

const NAMES = /^(?:params?|parameters?|settings?|options?|configs?|configuration|property|properties|specs?|specification|field|key|item|component|hyper_?params?|hyper_?parameters?)$/
const VALUES = /^(?:values?|setting|details?|configuration|specification)$/
/** What stands under such a heading holds for the sections beside it. */
const OF_ALL = /config|setup|set-up|environment|settings|parameters|system|hardware|platform/i

/** `undefined` for any other table. */
export function settingsTable({ header, headings = [] }: TableStart): SettingsTable | undefined {
  const [names = '', values = ''] = header.map((title) => readName(title).full)
  if (header.length !== 2 || !NAMES.test(names) || !VALUES.test(values)) return undefined
  const above = OF_ALL.test(headings.at(-1) ?? '') ? headings.slice(0, -1) : headings
  return {
    field({ cells, line, bytes }) {
      const [label = '', value = ''] = cells
      if (label === '' || value === '' || roleOfName(readName(label)) !== 'attribute') return undefined
      return { type: 'field', label, value, line, column: 1, headings: above, ...(bytes && { bytes }) }
    },
  }
}
