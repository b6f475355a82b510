/** Tables that write `0,25`: their cells with a decimal point, the way numbers are read everywhere else. */

/** Gives the cells of a row with decimal points; cells that need no change are the same strings. */
export type Pointed = (cells: readonly string[]) => readonly string[]

/** `plain`, `sure`: can only be a decimal comma, the first even where `1,3` may be a list. `either`: `1,234`. `point`: can only be a decimal point. `dotted`: `1.234`. */
type Sign = 'plain' | 'sure' | 'either' | 'point' | 'dotted' | undefined

const TOKEN = /^\s*(?:[~≈<>±+\-−]+\s*)?(\d[\d.,]*)/

function signOf(cell: string): Sign {
  const token = TOKEN.exec(cell)?.[1]
  if (token === undefined || !/[.,]/.test(token)) return undefined
  if (/^[1-9]\d{0,2},\d{3}$/.test(token)) return 'either'
  if (/^\d+,\d{4,}$/.test(token) || /^\d{1,3}(?:\.\d{3})+,\d+$/.test(token)) return 'plain'
  if (/^\d+,\d+$/.test(token)) return 'sure'
  if (/^[1-9]\d{0,2}\.\d{3}$/.test(token)) return 'dotted'
  // A date or a version says nothing about numbers; `1.234.567` and `1,234,567` are plain enough.
  if (/^\d+\.\d+$/.test(token) || /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(token)) return 'point'
  return undefined
}

/**
 * Decided per column from the first rows. `0,25` is a decimal comma wherever it stands;
 * `1,234` is one unless the column, or without a sign of its own the table, has decimal points, and between tabs only where
 * the table has decimal commas elsewhere.
 */
export function decimalCommas(rows: readonly (readonly string[])[], delimiter: string | undefined): Pointed | undefined {
  if (delimiter === undefined) return undefined
  const columns: Set<Sign>[] = []
  for (const cells of rows) {
    for (const [index, cell] of cells.entries()) (columns[index] ??= new Set()).add(signOf(cell))
  }
  // Between commas and bars a cell with a comma was quoted: for its thousands, or as a list; each column must be sure itself.
  const parted = delimiter === ';' || delimiter === '\t'
  const has = (sign: Sign) => columns.some((signs) => signs.has(sign))
  const sure = (signs: Set<Sign>) => signs.has('plain') || (parted && signs.has('sure'))
  const likely = parted && (columns.some(sure) || (delimiter === ';' && !has('point') && !has('dotted')))
  // Sparse columns have no signs at all.
  const commas = Array.from(columns, (signs: Set<Sign> | undefined) => signs !== undefined && !signs.has('point') && (sure(signs) || (likely && !signs.has('dotted'))))
  if (!parted && !commas.includes(true)) return undefined
  const touched = (index: number) => parted || commas[index] === true
  return (cells) => cells.map((cell, index) => ((cell.includes(',') || cell.includes('.')) && touched(index) ? pointed(cell, commas[index] ?? likely) : cell))
}

function pointed(cell: string, comma: boolean): string {
  const sign = signOf(cell)
  const swap = sign === 'plain' || sign === 'sure' || (comma && (sign === 'either' || sign === 'dotted' || /^\s*\d{1,3}(?:\.\d{3}){2,}\s*$/.test(cell)))
  return swap ? cell.replace(/[.,](?=\d)/g, (mark) => (mark === ',' ? '.' : ',')) : cell
}
