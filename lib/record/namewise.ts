/** Tables with one metric per row: `Metric | A | B | Delta`, `Metric | Value`, and the long form `model, metric, value, unit`. */

import { attributeKey, attributeValue, isEmpty, setAttribute } from './attributes.js'
import { addCell, cellPlace, type ReadRow, type TableAround } from './cell.js'
import { sampleOf } from './column.js'
import { statOf } from './long.js'
import { makeRecord, type Circumstances } from './make-record.js'
import { measure, type Meaning } from './measure.js'
import type { AttributeValue, MetricRecord, Stat } from './metric-record.js'
import { readName, type NameReading } from './names.js'
import { readNumber } from './number.js'
import { roleOfName } from './roles.js'
import { readTime } from './time.js'
import { baseUnit } from './units.js'
import { isKnownMetric, resolve } from './vocabulary.js'

type Kind =
  /** A measured column of its own beside the named one: `metric, metric_value, latency_ms`. */
  | { readonly kind: 'own'; readonly reading: NameReading }
  | { readonly kind: 'value' | 'unit' | 'delta' | 'time' | 'rowstat' | 'ignore' }
  | { readonly kind: 'stat'; readonly stat: Stat }
  | { readonly kind: 'variant' | 'attribute'; readonly key: string }

const NAME_COLUMN = /^(?:metrics?|metric_name|measurement|measure|kpi|indicator|statistics?|performance_metric|key_metric)$/
/** Under such a title stand settings as well as results. */
const PROPERTY_COLUMN = /^(?:params?|parameters?|property|properties|fields?|keys?|items?|attributes?|aspects?|stats?|what|description)$/
const SETTING_COLUMN = /^(?:params?|parameters?|settings?|options?|configs?|configuration|property|properties|specs?|specification|hyper_?params?|hyper_?parameters?)$/
const VALUE_COLUMN = /^(?:values?|metric_value|results?|measured|current)$/
const ROW_STAT = /^(?:stats?|statistics?|aggregation|aggregate|agg|percentile|quantile)$/
const DELTA_COLUMN = /^(?:delta|change|changes|difference|diff|improvement|gain|vs|percent_change|change_percent)$/

