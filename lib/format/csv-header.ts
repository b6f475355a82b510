/** Which rows of a table are its header, and what its columns are called. */

/** Most rows looked at before a header is decided. */
export const HEADER_ROWS = 8

const NUMBER = /^[-+]?(?:\d[\d,.\u00a0' ]*|\.\d+)(?:[eE][-+]?\d+)?\s?%?$/
const NINE = 0x39
const MISSING = /^(?:|-+|\.+|—|–|n\/?a|nan|null|none|nil|x|inf|-inf|#n\/a|err(?:or)?|fail(?:ed|ure)?|timeout|oom|skip(?:ped)?|ok|pass(?:ed)?|true|false|yes|no)$/i
/** What pandas calls a column that has no name. */
const UNNAMED = /^Unnamed: \d+(?:_level_\d+)?$/
/** Units as they stand alone in a cell; which of them mean something is decided where units are known. */
const UNIT = /^(?:(?:[numµμ]?s|m?sec|secs|seconds?|mins?|minutes?|h|hrs?|hours?|[mkM]?J|[mkM]?W|Wh|kWh|m?V|m?A|[kMG]?Hz|%|percent|°?[CF]|x|[kKMGTP]i?[Bb]|B|bytes|watts?|joules?|cycles|USD|EUR|[$€]|tok(?:en)?s?|req(?:uest)?s?|ops?|it(?:er)?s?)(?:\/[a-zA-Z]{1,8})?)$/

/** True for a cell that is a number as people and programs write it. */
export function isNumeric(cell: string): boolean {
  const first = cell.charCodeAt(0)
  // Most cells that are no number begin with a letter.
  if (first > NINE && first < 0x80) return false
  return cell.length < 100 && NUMBER.test(cell.trim())
}

/** True when a row can name columns: text in every cell, no number among them, nothing twice. */
export function namesColumns(cells: readonly string[]): boolean {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '')
  return filled.length > 0 && filled.length >= cells.length - 1 && !filled.some(isNumeric) && new Set(filled).size === filled.length
}

/** True for text that stands where a value is missing or a run has failed: no name. */
export function isMissing(cell: string): boolean {
  return MISSING.test(cell.trim())
}

/**
 * How many of the first rows of a table are header: more than one only where the first names no column for itself, because
 * names repeat or cells are empty, and text stands in the next ones where all rows below have numbers.
 */
export function headerDepth(rows: readonly (readonly string[])[]): number {
  const [first] = rows
  if (!first || !isIncomplete(first)) return 1
  const data = rows.findIndex((row, at) => at > 0 && row.some(isNumeric) && !countsUp(rows, at))
  if (data < 2) return 1
  const below = rows[data] ?? []
  const numbers = below.flatMap((cell, at) => (isNumeric(cell) ? [at] : []))
  let depth = 1
  while (depth < data) {
    const row = rows[depth] ?? []
    const over = numbers.map((at) => (row[at] ?? '').trim())
    const named = over.some((cell) => cell !== '') || (row[0] ?? '').trim() !== ''
    if (row.length !== first.length || !named || over.some((cell) => cell !== '' && isMissing(cell))) break
    depth += 1
  }
  return depth
}

/**
 * One name per column of several header rows: group and field, `Latency` over `mean` gives `Latency mean`. A group that is
 * written once holds for the empty cells behind it. A unit comes last, in brackets.
 */
export function joinedNames(rows: readonly (readonly string[])[]): string[] {
  const parts = rows.map((row) => row.map((cell) => (UNNAMED.test(cell.trim()) ? '' : cell.trim())))
  const width = Math.max(...parts.map((row) => row.length))
  // pandas writes the names of its index columns on a line of their own, under the names of the levels.
  const last = parts.at(-1) ?? []
  const index = isIndexRow(last) ? last : undefined
  const named = index ? parts.slice(0, -1) : parts
  carryGroups(named, width, index)
  return Array.from({ length: width }, (_, at) => {
    if (index && (index[at] ?? '') !== '') return index[at] ?? ''
    return joined(named.map((row) => row[at] ?? ''))
  })
}

/** Names that stand twice get the number of their turn: `ms`, `ms (2)`. Empty ones stay empty. */
export function distinctNames(names: readonly string[]): { readonly names: readonly string[]; readonly twice: readonly string[] } {
  const seen = new Map<string, number>()
  const taken = new Set(names)
  const twice = new Set<string>()
  const distinct = names.map((name) => {
    if (name === '') return name
    let count = (seen.get(name) ?? 0) + 1
    if (count > 1) {
      twice.add(name)
      while (taken.has(`${name} (${count})`)) count += 1
    }
    seen.set(name, count)
    return count > 1 ? `${name} (${count})` : name
  })
  return { names: distinct, twice: [...twice] }
}

/** Cells without a name behind the first one, or names that stand twice. */
function isIncomplete(cells: readonly string[]): boolean {
  const named = cells.map((cell) => (UNNAMED.test(cell.trim()) ? '' : cell.trim()))
  const filled = named.filter((cell) => cell !== '')
  if (filled.length === 0 || filled.some(isNumeric)) return false
  return new Set(filled).size < filled.length || named.slice(1).some((cell) => cell === '')
}

/** Numbers that name the columns of each group: `threads,1,2,4,1,2,4`. */
function countsUp(rows: readonly (readonly string[])[], at: number): boolean {
  const row = rows[at] ?? []
  const [corner = '', ...rest] = row
  if (at !== 1 || isNumeric(corner) || rest.length < 2) return false
  const groups = new Map<string, number[]>()
  let group = ''
  for (const [index, cell] of rest.entries()) {
    group = (rows[0]?.[index + 1] ?? '').trim() || group
    if (!/^\d+$/.test(cell.trim())) return false
    groups.set(group, [...(groups.get(group) ?? []), Number(cell)])
  }
  const rising = [...groups.values()].every((values) => values.length > 1 && values.every((value, place) => place === 0 || value > (values[place - 1] ?? 0)))
  return rising && rows.slice(at + 1).some((below) => below.slice(1).some((cell) => isNumeric(cell) && !/^\d+$/.test(cell.trim())))
}

function isIndexRow(cells: readonly string[]): boolean {
  const end = cells.findIndex((cell) => cell === '')
  return end > 0 && cells.slice(end).every((cell) => cell === '')
}

/** Fills empty cells of the upper rows from the left, as long as the rows above and below say it is the same group. */
function carryGroups(rows: string[][], width: number, index: readonly string[] | undefined): void {
  for (const [level, row] of rows.slice(0, -1).entries()) {
    for (let at = 1; at < width; at += 1) {
      if ((row[at] ?? '') !== '' || (index?.[at - 1] ?? '') !== '') continue
      const sameAbove = rows.slice(0, level).every((above) => above[at] === above[at - 1])
      const namedBelow = rows.slice(level + 1).some((below) => (below[at] ?? '') !== '')
      if (sameAbove && namedBelow) row[at] = row[at - 1] ?? ''
    }
  }
}

function joined(parts: readonly string[]): string {
  const names = parts.filter((part, at) => part !== '' && part !== parts[at - 1])
  const last = names.at(-1) ?? ''
  if (names.length < 2 || !UNIT.test(last)) return names.join(' ')
  return `${names.slice(0, -1).join(' ')} (${last})`
}
