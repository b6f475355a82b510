/** Where the figures come from: fact, records, and their places in the files. */

import type { Fact } from '../fact/fact.js'
import { clean, fileWords, groupWords } from '../fact/wording.js'
import type { RecordRef, SummaryRow } from '../summary/summary-row.js'
import { plural, table, wholeNumber } from './blocks.js'
import { plain, valueOf } from './inline.js'

/** The titles of both parts; a page finds them by these. */
export const FACTS_TITLE = 'Where the Figures Stand'
export const ROWS_TITLE = 'Where the Key Figures Stand'

const FACTS_SHOWN = 100
const PLACES_SHOWN = 2
const FILE_LIMIT = 200
const POINTER_LIMIT = 80
const NONE = '-'

/** Facts that the document shows or agrees with: id, figure, and the first records it rests on. */
export function factPlaces(facts: readonly Fact[], shown: ReadonlySet<string>): string {
  const cited = facts.filter(({ id }) => shown.has(id))
  if (cited.length === 0) return 'The text rests on no figure.\n'
  const lines = cited.slice(0, FACTS_SHOWN).map((fact) => [
    fact.id,
    plain(fact.subject),
    plain(fact.stat ?? '') || NONE,
    valueOf(fact),
    fact.n === undefined ? NONE : wholeNumber(fact.n),
    fact.records.length > 0 ? fact.records.slice(0, PLACES_SHOWN).map(placeOf).join('; ') : plain(fact.files.slice(0, PLACES_SHOWN).join('; ')) || NONE,
    plain(fact.records[0]?.id ?? '') || NONE,
  ])
  const left = cited.length - lines.length
  const columns = [{ title: 'Id' }, { title: 'Figure' }, { title: 'Statistic' }, { title: 'Value', right: true }, { title: 'n', right: true }, { title: 'First places' }, { title: 'First record' }]
  return `${table(columns, lines)}${left > 0 ? `\n${plural(left, 'further figure')}.\n` : ''}`
}

/** The rows of the key figures table, in its order: where the smallest and the largest value stand. */
export function rowPlaces(rows: readonly SummaryRow[]): string {
  if (rows.length === 0) return 'None.\n'
  const lines = rows.map((row) => {
    const range = row.samples ?? row.aggregates[0]
    const [first] = row.files
    const more = row.fileCount - 1
    return [
      plain(row.metric),
      plain(groupWords(row.group)) || 'all',
      range ? placeOf(range.minAt) : NONE,
      range ? (range.maxAt.id === range.minAt.id ? 'the same' : placeOf(range.maxAt)) : NONE,
      first === undefined ? NONE : `${plain(fileWords(first))}${more > 0 ? ` and ${wholeNumber(more)} more` : ''}`,
    ]
  })
  return table([{ title: 'Metric' }, { title: 'Measured on' }, { title: 'Smallest at' }, { title: 'Largest at' }, { title: 'Files' }], lines)
}

/** `reports/x.csv:4 /3/ttft_s`: the line for an editor, the pointer for a program. */
function placeOf({ source: { file, line, pointer } }: RecordRef): string {
  const at = line === undefined ? '' : `:${line}`
  return plain(`${clean(file, FILE_LIMIT)}${at}${pointer === undefined ? '' : ` ${clean(pointer, POINTER_LIMIT)}`}`)
}
