/** A value as it stands in a chart: with its unit, `-` where it is not known. */

import { formatQuantity } from '../../record/quantity.js'

export function shown(value: number | undefined, unit: string): string {
  if (value === undefined) return '-'
  const { text, unit: symbol } = formatQuantity(value, unit)
  return `${text} ${symbol}`.trim()
}
