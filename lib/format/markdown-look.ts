/** Cheap tests for Markdown by the look of its lines, without parsing it. */

export interface MarkdownLook {
  /** Delimiter rows of pipe tables. */
  readonly tables: number
  /** How many kinds of Markdown were seen: headings, lists, fences, tables, bold labels. */
  readonly score: number
  readonly evidence: string
}

/** A row such as `| --- | :-: |`. At least one pipe, or it would be a rule. */
export const DELIMITER_ROW = /^ {0,3}(?:\|[ \t]*)?:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/

export function isDelimiterRow(line: string): boolean {
  return line.includes('|') && DELIMITER_ROW.test(line)
}

/** Surely a row where it stands in a table: no other kind of block, which would end the table, begins like this. */
export function isRow(text: string): boolean {
  return text.startsWith('|') || (text.includes('|') && /^(?:[\p{L}("'$]|\d(?!\d*[.)](?:\s|$))|:?--|:-)/u.test(text))
}

/** A row of nothing but bold cells may be a header within its table: the row below it tells. */
export function mayNameWhatIsBelow(row: string): boolean {
  return /\*\*|__/.test(row) && row.split('|').every((cell) => /^\s*(?:$|\*\*|__)/.test(cell))
}

export function looksLikeMarkdown(text: string): MarkdownLook {
  let headings = 0
  let items = 0
  let fences = 0
  let tables = 0
  let labels = 0
  for (const line of text.split('\n', 2000)) {
    if (/^#{1,6} +\S/.test(line)) headings += 1
    else if (/^ {0,3}(?:[-*+]|\d{1,3}[.)]) +\S/.test(line)) items += 1
    else if (/^ {0,3}(?:```|~~~)/.test(line)) fences += 1
    else if (isDelimiterRow(line.trimEnd())) tables += 1
    else if (/^\*\*[^*]+\*\*/.test(line)) labels += 1
  }
  // One `# line` may as well be a comment of a CSV file.
  const kinds = [headings > 1 && 'headings', items > 1 && 'lists', fences > 1 && 'fences', tables > 0 && 'pipe tables', labels > 0 && 'bold labels']
  const seen = kinds.filter((kind) => kind !== false)
  return { tables, score: seen.length, evidence: seen.length > 0 ? `has ${seen.join(', ')}` : '' }
}
