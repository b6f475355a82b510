/** Labels of tables: CSV and Markdown. */

import { label, type Label, type LabelAttribute, type Labels, type Place } from './label.js'
import { figuresIn, plain, type Row, splitCsv, splitMarkdown } from './plain-text.js'
import { bareName, type CsvSpec, type MarkdownSpec, type Role, roleOf, type Rule, type TableSpec } from './spec.js'
import { readingOf } from './units.js'

interface Found {
  readonly labels: Label[]
  readonly unlabelled: string[]
  readonly open: Place[]
}

interface Table {
  readonly header: readonly string[]
  readonly rows: readonly Row[]
  readonly headings: readonly string[]
  /** Cells of a Markdown line are told apart by their characters. */
  readonly byCharacter: boolean
  readonly decimalComma: boolean
}

export function labelCsv(text: string, spec: CsvSpec): Labels {
  const found: Found = { labels: [], unlabelled: [], open: [] }
  const bare = text.replace(/^\uFEFF/, '')
  const rows = splitCsv(bare, spec.delimiter ?? ',').filter((row) => spec.comment === undefined || !row.cells[0]?.text.startsWith(spec.comment))
  const headerLine = spec.header ?? rows.find((row) => !isEmpty(row))?.line ?? 1
  const blocks = spec.stacked ? blocksOf(rows) : [rows.filter((row) => row.line >= headerLine && !isEmpty(row))]
  for (const block of blocks) {
    const [first, ...rest] = block
    if (!first) continue
    const header = spec.header === 0 ? [] : first.cells.map((cell) => cell.text)
    addTable({ header, rows: spec.header === 0 ? block : rest, headings: [], byCharacter: false, decimalComma: spec.decimalComma ?? false }, spec.tables, found)
  }
  return found
}

export function labelMarkdown(text: string, spec: MarkdownSpec): Labels {
  const found: Found = { labels: [], unlabelled: [], open: [] }
  const { tables, lines } = splitMarkdown(text)
  const decimalComma = spec.decimalComma ?? false
  for (const { header, rows, headings, isGlued } of tables) {
    if (isGlued) found.open.push({ place: String(header.line) })
    addTable({ header: header.cells.map((cell) => cell.text), rows, headings, byCharacter: true, decimalComma }, spec.tables, found)
  }
  for (const line of lines) {
    const match = spec.lines?.map(([pattern, rule]) => ({ rule, match: pattern.exec(line.text), pattern })).find((one) => one.match)
    if (!match?.match) {
      if (spec.openLines) found.open.push({ place: String(line.line) })
      continue
    }
    const named = Object.entries(match.match.groups ?? {})
    const rule = typeof match.rule === 'string' ? match.rule : match.rule(Object.fromEntries(named))
    const role = roleOf(rule, named[0]?.[0] ?? '')
    if (role.role !== 'measure') continue
    const whole = match.match[1] ?? ''
    const from = line.text.indexOf(whole, match.match.index) + 1
    const attributes = named.map(([key, value]) => ({ keys: key === 'any' ? ['*'] : [key], value: plain(value) }))
    figuresIn(plain(whole), decimalComma).forEach((figure, index) => {
      found.labels.push(label(role, figure, index, { place: String(line.line), from: 1, to: line.text.length + 2, at: `${line.line}:${from}`, rule: String(match.pattern), text: whole, attributes, unit: '' }))
    })
  }
  return found
}

