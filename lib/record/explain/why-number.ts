/** The decisions behind one record, in words. */

import { rounded, UNITLESS } from '../confidence.js'
import type { Meaning, Measured } from '../measure.js'
import type { MetricRecord } from '../metric-record.js'
import { readNumber } from '../number.js'
import { baseUnit } from '../units.js'
import { isKnownMetric, resolve } from '../vocabulary.js'
import type { Decision } from './explanation.js'

/** `title`: what the name is where the number stands: a header, a key, a label. */
export function whyNumber(record: MetricRecord, measured: Measured | undefined, title: string): readonly Decision[] {
  if (!measured?.meaning) return [{ what: 'metric', is: record.metric, why: 'chimera wrote this record itself' }]
  const { meaning } = measured
  return [
    { what: 'metric', is: record.metric, why: whyMetric(record, meaning, title) },
    { what: 'value', is: record.value, why: whyValue(record) },
    { what: 'unit', is: record.unit, why: whyUnit(record, measured, title) },
    { what: 'stat', is: record.stat, why: whyStat(record, meaning, title) },
    { what: 'better', is: record.better, why: whyBetter(record, meaning) },
    { what: 'confidence', is: record.source.confidence ?? null, why: whyConfidence(record, measured) },
  ]
}

function whyMetric({ metric, raw }: MetricRecord, { field, layout, reading, bareName }: Meaning, title: string): string {
  const named = `${title} "${raw.name}"`
  if (field?.metric !== undefined && field.metric !== '') return `layout ${layout?.name ?? ''} says so of ${title} "${reading.raw}"`
  const words = reading.words.join('_')
  if (words === '') {
    if (layout?.metric !== undefined && layout.metric !== '') return `${named} names no quantity; in layout ${layout.name} such numbers are ${layout.metric}`
    if (bareName !== undefined) return `${named} names no quantity; "${bareName}" stands above or beside it`
    return `${named} names no quantity; called after its unit`
  }
  if (words === metric && !isCanonical(metric)) return `${named}, no known metric: its own name stays`
  if (words === metric) return `${named} is its name`
  if (isKnownMetric(words)) return `${named} is another name of it`
  return isCanonical(metric) ? `${named} together with its unit` : `${named} without statistic and unit`
}

function isCanonical(metric: string): boolean {
  return isKnownMetric(metric) && resolve(metric, undefined).canonical
}

function whyValue({ raw, unit }: MetricRecord): string {
  const written = `"${shortened(raw.text)}" stands there`
  if (raw.unit === undefined || raw.unit === unit || unit === '') return written
  return `${written}, in ${raw.unit}; brought to ${unit}`
}

function whyUnit({ unit, raw, metric }: MetricRecord, { evidence, meaning }: Measured, title: string): string {
  const { field, layout, reading, siblingUnit } = meaning ?? {}
  switch (evidence) {
    case 'schema':
      return `${spelled(field?.unit ?? layout?.unit, unit)}says layout ${layout?.name ?? ''}`
    case 'cell':
      return `${spelled(raw.unit, unit)}in the ${title === 'header' ? 'cell' : 'value'} "${shortened(raw.text)}"`
    case 'name':
      return `${spelled(reading?.unit ?? reading?.unitText, unit)}in the ${title} "${reading?.raw ?? raw.name}"`
    case 'sibling':
      return `${spelled(siblingUnit, unit)}given beside it`
    case 'implied':
      return unit === '1' && meaning?.ratio === true ? 'a ratio: between 0 and 1 under such a name' : `implied by the name: ${metric} is counted so`
    default:
      return whyNoUnit(metric, raw.text, reading?.unit ?? siblingUnit)
  }
}

function spelled(text: string | undefined, unit: string): string {
  return text === undefined || text === unit ? '' : `${text}, `
}

function whyNoUnit(metric: string, text: string, named: string | undefined): string {
  const found = readNumber(text)?.unitText ?? named
  if (found !== undefined && baseUnit(found) === undefined) return `"${found}" is no known unit: the number stays as it is`
  return UNITLESS.has(metric) ? 'it needs none' : 'given nowhere: the number stays as it is'
}

function whyStat({ stat, raw, source }: MetricRecord, { field, layout, reading, delta, rowStat }: Meaning, title: string): string {
  if (delta === true) return 'the column is one of differences'
  if (reading.delta) return `in the ${title} "${reading.raw}"`
  if (rowStat !== undefined) return 'the row says which statistic it holds'
  if (field?.stat === stat) return `says layout ${source.layout}`
  if (reading.stat === stat) return reading.words.length === 0 && reading.raw !== raw.name ? 'from a key above or beside it' : `in the ${title} "${reading.raw}"`
  const number = readNumber(raw.text)
  if (number?.spread !== undefined) return `"${shortened(raw.text)}" gives a value and its spread`
  if (number?.statistic !== undefined) return `"${number.statistic}" in the text`
  if (field === undefined && layout?.stat === stat) return `such numbers are averages in layout ${layout.name}`
  return stat === 'value' ? 'nothing says that it is an aggregate' : 'from what stands around it'
}

function whyBetter({ better, stat, metric, unit }: MetricRecord, { field, reading }: Meaning): string {
  if (field?.better !== undefined && stat !== 'stddev' && stat !== 'delta') return `says the layout`
  if (better === null && /^(?:stddev|delta|count)$/.test(stat)) return `neither is, of a ${stat}`
  if (better === null) return resolve(metric, unit).canonical ? `neither is, of ${metric}` : 'neither its name nor its unit tells'
  if (reading.better !== undefined) return `the name says so`
  return resolve(metric, unit).canonical ? `always so of ${metric}` : 'by a word of its name, or its unit'
}

function whyConfidence({ source, unit }: MetricRecord, { evidence, meaning, confidence }: Measured): string {
  const doubt = [
    ...(source.confidence === undefined || source.confidence === confidence ? [] : [`times ${rounded(source.confidence / confidence)} for the format`]),
  ]
  return [grounds(meaning, evidence, unit), ...doubt].join(', ')
}

function grounds(meaning: Meaning | undefined, evidence: Measured['evidence'], unit: string): string {
  if (meaning?.field) return 'the layout knows it'
  if (evidence === 'schema') return "the layout's unit"
  if (evidence === 'implied') return 'the name implies the unit'
  if (evidence !== 'none' && evidence !== undefined) return 'a name with its unit'
  return unit === '' ? 'a name without a unit' : 'a name that needs no unit'
}

const SHOWN = 60

/** Long text, cut in the middle of a line of output. */
export function shortened(text: string): string {
  const flat = text.replace(/\s+/g, ' ').trim()
  return flat.length > SHOWN ? `${flat.slice(0, SHOWN - 1)}…` : flat
}
