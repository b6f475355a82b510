/** The grid of an experiment: every combination of models, settings and load is one cell. */

import { parseOption, type ModelOptions } from '../model/index.js'
import type { AttributeValue } from '../record/index.js'
import { ChimeraError } from '../stage/index.js'

/** One setting and the values it takes. */
export interface Axis {
  readonly name: string
  readonly values: readonly AttributeValue[]
}

export interface Cell {
  /** From 1, in the order of the grid. */
  readonly number: number
  /** As typed after `-m`. */
  readonly model: string
  /** In the server's own names. */
  readonly options: ModelOptions
  /** How many requests run at most at once; absent: as many as are due. */
  readonly concurrency?: number
  /** Requests per second that are sent whatever the earlier ones do; absent: the next one is sent when one is over. */
  readonly rate?: number
}

export interface Grid {
  readonly models: readonly string[]
  /** The same in every cell. */
  readonly options: ModelOptions
  readonly axes: readonly Axis[]
  readonly concurrency: readonly number[]
  readonly rates: readonly number[]
}

const MOST_CELLS = 10_000
const MOST_VALUES = 1000

/** The last axis varies fastest, as the digits of a number do. @throws {ChimeraError} `USAGE` for a grid beyond 10,000 cells. */
export function cells(grid: Grid): readonly Cell[] {
  const { models, options, axes, concurrency, rates } = grid
  const loads: readonly Pick<Cell, 'concurrency' | 'rate'>[] =
    rates.length > 0
      ? rates.flatMap((rate) => (concurrency.length > 0 ? concurrency.map((cap) => ({ rate, concurrency: cap })) : [{ rate }]))
      : (concurrency.length > 0 ? concurrency : [1]).map((count) => ({ concurrency: count }))
  const size = axes.reduce((product, axis) => product * axis.values.length, models.length * loads.length)
  if (size > MOST_CELLS) throw new ChimeraError('USAGE', `expected a grid of at most ${MOST_CELLS} cells, found ${size}: give fewer values, or fewer settings at once`)
  const settings = axes.reduce<readonly ModelOptions[]>((rows, { name, values }) => rows.flatMap((row) => values.map((value) => ({ ...row, [name]: value }))), [options])
  return models.flatMap((model) => settings.flatMap((chosen) => loads.map((load) => ({ model, options: chosen, ...load })))).map((cell, at) => ({ number: at + 1, ...cell }))
}

/**
 * `num_gpu=60,80`, `num_ctx=512..4096*2` (doubling), `temperature=0..1+0.25` (steps).
 *
 * @throws {ChimeraError} `USAGE` when it is no such list, or when a setting is given twice.
 */
export function axesOf(texts: readonly string[], options: ModelOptions): readonly Axis[] {
  const axes: Axis[] = []
  for (const text of texts) {
    const { name } = parseOption(text)
    if (Object.hasOwn(options, name) || axes.some((axis) => axis.name === name)) {
      throw new ChimeraError('USAGE', `expected each setting once, found ${name} again in "${text}": put all its values into one --set ${name}=...`)
    }
    const listed = valuesOf(text.slice(text.indexOf('=') + 1), `--set ${name}`)
    axes.push({ name, values: listed.map((value) => parseOption(`${name}=${value}`).value) })
  }
  return axes
}

/** Positive numbers for `--concurrency` and `--rate`, in the same spelling. @throws {ChimeraError} `USAGE`. */
export function numbersOf(text: string, option: string, { whole = false, most = 1e6 } = {}): readonly number[] {
  return valuesOf(text, option).map((value) => {
    const number = Number(value)
    if (!(number > 0 && number <= most) || (whole && !Number.isInteger(number))) {
      throw new ChimeraError('USAGE', `expected ${option} to be ${whole ? 'whole ' : ''}numbers above 0 and up to ${most}, found "${value}": write it like ${option} ${whole ? '1,4,16' : '0.5,2'}`)
    }
    return number
  })
}

function valuesOf(text: string, option: string): readonly string[] {
  const values = (text.match(/"[^"]*"|[^,]+/g) ?? []).flatMap((part) => rangeOf(part.trim(), option) ?? [part.trim()]).filter((part) => part !== '')
  if (values.length === 0) throw new ChimeraError('USAGE', `expected ${option} to be values separated by commas, found "${text}"`)
  if (values.length > MOST_VALUES) throw new ChimeraError('USAGE', `expected at most ${MOST_VALUES} values for ${option}, found ${values.length}`)
  const twice = values.find((value, at) => values.indexOf(value) !== at)
  if (twice !== undefined) throw new ChimeraError('USAGE', `expected each value of ${option} once, found ${twice} twice`)
  return values
}

/** `1..8*2` is 1, 2, 4, 8; `1..4` and `10..50+20` go in steps; `undefined` for what is no range. */
function rangeOf(text: string, option: string): readonly string[] | undefined {
  const [, from, to, kind, step] = /^(-?\d+(?:\.\d+)?)\.\.(-?\d+(?:\.\d+)?)(?:([*+])(\d+(?:\.\d+)?))?$/.exec(text) ?? []
  if (from === undefined || to === undefined) return undefined
  const by = Number(step ?? 1)
  const grows = kind === '*' ? by > 1 && Number(from) > 0 : by > 0
  if (!grows || Number(to) < Number(from)) throw new ChimeraError('USAGE', `expected a range of ${option} that grows, found "${text}": write it like 1..8*2 or 10..50+20`)
  const values: string[] = []
  for (let at = 0; values.length <= MOST_VALUES; at += 1) {
    // Each from the start, so that 0.1 does not drift.
    const value = Number((kind === '*' ? Number(from) * by ** at : Number(from) + by * at).toPrecision(12))
    if (value > Number(to)) break
    values.push(String(value))
  }
  return values
}
