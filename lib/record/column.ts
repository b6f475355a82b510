/** Decides once per column what it holds, from its header, the layout, and the first rows. */

import type { MetricField } from '../layout/field.js'
import type { Layout, LayoutField } from '../layout/layout.js'
import { attributeKey, isContextSize, isEmpty } from './attributes.js'
import { caseOf } from './cases.js'
import { keysBeforeResults, nameBareStatistics } from './columns-together.js'
import { fieldOf } from './field-of.js'
import type { Meaning } from './measure.js'
import { metricName, readName, type NameReading } from './names.js'
import { ELAPSED_NAME, isBillions, readElapsed, readNumber, type NumberReading } from './number.js'
import { isPrecisionOfScores, isSetting, roleOfName, SAMPLER_SETTING } from './roles.js'
import type { Rival } from './several.js'
import { isFailure, isPhase, isWarmupFlag, readStatus } from './status.js'
import { readTime } from './time.js'
import { baseUnit } from './units.js'
import { apart, byTest } from './twin-columns.js'
import { settingIn, widen, type Variant } from './wide.js'

export type Column =
  | {
      readonly role: 'metric'
      readonly index: number
      readonly header: string
      readonly meaning: Meaning
      readonly evident: boolean
      /** What its title says its numbers were taken under. */
      readonly variant?: Variant
      /** Where it is another from row to row; `undefined`: none. */
      readonly meaningIn?: (cells: readonly string[]) => Meaning | undefined
    }
  | { readonly role: 'attribute'; readonly index: number; readonly header: string; readonly key: string; readonly whole?: boolean; readonly phase?: boolean; /** Holds words, so that `none` is one. */ readonly words?: boolean }
  | { readonly role: 'error'; readonly index: number; readonly header: string; readonly when?: string }
  /** `warmup`: yes or no. */
  | { readonly role: 'time' | 'success' | 'warmup' | 'ignore'; readonly index: number; readonly header: string }
  | { readonly role: 'unit'; readonly index: number; readonly header: string; readonly of?: readonly string[] }

export interface ColumnsAround {
  readonly layout?: Layout
  readonly headers: readonly string[]
  /** Units row, where there is one. */
  readonly units?: readonly string[]
  readonly aboutModels: boolean
  /** The metric that the headings name. */
  readonly above?: NameReading
  /** The metric that the text above mentions among other things. */
  readonly hint?: NameReading
  /** The first columns are what machines have; told once, not per column. */
  readonly ofMachines?: boolean
  /** Columns of which only the unit, or these words, say what they are of. */
  readonly rivals?: readonly (Rival | undefined)[]
}

/** What the first rows hold in one column. */
export interface Sample {
  readonly filled: readonly string[]
  readonly numbers: readonly NumberReading[]
}

export function sampleOf(rows: readonly (readonly string[])[], index: number, header = ''): Sample {
  const filled = rows.flatMap((cells) => {
    const cell = cells[index]
    return cell === undefined || isEmpty(cell) ? [] : [cell]
  })
  // `<5` only bounds a value: a column of such labels is not one of numbers.
  const elapsed = ELAPSED_NAME.test(readName(header).full)
  return { filled, numbers: filled.flatMap((cell) => readNumber(cell) ?? (elapsed ? readElapsed(cell) : undefined) ?? []).filter((number) => number.bound === undefined) }
}

export function decideColumns(rows: readonly (readonly string[])[], given: ColumnsAround): readonly Column[] {
  const around: ColumnsAround = { ...given, ofMachines: listsMachines(given.headers) }
  const samples = around.headers.map((header, index) => sampleOf(rows, index, header))
  const columns = around.headers.map((header, index) => decide(header.trim(), index, samples[index] ?? { filled: [], numbers: [] }, around))
  if (around.layout) return nameBareStatistics(keysBeforeResults(columns, samples), undefined, samples)
  return apart(byTest(nameBareStatistics(keysBeforeResults(widen(columns, samples, around.above, around.hint), samples), around.above, samples), samples)).map((column) => rivalling(column, around.rivals?.[column.index]))
}