/** A reader of rows, or `undefined` when the table has no column of metric names. */
export function namewise(around: TableAround, rows: readonly (readonly string[])[], above?: NameReading): ((row: ReadRow) => readonly MetricRecord[]) | undefined {
  const { header } = around.start
  if (listsSettings(header, rows)) return () => []
  const titled = namesIn(header, rows)
  const names = titled >= 0 ? titled : holdsMetricNames(header, rows) ? 0 : -1
  if (names < 0 || measuresUnderTitles(header, names)) return undefined
  const kinds = kindsOf(header, names, rows)
  if (!kinds.some(({ kind }) => kind === 'value' || kind === 'stat' || kind === 'variant')) return undefined
  const variants = header.filter((_, index) => kinds[index]?.kind === 'variant')
  const variantKey = variants.every((title) => MODEL_NAME.test(title)) ? 'model' : 'variant'
  const settings: Record<string, AttributeValue> = {}
  const ofColumn = new Map<number, Record<string, AttributeValue>>()
  let time = around.time
  return (row) => {
    const label = row.cells[names]?.trim() ?? ''
    if (label === '') return []
    const reading = readName(label)
    const role = roleOfName(reading)
    if (role === 'time') {
      time = readTime(row.cells[names + 1])?.iso ?? time
      return []
    }
    if (role === 'attribute' && !measuredAnyway(reading, row.cells)) {
      // `Model | gemma3` explains the rows below; with several variants it is another per column.
      const cell = row.cells[names + 1]
      if (kinds[names + 1]?.kind === 'value' && cell !== undefined && !isEmpty(cell)) addCell(settings, attributeKey(label), cell)
      for (const [index, kind] of kinds.entries()) {
        const own = row.cells[index]
        if (kind.kind !== 'variant' || own === undefined || isEmpty(own) || /^(?:optimal|recommended|best)_/.test(reading.full)) continue
        const known = ofColumn.get(index) ?? {}
        ofColumn.set(index, known)
        addCell(known, attributeKey(label), own)
      }
      return []
    }
    const shared = sharedAttributes(row.cells, kinds)
    const nameUnit = unitOfRow(row.cells, kinds)
    return row.cells.flatMap((text, index) => {
      const kind = kinds[index]
      const number = kind === undefined || isEmpty(text) ? undefined : readNumber(text)
      if (!kind || !number || kind.kind === 'attribute' || kind.kind === 'time' || kind.kind === 'ignore' || kind.kind === 'unit' || kind.kind === 'rowstat' || shared.stat === 'none') return []
      const attributes: Record<string, AttributeValue> = {}
      const own = kind.kind === 'variant' ? ofColumn.get(index) : undefined
      if (kind.kind === 'variant' && !saysTitle(own, header[index] ?? '')) setAttribute(attributes, variantKey, header[index] ?? '')
      for (const [name, value] of [...Object.entries(own ?? {}), ...Object.entries(shared.attributes), ...Object.entries(settings), ...Object.entries(around.attributes)]) setAttribute(attributes, name, value)
      const circumstances: Circumstances = { attributes, status: 'ok', ...((shared.time ?? time) === undefined ? {} : { time: shared.time ?? time ?? '' }) }
      const meaning: Meaning = {
        reading: kind.kind === 'own' ? kind.reading : readingIn(reading, shared, kind),
        aboutModels: around.aboutModels,
        ...(kind.kind === 'delta' ? { delta: true } : {}),
        ...(reading.words.length === 0 && above !== undefined && kind.kind !== 'own' ? { bareName: above.words.join('_') } : {}),
        ...(nameUnit === undefined ? {} : { nameUnit }),
        ...(shared.unit === undefined || kind.kind === 'own' ? {} : { siblingUnit: shared.unit }),
        ...(number.value >= 0 && number.value <= 1 ? { ratio: true } : {}),
      }
      return measure(number, meaning).map((measured) => makeRecord(around.context, cellPlace(around, row, index), measured, { name: kind.kind === 'own' ? kind.reading.raw : label, text: row.written?.[index] ?? text }, circumstances))
    })
  }
}

/** `Metric | Write (MB/s) | Read (MB/s)`: the titles are what was measured, whatever the first column is called. */
function measuresUnderTitles(header: readonly string[], names: number): boolean {
  const others = header.filter((_, index) => index !== names).map((title) => readName(title))
  return others.length > 1 && others.filter(({ unit, words }) => unit !== undefined && words.length > 0).length * 3 >= others.length * 2 && new Set(others.map(({ unitText }) => unitText)).size > 1
}

/** `Parameter | Value` in which nothing, or but one thing, has a unit of results. */
function listsSettings(header: readonly string[], rows: readonly (readonly string[])[]): boolean {
  const titles = header.map((title) => readName(title).full)
  const value = titles.findIndex((title) => VALUE_COLUMN.test(title))
  return value > 0 && header.length < 4 && SETTING_COLUMN.test(titles[0] ?? '') && rows.filter((cells) => measuresValue(cells[0] ?? '', cells[value] ?? '')).length < 2
}

/** `metric, value`, and `name, unit, value`: beside a unit and a value, a name is that of what was measured. */
function namesIn(header: readonly string[], rows: readonly (readonly string[])[]): number {
  const titles = header.map((title) => readName(title).full)
  const named = titles.flatMap((title, index) => (NAME_COLUMN.test(title) ? [index] : []))
  // `metric, statistic, value`: the second says which statistic.
  const plain = named.find((index) => !ROW_STAT.test(titles[index] ?? '')) ?? named[0]
  if (plain !== undefined) return plain
  const value = titles.findIndex((title) => VALUE_COLUMN.test(title))
  const values = value >= 0
  if (value > 0 && PROPERTY_COLUMN.test(titles[0] ?? '') && rows.filter((cells) => measuresValue(cells[0] ?? '', cells[value] ?? '')).length > 1) return 0
  return values && header.some((title) => roleOfName(readName(title)) === 'unit') ? titles.indexOf('name') : -1
}

