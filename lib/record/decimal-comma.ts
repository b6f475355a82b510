/** Tables that write `0,25`: their cells with a decimal point, the way numbers are read everywhere else. */

/** Gives the cells of a row with decimal points; cells that need no change are the same strings. */
export type Pointed = (cells: readonly string[]) => readonly string[]

/** `sure`: can only be a decimal comma. `either`: `1,234`. `point`: can only be a decimal point. `dotted`: `1.234`. */
type Sign = 'sure' | 'either' | 'point' | 'dotted' | undefined

const TOKEN = /^\s*[~≈<>±+\-−]*\s*(\d[\d.,]*)/

function signOf(cell: string): Sign {
  const token = TOKEN.exec(cell)?.[1]
  if (token === undefined || !/[.,]/.test(token)) return undefined
  if (/^[1-9]\d{0,2},\d{3}$/.test(token)) return 'either'
  if (/^\d+,\d+$/.test(token) || /^\d{1,3}(?:\.\d{3})+,\d+$/.test(token)) return 'sure'
  if (/^[1-9]\d{0,2}\.\d{3}$/.test(token)) return 'dotted'
  // A date or a version says nothing about numbers; `1.234.567` and `1,234,567` are plain enough.
  if (/^\d+\.\d+$/.test(token) || /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(token)) return 'point'
  return undefined
}

/**
 * Decided per column from the first rows; `undefined` where a comma parts the cells. `0,25` is a decimal comma wherever it stands;
 * `1,234` is one unless the column, or without a sign of its own the table, has decimal points, and between tabs only where
 * the table has decimal commas elsewhere.
 */
export function decimalCommas(rows: readonly (readonly string[])[], delimiter: string | undefined): Pointed | undefined {
  if (delimiter !== ';' && delimiter !== '\t') return undefined
  const columns: Set<Sign>[] = []
  for (const cells of rows) {
    for (const [index, cell] of cells.entries()) (columns[index] ??= new Set()).add(signOf(cell))
  }
  const has = (sign: Sign) => columns.some((signs) => signs.has(sign))
  const likely = has('sure') || (delimiter === ';' && !has('point') && !has('dotted'))
  // Sparse columns have no signs at all.
  const commas = Array.from(columns, (signs: Set<Sign> | undefined) => signs !== undefined && !signs.has('point') && (signs.has('sure') || (likely && !signs.has('dotted'))))
  return (cells) => cells.map((cell, index) => (cell.includes(',') || cell.includes('.') ? pointed(cell, commas[index] ?? likely) : cell))
}

function pointed(cell: string, comma: boolean): string {
  const sign = signOf(cell)
  const swap = sign === 'sure' || (comma && (sign === 'either' || sign === 'dotted' || /^\s*\d{1,3}(?:\.\d{3}){2,}\s*$/.test(cell)))
  return swap ? cell.replace(/[.,](?=\d)/g, (mark) => (mark === ',' ? '.' : ',')) : cell
}
