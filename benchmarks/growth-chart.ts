/** Time and peak memory against the size of the input, as one drawing: a line for each format. */

import { line } from 'd3-shape'
import { drawBottom, drawLeft, valueAxis, type Axis } from '../lib/report/charts/axis.js'
import { element, textAt } from '../lib/report/charts/svg.js'
import { peakOf } from './growth-files.js'
import type { Series } from './growth.js'
import { median } from './outcome.js'

/** Told apart by those who see few colours, too (Okabe and Ito); each line also has a mark of its own. */
const INKS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9']
const MARKS = ['M-4,0a4,4 0 1,0 8,0a4,4 0 1,0 -8,0', 'M-4,-4h8v8h-8z', 'M0,-5l5,9h-10z', 'M0,-5.5l5.5,5.5l-5.5,5.5l-5.5,-5.5z', 'M0,5l5,-9h-10z']
const WIDTH = 760
const PANEL = { from: 84, to: 740, height: 240 }
const TOPS = [84, 420]

export function growthChart(series: readonly Series[]): string {
  const lines = series.map(({ format, points }) => ({ format, points: points.map((point) => ({ x: point.bytes, seconds: median(point.took.map(({ seconds }) => seconds)), peak: peakOf(point) })) }))
  const sizes = lines.flatMap(({ points }) => points.map(({ x }) => x))
  const x = valueAxis({ min: Math.min(...sizes), max: Math.max(...sizes), unit: 'By', from: PANEL.from, to: PANEL.to })
  const time = lines.map(({ format, points }) => ({ format, points: points.map((point) => ({ x: point.x, y: point.seconds })) }))
  const memory = lines.map(({ format, points }) => ({ format, points: points.flatMap((point) => (point.peak === undefined ? [] : { x: point.x, y: point.peak })) }))
  const [timeTop = 0, memoryTop = 0] = TOPS
  const title = 'Time and peak memory of chimera summary against the size of the input'
  return `${element('svg', { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${WIDTH} ${memoryTop + PANEL.height + 56}`, role: 'img', 'aria-label': title }, [
    element('style', {}, ['text{font:13px system-ui,sans-serif;fill:#222}.tick{fill:#555}.title{font-weight:600;font-size:15px}.grid{stroke:#ddd}.line{fill:none;stroke-width:2}']),
    element('rect', { width: '100%', height: '100%', fill: '#fff' }),
    textAt(8, 22, title, { class: 'title' }),
    ...lines.map(({ format }, at) => legend(format, at)),
    panel(time, x, timeTop, 's', 'Time', false),
    panel(memory, x, memoryTop, 'By', 'Peak memory', true),
  ])}\n`
}

interface Line {
  readonly format: string
  readonly points: readonly { readonly x: number; readonly y: number }[]
}

function panel(lines: readonly Line[], x: Axis, top: number, unit: string, name: string, zero: boolean): string {
  const bottom = top + PANEL.height
  const values = lines.flatMap(({ points }) => points.map(({ y }) => y))
  if (values.length === 0) return ''
  const y = valueAxis({ min: Math.min(...values), max: Math.max(...values), unit, from: bottom, to: top, zero })
  const path = line<{ readonly x: number; readonly y: number }>(
    (point) => x.place(point.x),
    (point) => y.place(point.y),
  ).digits(1)
  return [
    drawBottom(x, 'Size of the input', { top, bottom, from: PANEL.from, to: PANEL.to }),
    drawLeft(y, name, { top, from: PANEL.from, to: PANEL.to }),
    ...lines.map(({ points }, at) => element('path', { class: 'line', stroke: INKS[at % INKS.length], d: path(points) ?? '' })),
    ...lines.flatMap(({ points }, at) => points.map((point) => mark(x.place(point.x), y.place(point.y), at))),
  ].join('')
}

function legend(format: string, at: number): string {
  const left = 16 + at * 140
  return mark(left, 42, at) + textAt(left + 12, 46, format)
}

function mark(left: number, top: number, at: number): string {
  return element('path', { d: MARKS[at % MARKS.length], fill: INKS[at % INKS.length], transform: `translate(${left.toFixed(1)} ${top.toFixed(1)})` })
}
