/** Rows of a table into records. */

import { LAYOUTS } from '../layout/index.js'
import type { Layout } from '../layout/layout.js'
import { matchColumns } from '../layout/match.js'
import type { CellBlock } from '../format/cell-block.js'
import type { TableRow, TableStart } from '../format/event.js'
import type { Problem } from '../stage/index.js'
import { beside, isEmpty } from './attributes.js'
import { metricAbove, metricMentioned } from './caption.js'
import { cellPlace, type ReadRow, type TableAround } from './cell.js'
import { decideColumns, sampleOf, type Column } from './column.js'
import { contextOf, isAboutModels } from './context.js'
import { decimalCommas } from './decimal-comma.js'
import { escape } from './json-path.js'
import { filledDown } from './filled-down.js'
import { longRows } from './long-table.js'
import { makeRecord, type FileContext } from './make-record.js'
import { measure } from './measure.js'
import type { MetricRecord } from './metric-record.js'
import { readName } from './names.js'
import { namewise } from './namewise.js'
import { circumstancesOf, underVariant } from './row-circumstances.js'
import { rowReading } from './row-reading.js'
import { baseUnit } from './units.js'
import { splitColumns, type Split } from './several.js'
import { tableBlocks, type RowsRead } from './table-block.js'
import { statisticsRow, unitsRow } from './units-row.js'
import { isKnownMetric } from './vocabulary.js'

export interface TableReader<Found = MetricRecord | Problem> {
  readonly layout?: Pick<Layout, 'name'>
  row(row: TableRow): readonly Found[]
  /** The same for rows of this table that come as a block. */
  block?(cells: CellBlock): readonly RowsRead[]
  /** The records of the rows that still wait; rows that come after are read all the same. */
  flush(): readonly Found[]
}

interface RowReader {
  (row: ReadRow): readonly MetricRecord[]
  /** Where a column is a metric or an attribute, and a row nothing but one configuration. */
  readonly columns?: readonly Column[]
}

/** Rows looked at before the columns are decided. */
const SAMPLE_ROWS = 64

export function tableReader(file: FileContext, start: TableStart, title?: string): TableReader<MetricRecord> {
  const context: FileContext = start.confidence === undefined ? file : { ...file, confidence: (file.confidence ?? 1) * start.confidence }
  const layout = matchColumns(context.layouts ?? LAYOUTS, start.header)
  const above = contextOf(start.context ?? [], start.headings ?? [], title)
  const around: TableAround = {
    context,
    start,
    tokens: start.header.map(escape),
    ...(layout === undefined ? {} : { layout }),
    ...(title === undefined ? {} : { title }),
    attributes: beside(above.attributes, context.attributes),
    ...(above.time === undefined ? {} : { time: above.time }),
    aboutModels: isAboutModels([...start.header, ...(start.headings ?? []), ...('model' in above.attributes ? ['model'] : [])]),
  }
  const named = metricAbove(start.headings ?? [], start.prose)
  const hint = named === undefined ? mentioned(start.prose) : undefined
  let waiting: TableRow[] = []
  let read: RowReader | undefined
  let blocks: ReturnType<typeof tableBlocks>

  const decide = (): readonly MetricRecord[] => {
    const titles = context.format === 'markdown' && !layout ? statisticsRow(start.header, waiting) : undefined
    const units = titles ? undefined : unitsRow(waiting)
    const told: TableAround = titles ? { ...around, start: { ...start, header: titles } } : around
    const { header } = told.start
    const written = units || titles ? waiting.slice(1) : waiting
    waiting = []
    const pointed = decimalCommas(written.map((row) => row.cells), context.delimiter)
    const ready = (row: TableRow): ReadRow => (pointed ? { ...row, cells: pointed(row.cells), written: row.cells } : row)
    const rows = written.map(ready)
    const split = layout || units ? undefined : splitColumns(header, rows.map((row) => row.cells))
    const parted = split ? (row: ReadRow) => partedRow(row, split) : (row: ReadRow) => row
    const whole: TableAround = split ? { ...around, origin: split.origin, rivals: split.rivals, titles: split.origin.map((index) => header[index] ?? ''), start: { ...start, header: split.header }, tokens: split.origin.map((index) => around.tokens[index] ?? '') } : told
    const cells = rows.map((row) => parted(row).cells)
    const decided = readerOf(whole, cells, units, named, hint)
    read = pointed || split ? (row) => decided(parted(ready(row))) : decided
    if (!pointed && !split && decided.columns) blocks = tableBlocks(whole, decided.columns, decided)
    return rows.flatMap((row) => decided(parted(row)))
  }

  const take = (row: TableRow): readonly MetricRecord[] => {
    if (read) return read(row)
    waiting.push(row)
    return waiting.length >= SAMPLE_ROWS ? decide() : []
  }

  return {
    ...(layout === undefined ? {} : { layout }),
    row: take,
    block: (cells) => blocks?.(cells) ?? cells.items().map(take),
    flush: () => (read ? [] : decide()),
  }
}

