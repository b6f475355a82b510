/** Finds tables of measurements in fenced text: with pipes or frames, of aligned columns, of `name value unit` lines; no program text. */

import { assignedTable } from './fence-assigned.js'
import { alignedRows, alignedTable } from './fence-aligned.js'
import { isFrame, pipedTable } from './fence-piped.js'
import { segmentedTable } from './fence-segments.js'
import { pairedTable } from './fence-pairs.js'
import { toolTable } from './fence-tools.js'
import type { MarkdownLine } from './markdown-lines.js'
import type { TextTable } from './text-table.js'

/** What somebody shows as printed; any other language is a program. */
const PRINTED = /^(?:|text|txt|plain|plaintext|console|output|log|logs|bash|sh|shell|zsh|shell-session|shellsession|sh-session|terminal|cmd|ini|none|markdown|md|table)$/i

export function isPrinted(language: string): boolean {
  return PRINTED.test(language)
}

/** `language`: the first word behind the fence. */
export function fencedTables(lines: readonly MarkdownLine[], language: string): TextTable[] {
  const tables: TextTable[] = []
  const printed = isPrinted(language)
  let above: TextTable | undefined
  let at = 0
  while (at < lines.length) {
    const line = lines[at]
    if (line === undefined || line.text.trim() === '' || isFrame(line.text)) {
      at += 1
      continue
    }
    const plain = toolTable(lines, at) ?? pipedTable(lines, at) ?? pairedTable(lines, at) ?? assignedTable(lines, at)
    const columns = plain || !printed ? undefined : ((above && alignedRows(lines, at, above)) ?? alignedTable(lines, at))
    above = columns?.table ?? above
    const found = plain ?? columns ?? (printed ? segmentedTable(lines, at) : undefined)
    if (found) tables.push(found.table)
    at = found?.end ?? at + 1
  }
  return tables
}
