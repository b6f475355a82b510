/** Single samples of each alternative as dots on one axis: their distribution, with the median and the whole range. */

import { drawBottom, valueAxis, type Axis } from './axis.js'
import { WIDTH, type Chart } from './chart.js'
import { countOf, omissions, titleOf, type Alternatives, type ChartMember } from './member.js'
import { shown } from './shown.js'
import { element, fitted, rounded, textAt } from './svg.js'

const LEFT = 250
const RIGHT = 150
const ROW = 32
const TOP = 6
const LABEL_COLUMNS = 33
/** Dots of one place are spread over so many lanes, so that they can be told apart. */
const LANES = [0, 3, -3, 6, -6]

export function strips(given: Alternatives): Chart {
  const { metric, unit, members } = given
  const [from, to] = [LEFT, WIDTH - RIGHT]
  const ends = members.flatMap(({ min, max, value }) => [min ?? value, max ?? value])
  const axis = valueAxis({ min: Math.min(...ends), max: Math.max(...ends), unit, from: from + 6, to: to - 6 })
  const bottom = TOP + members.length * ROW
  const chosen = members.some(({ n, samples }) => n !== undefined && n > samples.length)
  return {
    title: `${titleOf(given)}: single samples`,
    description: `Dots for single samples on ${axis.log ? 'a logarithmic' : 'a linear'} axis, one line for each of ${members.length}. ${members.map(({ name, min, max }) => `${name}: ${shown(min, unit)} to ${shown(max, unit)}`).slice(0, 4).join('; ')}.`,
    caption: `Dots: samples. Thick mark: median. Line: smallest to largest.${axis.log ? ' The axis is logarithmic.' : axis.place(0) < from ? ' The axis does not begin at zero.' : ''}${chosen ? ' Of many samples some are drawn, chosen by chance; line and median are of all.' : ''}${omissions(given)}`,
    height: bottom + 44,
    body: drawBottom(axis, metric, { top: TOP, bottom, from, to }) + members.map((member, at) => line(member, unit, TOP + at * ROW, axis)).join(''),
    columns: [{ title: 'Measured on' }, ...['n', 'smallest', 'median', 'largest'].map((title) => ({ title, right: true }))],
    rows: members.map(({ name, n, value, min, max }) => [name, n === undefined ? 'unknown' : String(n), shown(min, unit), shown(value, unit), shown(max, unit)]),
  }
}

function line(member: ChartMember, unit: string, top: number, axis: Axis): string {
  const { name, value, min, max, samples } = member
  const middle = top + ROW / 2
  const x = axis.place(value)
  // One path of dots of no length, which round ends make visible: a tenth of the size of so many circles.
  const dots = samples.map((sample, at) => `M${rounded(axis.place(sample))},${middle + (LANES[at % LANES.length] ?? 0)}h0`).join('')
  return [
    textAt(LEFT - 8, middle + 4, fitted(name, LABEL_COLUMNS), { 'text-anchor': 'end' }),
    min === undefined || max === undefined ? '' : element('line', { class: 'range', x1: axis.place(min), x2: axis.place(max), y1: middle, y2: middle }),
    element('path', { class: 'dots', d: dots }),
    element('line', { class: 'median', x1: x, x2: x, y1: middle - 10, y2: middle + 10 }),
    textAt(WIDTH - RIGHT + 12, middle + 4, `${shown(value, unit)}, ${countOf(member)}`),
  ].join('')
}
