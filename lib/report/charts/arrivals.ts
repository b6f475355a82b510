/** How a model's answer came: pieces so far over time, and the wait before each of them. */

import { curveStepAfter, line } from 'd3-shape'
import { drawBottom, drawLeft, valueAxis } from './axis.js'
import { WIDTH, type Chart } from './chart.js'
import { shown } from './shown.js'
import { element, rounded, textAt } from './svg.js'

export interface ArrivalsInput {
  /** `the report`. */
  readonly of: string
  /** Seconds since the request, ascending; the first of them, where there are very many. */
  readonly arrivals: readonly number[]
  readonly pieces: number
}

const [LEFT, RIGHT, TOP, LINE_HEIGHT, GAP_TOP, GAP_HEIGHT] = [70, 20, 34, 150, 236, 90]
/** Of the pieces that fall into one of so many slices of the time, the longest wait and the last count are drawn. */
const SLICES = 640
const LONGEST_SHOWN = 10

export function arrivals({ of, arrivals: at, pieces }: ArrivalsInput): Chart {
  const first = at[0] ?? 0
  const last = at.at(-1) ?? first
  const [from, to] = [LEFT, WIDTH - RIGHT]
  const across = valueAxis({ min: 0, max: last, unit: 's', from, to, zero: true })
  const up = valueAxis({ min: 0, max: at.length, unit: '1', from: TOP + LINE_HEIGHT, to: TOP, zero: true, ticks: 4 })
  const gaps = at.slice(1).map((time, index) => ({ time, wait: time - (at[index] ?? time) }))
  const waits = gaps.map(({ wait }) => wait)
  const down = valueAxis({ min: 0, max: Math.max(0, ...sliced(gaps, last).map(({ wait }) => wait)), unit: 's', from: GAP_TOP + GAP_HEIGHT, to: GAP_TOP, zero: true, ticks: 3 })
  const steps = line<{ time: number; count: number }>((point) => Math.round(across.place(point.time) * 10) / 10, (point) => Math.round(up.place(point.count) * 10) / 10).curve(curveStepAfter)
  const counts = sliced(at.map((time, index) => ({ time, wait: index + 1 })), last).map(({ time, wait }) => ({ time, count: wait }))
  const needles = sliced(gaps, last).map(({ time, wait }) => `M${rounded(across.place(time))},${GAP_TOP + GAP_HEIGHT}V${rounded(down.place(wait))}`)
  const start = across.place(first)
  const longest = [...gaps].sort((a, b) => b.wait - a.wait)[0]
  const box = { top: TOP, bottom: GAP_TOP + GAP_HEIGHT, from, to }
  return {
    title: `How ${of} arrived`,
    description: `${pieces} pieces; the first after ${shown(first, 's')}, the last after ${shown(last, 's')}${longest ? `, the longest wait between two ${shown(longest.wait, 's')}, before the piece at ${shown(longest.time, 's')}` : ''}.`,
    caption: `Above: pieces so far. Below: the wait before each piece but the first.${at.length > SLICES ? ` Where pieces are dense, the longest wait of each ${SLICES}th of the time is drawn.` : ''}${at.length < pieces ? ` The first ${at.length} of ${pieces} pieces are drawn.` : ''} A piece is what the server sent at once, not always one token.`,
    height: box.bottom + 44,
    body: [
      drawBottom(across, 'time since the request', box),
      drawLeft(up, 'pieces', { top: TOP, from, to }),
      drawLeft(down, 'wait', { top: GAP_TOP, from, to }),
      element('line', { class: 'first', x1: start, x2: start, y1: TOP - 6, y2: box.bottom }),
      textAt(Math.min(start + 5, to - 150), TOP - 8, `first piece after ${shown(first, 's')}`),
      element('path', { class: 'trace', d: steps([{ time: first, count: 0 }, ...counts]) ?? '' }),
      element('path', { class: 'needles', d: needles.join('') }),
    ].join(''),
    columns: [{ title: 'Figure' }, { title: 'Value', right: true }],
    rows: [
      ['Pieces', String(pieces)],
      ['First piece after', shown(first, 's')],
      ['Last piece after', shown(last, 's')],
      ...(waits.length === 0 ? [] : [['Median wait between two pieces', shown(middle(waits), 's')]]),
      ...[...gaps].sort((a, b) => b.wait - a.wait).slice(0, LONGEST_SHOWN).map(({ time, wait }) => [`Wait before the piece at ${shown(time, 's')}`, shown(wait, 's')]),
    ],
  }
}

/** The largest `wait` of each slice of the time, so that no peak is lost. */
function sliced<T extends { readonly time: number; readonly wait: number }>(all: readonly T[], last: number): T[] {
  if (all.length <= SLICES || last <= 0) return [...all]
  const kept = new Map<number, T>()
  for (const one of all) {
    const slice = Math.floor((one.time / last) * SLICES)
    const known = kept.get(slice)
    if (!known || one.wait > known.wait) kept.set(slice, one)
  }
  return [...kept.values()]
}

function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (sorted.length - 1) / 2
  return ((sorted[Math.floor(at)] ?? 0) + (sorted[Math.ceil(at)] ?? 0)) / 2
}
