/** What a row of a table tells of the numbers in it: attributes, time, whether the run worked. */

import { isEmpty, setAttribute } from './attributes.js'
import { addCell, type TableAround } from './cell.js'
import type { Column } from './column.js'
import type { Circumstances } from './make-record.js'
import type { AttributeValue, Status } from './metric-record.js'
import { addPairs } from './pairs.js'
import { readError, readStatus, saysWarmup } from './status.js'
import { readTime } from './time.js'
import type { Variant } from './wide.js'

/** What a row says of all its numbers, and what stands above the table. */
export function circumstancesOf(cells: readonly string[], columns: readonly Column[], around: TableAround): Circumstances {
  const attributes: Record<string, AttributeValue> = {}
  let status: Status = 'ok'
  let time = around.time
  for (const column of columns) {
    const text = cells[column.index]
    if (text === undefined) continue
    if (isEmpty(text)) {
      // Beside `gzip` and `zstd`, `none` is one more of them.
      if (column.role === 'attribute' && column.words === true && /^none$/i.test(text.trim())) setAttribute(attributes, column.key, text.trim())
      continue
    }
    if (around.layout?.pairs?.includes(column.header) === true) addPairs(attributes, text, around.layout)
    else if (column.role === 'attribute') {
      addCell(attributes, column.key, text, column.whole)
      if (column.phase === true && saysWarmup(text)) status = worse(status, 'warmup')
    } else if (column.role === 'warmup') status = worse(status, /^(?:t|y|1)/i.test(text.trim()) ? 'warmup' : undefined)
    else if (column.role === 'time') time = readTime(text)?.iso ?? time
    else if (column.role === 'success') status = worse(status, readStatus(text))
    else if (column.role === 'error') {
      const message = readError(text, column.when)
      if (message === undefined) continue
      status = 'error'
      setAttribute(attributes, 'error', message)
    }
  }
  for (const [name, value] of Object.entries(around.attributes)) setAttribute(attributes, name, value)
  if (around.layout?.statuses) status = worse(status, statusIn(cells, around.start.header, around.layout.statuses))
  return { attributes, status, ...(time === undefined ? {} : { time }) }
}

function statusIn(cells: readonly string[], header: readonly string[], statuses: Readonly<Record<string, Status>>): Status | undefined {
  for (const [index, name] of header.entries()) {
    const sign = `${name.trim()}=${cells[index]?.trim() ?? ''}`
    if (Object.hasOwn(statuses, sign)) return statuses[sign]
  }
  return undefined
}

function worse(a: Status, b: Status | undefined): Status {
  return a === 'error' || b === undefined ? a : b
}

/** What holds for one of the cells of a wide row. */
export function underVariant(circumstances: Circumstances, variant: Variant | undefined): Circumstances {
  if (!variant) return circumstances
  const attributes: Record<string, AttributeValue> = {}
  setAttribute(attributes, Object.hasOwn(circumstances.attributes, variant[0]) ? 'variant' : variant[0], variant[1])
  for (const [name, value] of Object.entries(circumstances.attributes)) setAttribute(attributes, name, value)
  return { ...circumstances, attributes }
}
