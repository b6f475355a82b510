/** One bar for each alternative, from zero to its median, with the range of its samples. */

import { drawBottom, valueAxis, type Axis } from './axis.js'
import { WIDTH, type Chart } from './chart.js'
import { countOf, omissions, titleOf, type Alternatives, type ChartMember } from './member.js'
import { shown } from './shown.js'
import { element, fitted, textAt } from './svg.js'

const LEFT = 250
const RIGHT = 150
const ROW = 28
const TOP = 6
const LABEL_COLUMNS = 33
/** A range that reaches further than this many times the longest bar would make all bars short: it is cut, with an arrow. */
const LONGEST_RANGE = 2

export function bars(given: Alternatives): Chart {
  const { metric, unit, better, members } = given
  const values = members.map(({ value }) => value)
  const largest = Math.max(...values, 0)
  const ends = members.flatMap(({ min, max }) => [min ?? 0, max ?? 0])
  const limit = largest * LONGEST_RANGE
  const [from, to] = [LEFT, WIDTH - RIGHT]
  const axis = valueAxis({ min: Math.min(0, ...values), max: Math.max(largest, Math.min(limit, Math.max(...ends))), unit, from, to, zero: true })
  const bottom = TOP + members.length * ROW
  const stats = new Set(members.map(({ stat }) => (stat === 'value' ? 'median' : stat)))
  const stat = stats.size === 1 ? [...stats].join('') : 'average'
  const lines = members.map((member, at) => line(member, unit, TOP + at * ROW, axis, to))
  const best = members[0]
  const last = members.at(-1)
  const ranged = members.some(({ min, max }) => min !== max)
  const reported = members.some(({ n }) => n === undefined)
  const cut = members.some(({ max }) => max !== undefined && axis.place(max) > to + 0.5)
  return {
    title: `${titleOf(given)}: ${stat} of each`,
    description: `Horizontal bars from zero. ${best ? `First ${best.name} with ${shown(best.value, unit)}` : ''}${last && last !== best ? `, last ${last.name} with ${shown(last.value, unit)}` : ''}.`,
    caption:
      `${better === null ? '' : `${better === 'higher' ? 'Higher' : 'Lower'} is better.`}${ranged ? ` Thin lines: smallest to largest${reported ? ', where the files say them' : ' sample'}.` : ''}` +
      `${cut ? ' An arrow: goes on beyond the axis.' : ''}${reported ? ' Averages as they stood in the files.' : ''}${omissions(given)}`,
    height: bottom + 44,
    body: drawBottom(axis, `${stat === 'average' ? '' : `${stat} `}${metric}`, { top: TOP, bottom, from, to }) + lines.join(''),
    columns: [{ title: 'Measured on' }, ...['n', stat, 'smallest', 'largest'].map((title) => ({ title, right: true }))],
    rows: members.map(({ name, n, value, min, max }) => [name, n === undefined ? 'unknown' : String(n), shown(value, unit), shown(min, unit), shown(max, unit)]),
  }
}

function line(member: ChartMember, unit: string, top: number, axis: Axis, end: number): string {
  const { name, value, min, max } = member
  const middle = top + ROW / 2
  const zero = axis.place(0)
  const reach = axis.place(value)
  return [
    textAt(LEFT - 8, middle + 4, fitted(name, LABEL_COLUMNS), { 'text-anchor': 'end' }),
    element('rect', { class: 'bar', x: Math.min(zero, reach), y: top + 5, width: Math.max(Math.abs(reach - zero), 0.5), height: ROW - 10 }),
    min === undefined || max === undefined || min === max ? '' : range(axis.place(min), axis.place(max), middle, end),
    textAt(WIDTH - RIGHT + 12, middle + 4, `${shown(value, unit)}, ${countOf(member)}`),
  ].join('')
}

function range(low: number, high: number, y: number, end: number): string {
  const cut = high > end + 0.5
  const right = cut ? end : high
  return [
    element('line', { class: 'range', x1: low, x2: right, y1: y, y2: y }),
    element('line', { class: 'range', x1: low, x2: low, y1: y - 4, y2: y + 4 }),
    cut ? element('path', { class: 'arrow', d: `M${Math.round(end - 7)},${y - 5}L${Math.round(end)},${y}L${Math.round(end - 7)},${y + 5}` }) : element('line', { class: 'range', x1: high, x2: high, y1: y - 4, y2: y + 4 }),
  ].join('')
}
