/** The readers that labels are made with: as plain as can be, and apart from `lib/format`, which is judged by them. */

export interface Cell {
  readonly text: string
  /** 1-based characters in the line for Markdown, cell numbers for CSV; `to` is one past the last. */
  readonly from: number
  readonly to: number
}

export interface Row {
  /** 1-based. */
  readonly line: number
  readonly cells: readonly Cell[]
}

/** Quotes are doubled inside quotes; a row ends at a line end outside them. */
export function splitCsv(text: string, delimiter: string): Row[] {
  const rows: Row[] = []
  let line = 1
  let start = 1
  let cells: Cell[] = []
  let cell = ''
  let quoted = false
  const endCell = () => {
    cells.push({ text: cell.trim(), from: cells.length + 1, to: cells.length + 2 })
    cell = ''
  }
  const endRow = () => {
    endCell()
    rows.push({ line: start, cells })
    cells = []
    start = line + 1
  }
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at)
    if (quoted && char === '"' && text[at + 1] === '"') {
      cell += char
      at += 1
    } else if (char === '"' && (quoted || cell.trim() === '')) quoted = !quoted
    else if (!quoted && char === delimiter) endCell()
    else if (!quoted && char === '\n') {
      endRow()
      line += 1
    } else {
      if (char === '\n') line += 1
      if (char !== '\r') cell += char
    }
  }
  if (cell !== '' || cells.length > 0) endRow()
  return rows
}

export interface MarkdownTable {
  readonly header: Row
  readonly rows: readonly Row[]
  /** Other text stands in front of the header, in its line. */
  readonly isGlued: boolean
  /** The headings above, outermost first. */
  readonly headings: readonly string[]
}

export interface MarkdownText {
  readonly tables: readonly MarkdownTable[]
  /** Lines that are part of no table. */
  readonly lines: readonly { readonly line: number; readonly text: string; readonly headings: readonly string[] }[]
}

/** Pipe tables are a line with a pipe, a line of dashes, and what follows up to a line without a pipe. */
export function splitMarkdown(text: string): MarkdownText {
  const all = text.split('\n').map((line) => line.replace(/\r$/, ''))
  const tables: MarkdownTable[] = []
  const lines: { line: number; text: string; headings: string[] }[] = []
  let headings: { depth: number; text: string }[] = []
  let fence: string | undefined
  for (let at = 0; at < all.length; at += 1) {
    const line = all[at] ?? ''
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1]
    if (mark && (fence === undefined || line.trim().startsWith(fence))) fence = fence === undefined ? mark : undefined
    const names = () => headings.map((one) => one.text)
    const heading = fence === undefined ? /^(#{1,6})\s+(.*?)\s*#*$/.exec(line) : null
    if (heading) headings = [...headings.filter((one) => one.depth < (heading[1]?.length ?? 0)), { depth: heading[1]?.length ?? 0, text: plain(heading[2] ?? '') }]
    if (fence === undefined && line.includes('|') && /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/.test(all[at + 1] ?? '') && (all[at + 1] ?? '').includes('-')) {
      // Text may be glued to the header in front and to the last row behind: the line of dashes says how many cells count.
      const width = pipes(all[at + 1] ?? '').length
      const rows: Row[] = []
      let next = at + 2
      for (; next < all.length && (all[next] ?? '').includes('|'); next += 1) rows.push({ line: next + 1, cells: pipes(all[next] ?? '').slice(0, width) })
      tables.push({ isGlued: pipes(line).length > width, header: { line: at + 1, cells: pipes(line).slice(-width) }, rows, headings: names() })
      at = next - 1
      continue
    }
    lines.push({ line: at + 1, text: line, headings: names() })
  }
  return { tables, lines }
}

function pipes(line: string): Cell[] {
  const cells: Cell[] = []
  let from = /^\s*\|/.exec(line)?.[0].length ?? 0
  for (let at = from; at <= line.length; at += 1) {
    if (at < line.length && (line[at] !== '|' || line[at - 1] === '\\')) continue
    if (at === line.length && line.slice(from).trim() === '') break
    cells.push({ text: plain(line.slice(from, at)), from: from + 1, to: at + 1 })
    from = at + 1
  }
  return cells
}

/** Text without the marks of Markdown and HTML. */
export function plain(text: string): string {
  return text
    .replace(/<[^>]*>/g, ' ')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\*\*|__|[`~]/g, '')
    .replace(/^\s*\*(.*)\*\s*$/, '$1')
    .replace(/\\(.)/g, '$1')
    .replace(/&nbsp;/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

/** The values of a text that holds one JSON value after another, each on a line of its own or not. */
export function manyJson(text: string): unknown[] {
  const values: unknown[] = []
  let pending = ''
  for (const line of text.split('\n')) {
    if (line.trim() === '' && pending === '') continue
    pending += `${line}\n`
    try {
      values.push(JSON.parse(pending))
      pending = ''
    } catch {
      // The value goes on in the next line.
    }
  }
  return values
}

export interface Figure {
  readonly number: number
  readonly unit: string
}

/** `1,234.5 ms ± 3.2 ms` as its figures; nothing where the text is not a number with, perhaps, a unit. */
export function figuresIn(text: string, decimalComma: boolean): Figure[] {
  const parts = text.replace(/[\p{Extended_Pictographic}\uFE0F]+/gu, '').split(/±|\+\/-|\+-/)
  const figures = parts.flatMap((part) => figureIn(part, decimalComma))
  if (figures.length === 0 || (parts[0]?.trim() !== '' && figureIn(parts[0] ?? '', decimalComma).length === 0)) return []
  const unit = figures.map((one) => one.unit).find((one) => one !== '') ?? ''
  return figures.map((one) => ({ number: one.number, unit: one.unit === '' ? unit : one.unit }))
}

function figureIn(text: string, decimalComma: boolean): Figure[] {
  const match = /^\s*(?:[~≈]\s*)?([-+−]?\s*\$?)\s*(\d[\d.,_  ’']*|\.\d+)(e[+-]?\d+)?\s*([%\p{L}°$/×][^\d(]*)?(?:\(.*\))?\s*$/iu.exec(text)
  if (!match) return []
  const [, sign = '', digits = '', exponent = '', behind = ''] = match
  const unit = behind.trim()
  const bare = digits.trim().replace(/[_  ’']/g, '')
  const pointed = decimalComma ? bare.replaceAll('.', '').replace(',', '.') : bare.replaceAll(',', '')
  const number = Number(`${/[-−]/.test(sign) ? '-' : ''}${pointed}${exponent}`)
  return Number.isFinite(number) ? [{ number, unit: unit === '' && sign.includes('$') ? '$' : unit }] : []
}
