/** Lines of a Markdown text with their place in the file, and without what is not read: code, comments, front matter. */

import type { TableRun } from './markdown-split.js'
import { BLOCK_LENGTH, BLOCK_LINES } from './text-table.js'

export interface MarkdownLine {
  readonly text: string
  /** 1-based line in the file. */
  readonly line: number
  /** Characters before `text` on that line: more than 0 when the line was taken apart. */
  readonly shift: number
  /** Offsets of that line in the file, without its line end. */
  readonly bytes: readonly [number, number]
  /** The header of a table that was mended. */
  readonly recovered?: boolean
  /** What ends on this line: text between fences, or an HTML table. */
  readonly block?: MarkdownBlock
  /** This is no line but rows of the table above it, which were scanned; its `text` is a pipe. */
  readonly rows?: TableRun
}

export interface MarkdownBlock {
  readonly kind: 'fence' | 'html'
  /** The first word behind the fence. */
  readonly language: string
  readonly lines: readonly MarkdownLine[]
}

interface Fence {
  readonly char: string
  readonly length: number
  readonly indent: number
}

const FENCE = /^([ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?)(`{3,}|~{3,})([^\n]*)$/
const RAW_START = /^ {0,3}<(pre|script|style|textarea)(?=[\s>]|$)/i
const RAW_END = /<\/(?:pre|script|style|textarea)>/i
/** Front matter longer than this is none. */
const FRONT_MATTER_LINES = 100
/** micromark needs time out of all proportion for such lines, and no table or field has them. */
const LINE_LIMIT = 16 * 1024
const MARKS_LIMIT = 300
/** Cells of a row do not add up. */
const ROW_MARKS_LIMIT = 1000
const NESTING_LIMIT = 12

/** Blanks what is not read, line by line; keeps its state from one call to the next. */
export function lineFilter(): (text: string, line: number, bytes: readonly [number, number]) => MarkdownLine {
  let fence: Fence | undefined
  let raw: RegExp | undefined
  const fenced = collector('fence')
  const tables = collector('html')

  /** The HTML table that ends on this line; one within another lays the page out, and so does one around Markdown. */
  const tableEnd = (text: string, line: number, bytes: readonly [number, number]): MarkdownBlock | undefined => {
    const begins = text.includes('<') && /<table\b/i.test(text)
    if (begins && tables.open()) tables.end()
    else if (begins) tables.begin('')
    if (!tables.open()) return undefined
    tables.add({ text, line, shift: 0, bytes })
    if (/^\s*(?:\||#{1,6}\s)/.test(text)) tables.end()
    return /<\/table\s*>/i.test(text) ? tables.end() : undefined
  }

  return (text, line, bytes) => {
    const blank = (block?: MarkdownBlock): MarkdownLine => ({ text: '', line, shift: 0, bytes, ...(block && { block }) })
    if (fence) {
      const indent = indentOf(text)
      const close = text.trim()
      if (close.length >= fence.length && close === fence.char.repeat(close.length)) {
        fence = undefined
        return blank(fenced.end())
      }
      // A fence inside a list item ends with the item.
      if (fence.indent > 0 && close !== '' && indent < Math.min(fence.indent, 2)) {
        fence = undefined
        fenced.end()
      } else {
        fenced.add({ text, line, shift: 0, bytes })
        return blank()
      }
    }
    if (raw) {
      const ends = raw.test(text)
      if (fenced.open()) fenced.add(withoutTags({ text, line, shift: 0, bytes }))
      if (!ends) return blank()
      raw = undefined
      return blank(fenced.end())
    }
    const opened = text.includes('```') || text.includes('~~~') ? FENCE.exec(text) : null
    if (opened && !(opened[2]?.startsWith('`') && opened[3]?.includes('`'))) {
      fence = { char: opened[2]?.[0] ?? '`', length: opened[2]?.length ?? 3, indent: opened[1]?.length ?? 0 }
      fenced.begin(/^\s*\{?\.?([\w-]*)/.exec(opened[3] ?? '')?.[1] ?? '')
      // A table around it only lays it out.
      tables.end()
      return blank()
    }
    if (text.includes('<')) {
      if (/^ {0,3}<!--/.test(text)) {
        if (!text.includes('-->')) raw = /-->/
        return blank()
      }
      const kind = RAW_START.exec(text)?.[1]
      if (kind !== undefined) {
        if (RAW_END.test(text)) return blank()
        raw = RAW_END
        // What is shown as printed is read as what stands between fences.
        if (kind.toLowerCase() === 'pre') fenced.begin('')
        return blank()
      }
    }
    if (text.length > LINE_LIMIT || nesting(text) > NESTING_LIMIT || (text.length > MARKS_LIMIT && marksIn(text) > (/^\s*\|/.test(text) ? ROW_MARKS_LIMIT : MARKS_LIMIT))) return blank(tableEnd(text, line, bytes))
    const block = tableEnd(text, line, bytes)
    return { text, line, shift: 0, bytes, ...(block && { block }) }
  }
}

const TAG = /<\/?(?:code|samp|b|i|em|strong|span|a)\b[^<>]{0,200}>/gi

/** As it is shown: columns are aligned without them. */
function withoutTags(line: MarkdownLine): MarkdownLine {
  const { text } = line
  if (!text.includes('<')) return line
  const leading = /^(?:<\/?(?:code|samp|b|i|em|strong|span|a)\b[^<>]{0,200}>)+/.exec(text)?.[0].length ?? 0
  return { ...line, text: text.slice(leading).replace(TAG, ''), shift: leading }
}

interface Collector {
  begin(language: string): void
  open(): boolean
  add(line: MarkdownLine): void
  /** What was collected since the beginning; nothing where it was too long. */
  end(): MarkdownBlock | undefined
}

function collector(kind: MarkdownBlock['kind']): Collector {
  let lines: MarkdownLine[] | undefined
  let language = ''
  let length = 0
  return {
    begin(named) {
      lines = []
      language = named
      length = 0
    },
    open: () => lines !== undefined,
    add(line) {
      length += line.text.length
      if (lines && (lines.length >= BLOCK_LINES || length > BLOCK_LENGTH)) lines = undefined
      lines?.push(line)
    },
    end() {
      const block = lines && lines.length > 0 ? { kind, language, lines } : undefined
      lines = undefined
      return block
    },
  }
}

export function mayBeFrontMatter(first: string): boolean {
  return first.trimEnd() === '---'
}

/** How many of the first lines are front matter between `---` lines. */
export function frontMatter(lines: readonly string[]): number {
  if (!mayBeFrontMatter(lines[0] ?? '')) return 0
  const end = lines.slice(1, FRONT_MATTER_LINES).findIndex((line) => line.trimEnd() === '---' || line.trimEnd() === '...')
  if (end < 0) return 0
  const inside = lines.slice(1, end + 1)
  return inside.every((line) => /^(?:[\w-]+\s*:|[ \t#-]|$)/.test(line)) ? end + 2 : 0
}

/** How many characters may open or close something inline: what micromark pairs at a cost that grows with their square. */
export function marksIn(text: string): number {
  let marks = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    // * _ ` [ < ~
    if (code === 0x2a || code === 0x5f || code === 0x60 || code === 0x5b || code === 0x3c || code === 0x7e) marks += 1
  }
  return marks
}

export function isBlank(text: string): boolean {
  return /^\s*$/.test(text)
}

function indentOf(text: string): number {
  return /^[ \t]*/.exec(text)?.[0].replaceAll('\t', '    ').length ?? 0
}

/** Quote and list markers that stand at the start of a line. */
function nesting(text: string): number {
  if (!/^[ \t>\-*+\d]/.test(text)) return 0
  return /^(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))*/.exec(text)?.[0].replace(/[^>\-*+.)]/g, '').length ?? 0
}
