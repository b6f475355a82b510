/** Whether a text is what a tool prints at its end: labels with numbers, or benchmarks of Go. */

import { textColumns } from './text-columns.js'
import { readGoBenchmark, readPair, valuesIn } from './text-line.js'

export interface TextLook {
  /** Lines of a label with one number. */
  readonly measured: number
  /** Of these, with a unit. */
  readonly units: number
  readonly benchmarks: number
  /** Rows of measured columns. */
  readonly rows: number
}

const LINES_LOOKED_AT = 2000
const NUMBER = /^[-+]?\d[\d.,]*(?:[eE][-+]?\d+)?\s*(.{0,24})$/
const UNIT = /(?:^|[\s([])(?:[mµun]?s(?:ecs?)?|seconds?|milliseconds?|%|[KMGT]?i?B|[\w#]+\/s(?:ec)?|[\w#]+\/op)(?:$|[\s)\]])/

export function lookAtText(text: string): TextLook {
  let measured = 0
  let units = 0
  let benchmarks = 0
  let rows = 0
  const columns = textColumns()
  const count = (): void => {
    rows += columns.take().reduce((sum, table) => sum + table.rows.length, 0)
  }
  for (const line of text.split('\n', LINES_LOOKED_AT)) {
    if (readGoBenchmark(line)) {
      benchmarks += 1
      continue
    }
    const pair = columns.goesOn(line) ? undefined : readPair(line.trimEnd())
    if (pair || !columns.add({ text: line.trimEnd(), line: 0, shift: 0, bytes: [0, 0] })) count()
    const several = pair ? valuesIn(pair.value) : []
    measured += several.length
    units += several.filter(([, value]) => UNIT.test(NUMBER.exec(value)?.[1] ?? '')).length
    const tail = pair && NUMBER.exec(pair.value.split(/\s{2,}/)[0] ?? '')?.[1]
    // `Latency (ms):` above `avg: 12.5`
    if (pair?.value === '' && UNIT.test(pair.label)) units += 1
    if (!pair || tail === undefined || /^[:\-/]?\d/.test(tail)) continue
    measured += 1
    if (UNIT.test(pair.label) || UNIT.test(tail)) units += 1
  }
  count()
  return { measured, units, benchmarks, rows }
}
