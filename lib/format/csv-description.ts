/** What the lines around a CSV table say of it: `# model: ada`, `Batch size,4`, `seed=1 batch=4`. */

const LABEL = /^[\p{L}_][^:=,;|\t"'{}[\]<>]{0,59}$/u
const MAX_LABEL_WORDS = 6
const MAX_VALUE = 200
/** Longer lines describe nothing. */
const MAX_LINE = 1000

/** Pairs of label and value of one line; none when it is prose. `delimiter`: what parts the cells of the table. */
export function describedBy(line: string, delimiter: string): readonly (readonly [label: string, value: string])[] {
  if (line.length > MAX_LINE) return []
  const text = line.replace(/^[#\s]+/, '').trim()
  const comment = line.trimStart().startsWith('#')
  // `model=ada batch=4`, several on one line.
  const words = text.split(/[\s,;]+/)
  if (words.length > 1 && words.every((word) => /^[A-Za-z_][\w.-]{0,40}=[^=]+$/.test(word))) {
    return words.map((word) => [word.slice(0, word.indexOf('=')), unquoted(word.slice(word.indexOf('=') + 1))] as const)
  }
  const cells = text.split(delimiter).map((cell) => cell.trim())
  const filled = cells.filter((cell) => cell !== '')
  const mark = text.search(/\s=\s|[:=](?=\s|$)|=/)
  // `Note: a, b` has its value behind the colon; `Model,ada` behind the delimiter.
  if (mark > 0 && (filled.length !== 2 || mark < text.indexOf(delimiter) || delimiter.trim() === '')) {
    const behind = text.slice(mark).replace(/^\s*[:=]\s*/, '')
    return pair(text.slice(0, mark), trimmedTail(behind, delimiter))
  }
  // A comma in prose is followed by a space, and comments are prose.
  const prose = comment || (delimiter === ',' && text.includes(', '))
  if (filled.length === 2 && cells[0] === filled[0] && !prose) return pair((filled[0] ?? '').replace(/:$/, ''), filled[1] ?? '')
  return []
}

function pair(before: string, behind: string): readonly (readonly [string, string])[] {
  const label = unquoted(before.trim())
  const value = unquoted(behind.trim())
  if (!LABEL.test(label) || label.split(/\s+/).length > MAX_LABEL_WORDS || value === '' || value.length > MAX_VALUE) return []
  return [[label, value]]
}

/** A spreadsheet fills the line up with delimiters. */
function trimmedTail(text: string, delimiter: string): string {
  let end = text.length
  while (end > 0 && (text[end - 1] === delimiter || text[end - 1] === ' ')) end -= 1
  return text.slice(0, end)
}

function unquoted(text: string): string {
  return /^"[^"]*"$|^'[^']*'$/.test(text) ? text.slice(1, -1) : text
}
