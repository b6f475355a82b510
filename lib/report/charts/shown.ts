/** A value as it stands in a chart: with its unit, `-` where it is not known. */

import { formatQuantity } from '../../record/quantity.js'

export function shown(value: number | undefined, unit: string): string {
  if (value === undefined) return '-'
  const { text, unit: symbol } = formatQuantity(value, unit)
  return `${grouped(text)} ${symbol}`.trim()
}

/** `73608` -> `73,608`; four digits are read without. */
export function grouped(number: string): string {
  return number.replace(/^(-?)(\d{5,})/, (_, sign: string, digits: string) => `${sign}${digits.replace(/\B(?=(\d{3})+$)/g, ',')}`)
}
