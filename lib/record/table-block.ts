/** Rows of a table as columns of numbers, where all that is said about a row is said by words that come again and again. */

import type { CellBlock } from '../format/cell-block.js'
import { isEmpty } from './attributes.js'
import type { ReadRow, TableAround } from './cell.js'
import type { Column } from './column.js'
import { isBare, plainMeasure, type PlainMeasure } from './measure.js'
import type { MetricRecord } from './metric-record.js'
import { readNumber } from './number.js'
import { plainDecimals } from './plain-decimal.js'
import { alikeRuns, blockColumn, RecordBlock, type BlockSetting } from './record-block.js'
import { attributesAt, timesAt, type AttributeTexts } from './row-said.js'
import { tableLines, type LineColumn } from './table-lines.js'
import { statusesOf, wordsOf } from './table-words.js'
import { convert, type Conversion } from './units.js'

/** Records of rows that stand one behind the other: many as a block, or those of one row that is unlike the others. */
export type RowsRead = RecordBlock | readonly MetricRecord[]

type MetricColumn = Extract<Column, { role: 'metric' }>

interface Measuring {
  readonly column: MetricColumn
  /** `undefined`: bare numbers give no record there. */
  readonly plain: PlainMeasure | undefined
}

/** More attributes than that, and not all would find room in a record. */
const MOST_SETTINGS = 40

/**
 * `undefined` for a table in which a number's meaning depends on other cells of its row. `read` makes the records of a row: what a block
 * gives is what `read` gives.
 */
export function tableBlocks(around: TableAround, columns: readonly Column[], read: (row: ReadRow) => readonly MetricRecord[]): ((cells: CellBlock) => readonly RowsRead[]) | undefined {
  const { context, layout } = around
  if (context.made || layout?.pairs || layout?.statuses || layout?.statSuffix) return undefined
  if (columns.some((column) => column.role === 'unit' || (column.role === 'metric' && column.meaningIn !== undefined))) return undefined
  const metrics = columns.flatMap((column): (Measuring | undefined)[] => {
    if (column.role !== 'metric') return []
    const plain = plainMeasure(column.meaning)
    return [plain && { column, plain: plain === 'nothing' ? undefined : plain }]
  })
  const measuring = metrics.filter((one) => one !== undefined)
  if (measuring.length < metrics.length || !measuring.some(({ plain }) => plain)) return undefined
  const attributes = columns.filter((column) => column.role === 'attribute')
  if (attributes.length > MOST_SETTINGS || new Set(attributes.map(({ key }) => key)).size < attributes.length) return undefined
  const readers = columns.flatMap((column) => (column.role === 'metric' || column.role === 'time' || column.role === 'ignore' ? [] : [wordsOf(column, column.role === 'attribute' ? around.attributes[column.key] : undefined)]))
  const circumstances = circumstancesOf(measuring)
  // Attributes of which only some numbers have more are written with their records.
  const write = circumstances.every((kind) => kind === 0) && context.format === 'csv' ? tableLines(around, linesOf(measuring, around)) : undefined
  const times = columns.filter(({ role }) => role === 'time')
  const texts: AttributeTexts = new Map()
  const plan = {}

  return (cells) => {
    const odd = new Uint8Array(cells.length)
    const values = measuring.map((one) => numbersIn(cells, one, odd))
    const words = readers.map((read) => read(cells, odd))
    const status = statusesOf(words, cells.length)

    const block = (from: number, to: number): RecordBlock => {
      const lines = write && ((block: RecordBlock) => write(cells, from, block, { attributes: attributesAt(words, texts, around.attributes, from), time: timesAt(cells, times, around.time, from) }))
      return new RecordBlock({
        file: context.file,
        format: context.format,
        layout: layout?.name ?? 'generic',
        rows: to - from,
        firstByte: cells.offset + (cells.cells.places[3 * from] ?? 0),
        columns: measuring.flatMap(({ plain }, at) => (plain ? [blockColumn(plain.like, (values[at] as Float64Array).subarray(from, to), circumstances[at] ?? 0, context.confidence)] : [])),
        settings: words.flatMap(({ key, ids, dictionary }): BlockSetting[] => (key === undefined ? [] : [{ key, ids: ids.subarray(from, to), dictionary }])),
        ...(status && { status: status.subarray(from, to) }),
        recordsOf: (row) => read(cells.row(from + row)),
        ...(lines && { lines }),
        plan,
      })
    }
    return Array.from(alikeRuns(odd), (run) => (run.odd ? read(cells.row(run.from)) : block(run.from, run.to)))
  }
}

function linesOf(measuring: readonly Measuring[], { titles, start }: TableAround): readonly LineColumn[] {
  return measuring.flatMap(({ column, plain }): LineColumn[] => {
    if (!plain) return []
    const { like, conversion } = plain
    return [{ index: column.index, like, title: (titles ?? start.header)[column.index] ?? '', asWritten: conversion === undefined || (conversion.factor === 1 && conversion.offset === 0) }]
  })
}

/** Values in the base unit; rows whose cell is more than a bare number are marked. */
function numbersIn(cells: CellBlock, { column, plain }: Measuring, odd: Uint8Array): Float64Array {
  const { spans, width, rows } = cells.cells
  const conversion = plain?.conversion
  const power = conversion === undefined ? 0 : conversion.offset === 0 ? conversion.power : undefined
  const values = plainDecimals(cells.bytes, { spans, first: 2 * column.index, stride: 2 * width, rows }, power ?? 0)
  for (let row = 0, at = 2 * column.index; row < rows; row += 1, at += 2 * width) {
    let value = values[row] as number
    if (Number.isNaN(value)) {
      if (spans[at] !== spans[at + 1]) value = numberIn(cells.text(row, column.index), conversion, row, odd)
    } else if (conversion && power === undefined) value = convert(value, conversion)
    else if (plain && !(value === 0 && plain.zeroIsAbsent)) continue
    values[row] = !plain || (value === 0 && plain.zeroIsAbsent) ? Number.NaN : value
  }
  return values
}

/** NaN for an empty cell, and for text that is no number: neither gives a record. */
function numberIn(text: string, conversion: Conversion | undefined, row: number, odd: Uint8Array): number {
  if (isEmpty(text)) return Number.NaN
  const number = readNumber(text)
  if (!number) return Number.NaN
  const value = conversion ? convert(number.value, conversion) : number.value
  if (number.bound !== undefined || !isBare(number) || !Number.isFinite(value)) odd[row] = 1
  return value
}

/** Numbers that have nothing of their own in their attributes share them; each other one is apart. */
function circumstancesOf(measuring: readonly Measuring[]): readonly number[] {
  return measuring.map(({ column, plain }, at) => (column.variant === undefined && plain?.like.qualifier === undefined ? 0 : at + 1))
}