function addTable(table: Table, specs: readonly TableSpec[], found: Found): void {
  const spec = specs.find((one) => (one.has ?? []).every((name) => table.header.includes(name)))
  if (!spec) {
    found.unlabelled.push(`a table with the header ${table.header.join(' | ')}`)
    return
  }
  const width = Math.max(table.header.length, ...table.rows.map((row) => row.cells.length))
  const columns = Array.from({ length: width }, (_, index) => ({ header: table.header[index] ?? '', ...ruleOf(spec, table.header[index] ?? '', index) }))
  const silent = new Set<number>()
  for (const row of table.rows) {
    const cells: Record<string, string> = {}
    columns.forEach(({ header }, index) => {
      cells[`#${index + 1}`] = row.cells[index]?.text ?? ''
      if (header !== '' && !Object.hasOwn(cells, header)) cells[header] = row.cells[index]?.text ?? ''
    })
    if (isEmpty(row) || spec.skip?.(cells)) continue
    const status = spec.status?.(cells) ?? 'ok'
    const roles = columns.map(({ header, rule }): Role | undefined => (rule === undefined ? undefined : roleOf(typeof rule === 'string' ? rule : rule(cells), header)))
    const attributes: LabelAttribute[] = roles.flatMap((role, index) => {
      const value = row.cells[index]?.text ?? ''
      return role?.role === 'attribute' && value !== '' ? [{ keys: role.keys, value }] : []
    })
    const above = table.headings.at(-1)
    if (spec.heading && above !== undefined) attributes.push({ keys: ['heading'], value: above })
    roles.forEach((role, index) => {
      const cell = row.cells[index]
      if (!cell) return
      const figures = figuresIn(cell.text, table.decimalComma)
      const name = columns[index]?.header ?? ''
      if (!role && figures.length > 0 && !silent.has(index)) {
        silent.add(index)
        found.unlabelled.push(`column ${JSON.stringify(name)} of ${table.header.join(' | ').slice(0, 80)}`)
      }
      const place = table.byCharacter ? String(row.line) : `${row.line}:${cell.from}`
      if (role?.role === 'open') found.open.push({ place, ...(table.byCharacter && { from: cell.from, to: cell.to }) })
      if (role?.role !== 'measure') return
      const own = role.dimension ? [...attributes, { keys: ['*'], value: bareName(name) }] : attributes
      // What stands in brackets behind the figure, `1.2 ms (1.5x slower)`, may be read as well.
      const [aside] = figures.length > 0 ? figuresIn(/\(([^)]*)\)\s*$/.exec(cell.text)?.[1]?.replace(/^[^\d+-]*|\s+\p{L}+$/gu, '') ?? '', table.decimalComma) : []
      if (aside && readingOf(aside.unit)) {
        found.labels.push(label({ ...role, metrics: ['*'], stats: ['*'], units: [aside.unit], optional: true }, aside, 0, { place, ...(table.byCharacter && { from: cell.from, to: cell.to }), at: `${row.line}:${cell.from}`, rule: name, text: cell.text, attributes: own, unit: aside.unit }))
      }
      figures.forEach((figure, at) => {
        const unit = role.unitFrom === undefined ? figure.unit : (cells[role.unitFrom] ?? '')
        found.labels.push(
          label(status === 'none' ? { ...role, optional: true, status: ['error', 'warmup'] } : status === 'ok' ? role : { ...role, status: [status] }, figure, at, {
            place,
            ...(table.byCharacter && { from: cell.from, to: cell.to }),
            at: `${row.line}:${cell.from}`,
            rule: name || `#${index + 1}`,
            text: cell.text,
            attributes: own,
            unit,
          }),
        )
      })
    })
  }
}

/** Matched by name, by number, by expression, or by nothing but being there. */
function ruleOf(spec: TableSpec, header: string, index: number): { readonly rule: Rule | undefined } {
  const { columns } = spec
  const names = [`#${index + 1}`, header]
  const exact = names.find((name) => Object.hasOwn(columns, name))
  if (exact !== undefined) return { rule: columns[exact] }
  const pattern = Object.keys(columns).find((key) => key.length > 2 && key.startsWith('/') && key.endsWith('/') && new RegExp(key.slice(1, -1)).test(header))
  return { rule: columns[pattern ?? '*'] }
}

function blocksOf(rows: readonly Row[]): Row[][] {
  const blocks: Row[][] = [[]]
  for (const row of rows) {
    if (isEmpty(row)) blocks.push([])
    else blocks.at(-1)?.push(row)
  }
  return blocks.filter((block) => block.length > 0)
}

function isEmpty(row: Row): boolean {
  return row.cells.every((cell) => cell.text === '')
}