function mentioned(prose: readonly string[] = []): ReturnType<typeof metricAbove> {
  return prose[0] === undefined ? undefined : metricMentioned(prose[0])
}

/** The parts of a cell stand where they stand in it. */
function partedRow(row: ReadRow, split: Split): ReadRow {
  const { cells, within } = split.cells(row.cells)
  const spread = <Of>(of: readonly Of[]): Of[] => split.origin.flatMap((index) => of[index] ?? [])
  const { written, columns, lines, ...rest } = row
  return {
    ...rest,
    cells,
    ...(written === undefined ? {} : { written: split.cells(written).cells }),
    ...(columns === undefined ? {} : { columns: spread(columns).map((column, at) => column + (within[at] ?? 0)) }),
    ...(lines === undefined ? {} : { lines: spread(lines) }),
  }
}

function readerOf(around: TableAround, cells: readonly (readonly string[])[], units: readonly string[] | undefined, above: ReturnType<typeof metricAbove>, hint: ReturnType<typeof metricAbove>): RowReader {
  const { layout, start, aboutModels } = around
  const named = layout ? undefined : namewise(around, cells, above)
  if (named) return named
  const decided = decideColumns(cells, { headers: start.header, ...(around.rivals && { rivals: around.rivals }), aboutModels, ...(above && { above }), ...(hint && { hint }), ...(layout && { layout }), ...(units && { units }) })
  const columns = listsFlags(decided, cells) ? decided.filter((column) => column.role !== 'metric' || isKnownMetric(column.meaning.reading.words.join('_'))) : describesFormat(around) ? decided.filter((column) => column.role !== 'metric' || isKnownMetric(column.meaning.reading.words.join('_')) || !countsBits(cells, column)) : decided
  return longRows(around, columns) ?? rowwise(around, columns)
}

/** `--threads | 8 | 16`: options and their values, and nothing measured. */
function listsFlags(columns: readonly Column[], cells: readonly (readonly string[])[]): boolean {
  const [first] = columns
  if (first?.role !== 'attribute' || cells.length === 0) return false
  return cells.filter((row) => /^[`*]*--?[a-z][\w-]*/.test(row[first.index] ?? '')).length * 3 > cells.length * 2
}

/** Fields and their sizes, codes and their bits: only what is a metric in so many words is measured there. */
function describesFormat({ start, title }: TableAround): boolean {
  return [title ?? '', ...(start.headings ?? [])].some((heading) => FORMAT_DESCRIPTION.test(heading)) && !(start.headings ?? []).some((heading) => /bench|perform|result|comparison|measure/i.test(heading))
}

/** Whole numbers, of bytes at most. */
function countsBits(cells: readonly (readonly string[])[], { index, header }: Column): boolean {
  const base = (unitText: string | undefined) => (unitText === undefined ? 'By' : baseUnit(unitText))
  return base(readName(header).unitText) === 'By' && sampleOf(cells, index).numbers.every(({ value, unitText }) => Number.isInteger(value) && base(unitText) === 'By')
}

const FORMAT_DESCRIPTION = /^(?!.*\b(?:vs|versus|comparing|comparison|bench\w*)\b)(?:.*\b(?:(?:file|frame|compression|compressed|wire|binary|packet|message|storage|seekable|bitstream|bytecode|on-disk) format|(?:data|memory|struct|object) layout|format (?:description|specification|reference)|specification|wire protocol))(?:\s+(?:description|specification|reference|v?[\d.]+|\{#[\w-]{1,60}\}))*\s*$/i

/** The common table: a column is a metric or an attribute, a row is one configuration. */
function rowwise(around: TableAround, columns: readonly Column[]): RowReader {
  const { context, start } = around
  const firstMetric = columns.findIndex((column) => column.role === 'metric')
  const markdown = context.format === 'markdown'
  const above: string[] = []
  const readRow = rowReading(around.layout, start.header, columns)
  const read = (row: ReadRow): readonly MetricRecord[] => {
    const reading = readRow(markdown ? filledDown(row.cells, above, columns, firstMetric) : row.cells)
    if (!reading) return []
    const { cells } = reading
    const circumstances = circumstancesOf(cells, columns, around)
    const out: MetricRecord[] = []
    for (const column of columns) {
      if (column.role !== 'metric') continue
      const text = cells[column.index]
      if (text === undefined || isEmpty(text)) continue
      const found = reading.number(column, text)
      if (!found) continue
      for (const measured of measure(found.number, found.meaning)) {
        out.push(makeRecord(context, cellPlace(around, row, column.index), measured, { name: (around.titles ?? start.header)[column.index] ?? '', text: row.written?.[column.index] ?? text }, underVariant(circumstances, column.variant)))
      }
    }
    return out
  }
  return markdown ? read : Object.assign(read, { columns })
}
