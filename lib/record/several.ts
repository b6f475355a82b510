/** Cells with two numbers: `69 / 139 MB` under one title or two, `3.1 ms / 706 TFLOPS`, `5.4 (1.08x)`. */

import { isEmpty } from './attributes.js'
import { strip } from './decoration.js'
import { readName } from './names.js'
import { readNumber } from './number.js'
import { roleOfName } from './roles.js'
import { baseUnit } from './units.js'

export interface Second {
  readonly first: string
  readonly second: string
  /** Characters before the second. */
  readonly at: number
  /** And before the first, where it is not the one in front. */
  readonly from?: number
}

const LONGEST = 80
const DASHED = /^(\d[\d.,]*)\s+[-–—]\s+(\d[\d.,]*\s*[KMGT]i?B\/s)$/
const ASIDE = /^(.*\d.*?)\s*\(\s*([~≈]?\s*\d[\d.,]*\s*[x×])\s*\)$/i

/** Two numbers with a sign between them; what has no unit itself has that of the other one. */
export function partedBySign(text: string): Second | undefined {
  if (text.length > LONGEST || !/[/|]|\s[-–—]\s/.test(text)) return undefined
  const [whole, ...more] = text.includes('(') ? [text] : text.split(/\s+[/|]\s+/)
  const dashed = DASHED.exec(text)
  const [left = '', right = ''] = dashed ? dashed.slice(1) : more.length === 1 ? [whole, ...more] : []
  const [one, other] = [readNumber(left), readNumber(right)]
  if (!one || !other) return undefined
  const at = text.length - right.length
  if (one.unitText === undefined && other.unitText !== undefined && !dashed) return { first: `${left} ${other.unitText}`, second: right, at }
  return { first: left, second: right, at }
}

/** `5.4 ms (1.08x)`: how many times as fast, as large, as dear. */
export function ratioAside(text: string): Second | undefined {
  if (text.length > LONGEST || !/[x×]\s*\)\s*$/i.test(text)) return undefined
  const [, first = '', second = ''] = ASIDE.exec(text) ?? []
  return readNumber(first) && readNumber(second) ? { first, second, at: text.lastIndexOf(second) } : undefined
}

