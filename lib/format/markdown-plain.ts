/**
 * The fast lane for Markdown as programs write it: headings, flat lists, pipe tables and paragraphs with plain text in them.
 * It gives the tree remark would give, or nothing at the first thing it is not sure of. remark takes about 30 times as long.
 */

import type { ListItem, Paragraph, PhrasingContent, RootContent, Table, TableRow } from 'mdast'
import { at, plainInline, textNode } from './markdown-inline.js'
import { isDelimiterRow, isRow } from './markdown-look.js'

interface Cursor {
  readonly lines: readonly string[]
  readonly offsets: readonly number[]
  index: number
}

const HEADING = /^(#{1,6}) +(\S.*)$/
const EMPTY_HEADING = /^#{1,6}$/
const UNDERLINE = /^(?:=+|-+)$/
const DEFINITION = /^\[[^\]^[\\\s][^\][\\]{0,200}\]: [^\s<>\\]+$/
const ITEM = /^(?:[-*+]|\d{1,9}[.)]) (?=\S)/
/** What a paragraph can begin with without being anything else. */
const PARAGRAPH = /^(?:[\p{L}\p{Extended_Pictographic}("'$]|\d(?!\d*[.)](?:\s|$))|\*{1,2}(?=[\p{L}\p{N}]))/u
/** The text of an item or heading that begins like this holds another block. */
const BLOCK = /^(?:[-+#>|~=]|\*(?!\*)|\d{1,9}[.)](?:\s|$)|```|:?-)/

/** The children of the root, or `undefined`. Positions have offsets only. `defined`: brackets may refer to something that is defined. */
export function plainMarkdown(lines: readonly string[], defined = false): RootContent[] | undefined {
  if (defined && lines.some((line) => line.includes('[') && !DEFINITION.test(line))) return undefined
  const offsets: number[] = []
  let offset = 0
  for (const line of lines) {
    offsets.push(offset)
    offset += line.length + 1
  }
  const cursor: Cursor = { lines, offsets, index: 0 }
  const nodes: RootContent[] = []
  while (cursor.index < lines.length) {
    const line = lineAt(cursor, 0)
    if (line === '' || line === '---') {
      // Behind a paragraph, which ends at a blank line or not at all, `---` is a rule.
      cursor.index += 1
      continue
    }
    if (DEFINITION.test(line)) {
      // Text below it is its title, or goes on in other ways than a paragraph begins.
      if (lineAt(cursor, 1) !== '' && !DEFINITION.test(lineAt(cursor, 1))) return undefined
      cursor.index += 1
      continue
    }
    const node = isDelimiterRow(lineAt(cursor, 1)) ? table(cursor) : isHeading(line) ? heading(cursor) : ITEM.test(line) ? list(cursor) : paragraph(cursor)
    if (!node) return undefined
    nodes.push(node)
  }
  return nodes
}

function heading(cursor: Cursor): RootContent | undefined {
  const line = lineAt(cursor, 0)
  const [, marks = line, text = ''] = HEADING.exec(line) ?? []
  if (text.endsWith('#')) return undefined
  const start = offsetAt(cursor)
  const children = plainInline(text, start + line.length - text.length)
  if (!children) return undefined
  cursor.index += 1
  return { type: 'heading', depth: marks.length as 1 | 2 | 3 | 4 | 5 | 6, children, position: at(start) }
}

function list(cursor: Cursor): RootContent | undefined {
  const children: ListItem[] = []
  const start = offsetAt(cursor)
  let content = 0
  for (let line = lineAt(cursor, 0); line !== ''; line = lineAt(cursor, 0)) {
    const marker = ITEM.exec(line)?.[0]
    const last = children.at(-1)
    if (marker !== undefined) {
      const next = item(cursor, 0, marker)
      if (!next) return undefined
      children.push(next)
      content = marker.length
    } else if (isHeading(line)) {
      break
    } else {
      // Anything else may go on with the item; only bullets right below its text are sure to.
      const bullet = /^ +(?=([-*+] )\S)/.exec(line)
      if (!last || bullet?.[0].length !== content) return undefined
      const next = item(cursor, content, bullet[1] ?? '')
      if (!next) return undefined
      last.children.push({ type: 'list', children: [next] })
    }
    cursor.index += 1
  }
  // Behind a blank line an indented one goes on with the last item.
  if (/^\s/.test(nextText(cursor))) return undefined
  return { type: 'list', children, position: at(start) }
}

function item(cursor: Cursor, indent: number, marker: string): ListItem | undefined {
  const line = lineAt(cursor, 0)
  if (line.includes('|') && isDelimiterRow(lineAt(cursor, 1))) return undefined
  const text = line.slice(indent + marker.length)
  const offset = offsetAt(cursor) + indent
  const inline = BLOCK.test(text) ? undefined : plainInline(text, offset + marker.length)
  if (!inline) return undefined
  const paragraph: Paragraph = { type: 'paragraph', children: inline, position: at(offset + marker.length) }
  return { type: 'listItem', children: [paragraph], position: at(offset) }
}

function paragraph(cursor: Cursor): RootContent | undefined {
  const children: PhrasingContent[] = []
  const start = offsetAt(cursor)
  for (let line = lineAt(cursor, 0); line !== ''; line = lineAt(cursor, 0)) {
    if (children.length > 0 && endsParagraph(line)) break
    const raw = cursor.lines[cursor.index] ?? ''
    const offset = offsetAt(cursor)
    if (!PARAGRAPH.test(line) || isDelimiterRow(lineAt(cursor, 1))) return undefined
    const inline = plainInline(line, offset)
    if (!inline) return undefined
    const below = lineAt(cursor, 1)
    if (children.length === 0 && UNDERLINE.test(below)) {
      cursor.index += 2
      return { type: 'heading', depth: below.startsWith('=') ? 1 : 2, children: inline, position: at(start) }
    }
    const more = lineAt(cursor, 1) !== '' && !endsParagraph(lineAt(cursor, 1))
    children.push(...inline)
    if (more && / {2}$/.test(raw)) children.push({ type: 'break', position: at(offset + line.length) })
    else if (more) children.push(textNode('\n', offset + line.length))
    cursor.index += 1
  }
  return { type: 'paragraph', children, position: at(start) }
}

/** A numbered item does so only with the number 1. */
function endsParagraph(line: string): boolean {
  return isHeading(line) || /^(?:[-*+]|1[.)]) \S/.test(line)
}

function isHeading(line: string): boolean {
  return line.startsWith('#') && (HEADING.test(line) || EMPTY_HEADING.test(line))
}

function table(cursor: Cursor): RootContent | undefined {
  const start = offsetAt(cursor)
  const delimiters = lineAt(cursor, 1)
  const header = row(cursor)
  // `- |` may begin a list item, so only a delimiter row that begins with a pipe or with two dashes is sure to be one.
  if (!header || !/^(?:\||:?--)/.test(delimiters) || delimiters.replace(/^\||\|$/g, '').split('|').length !== header.children.length) return undefined
  cursor.index += 2
  const children = [header]
  for (let line = lineAt(cursor, 0); line !== ''; line = lineAt(cursor, 0)) {
    const next = row(cursor)
    if (!next) return undefined
    children.push(next)
    cursor.index += 1
  }
  const node: Table = { type: 'table', children, position: at(start) }
  return node
}

/** Rows without a backslash that might guard a pipe. */
function row(cursor: Cursor): TableRow | undefined {
  const line = lineAt(cursor, 0)
  const start = offsetAt(cursor)
  if (line.length < 2 || !isRow(line) || line.includes('\\')) return undefined
  const children: TableRow['children'] = []
  let from = line.startsWith('|') ? 1 : 0
  for (const part of line.slice(from, line.endsWith('|') ? -1 : line.length).split('|')) {
    const lead = leadOf(part)
    const text = trimEnd(part.slice(lead))
    const inline = plainInline(text, start + from + (text === '' ? 0 : lead))
    if (!inline) return undefined
    // remark counts the pipe before a cell as part of it.
    children.push({ type: 'tableCell', children: inline, position: at(start + Math.max(0, from - 1)) })
    from += part.length + 1
  }
  return { type: 'tableRow', children, position: at(start) }
}

function lineAt({ lines, index }: Cursor, ahead: number): string {
  return trimEnd(lines[index + ahead] ?? '')
}

/** To Markdown, a space that does not break a line is no space. */
function trimEnd(text: string): string {
  let end = text.length
  while (end > 0 && isSpace(text.charCodeAt(end - 1))) end -= 1
  return end === text.length ? text : text.slice(0, end)
}

function leadOf(text: string): number {
  let at = 0
  while (at < text.length && isSpace(text.charCodeAt(at))) at += 1
  return at
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09
}

function offsetAt({ offsets, index }: Cursor): number {
  return offsets[index] ?? 0
}

function nextText({ lines, index }: Cursor): string {
  return lines.slice(index).find((line) => line.trim() !== '') ?? ''
}
