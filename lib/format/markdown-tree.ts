/** Walks the tree remark makes of a piece and gives its tables and fields, under the headings met so far. */

import type { Heading, RootContent, Table, TableCell } from 'mdast'
import { problem } from '../stage/index.js'
import { LONGEST_PROSE, type FieldFound, type FormatEvent } from './event.js'
import { fieldsOf, plainText } from './markdown-field.js'
import type { MarkdownLine } from './markdown-lines.js'
import type { MarkdownPiece } from './markdown-piece.js'
import { MarkdownRows } from './markdown-rows.js'
import type { TableRun } from './markdown-split.js'
import type { TextTable } from './text-table.js'

export interface MarkdownTree {
  /** `source` is the text of the piece that was parsed. */
  walk(nodes: readonly RootContent[], source: string, piece: MarkdownPiece): FormatEvent[]
  /** Further rows of the last table, none of which is a header within it. */
  rows(run: TableRun): MarkdownRows
  /** Tables of text that is no Markdown; `prose`: the paragraph right before it, where no piece held it. */
  tables(found: readonly TextTable[], prose: string | undefined): FormatEvent[]
  /** Those above what comes next, outermost first. */
  headings(): readonly string[]
}

interface Section {
  readonly depth: number
  readonly title: string
  readonly fields: FieldFound[]
  /** The last paragraph. */
  prose: string
}

/** Fields remembered of one section, for the tables below. */
const MAX_CONTEXT = 100
const MAX_DEPTH = 100

export function markdownTree(file: string): MarkdownTree {
  let sections: Section[] = [{ depth: 0, title: '', fields: [], prose: '' }]
  let table = -1
  let row = 0
  let width = 0
  /** The first cell of the last row. */
  let above = ''

  const path = () => sections.slice(1).map((section) => section.title)

  const enter = (heading: Heading) => {
    sections = sections.filter((section) => section.depth < heading.depth)
    sections.push({ depth: heading.depth, title: plainText(heading.children).replaceAll('\n', ' ').trim(), fields: [], prose: '' })
  }

  const around = () => {
    const prose = sections.flatMap((section) => (section.prose === '' ? [] : [section.prose])).reverse()
    return { headings: path(), context: sections.flatMap((section) => section.fields), ...(prose.length === 0 ? {} : { prose }) }
  }

  return {
    headings: path,
    rows({ cells, bytes, offset }) {
      const block = new MarkdownRows(table, row, cells, bytes, offset)
      row += block.length
      above = block.text(block.length - 1, 0)
      return block
    },
    tables(found, leftOut) {
      const section = sections.at(-1)
      if (section && leftOut !== undefined) section.prose = leftOut
      return found.flatMap(({ header, start, rows, confidence, caption }) => {
        table += 1
        const told = around()
        const prose = caption === undefined ? told.prose : [caption, ...(told.prose ?? [])]
        const events: FormatEvent[] = [{ type: 'table', table, header, line: start.line, ...told, ...(prose && { prose }), confidence, bytes: start.bytes }]
        for (const [index, { cells, line }] of rows.entries()) {
          const elsewhere = cells.some((cell) => cell.line !== line)
          events.push({
            type: 'row',
            table,
            row: index,
            cells: cells.map(({ text }) => text),
            line: line.line,
            columns: cells.map(({ column }) => column),
            bytes: line.bytes,
            ...(elsewhere && { lines: cells.map((cell) => ({ line: cell.line.line, bytes: cell.line.bytes })) }),
          })
        }
        return events
      })
    },
    walk(nodes, source, { lines, continued = false, prose: leftOut }) {
      const section = sections.at(-1)
      if (section && leftOut !== undefined) section.prose = leftOut
      const events: FormatEvent[] = []
      const place = placer(source, lines)

      const paragraph = (node: RootContent & { type: 'paragraph' }, inList: boolean, top: boolean) => {
        const own = sections.at(-1)
        if (own && top) own.prose = plainText(node.children).replace(/\s+/g, ' ').trim().slice(-LONGEST_PROSE)
        for (const { label, value, offset, last } of fieldsOf(node.children, source, inList)) {
          const { line, column, bytes } = place(offset)
          const field: FieldFound = { type: 'field', label, value, line, column, headings: path(), bytes: last === offset ? bytes : [bytes[0], place(last).bytes[1]] }
          const section = sections.at(-1)
          if (section && section.fields.length < MAX_CONTEXT) section.fields.push(field)
          events.push(field)
        }
      }

      const begin = (node: Table, offset: number) => {
        table += 1
        row = 0
        const header = (node.children[0]?.children ?? []).map((cell) => plainText(cell.children).trim())
        width = header.length
        const { line, recovered, bytes } = place(offset)
        events.push({
          type: 'table',
          table,
          header,
          line,
          ...around(),
          ...(recovered ? { recovered } : {}),
          bytes,
        })
      }

      const rows = (node: Table) => {
        const written = node.children.slice(1)
        for (const [at, { children, position }] of written.entries()) {
          const start = place(position?.start.offset ?? 0)
          const cells = children.map((cell) => plainText(cell.children).trim())
          const below = written[at + 1]?.children.map((cell) => plainText(cell.children).trim())
          if (below && isBold(children) && namesWhatIsBelow(cells, below)) {
            // A single row above it says what it is all about.
            const told = around()
            const headings = row === 1 && above !== '' ? [...told.headings, above] : told.headings
            table += 1
            row = 0
            width = cells.length
            events.push({ type: 'table', table, header: cells, line: start.line, ...told, headings, bytes: start.bytes })
            continue
          }
          const columns = children.map((cell) => place(startOf(cell, source)).column)
          events.push({ type: 'row', table, row, cells, line: start.line, columns, bytes: start.bytes })
          row += 1
          above = cells[0] ?? ''
          if (cells.slice(width).some((cell) => cell !== '')) {
            events.push(problem(file, 'ragged-row', `expected ${width} cells as in the header, found ${cells.length}: the cells that are there are kept`, { line: start.line, raw: start.text }))
          }
        }
      }

      const visit = (node: RootContent, depth: number, inList: boolean, top: boolean): void => {
        if (depth > MAX_DEPTH) return
        if (node.type === 'heading') {
          if (top) enter(node)
        } else if (node.type === 'paragraph') {
          paragraph(node, inList, top)
        } else if (node.type === 'table') {
          const offset = node.position?.start.offset ?? 0
          if (!(continued && offset === 0)) begin(node, offset)
          rows(node)
        } else if (node.type === 'list' || node.type === 'listItem' || node.type === 'blockquote') {
          for (const child of node.children) visit(child, depth + 1, node.type !== 'blockquote' || inList, false)
        }
      }
      for (const node of nodes) visit(node, 0, false, true)
      return events
    },
  }
}