/** `Requests/sec | 250.5`, `Latency (avg) | 2.5ms`: a result, and in which unit. */
function measuresValue(label: string, text: string): boolean {
  const number = readNumber(text)
  const reading = readName(label)
  const unitText = number?.unitText ?? reading.unitText
  return number !== undefined && unitText !== undefined && roleOfName(reading) === 'result' && MEASURED_UNIT.test(baseUnit(unitText) ?? '')
}

const MEASURED_UNIT = /^(?:s|By|W|J|1|Cel)$|\/s$/

const MODEL_NAME = /(?:llama|gemma|mistral|qwen|gpt|claude|phi-?\d|deepseek|mixtral|falcon)|^[\w.-]+:[\w.-]+$/i


/** `concurrency | 1 | 2 | 4` under the titles `1 | 2 | 4`: the row says what the titles count. */
function saysTitle(settings: Readonly<Record<string, AttributeValue>> | undefined, title: string): boolean {
  return settings !== undefined && Object.values(settings).some((value) => value === attributeValue(title))
}

/** Under another title (`Scenario`), metrics are known by their names; then the other titles are none. */
function holdsMetricNames(header: readonly string[], rows: readonly (readonly string[])[]): boolean {
  const labels = rows.map((cells) => cells[0]?.trim() ?? '').filter((label) => label !== '')
  // A table without a title there is turned when its labels have units and statistics as titles have.
  const plain = /^(?:|name|key|field|property|parameter|item|unnamed: 0)$/i.test(header[0]?.trim() ?? '')
  // `Resource | Avg | Max`: of what, say the rows.
  const statistics = header.length > 2 && header.slice(1).every((title) => isPlainStatistic(readName(title)))
  const known = labels.filter((label) => {
    const reading = readName(label)
    // `ReadMap/reads=99%` is the name of a test.
    if (/[=/].*\d/.test(label) && reading.words.length > 1 && /=/.test(label)) return false
    if (statistics && reading.unit !== undefined && reading.words.length > 0 && readNumber(label) === undefined) return true
    return isKnownMetric(reading.words.join('_')) || (plain && reading.words.length > 0 && readNumber(label) === undefined && roleOfName(reading) === 'result' && (reading.unit !== undefined || reading.stat !== undefined))
  })
  const titles = header.slice(1).some((title) => isKnownMetric(readName(title).words.join('_')) || (readName(title).unit !== undefined && readName(title).words.length > 0))
  const settings = plain ? labels.filter((label) => roleOfName(readName(label)) === 'attribute').length : 0
  const most = known.length * 2 > labels.length || (known.length > 1 && (known.length + settings) * 4 > labels.length * 3)
  return labels.length > 1 && most && !titles
}

function isPlainStatistic({ stat, words, unit }: NameReading): boolean {
  return stat !== undefined && words.length === 0 && unit === undefined
}

function kindsOf(header: readonly string[], names: number, rows: readonly (readonly string[])[]): readonly Kind[] {
  const readings = header.map((title) => readName(title))
  const values = readings.some(({ full }, index) => index !== names && VALUE_COLUMN.test(full))
  const statistics = readings.some((reading, index) => index !== names && reading.stat !== undefined && reading.words.length === 0)
  return header.map((title, index): Kind => {
    const reading = readings[index]
    if (index === names || !reading) return { kind: 'ignore' }
    const role = roleOfName(reading)
    if (role === 'unit') return { kind: 'unit' }
    if (role === 'time') return { kind: 'time' }
    if (values && ROW_STAT.test(reading.full) && holdsStatistics(rows, index)) return { kind: 'rowstat' }
    if (reading.stat !== undefined && reading.words.length === 0) return { kind: 'stat', stat: reading.stat }
    if (VALUE_COLUMN.test(reading.full)) return { kind: 'value' }
    if (reading.delta || DELTA_COLUMN.test(reading.full) || /(?:^|\s)vs\.?(?:\s|$)/i.test(title)) return { kind: 'delta' }
    if (role === 'note') return { kind: 'ignore' }
    const key = attributeKey(title) || `column_${index + 1}`
    if (values && role === 'result' && sampleOf(rows, index).numbers.length > 0) return { kind: 'own', reading }
    // `Dataset | Entries | Metric | ada | babbage`: what stands before the metric says of what it is.
    if (values || statistics || (index < names && role === 'attribute')) return { kind: 'attribute', key }
    return sampleOf(rows, index).numbers.length > 0 ? { kind: 'variant', key } : { kind: 'ignore' }
  })
}

