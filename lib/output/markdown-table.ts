/** Records or summary rows as a GFM table. */

import { sanitizeLine, type Stage } from '../stage/index.js'
import { peopleSheets } from './people-sheets.js'
import { sheetRun, type Cell, type Column } from './sheet.js'
import { textStage, type Printable, type WriterOptions } from './writer.js'

/**
 * A GFM table, written as the rows come, values scaled for people, numbers aligned right. Cells are plain text or, where
 * GFM would make a link of them, code, whatever stood in the file: no markup, HTML, image or link of theirs takes effect.
 *
 * @throws {ChimeraError} `USAGE` when records and summary rows come mixed.
 */
export function markdownTable(options: WriterOptions = {}): Stage<Printable, string> {
  const { by } = options
  return textStage(
    'markdown table',
    () => {
      const sheet = sheetRun(peopleSheets(by), by ? 'summary' : 'record')
      let started = false
      const header = (): string => {
        if (started) return ''
        started = true
        const columns = sheet.columns()
        return line(columns.map((column) => markdownText(column.name))) + line(columns.map(rule))
      }
      return {
        item(item) {
          const rows = sheet.rows(item)
          return rows.length === 0 ? '' : header() + rows.map((row) => line(row.map(markdownCell))).join('')
        },
        end: header,
      }
    },
    options,
  )
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`
}

function rule(column: Column): string {
  return column.numeric ? '---:' : '---'
}

function markdownCell(cell: Cell): string {
  return cell === undefined ? '' : markdownText(String(cell))
}

/** Text as it stands in a cell or a line, whatever it holds. An underscore inside a word opens no emphasis, and names are full of them. */
export function markdownText(text: string): string {
  const clean = sanitizeLine(text).trim()
  if (LINKED.test(clean)) return codeSpan(clean)
  return clean.replace(/[\\`*[\]<>|~&!]|(?<!\w)_|_(?!\w)/g, '\\$&')
}

/** What GFM makes a link without being asked; some renderers do it even where it is escaped, so that only code is safe. */
const LINKED = /:\/\/|www\.|@|\b(?:mailto|xmpp):/i

/** A pipe ends the cell even in code unless it is escaped, and a backslash before it cannot be written at all. */
function codeSpan(text: string): string {
  return `\`${text.replaceAll('`', "'").replace(/\\*\|/g, '\\|')}\``
}