function rivalling(column: Column, rival: Rival | undefined): Column {
  if (!rival || column.role !== 'metric') return column
  const { raw, full, unit, unitText } = column.meaning.reading
  const reading: NameReading = { raw, full, words: rival.words, delta: false, ...(unit === undefined ? {} : { unit }), ...(unitText === undefined ? {} : { unitText }) }
  return { ...column, evident: true, variant: ['variant', rival.title], meaning: { ...column.meaning, reading } }
}

function decide(header: string, index: number, sample: Sample, around: ColumnsAround): Column {
  const field = fieldOf(around.layout, header)
  if (field) return fromLayout(field, header, index, around)
  if (isBefore(index, around)) return { role: 'attribute', index, header, key: attributeKey(header) || `column_${index + 1}` }
  const reading = readName(header)
  // `OOM` stands where a number would.
  const numeric = sample.numbers.length > 0 && sample.numbers.length * 2 >= sample.filled.filter((cell) => !isFailure(cell)).length
  const metric = (evident: boolean): Column => ({ role: 'metric', index, header, evident, meaning: meaningOf(reading, sample, index, around) })
  const attribute: Column = { role: 'attribute', index, header, key: keyOf(header, index, numeric, around), ...(isPhase(reading.full) ? { phase: true } : {}), ...(sample.numbers.length < sample.filled.length ? { words: true } : {}) }
  const ignore: Column = { role: 'ignore', index, header }
  if (isWarmupFlag(reading.full) && saysYesAndNo(sample)) return { role: 'warmup', index, header }
  if (header === '' && numeric && index === 0) return isRowNumber(sample) ? ignore : attribute
  // `8B` of parameters, not of bytes.
  if (isParameterCount(reading, sample, around)) return attribute
  // A column of `OOM` names nothing.
  if (sample.filled.length > 0 && sample.numbers.length === 0 && sample.filled.every(isFailure) && !/^(?:success|error)$/.test(roleOfName(reading))) return ignore
  if (isLongText(sample)) return roleOfName(reading) === 'error' ? { role: 'error', index, header } : ignore
  // `8 threads` over results is one of several such columns.
  if (numeric && settingIn(header) !== undefined && !/^(?:gpu|cpu|node|agent|device)_?\d/.test(reading.full)) return metric(false)
  // `#Samples`, `# Tasks`: how many there are of what the data set or the machine has.
  const counted = /(?:^|\s)#\s?(\p{L}[\p{L}\s]*)$/u.exec(header)?.[1]
  if (counted !== undefined && (isSetting(`num_${readName(counted).full}`) || /^[A-Z]{2,4}$/.test(counted))) return attribute
  if (numeric && around.ofMachines === true && isRoom(reading, sample)) return attribute
  switch (roleOfName(reading)) {
    case 'time':
      if (sample.filled.length > 0 && sample.filled.every((cell) => readTime(cell) !== undefined)) return { role: 'time', index, header }
      return numeric ? metric(false) : attribute
    case 'error':
      return numeric && sample.numbers.length === sample.filled.length ? metric(false) : { role: 'error', index, header }
    case 'success':
      if (sample.filled.every((cell) => readStatus(cell) !== undefined)) return { role: 'success', index, header }
      return numeric ? metric(true) : attribute
    case 'unit':
      return { role: 'unit', index, header }
    case 'note':
      return numeric ? metric(false) : ignore
    case 'attribute':
      if (isMeasuredAfterAll(reading, sample, around)) return metric(true)
      return isNoSetting(reading, sample) ? metric(false) : attribute
    case 'result':
      if (index === 0 && isRoom(reading, sample)) return attribute
      if (sample.numbers.length > 0 || sample.filled.length === 0) return metric(true)
      // `15-20%` or `good` is a result, only not a number: no attribute of the other results, unless it names the row.
      return index === 0 || NAME_OR_RESULT.test(reading.full) ? attribute : ignore
    case 'unknown':
      return numeric ? metric(sample.numbers.some((number) => number.unitText !== undefined)) : attribute
  }
}

/** `Runtime`: how long it took, or what it ran on, as words say. */
const NAME_OR_RESULT = /^(?:runtime|run_time)$/

