/** Two figures of the same run against each other: one point for each run. */

import { symbol, symbolCircle, symbolCross, symbolDiamond, symbolSquare, symbolStar, symbolTriangle, type SymbolType } from 'd3-shape'
import { drawBottom, drawLeft, valueAxis } from './axis.js'
import { WIDTH, type Chart } from './chart.js'
import { shown } from './shown.js'
import { element, escaped, fitted, textAt } from './svg.js'

export interface ScatterInput {
  readonly x: { readonly name: string; readonly unit: string }
  readonly y: { readonly name: string; readonly unit: string }
  readonly points: readonly ScatterPoint[]
  /** Of which the points are all, or a choice. */
  readonly total: number
}

export interface ScatterPoint {
  /** What was measured. */
  readonly name: string
  readonly x: number
  readonly y: number
  /** File and line. */
  readonly place: string
}

/** Told apart by shape as well as by colour. */
const SHAPES: readonly SymbolType[] = [symbolCircle, symbolSquare, symbolTriangle, symbolDiamond, symbolCross, symbolStar]
const SIZE = 44
const OTHERS = 'others'
const LEFT = 70
const PLOT_HEIGHT = 300
const LEGEND_COLUMNS = 2
const LEGEND_ROW = 20
const ROWS_IN_TABLE = 30

export function scatter({ x, y, points, total }: ScatterInput): Chart {
  const groups = grouped(points)
  const top = Math.ceil(groups.length / LEGEND_COLUMNS) * LEGEND_ROW + 36
  const bottom = top + PLOT_HEIGHT
  const [from, to] = [LEFT, WIDTH - 20]
  const xs = points.map((point) => point.x)
  const ys = points.map((point) => point.y)
  const across = valueAxis({ min: Math.min(...xs), max: Math.max(...xs), unit: x.unit, from: from + 10, to: to - 10 })
  const up = valueAxis({ min: Math.min(...ys), max: Math.max(...ys), unit: y.unit, from: bottom - 10, to: top + 10 })
  const marks = groups.flatMap(({ members }, at) =>
    members.map((point) =>
      element('path', { class: `point s${at + 1}`, d: shape(at), transform: `translate(${Math.round(across.place(point.x))},${Math.round(up.place(point.y))})` }, [
        element('title', {}, [escaped(`${point.name}: ${shown(point.x, x.unit)}, ${shown(point.y, y.unit)} (${point.place})`)]),
      ]),
    ),
  )
  return {
    title: `${x.name.slice(0, 1).toUpperCase()}${x.name.slice(1)} against ${y.name}`,
    description: `One point for each of ${points.length} runs: ${groups.map(({ name, members }) => `${members.length} of ${name}`).join(', ')}.`,
    caption: `One point is one run that worked.${points.length < total ? ` ${points.length} of ${total} runs are drawn, chosen by chance.` : ''}${across.log || up.log ? ' Mind the log scale.' : ''}${points.length > ROWS_IN_TABLE ? ` The table has the first ${ROWS_IN_TABLE}.` : ''}`,
    height: bottom + 44,
    body: [...groups.map(({ name, members }, at) => legend(at, `${name} (${members.length})`)), drawLeft(up, y.name, { top, from, to }), drawBottom(across, x.name, { top, bottom, from, to }), ...marks].join(''),
    columns: [{ title: 'Run' }, { title: 'Measured on' }, { title: x.name, right: true }, { title: y.name, right: true }],
    rows: points.slice(0, ROWS_IN_TABLE).map((point) => [point.place, point.name, shown(point.x, x.unit), shown(point.y, y.unit)]),
  }
}

/** The largest groups have a mark of their own. */
function grouped(points: readonly ScatterPoint[]): { name: string; members: ScatterPoint[] }[] {
  const groups = new Map<string, ScatterPoint[]>()
  for (const point of points) groups.set(point.name, [...(groups.get(point.name) ?? []), point])
  const sorted = [...groups].map(([name, members]) => ({ name, members })).sort((a, b) => b.members.length - a.members.length)
  if (sorted.length <= SHAPES.length) return sorted
  const own = sorted.slice(0, SHAPES.length - 1)
  return [...own, { name: OTHERS, members: sorted.slice(own.length).flatMap(({ members }) => members) }]
}

function legend(at: number, name: string): string {
  const left = LEFT + (at % LEGEND_COLUMNS) * 340
  const y = 14 + Math.floor(at / LEGEND_COLUMNS) * LEGEND_ROW
  return element('path', { class: `point s${at + 1}`, d: shape(at), transform: `translate(${left},${y})` }) + textAt(left + 12, y + 4, fitted(name, 46))
}

function shape(at: number): string {
  return (symbol(SHAPES[at] ?? symbolCircle, SIZE)() ?? '').replace(/\d+\.\d{3,}/g, (digits) => Number(digits).toFixed(2))
}
