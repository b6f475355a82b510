/** Lines of a name and its statistics as assignments: `sort  min =  1.25  max =  2.5  avg =  1.75`. */

import type { Found } from './fence-piped.js'
import type { MarkdownLine } from './markdown-lines.js'
import type { TextCell, TextRow } from './text-table.js'

const PAIR = /(\p{L}[\w%.]{0,15}) ?[=:] *([+-]?\d[\d.,]*(?:[eE][+-]?\d+)?(?: ?(?:[mnuµ]?s|[KMGT]?i?B))?)(?=\s|,|;|$)/gu
const STATISTIC = /^(?:min|max|avg|mean|median|med|std|stdev|stddev|p\d\d(?:\.\d+)?|minimum|maximum|average)$/i
const LONGEST = 500
const CONFIDENCE = 0.85

interface Read {
  readonly words: readonly string[]
  readonly row: TextRow
}

/** Two lines or more with the same words, all of them statistics. */
export function assignedTable(lines: readonly MarkdownLine[], at: number): Found | undefined {
  const first = lines[at] && read(lines[at])
  if (!first) return undefined
  const rows = [first.row]
  let end = at + 1
  for (; end < lines.length; end += 1) {
    const next = lines[end] && read(lines[end] as MarkdownLine)
    if (!next || next.words.join(' ') !== first.words.join(' ')) break
    rows.push(next.row)
  }
  return rows.length < 2 ? undefined : { table: { header: ['name', ...first.words], start: first.row.line, rows, confidence: CONFIDENCE }, end }
}

function read(line: MarkdownLine): Read | undefined {
  const { text } = line
  if (text.length > LONGEST || !/[=:] *[+-]?\d/.test(text)) return undefined
  const found = [...text.matchAll(PAIR)]
  const [first] = found
  if (first === undefined || found.length < 2 || !found.every(([, word = '']) => STATISTIC.test(word))) return undefined
  const name = text.slice(0, first.index)
  const between = text.slice(first.index).replace(PAIR, '')
  // `vus....: 4  min=4  max=5` has a value of its own.
  if (!/^\s*\S(?:.{0,78}\S)?\s*$/.test(name) || /[:=]\s*[\d.]+\s*$/.test(name) || !/^[\s,;|]*$/.test(between)) return undefined
  const label = name.trim().replace(/\s*[:|,-]$/, '')
  const cells: TextCell[] = [{ text: label, line, column: name.length - name.trimStart().length + 1 + line.shift }]
  for (const { 0: whole, 2: value = '', index } of found) cells.push({ text: value, line, column: index + whole.lastIndexOf(value) + 1 + line.shift })
  return { words: found.map(([, word = '']) => word), row: { line, cells } }
}