/** `GPU memory` of 24 GB at the head of a table says what the rows are for. */
function isRoom({ full }: NameReading, { filled, numbers }: Sample): boolean {
  return /^(?:gpu_)?(?:memory|v?ram)(?:_size)?$/.test(full) && numbers.length === filled.length && numbers.every(({ value, unitText }) => Number.isInteger(value) && unitText !== undefined && /^G(?:i?B)?$/i.test(unitText))
}

/** `Device | CPU | RAM`: what machines have. */
function listsMachines(headers: readonly string[]): boolean {
  const names = headers.slice(0, MACHINE_COLUMNS).map((header) => readName(header).full)
  return /^(?:device|machine|hardware|platform|host|system|node|server|board|phone|laptop|instance)$/.test(names[0] ?? '') && names.some((name) => /^(?:cpu|soc|chip|chipset|processor|os)$/.test(name))
}

const MACHINE_COLUMNS = 12

/** Rows counted from 0 or 1; other numbers without a title say what was varied. */
function isRowNumber({ filled, numbers }: Sample): boolean {
  const [first] = numbers
  return numbers.length === filled.length && (first?.value === 0 || first?.value === 1) && numbers.every(({ value, unitText }, at) => unitText === undefined && value === first.value + at)
}

/** `warmup` may count warm-ups; as a flag it is a word, or both 0 and 1. */
function saysYesAndNo({ filled }: Sample): boolean {
  const words = new Set(filled.map((cell) => cell.trim().toLowerCase()))
  const flags = [...words].every((word) => /^(?:true|false|yes|no|y|n|0|1)$/.test(word))
  return flags && words.size > 0 && ((words.has('0') && words.has('1')) || [...words].some((word) => !/^[01]$/.test(word)))
}

function isParameterCount({ full, unit }: NameReading, { filled }: Sample, { headers, aboutModels }: ColumnsAround): boolean {
  if (unit !== undefined || !/^(?:model_)?(?:size|scale|params?|parameters)$|^(?:num|n)_params$|^(?:llm|lm|network|checkpoint|backbone)$/.test(full)) return false
  if (!aboutModels && !headers.some((header) => /^model/i.test(header.trim())) && !filled.some(isBillions)) return false
  // `72B + vLLM` is no number; those that are must all be of this kind.
  const numbers = filled.filter((cell) => readNumber(cell) !== undefined)
  return numbers.length * 2 > filled.length && numbers.every((cell) => /^\W*\d{1,4}(?:\.\d+)?\s?[BM]\W*$/.test(cell))
}

/** Prompts, answers and remarks: they explain nothing in a few words. */
const LONG_TEXT = 160

