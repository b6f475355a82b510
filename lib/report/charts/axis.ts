/** An axis for values in one unit: linear from zero or between its ends, or logarithmic where values span too much for that. */

import { scaleLinear, scaleLog } from 'd3-scale'
import { quantityScale } from '../../record/quantity.js'
import { grouped, shown } from './shown.js'
import { element, textAt } from './svg.js'

export interface Axis {
  place(value: number): number
  readonly ticks: readonly { readonly at: number; readonly label: string }[]
  readonly log: boolean
  /** ` (ms)`, ` (log scale)`, or nothing: follows the name of what is shown. */
  readonly suffix: string
}

export interface AxisOptions {
  readonly min: number
  readonly max: number
  /** UCUM, as in records. */
  readonly unit: string
  /** Pixels of the low and the high end. */
  readonly from: number
  readonly to: number
  /** Lengths are read as amounts, so they begin at zero. */
  readonly zero?: boolean
  readonly ticks?: number
}

/** From this ratio of largest to smallest on, a linear axis would squeeze most values into one place. */
const WIDE_SPAN = 30
const FEW_TICKS = 3

/** `log` where the values ask for it, all of them are positive, and the axis need not begin at zero. */
export function valueAxis(options: AxisOptions): Axis {
  const { min, max, zero = false } = options
  return !zero && min > 0 && max / min >= WIDE_SPAN ? logAxis(options) : linearAxis(options)
}

function linearAxis({ min, max, unit, from, to, zero = false, ticks = 5 }: AxisOptions): Axis {
  const flat = min === max && !zero
  const low = zero ? Math.min(0, min) : flat ? min - Math.abs(min || 1) * 0.1 : min
  const high = zero ? Math.max(0, max, min === max && max === 0 ? 1 : 0) : flat ? max + Math.abs(max || 1) * 0.1 : max
  const scale = scaleLinear([low, high], [from, to]).nice(ticks)
  const scaled = quantityScale(Math.max(Math.abs(low), Math.abs(high)), unit)
  return {
    place: (value) => scale(value),
    ticks: scale.ticks(ticks).map((value) => ({ at: scale(value), label: grouped(scaled.format(value)) })),
    log: false,
    suffix: scaled.unit === '' ? '' : ` (${scaled.unit})`,
  }
}

function logAxis({ min, max, unit, from, to }: AxisOptions): Axis {
  const scale = scaleLog([min / 1.15, max * 1.15], [from, to])
  const all = scale.ticks()
  const within = (digits: readonly number[]) => all.filter((value) => digits.includes(Math.round(value / 10 ** Math.floor(Math.log10(value) + 1e-9))))
  const powers = within([1])
  const chosen = powers.length >= FEW_TICKS ? powers : within([1, 2, 5])
  return {
    place: (value) => scale(value),
    ticks: chosen.map((value) => ({ at: scale(value), label: shown(value, unit) })),
    log: true,
    suffix: ' (log scale)',
  }
}

/** Grid lines from `top` to `bottom`, their labels below, the name under them. */
export function drawBottom(axis: Axis, name: string, { top, bottom, from, to }: { readonly top: number; readonly bottom: number; readonly from: number; readonly to: number }): string {
  const lines = axis.ticks.map(({ at }) => element('line', { class: 'grid', x1: at, x2: at, y1: top, y2: bottom }))
  const labels = axis.ticks.map(({ at, label }) => textAt(at, bottom + 16, label, { class: 'tick', 'text-anchor': 'middle' }))
  return [...lines, ...labels, textAt((from + to) / 2, bottom + 36, `${name}${axis.suffix}`, { class: 'axis', 'text-anchor': 'middle' })].join('')
}

/** Grid lines from `from` to `to`, their labels at the left, the name above them. */
export function drawLeft(axis: Axis, name: string, { top, from, to }: { readonly top: number; readonly from: number; readonly to: number }): string {
  const lines = axis.ticks.map(({ at }) => element('line', { class: 'grid', x1: from, x2: to, y1: at, y2: at }))
  const labels = axis.ticks.map(({ at, label }) => textAt(from - 6, at + 4, label, { class: 'tick', 'text-anchor': 'end' }))
  return [...lines, ...labels, textAt(4, top - 12, `${name}${axis.suffix}`, { class: 'axis' })].join('')
}
