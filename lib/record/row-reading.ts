/** What the cells of a row say of its numbers: their unit and their statistic. */

import type { Layout } from '../layout/layout.js'
import type { Column } from './column.js'
import type { Meaning } from './measure.js'
import { ELAPSED_NAME, readElapsed, readNumber, type NumberReading } from './number.js'
import { takeSuffix } from './take-suffix.js'

type MetricColumn = Extract<Column, { role: 'metric' }>

export interface RowReading {
  /** Without the statistic at the end of a name. */
  readonly cells: readonly string[]
  /** `undefined`: no record of this number. */
  number(column: MetricColumn, text: string): { readonly number: NumberReading; readonly meaning: Meaning } | undefined
}

/** Meanings are kept, so that what follows from each is worked out once; a hostile column of units must not fill the memory. */
const KEPT = 256

/** `undefined` for a row whose statistic is not kept. */
export function rowReading(layout: Layout | undefined, header: readonly string[], columns: readonly Column[]): (cells: readonly string[]) => RowReading | undefined {
  const names = header.map((name) => name.trim())
  const unit = columns.find((column) => column.role === 'unit')
  const suffix = layout?.statSuffix
  const suffixed = suffix === undefined ? -1 : names.indexOf(suffix.key)
  const known = new Map<Meaning, Map<string, Meaning>>()

  const inRow = (meaning: Meaning, rowStat: string | undefined, siblingUnit: string | undefined): Meaning => {
    if (rowStat === undefined && siblingUnit === undefined) return meaning
    let others = known.get(meaning)
    if (!others || others.size >= KEPT) known.set(meaning, (others = new Map<string, Meaning>()))
    const key = `${rowStat ?? ''} ${siblingUnit ?? ''}`
    let own = others.get(key)
    if (!own) {
      own = { ...meaning, ...(rowStat === undefined ? {} : { rowStat: rowStat as NonNullable<Meaning['rowStat']> }), ...(siblingUnit === undefined ? {} : { siblingUnit }) }
      others.set(key, own)
    }
    return own
  }

  return (cells) => {
    const named = suffix === undefined ? undefined : takeSuffix(cells[suffixed] ?? '', suffix)
    if (named?.stat === '') return undefined
    const spelled = unit === undefined ? '' : (cells[unit.index]?.trim() ?? '')
    return {
      cells: named === undefined ? cells : cells.with(suffixed, named.name),
      number({ index, meaning, meaningIn }, text) {
        const own = meaningIn ? meaningIn(cells) : meaning
        const read = readNumber(text) ?? (ELAPSED_NAME.test(meaning.reading.full) ? readElapsed(text) : undefined)
        if (!own || !read) return undefined
        const sibling = spelled === '' || (unit?.role === 'unit' && unit.of?.includes(names[index] ?? '') === false) ? undefined : spelled
        return { number: read, meaning: inRow(own, named?.stat, sibling) }
      },
    }
  }
}
