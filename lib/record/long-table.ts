/** Rows that hold one measurement each, in a table whose layout says so. */

import { isEmpty, setAttribute } from './attributes.js'
import { cellPlace, type ReadRow, type TableAround } from './cell.js'
import type { Column } from './column.js'
import { filledDown } from './filled-down.js'
import { formsAt, longIn, longMeaning, longValue } from './long.js'
import { makeRecord, type Circumstances } from './make-record.js'
import { measure } from './measure.js'
import type { AttributeValue, MetricRecord } from './metric-record.js'
import { readNumber } from './number.js'
import { circumstancesOf } from './row-circumstances.js'

/** A reader of rows, or `undefined` when the layout is of another kind. */
export function longRows(around: TableAround, columns: readonly Column[]): ((row: ReadRow) => readonly MetricRecord[]) | undefined {
  const { context, layout, start } = around
  const header = start.header.map((name) => name.trim())
  const at = new Map(header.map((name, index) => [name, index]))
  const forms = formsAt(layout, '').filter(({ name, metric }) => metric !== undefined || (name !== undefined && at.has(name)))
  if (!layout || forms.length === 0) return undefined
  const said = new Set(forms.flatMap(({ name, unit, stat }) => [name, unit, stat]))
  const valued = forms.map((form) => ({ form, indices: header.flatMap((name, index) => (longValue(form, name) ? [index] : [])) }))
  const explaining = columns.filter(({ role, header: name, index }) => role !== 'metric' && !said.has(name) && !valued.some(({ indices }) => indices.includes(index)))
  const markdown = context.format === 'markdown'
  const above: string[] = []
  const before = Math.min(...forms.map(({ name }) => at.get(name ?? '') ?? 0))
  return (row) => {
    const long = longIn(layout, forms, (name) => cellOf(row, at.get(name)))
    if (!long) return []
    const around1 = circumstancesOf(markdown ? filledDown(row.cells, above, columns, before) : row.cells, explaining, around)
    const attributes: Record<string, AttributeValue> = { ...around1.attributes }
    for (const [name, tag] of Object.entries(long.tags)) setAttribute(attributes, name, tag, true)
    const circumstances: Circumstances = { ...around1, attributes }
    const indices = valued.find(({ form }) => form === long.form)?.indices ?? []
    return indices.flatMap((index) => {
      const text = row.cells[index]
      const number = text === undefined || isEmpty(text) ? undefined : readNumber(text)
      const meaning = number && longMeaning(long, header[index] ?? '')
      if (!meaning) return []
      return measure(number, meaning).map((measured) => makeRecord(context, cellPlace(around, row, index), measured, { name: long.form.metric === undefined ? long.written : (start.header[index] ?? ''), text: row.written?.[index] ?? text ?? '' }, circumstances))
    })
  }
}

function cellOf(row: ReadRow, index: number | undefined): string | undefined {
  return index === undefined ? undefined : row.cells[index]
}