interface Shared {
  readonly attributes: Record<string, AttributeValue>
  readonly unit?: string
  readonly time?: string
  /** `none`: one that a record has no place for. */
  readonly stat?: Stat | 'none'
}

function holdsStatistics(rows: readonly (readonly string[])[], index: number): boolean {
  const filled = rows.map((cells) => cells[index]?.trim() ?? '').filter((cell) => cell !== '')
  return filled.length > 0 && filled.filter((cell) => statOf(cell) !== 'none').length * 2 > filled.length
}

/** A unit of the row's own is worth more than one that the name seems to end in. */
function readingIn(reading: NameReading, { unit, stat: ofRow }: Shared, kind: Kind): NameReading {
  const stat = kind.kind === 'stat' ? kind.stat : ofRow === 'none' ? undefined : ofRow
  const plain = unit === undefined || baseUnit(unit) === undefined || reading.unitText === undefined ? reading : withoutUnit(reading)
  return stat === undefined ? plain : { ...plain, stat }
}

function withoutUnit(reading: NameReading): NameReading {
  const { raw, full, words, delta, stat, better, qualifier } = reading
  return { raw, full, words, delta, ...(stat && { stat }), ...(better && { better }), ...(qualifier !== undefined && { qualifier }) }
}

function sharedAttributes(cells: readonly string[], kinds: readonly Kind[]): Shared {
  const attributes: Record<string, AttributeValue> = {}
  let unit: string | undefined
  let time: string | undefined
  let stat: Stat | 'none' | undefined
  for (const [index, kind] of kinds.entries()) {
    const text = cells[index]?.trim() ?? ''
    if (isEmpty(text)) continue
    if (kind.kind === 'unit') unit = text
    else if (kind.kind === 'time') time = readTime(text)?.iso
    else if (kind.kind === 'rowstat') stat = statOf(text)
    else if (kind.kind === 'attribute') addCell(attributes, kind.key, text)
  }
  return { attributes, ...(unit === undefined ? {} : { unit }), ...(time === undefined ? {} : { time }), ...(stat === undefined ? {} : { stat }) }
}

/** The difference of two rates stands in percent beside them; what it is a difference of, they say. */
function unitOfRow(cells: readonly string[], kinds: readonly Kind[]): string | undefined {
  for (const [index, cell] of cells.entries()) {
    if (!/^(?:value|stat|variant)$/.test(kinds[index]?.kind ?? '')) continue
    const unitText = readNumber(cell)?.unitText
    if (unitText !== undefined) return baseUnit(unitText)
  }
  return undefined
}

/** `GPU Memory | 5.3 GB`, `Output Length (tokens) | 96`: named like a fact about machine or data, but cells or unit say what it is. */
function measuredAnyway(reading: NameReading, cells: readonly string[]): boolean {
  if (isKnownMetric(reading.words.join('_')) && reading.full !== 'temperature') return true
  const named = reading.unitText === undefined ? undefined : baseUnit(reading.unitText)
  if (named === '1' && resolve(reading.words.join('_'), named).canonical) return true
  if (named === '{token}' || (named === 's' && /(?:^|_)duration(?:_|$)/.test(reading.full))) return true
  return cells.some((cell) => {
    const unitText = readNumber(cell)?.unitText
    const unit = unitText === undefined ? undefined : baseUnit(unitText)
    return unit === 's' || unit === 'W' || unit === 'J' || unit === 'Cel' || unit?.endsWith('/s') === true
  })
}