/** Offset of the text in a cell. remark does not say where a link begins that it found only afterwards. */
function startOf(cell: TableCell, source: string): number {
  const start = cell.position?.start.offset ?? 0
  const [first] = cell.children
  if (first === undefined) return start
  return first.position?.start.offset ?? start + (/^\|?[ \t]*/.exec(source.slice(start))?.[0].length ?? 0)
}

/** Nothing but bold cells, two at least. */
function isBold(cells: readonly TableCell[]): boolean {
  const filled = cells.filter(({ children }) => children.length > 0)
  return filled.length > 1 && filled.every(({ children: [first, ...more] }) => first?.type === 'strong' && more.length === 0)
}

/** Words, each but the first above a cell with a number in it: a header within the table. */
function namesWhatIsBelow(cells: readonly string[], below: readonly string[]): boolean {
  const titled = cells.flatMap((cell, at) => (at > 0 && cell !== '' ? [at] : []))
  return cells.every((cell) => !/\d/.test(cell)) && titled.length > 0 && titled.every((at) => /\d/.test(below[at] ?? ''))
}

/** Offset in the piece -> place in the file. */
function placer(source: string, lines: readonly MarkdownLine[]): (offset: number) => Pick<MarkdownLine, 'line' | 'bytes' | 'text'> & { readonly column: number; readonly recovered: boolean } {
  const starts = [0]
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) starts.push(at + 1)
  return (offset) => {
    let index = starts.findIndex((start) => start > offset)
    index = (index < 0 ? starts.length : index) - 1
    const line = lines[index]
    return { line: line?.line ?? 1, column: offset - (starts[index] ?? 0) + 1 + (line?.shift ?? 0), recovered: line?.recovered ?? false, text: line?.text ?? '', bytes: line?.bytes ?? [0, 0] }
  }
}
