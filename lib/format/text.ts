/**
 * Reads what tools print for people: `label: value` lines become values, one for each run of labels, and benchmarks of Go rows
 * (https://golang.org/design/14313-benchmark-format). All other lines are passed over: a log may stand around them.
 */

import type { Step } from '../stage/index.js'
import { batched } from './batched.js'
import { byteLength } from './encoding.js'
import type { FieldFound, FormatEvent, ValuePlace } from './event.js'
import type { MarkdownLine } from './markdown-lines.js'
import type { ReadingOptions } from './reading.js'
import { tableEvents, textColumns } from './text-columns.js'
import { cellsIn, LONGEST_LINE, readGoBenchmark, readPair, statisticsIn, titleIn, valuesIn, type GoBenchmark } from './text-line.js'

/** Labels of one value; a run of more is no report. */
const LABELS_KEPT = 500
const CONTEXT_KEPT = 32
const NUMBER = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/
const INDENT = /^\s*(?:[-*+•>]\s+)?/
/** Labels that one label stands under. */
const DEEPEST = 3
const COLOUR = /\u001b\[[\d;]*m/g

interface Plain {
  [name: string]: number | string | Plain
}

interface Block {
  readonly value: Plain
  readonly places: Map<string, ValuePlace>
  size: number
  /** Labels without a value, under which others stand further in; outermost first. */
  under: readonly { readonly label: string; readonly indent: number }[]
}

/** Values are numbered from 0 in the order of the file, as those of NDJSON. */
export function text(_file: string, options: ReadingOptions = {}): Step<Uint8Array, FormatEvent> {
  const encoding = options.encoding ?? 'utf-8'
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  let rest = ''
  let dropped = 0
  let line = 0
  let byte = options.firstByte ?? 0
  let block = newBlock()
  let blocks = 0
  let table = -1
  let row = 0
  let header = ''
  let context: FieldFound[] = []
  let titles: readonly string[] | undefined
  let last = ''
  let heading: string | undefined
  const columns = textColumns()

  const closeTables = (out: FormatEvent[]): void => {
    for (const found of columns.take()) {
      table += 1
      header = ''
      out.push(...tableEvents(found, table, heading))
    }
  }

  const close = (out: FormatEvent[]): void => {
    const { value, places } = block
    if (block.size > 0) {
      const pointer = `/${blocks}`
      blocks += 1
      out.push({ type: 'value', value, pointer, place: (wanted) => (wanted.startsWith(`${pointer}/`) ? places.get(wanted.slice(pointer.length)) : undefined) })
    }
    block = newBlock()
  }

  const bench = ({ name, iterations, measured }: GoBenchmark, bytes: readonly [number, number], content: string, out: FormatEvent[]): void => {
    const names = ['benchmark', 'iterations', ...measured.map(([unit]) => unit)]
    if (names.join('\n') !== header) {
      header = names.join('\n')
      table += 1
      row = 0
      out.push({ type: 'table', table, header: names, line, context, bytes })
    }
    const cells = [name, iterations, ...measured.map(([, number]) => number)]
    let from = 0
    const columns = cells.map((cell) => {
      const at = content.indexOf(cell, from)
      from = at + cell.length
      return at + 1
    })
    out.push({ type: 'row', table, row, cells, line, columns, bytes })
    row += 1
  }

  const take = (raw: string, more: number, out: FormatEvent[]): void => {
    line += 1
    const start = byte
    byte += byteLength(raw, encoding) + more + byteLength('\n', encoding)
    if (raw.length > LONGEST_LINE || more > 0) return
    // A colour takes room in the file, but none among the words.
    const content = raw.replace(COLOUR, (found) => ' '.repeat(found.length)).trimEnd()
    if (content === '') {
      closeTables(out)
      return
    }
    const benchmark = readGoBenchmark(content)
    if (benchmark) {
      closeTables(out)
      bench(benchmark, [start, start + byteLength(content, encoding)], content, out)
      return
    }
    const title = titleIn(content)
    const printed: MarkdownLine = { text: content, line, shift: 0, bytes: [start, start + byteLength(content, encoding)] }
    if (title === '' && columns.add(printed)) return
    if (title !== undefined) {
      closeTables(out)
      if (title !== '') heading = title
      // A report begins with its title; within one the titles are those of its parts.
      if (title !== '' && /^[=#]/.test(content.trim())) close(out)
      block.under = []
      return
    }
    const place = (text: string, from: number): ValuePlace => {
      const byteFrom = start + byteLength(content.slice(0, from), encoding)
      return { line, column: from + 1, byte: byteFrom, end: byteFrom + byteLength(text, encoding), ...(NUMBER.test(text) ? { number: text } : {}) }
    }
    const cells = titles && cellsIn(content, titles.length)
    if (titles && cells) {
      columns.drop()
      const [name = ''] = cells[0] ?? []
      for (const [at, title] of titles.entries()) {
        const [found = '', from = 0] = cells[at + 1] ?? []
        // `+/- Stdev` is a share of the samples.
        if (/^\p{L}/u.test(title)) put([name, title], found, place(found, from), out)
      }
      return
    }
    titles = statisticsIn(content)
    const pair = titles || columns.goesOn(content) ? undefined : readPair(content)
    if (!pair) {
      if (titles) closeTables(out)
      // Titles that are all statistics may stand above columns, too.
      if (!columns.add(printed)) closeTables(out)
      return
    }
    closeTables(out)
    const { at } = pair
    // `22 MB  730 kB/s`: what stands first is meant.
    const value = /^[-+]?\d/.test(pair.value) ? (pair.value.split(/\s{2,}/)[0] ?? '') : pair.value
    const remark = pair.label === last ? /\([^()]+\)$/.exec(value)?.[0] : undefined
    last = pair.label
    // `Time per request` again, but across all requests.
    const label = remark === undefined ? pair.label : `${pair.label} ${remark}`
    // A mark of a list stands further in than a label without one.
    const indent = INDENT.exec(content)?.[0].length ?? 0
    block.under = block.under.filter((outer) => outer.indent < indent).slice(-DEEPEST)
    if (value === '') {
      block.under = [...block.under, { label, indent }]
      return
    }
    const above = block.under.map((outer) => outer.label)
    if (/^(?:goos|goarch|pkg|cpu)$/.test(label)) {
      const field: FieldFound = { type: 'field', label, value, line, column: 1, headings: [], bytes: [start, start + byteLength(content, encoding)] }
      context = [...context.filter((known) => known.label !== label), field].slice(-CONTEXT_KEPT)
      header = ''
      return
    }
    const several = valuesIn(value)
    if (several.length > 0) for (const [name, text, from] of several) put([...above, label, name], text, place(text, at + from), out)
    else put([...above, label], value, place(value, at), out)
  }

  const put = (path: readonly string[], found: string, place: ValuePlace, out: FormatEvent[]): void => {
    const pointer = path.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
    // What is said again is said of something else.
    if (block.places.has(pointer) || block.size >= LABELS_KEPT) {
      const { under } = block
      close(out)
      block.under = under
    }
    let inside = block.value
    for (const step of path.slice(0, -1)) {
      const inner = Object.hasOwn(inside, step) ? inside[step] : undefined
      const object = typeof inner === 'object' ? inner : {}
      set(inside, step, object)
      inside = object
    }
    set(inside, path.at(-1) ?? '', NUMBER.test(found) ? Number(found) : found)
    block.places.set(pointer, place)
    block.size += 1
  }

  const write = (chunk: Uint8Array | undefined, out: FormatEvent[]): void => {
    const decoded = rest + decoder.decode(chunk, { stream: chunk !== undefined })
    let at = 0
    for (let end = decoded.indexOf('\n'); end >= 0; end = decoded.indexOf('\n', at)) {
      take(decoded.slice(at, end), dropped, out)
      dropped = 0
      at = end + 1
    }
    rest = decoded.slice(at)
    if (rest.length <= REST_LIMIT) return
    dropped += byteLength(rest, encoding)
    rest = ''
  }

  return batched({
    write,
    end(out) {
      if (rest !== '') take(rest, dropped, out)
      closeTables(out)
      close(out)
    },
  })
}

/** Of a line that is not read anyway. */
const REST_LIMIT = 64 * 1024

function newBlock(): Block {
  return { value: {}, places: new Map(), size: 0, under: [] }
}

/** Labels come from files. */
function set(into: Plain, name: string, value: Plain[string]): void {
  Object.defineProperty(into, name, { value, enumerable: true, configurable: true, writable: true })
}