function isLongText({ filled }: Sample): boolean {
  return filled.length > 0 && filled.filter((cell) => cell.length > LONG_TEXT && !/^[[{]/.test(cell)).length * 2 > filled.length
}

function isBefore(index: number, { layout, headers }: ColumnsAround): boolean {
  return layout?.settingsBefore !== undefined && index < headers.findIndex((header) => header.trim() === layout.settingsBefore)
}

/** `GPU` beside a context size counts layers on the GPU. */
function keyOf(header: string, index: number, numeric: boolean, { headers }: ColumnsAround): string {
  const key = attributeKey(header)
  if (key === 'gpu' && numeric && headers.some(isContextSize)) return 'num_gpu'
  return key || (index === 0 ? 'name' : `column_${index + 1}`)
}

function fromLayout(field: LayoutField, header: string, index: number, around: ColumnsAround): Column {
  switch (field.role) {
    case 'metric': {
      const meaning = meaningOf(readName(header), undefined, index, around)
      return { role: 'metric', index, header, evident: true, meaning: { ...meaning, field }, ...(field.cases && { meaningIn: meaningByRow(meaning, field, around.headers) }) }
    }
    case 'attribute':
      // A command line or the name of a test may well hold `key=value`.
      return { role: 'attribute', index, header, key: field.name ?? attributeKey(header), ...(field.name === undefined ? {} : { whole: true }) }
    case 'error':
      return { role: 'error', index, header, ...(field.when === undefined ? {} : { when: field.when }) }
    case 'unit':
      return { role: 'unit', index, header, ...(field.of === undefined ? {} : { of: field.of }) }
    case 'time':
    case 'success':
    case 'ignore':
      return { role: field.role, index, header }
  }
}

/** One meaning per case, made once. */
function meaningByRow(meaning: Meaning, field: MetricField, headers: readonly string[]): (cells: readonly string[]) => Meaning | undefined {
  const indices = new Map(headers.map((header, index) => [header.trim(), index]))
  const meanings = new Map<LayoutField, Meaning>()
  return (cells) => {
    const told = caseOf(field, (name) => cells[indices.get(name) ?? -1]?.trim() ?? '')
    if (told.role !== 'metric') return undefined
    const known = meanings.get(told) ?? { ...meaning, field: told }
    meanings.set(told, known)
    return known
  }
}

function meaningOf(reading: NameReading, sample: Sample | undefined, index: number, { layout, units, aboutModels }: ColumnsAround): Meaning {
  const unit = units?.[index]?.trim()
  const ratio = sample !== undefined && sample.numbers.length > 0 && sample.numbers.every(({ value }) => value >= 0 && value <= 1)
  return {
    reading,
    aboutModels,
    ...(layout === undefined ? {} : { layout }),
    ...(unit === undefined || unit === '' ? {} : { siblingUnit: unit }),
    ...(ratio ? { ratio } : {}),
    ...(sample !== undefined && sample.numbers.filter(({ unitText }) => unitText === undefined).length * 2 > sample.numbers.length ? { unitless: true } : {}),
    ...(sample !== undefined && areChanges(sample) ? { delta: true } : {}),
  }
}

/** `+5%`, `-3%`, all with a sign: what changed. */
function areChanges({ filled }: Sample): boolean {
  return filled.length > 1 && filled.every((cell) => /^[*_`~\s(]*[+\-−–]\s?\d[\d.,]*\s?%/.test(cell)) && filled.some((cell) => /^[^\d]*\+/.test(cell))
}

/** `GPU` with cells in percent is its utilisation, `temperature` beside no sampler setting that of a chip. */
function isMeasuredAfterAll(reading: NameReading, sample: Sample, around: ColumnsAround): boolean {
  if (/^(?:temp|temperature)$/.test(reading.full)) {
    const hot = sample.numbers.some(({ value, unitText }) => value > 5 || (unitText !== undefined && baseUnit(unitText) === 'Cel'))
    return hot && !around.headers.some((header) => SAMPLER_SETTING.test(readName(header).full))
  }
  if (isPrecisionOfScores(reading, around.headers)) return true
  const unitText = sample.numbers.find((number) => number.unitText !== undefined)?.unitText
  // `CPU (%)` says in its title what no whole numbers below it say.
  const unit = unitText !== undefined ? baseUnit(unitText) : reading.unitText !== undefined && baseUnit(reading.unitText) === '1' && sample.numbers.length > 0 ? '1' : undefined
  if (unit === undefined) return false
  // A context of 157 MB/s is no setting; a timeout of 5 s, or a rate that was asked for, is one.
  if ((unit === 's' || unit.endsWith('/s')) && !/time|duration|interval|delay|window|limit|rate|target|[qr]ps|load|period|pause|ramp|every/.test(reading.full)) return true
  return metricName(reading, unit).canonical
}

/** Settings that are no whole numbers; all others are counts and sizes. */
const FRACTIONAL = /temp|top_|min_p|typical|penalty|rate|version|timeout|ratio|limit|clock|memory|ram|total|precision|bits|param|qps|learning|interval|range|burst|config|name|label|id$|case|value|size_(?:kb|mb|gb)|capability/

/** A column `Batch` full of fractions holds the results of a method of that name. */
function isNoSetting(reading: NameReading, { filled, numbers }: Sample): boolean {
  if (numbers.length < 2 || numbers.length < filled.length || FRACTIONAL.test(reading.full)) return false
  return numbers.filter(({ value, unitText }) => unitText === undefined && !Number.isInteger(value)).length * 2 > numbers.length
}
