/** Text that is not ours as it may stand in the report's Markdown: it can say anything and do nothing. */

import type { Fact } from '../fact/fact.js'
import { factorWords } from '../fact/wording.js'
import { formatQuantity } from '../record/quantity.js'
import { sanitize } from '../stage/index.js'
import { wholeNumber } from './blocks.js'

/**
 * Plain text from a file or a server: no markup, no HTML, no link, one line. An underscore inside a word stays as it is, since
 * it opens no emphasis there.
 */
export function plain(text: string): string {
  return sanitize(text)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*[\]|~{}]/g, (sign) => `\\${sign}`)
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/\b(https?|ftp|mailto):|\bwww\./gi, (start) => `${start.slice(0, -1)}&#${start.endsWith(':') ? 58 : 46};`)
    .replace(/^(#|>|[-+](?=\s))/, '\\$1')
    .replace(/^(\d+)([.)])(?=\s)/, '$1\\$2')
}

/** What a reader sees of text that {@link plain} made. */
export function unescaped(text: string): string {
  return text
    .replace(/\\(?=[!-/:-@[-`{-~])/g, '')
    .replaceAll('&lt;', '<')
    .replace(/&#(58|46);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replaceAll('&amp;', '&')
}

/** `117.5 ms`; a share or a count without a unit is the number alone. */
export function quantity(value: number, unit: string): string {
  const { text, unit: shown } = formatQuantity(value, unit)
  if (shown === '') return text
  return shown === '%' ? `${text}%` : `${text} ${shown}`
}

export function valueOf(fact: Fact): string {
  if (fact.stat === 'count' && fact.unit === '1' && Number.isInteger(fact.value)) return wholeNumber(fact.value)
  return fact.kind === 'ratio' ? factorWords(fact.value) : plain(quantity(fact.value, fact.unit))
}

/** How many times the median an outlier is. */
export function timesOf({ times }: Fact): string | undefined {
  return times === undefined || !Number.isFinite(times) ? undefined : factorWords(times)
}

/** `57.8%`, of a share or a coefficient of variation. */
export function percentOf({ unit, value }: Fact): string | undefined {
  return unit === '1' && Number.isFinite(value) ? `${String(Number((100 * value).toPrecision(3)))}%` : undefined
}

/** They say nothing that the value does not. */
const PLAIN_STATS: ReadonlySet<string> = new Set(['value', 'count'])

/** `ttft, model gemma3:latest (mean 117.5 ms)`: subject, statistic and value stay together, whatever the sentence around them. */
export function wholeOf(fact: Fact): string {
  const stat = fact.stat !== undefined && !PLAIN_STATS.has(fact.stat) && !fact.subject.includes(fact.stat) ? `${plain(fact.stat)} ` : ''
  return `${plain(fact.subject)} (${stat}${valueOf(fact)})`
}
