/** Columns of one title told apart by what stands beside them, and rows of llama-bench tests by their test. */

import type { Column, Sample } from './column.js'
import type { Meaning } from './measure.js'
import { baseUnit } from './units.js'

type MetricColumn = Extract<Column, { role: 'metric' }>

/** `Put #n | Latency | Get #n | Latency`: twice the same title is twice the metric, each of the group that the title before it names. */
export function apart(columns: readonly Column[]): readonly Column[] {
  const counts = new Map<string, number>()
  for (const { header } of columns) counts.set(titleOf(header), (counts.get(titleOf(header)) ?? 0) + 1)
  let group: string | undefined
  const groups = columns.map(({ header, role, index }) => {
    if ((counts.get(titleOf(header)) ?? 0) > 1 || (role === 'attribute' && index === 0 && !isGroup(header, columns))) return group
    group = header.trim()
    return group
  })
  return columns.map((column, at) => {
    if (column.role !== 'metric' || column.variant !== undefined || column.meaning.field || !/\p{L}/u.test(column.header) || (counts.get(titleOf(column.header)) ?? 0) < 2) return column
    const alike = columns.filter(({ header }) => titleOf(header) === titleOf(column.header))
    const named = groups[at]
    const distinct = named !== undefined && alike.every(({ index }) => index === column.index || groups[index] !== named)
    return { ...column, variant: distinct ? ['variant', named] : ['column', column.index + 1] }
  })
}

/** `Put #n` at the front is one where a `Get #n` follows. */
function isGroup(header: string, columns: readonly Column[]): boolean {
  const last = /\S+$/.exec(header.trim())?.[0]
  return last !== undefined && last !== header.trim() && columns.slice(1).some((column) => column.role !== 'ignore' && column.header.trim().endsWith(` ${last}`))
}

function titleOf(header: string): string {
  return header.trim().toLowerCase()
}

const TEST = /^(pp|tg)\s?\d{1,6}(?:\s?@.*)?$/

/** A column of `pp512` and `tg128` says of the others which throughput they are. */
export function byTest(columns: readonly Column[], samples: readonly Sample[]): readonly Column[] {
  const test = columns.find(({ role, index }) => {
    const filled = samples[index]?.filled ?? []
    return role === 'attribute' && filled.length > 0 && filled.every((cell) => TEST.test(cell.trim()))
  })
  if (!test) return columns
  return columns.map((column) => {
    if (column.role !== 'metric' || column.meaning.field || column.meaningIn || !ofTokens(column, samples[column.index])) return column
    const told = { pp: withHead(column.meaning, 'prompt'), tg: withHead(column.meaning, 'output') }
    return { ...column, meaningIn: (cells: readonly string[]) => told[(cells[test.index] ?? '').trim().startsWith('pp') ? 'pp' : 'tg'] }
  })
}

function ofTokens({ meaning }: MetricColumn, sample: Sample | undefined): boolean {
  const unitText = meaning.reading.unitText ?? sample?.numbers.find(({ unitText }) => unitText !== undefined)?.unitText
  return unitText !== undefined && baseUnit(unitText) === '{token}/s'
}

/** What else the title says stays a remark. */
function withHead(meaning: Meaning, kind: 'prompt' | 'output'): Meaning {
  const { words, qualifier } = meaning.reading
  const rest = words.filter((word) => !/^(?:throughput|speed|rate|tokens?)$/.test(word)).join(' ')
  const said = qualifier ?? (rest === '' ? undefined : rest)
  return { ...meaning, reading: { ...meaning.reading, words: [kind, 'throughput'], ...(said === undefined ? {} : { qualifier: said }) } }
}
