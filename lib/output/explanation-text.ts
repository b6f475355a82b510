/** Explanations for people: a row, an object or a line at a time. */

import { formatQuantity, type AttributeOrigin, type Decision, type Explanation, type MetricRecord } from '../record/index.js'
import { sanitizeLine } from '../stage/index.js'
import { pad, truncate, widthOf } from './cell-width.js'

export interface ExplanationTextOptions {
  /** The row as it stands in the file, where it could be read again. */
  readonly raw?: string | undefined
  /** Whether places and metrics are bold; default false. */
  readonly color?: boolean
}

const RAW_SHOWN = 200
const NAME_SHOWN = 32
const VALUE_SHOWN = 28

/** What was said of one place, or of the columns or keys of a file, as lines. Control characters are removed. */
export function explanationText(group: readonly Explanation[], { raw, color = false }: ExplanationTextOptions = {}): string {
  const [first] = group
  if (!first) return ''
  const bold = (text: string) => (color ? `\x1b[1m${text}\x1b[22m` : text)
  const shared = sharedAttributes(group)
  const widths = [width(group.map(nameOf), NAME_SHOWN), width(group.map(({ text }) => text), VALUE_SHOWN)] as const
  const lines = [
    bold(headOf(first)),
    ...(first.headings && first.headings.length > 0 ? [`  under ${clean(first.headings.join(' / '))}`] : []),
    ...(raw === undefined ? [] : [`  | ${truncate(clean(raw.replace(/\s*\n\s*/g, ' ')), RAW_SHOWN)}`]),
    '',
    ...group.flatMap((one) => cellLines(one, widths, shared === undefined, bold)),
    ...(shared && shared.length > 0 ? ['', '  attributes', ...attributeLines(shared, '    ')] : []),
    '',
  ]
  return `${lines.join('\n')}\n`
}

function headOf({ file, line, format, layout, bytes, count }: Explanation): string {
  const rows = format === 'csv' || format === 'markdown'
  const place = line === undefined || (count !== undefined && !rows) ? file : `${file}:${line}`
  const range = bytes && count === undefined && rows ? `, bytes ${bytes[0]}-${bytes[1]}` : ''
  return clean(`${place}  ${format}, layout ${layout}${range}`)
}

function nameOf({ name }: Explanation): string {
  return name === '' ? '(no name)' : name
}

function cellLines(one: Explanation, [nameWidth, textWidth]: readonly [number, number], own: boolean, bold: (text: string) => string): string[] {
  const { text, role, why, records, decisions, attributes, count } = one
  const name = pad(truncate(clean(nameOf(one)), nameWidth), nameWidth, false)
  const value = pad(truncate(clean(text), textWidth), textWidth, false)
  const begin = `  ${name}  ${value}  `
  if (records.length === 0) return [`${begin}${pad(role, 'attribute'.length, false)}  ${clean(why)}`]
  const found = count === undefined ? '' : `  (${count} ${count === 1 ? 'record' : 'records'})`
  return [
    `${begin}${pad('metric', 'attribute'.length, false)}  ${bold(records.map(recordText).join(' and '))}${found}`,
    ...decisions.filter(says).map(({ what, is, why: because }) => `      ${what} ${clean(shown(is))}: ${clean(because)}`),
    // A known name was named already.
    ...(why.endsWith('names a known metric') ? [] : [`      measured: ${clean(why)}`]),
    ...(own && attributes.length > 0 ? ['      attributes', ...attributeLines(attributes, '        ')] : []),
  ]
}

/** A value that stands there as it is needs no words. */
function says({ what, why }: Decision): boolean {
  return what !== 'value' || why.includes('brought to')
}

function shown(is: Decision['is']): string {
  return is === null || is === '' ? 'unknown' : String(is)
}

function recordText({ metric, value, unit, stat, status }: MetricRecord): string {
  const quantity = formatQuantity(value, unit)
  return clean(`${metric} ${stat} ${quantity.text}${quantity.unit === '' ? '' : ` ${quantity.unit}`}${status === 'ok' ? '' : `, ${status}`}`)
}

/** Those of all numbers of the group, where they are the same. */
function sharedAttributes(group: readonly Explanation[]): readonly AttributeOrigin[] | undefined {
  const all = group.filter(({ records }) => records.length > 0).map(({ attributes }) => attributes)
  const [first = []] = all
  const sign = (one: readonly AttributeOrigin[]) => JSON.stringify(group[0]?.count === undefined ? one : one.map(({ name }) => name))
  return all.every((one) => sign(one) === sign(first)) ? first : undefined
}

function attributeLines(attributes: readonly AttributeOrigin[], indent: string): string[] {
  return attributes.map(({ name, value, from }) => `${indent}${clean(`${name}=${truncate(String(value), VALUE_SHOWN)}`)}: ${clean(from)}`)
}

function width(texts: readonly string[], limit: number): number {
  return Math.min(limit, Math.max(1, ...texts.map((text) => widthOf(clean(text)))))
}

function clean(text: string): string {
  return sanitizeLine(text)
}
