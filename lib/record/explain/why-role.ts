/** Why something is a measurement, a setting or neither, in words. */

import type { Layout, LayoutField } from '../../layout/layout.js'
import { isEmpty } from '../attributes.js'
import { fieldOf } from '../field-of.js'
import type { Meaning } from '../measure.js'
import { readName } from '../names.js'
import { readNumber } from '../number.js'
import { roleOfName } from '../roles.js'
import { isUnkeptStatistic } from '../statistics.js'
import { isKnownMetric } from '../vocabulary.js'
import type { ReadingRole } from './explanation.js'
import { shortened } from './why-number.js'

export interface Outcome {
  readonly name: string
  readonly text: string
  readonly role: ReadingRole
  /** The key above, in JSON. */
  readonly parent?: string
  /** The object of settings in which it stands. */
  readonly config?: string
  readonly layout?: Layout
  /** Of its number, where it is a metric. */
  readonly meaning?: Meaning
  /** What its attribute is called. */
  readonly attribute?: string
  /** No number beside it was measured. */
  readonly alone?: boolean
}

export function whyRole(outcome: Outcome): string {
  const { name, text, role, parent, layout, config, attribute, alone = false } = outcome
  const field = outcome.meaning?.field ?? fieldOf(layout, name, parent)
  if (role !== 'ignored' && field && agrees(field, role)) return `layout ${layout?.name ?? ''} knows "${name}"`
  switch (role) {
    case 'metric':
      return whyMetric(outcome)
    case 'attribute':
      return whyAttribute(name, text, config) + (attribute === undefined || attribute === name ? '' : `; called ${attribute}`)
    case 'time':
      return 'when it was measured'
    case 'status':
      return roleOfName(readName(name)) === 'error' || field?.role === 'error' ? 'an error: the run failed' : 'says whether the run worked'
    case 'name':
      return 'names what is measured in this row'
    case 'unit':
      return 'the unit of the numbers beside it'
    case 'stat':
      return 'the statistic of the numbers beside it'
    case 'ignored':
      return whyIgnored(name, text, field, layout, alone)
  }
}

function agrees(field: LayoutField, role: ReadingRole): boolean {
  return field.role === role || (role === 'status' && (field.role === 'error' || field.role === 'success'))
}

function whyMetric({ name, meaning }: Outcome): string {
  const reading = meaning?.reading ?? readName(name)
  switch (roleOfName(reading)) {
    case 'result': {
      const words = reading.words.join('_')
      if (isKnownMetric(words)) return `"${reading.raw}" names a known metric`
      if (reading.unit !== undefined) return `"${reading.raw}" names a unit (${reading.unit})`
      if (reading.stat !== undefined) return `"${reading.raw}" names a statistic (${reading.stat})`
      return `"${reading.raw}" is named like a result`
    }
    case 'attribute':
      return `"${name}" would be a setting, but what stands there is measured`
    default:
      return `a number, and nothing says that "${name}" is a setting`
  }
}

function whyAttribute(name: string, text: string, config: string | undefined): string {
  const reading = readName(name)
  if (config !== undefined) return `stands in "${config}", which holds settings`
  if (roleOfName(reading) === 'attribute') return `"${name}" is the name of a setting`
  const number = readNumber(text)
  if (number?.bound !== undefined) return 'a bound: a label, no number'
  if (number === undefined) return 'text, no number'
  return 'a number that says what was varied: it stands before what is measured'
}

const KNOWN_AS: Readonly<Record<LayoutField['role'], string>> = {
  metric: 'a metric',
  attribute: 'a setting',
  error: 'an error',
  time: 'a time',
  success: 'the outcome',
  unit: 'a unit',
  ignore: 'nothing',
}

function whyIgnored(name: string, text: string, field: LayoutField | undefined, layout: Layout | undefined, alone: boolean): string {
  if (isEmpty(text)) return 'empty'
  if (field) return `layout ${layout?.name ?? ''} ${field.role === 'ignore' ? 'leaves it out' : `knows it as ${KNOWN_AS[field.role]}, but nothing came of it here`}`
  const reading = readName(name)
  const number = readNumber(text)
  if (roleOfName(reading) === 'note') return `"${name}" is prose for people`
  if (number?.bound !== undefined) return `"${shortened(text)}" only bounds a value`
  if (number === undefined) return roleOfName(reading) === 'result' ? 'no single number' : alone ? 'nothing beside it was measured' : 'text that tells no measurement from another'
  if (isUnkeptStatistic(reading.words)) return `"${name}" is a statistic that has no place in a record`
  return 'no name or unit says that it was measured'
}
