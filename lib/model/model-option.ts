/** Model options as they are typed on a command line: `num_gpu=80`. */

import type { AttributeValue } from '../record/metric-record.js'
import { ChimeraError } from '../stage/index.js'
import type { ModelOptions } from './model.js'

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i
const NAME = /^[A-Za-z][\w.-]*$/

/**
 * `true` and `false` become booleans, numbers become numbers, `"80"` in double quotes stays text, as does everything else.
 * An integer that a double cannot hold stays text too, digit for digit.
 *
 * @throws {ChimeraError} `USAGE` when it is not `name=value`.
 */
export function parseOption(text: string): { readonly name: string; readonly value: AttributeValue } {
  const at = text.indexOf('=')
  const name = text.slice(0, Math.max(at, 0)).trim()
  const value = text.slice(at + 1).trim()
  if (at < 0 || !NAME.test(name) || value === '') {
    throw new ChimeraError('USAGE', `expected a model option as name=value, found "${text}": write it like num_gpu=80`)
  }
  return { name, value: typed(value) }
}

/** Several of them; a later one wins over an earlier one of the same name. */
export function parseOptions(texts: readonly string[]): ModelOptions {
  return Object.fromEntries(
    texts.map((text) => {
      const { name, value } = parseOption(text)
      return [name, value]
    }),
  )
}

function typed(value: string): AttributeValue {
  if (value === 'true') return true
  if (value === 'false') return false
  if (value.length >= 2 && value.startsWith('"') && value.endsWith('"')) return value.slice(1, -1)
  if (!NUMBER.test(value)) return value
  const number = Number(value)
  const exact = Number.isFinite(number) && (Number.isSafeInteger(number) || !/^[+-]?\d+$/.test(value))
  return exact ? number : value
}