const NOTED = /^((?:[+\-−]\s?\d[\d.,]*\s?%)|\d[\d.,]*\s?[x×])[\s`*_]+(\d[\d.,]*\s?[A-Za-zµμ]{1,8}(?:\/[A-Za-z]{1,6})?)$/

/** `-68% 22.5 KB`, `6x 18 ms`: how much it is less or more, before what it is. */
export function notedBefore(text: string): Second | undefined {
  if (text.length > LONGEST) return undefined
  const [, second = '', first = ''] = NOTED.exec(text) ?? []
  return readNumber(first)?.unitText !== undefined && readNumber(second) ? { first, second, at: 0, from: text.length - first.length } : undefined
}

/** A table in which columns of such cells became two columns each. */
export interface Split {
  readonly header: readonly string[]
  /** For each column the one of the file that it is a part of. */
  readonly origin: readonly number[]
  /** Titles of several columns with the same two kinds of numbers: what was compared; and the words of the metric, where the unit does not say it. */
  readonly rivals: readonly (Rival | undefined)[]
  /** The cells of a row, and the characters before each part within its cell. */
  cells(cells: readonly string[]): { readonly cells: readonly string[]; readonly within: readonly number[] }
}

export interface Rival {
  readonly title: string
  readonly words: readonly string[]
}

interface Halves {
  /** What the two kinds of numbers are, where nothing but their units or a ratio tells them apart. */
  readonly kinds?: string
  readonly title?: string
  readonly second?: readonly string[]
  readonly names: readonly [string, string]
  readonly part: (text: string) => Second | undefined
}

/** `undefined`: no column has two numbers in most of its cells, told apart by the title or by their units. */
export function splitColumns(header: readonly string[], rows: readonly (readonly string[])[]): Split | undefined {
  const halves = header.map((title, index) => halvesOf(title, rows.flatMap((cells) => (isEmpty(cells[index] ?? '') ? [] : [strip(cells[index] ?? '')]))))
  if (halves.every((half) => half === undefined)) return undefined
  const kinds = halves.flatMap((half) => half?.kinds ?? [])
  const compared = kinds.length > 1 && new Set(kinds).size === 1
  return {
    rivals: halves.flatMap((half) => {
      if (!half) return [undefined]
      const title = compared ? half.title : undefined
      return title === undefined ? [undefined, undefined] : [{ title, words: [] }, { title, words: half.second ?? [] }]
    }),
    header: header.flatMap((title, index) => halves[index]?.names ?? [title]),
    origin: header.flatMap((_, index) => (halves[index] ? [index, index] : [index])),
    cells(cells) {
      const out: string[] = []
      const within: number[] = []
      for (const [index, cell] of cells.entries()) {
        const half = halves[index]
        const clean = half ? strip(cell) : cell
        const found = half?.part(clean)
        out.push(found?.first ?? cell)
        within.push(found?.from === undefined ? 0 : Math.max(0, cell.indexOf(clean)) + found.from)
        if (!half) continue
        out.push(found?.second ?? '')
        within.push(found === undefined ? 0 : Math.max(0, cell.indexOf(clean)) + found.at)
      }
      return { cells: out, within }
    },
  }
}

function halvesOf(title: string, filled: readonly string[]): Halves | undefined {
  const signed = filled.flatMap((cell) => partedBySign(cell) ?? [])
  if (signed.length > 0 && signed.length * 2 >= filled.length) {
    const names = namesOfParts(title)
    if (names) return { names, part: partedBySign }
    const byUnit = signed.length > 1 ? namesByUnit(title, signed) : undefined
    if (byUnit) return { ...byUnit, part: partedBySign }
  }
  const noted = filled.flatMap((cell) => notedBefore(cell) ?? [])
  if (noted.length > 1 && noted.length * 2 >= filled.length) return { names: [title, `${title} ${noted.every(({ second }) => second.endsWith('%')) ? 'change' : 'ratio'}`], part: notedBefore }
  const ratios = filled.filter((cell) => ratioAside(cell) !== undefined).length
  if (ratios < 2 || ratios * 2 < filled.length) return undefined
  const plain = title.replace(/\s*\([^()]*speed-?\s?up[^()]*\)/i, '').trim()
  const bare = plain.replace(/\s*[([][^()[\]]*[)\]]|\s+(?:[mun]?s|µs)$/g, '').trim()
  const second = /speed-?\s?up/i.test(title) ? 'speedup' : 'ratio'
  const names = [plain, `${bare} ${second}`.trim()] as const
  // A metric is no rival of another, and without a unit it is its title that says what was measured.
  const dimensioned = readName(plain).unitText !== undefined || filled.some((cell) => readNumber(ratioAside(cell)?.first ?? '')?.unitText !== undefined)
  const rival = bare !== '' && dimensioned && roleOfName(readName(bare)) === 'unknown'
  return { names, part: ratioAside, ...(rival ? { kinds: second, title: bare, second: [second] } : {}) }
}

/** `Used / Limit`, `Memory before/after`, `Net I/O`. */
function namesOfParts(title: string): readonly [string, string] | undefined {
  const [left = '', right = '', ...more] = title.split(/\s+[/|]\s+/)
  if (right !== '' && more.length === 0) return [left, /^\S+$/.test(right) && /\s/.test(left) ? `${left.slice(0, left.lastIndexOf(' '))} ${right}` : right]
  const [, head, one = '', other = ''] = /^(.*\s)(\w+)\/(\w+)$/.exec(title.trim()) ?? []
  if (head === undefined || /^(?:s|sec|op|token|iter)$/i.test(other)) return undefined
  return /^i\/o$/i.test(`${one}/${other}`) ? [`${head}input`, `${head}output`] : [`${head}${one}`, `${head}${other}`]
}

/** Both are of what the title says, each in its unit. */
function namesByUnit(title: string, cells: readonly Second[]): Pick<Halves, 'names' | 'kinds' | 'title'> | undefined {
  const units = cells.map(({ first, second }) => [readNumber(first)?.unitText, readNumber(second)?.unitText] as const)
  const [[one, other] = []] = units
  const base = other === undefined ? undefined : baseUnit(other)
  if (base === undefined || (one !== undefined && baseUnit(one) === base)) return undefined
  if (units.some(([left, right]) => right === undefined || baseUnit(right) !== base || (left === undefined) !== (one === undefined))) return undefined
  const names = [one === undefined ? `${title} size`.trim() : title, `${title} (${other ?? ''})`.trim()] as const
  return one === undefined || roleOfName(readName(title)) !== 'unknown' ? { names } : { names, kinds: `${baseUnit(one) ?? ''} ${base}`, title }
}
