/** From a number as it stands in a file, and what its name says, to metric, base value, unit and statistic. */

import type { MetricField } from '../layout/field.js'
import type { Layout } from '../layout/layout.js'
import { confidenceOf, type UnitEvidence } from './confidence.js'
import type { Better, Stat } from './metric-record.js'
import { metricName, type MetricName, type NameReading } from './names.js'
import type { NumberReading } from './number.js'
import { roleOfName } from './roles.js'
import { isSpreadName, isUnkeptStatistic, percentile } from './statistics.js'
import { baseUnit, conversionOf, convert, toBase, type BaseValue, type Conversion } from './units.js'
import { resolve } from './vocabulary.js'

export interface Measured {
  readonly metric: string
  readonly value: number
  readonly unit: string
  readonly stat: Stat
  readonly better: Better
  /** As spelled in the file, where it was. */
  readonly rawUnit?: string
  readonly qualifier?: string
  /** 0 to 1, two decimals; see {@link confidenceOf}. */
  readonly confidence: number
  /** For those who ask why. */
  readonly evidence?: UnitEvidence
  readonly meaning?: Meaning
}

/** Everything known about a column or key before its numbers are seen; decided once. */
export interface Meaning {
  readonly reading: NameReading
  readonly field?: MetricField
  readonly layout?: Layout
  /** What a bare statistic is a statistic of, from the keys or headings around it. */
  readonly bareName?: string
  /** The row says which statistic it holds. */
  readonly rowStat?: Stat
  /** From a row of units, a sibling `unit` field. */
  readonly siblingUnit?: string
  /** All values seen lie in [0, 1], so that a score is a ratio. */
  readonly ratio?: boolean
  /** Most numbers of the column have no unit. */
  readonly unitless?: boolean
  /** The column is one of differences whatever its name says. */
  readonly delta?: boolean
  /** Base unit of what a relative difference is a difference of. */
  readonly nameUnit?: string
  /** Nothing in so many words says which metric it is. */
  readonly guessed?: true
  /** In a file about models `size` is the model's, and `tps` counts tokens. */
  readonly aboutModels?: boolean
}

/** One record, or two where the text gives a spread (`5.1 ± 0.2`); none for a bound, or a filler that the layout knows. */
export function measure(number: NumberReading, given: Meaning): readonly Measured[] {
  const meaning = amongModels(given)
  const { field } = meaning
  if (number.bound || !Number.isFinite(number.value)) return []
  if (field?.zero === 'absent' && number.value === 0) return []
  // `236B` among scores is a row of parameters.
  if (meaning.unitless === true && number.unitText === 'B') return []
  return (isBare(number) ? measurePlainly(number, meaning) : undefined) ?? measureAnew(number, meaning)
}

/** What becomes of every bare number under one meaning: all but the value is the same. */
export interface PlainMeasure {
  readonly like: Measured
  readonly conversion?: Conversion
  /** 0 is a filler there, and gives no record. */
  readonly zeroIsAbsent: boolean
}

/** `nothing`: bare numbers give no record there. `undefined`: what they give is not the same for all. */
export function plainMeasure(given: Meaning): PlainMeasure | 'nothing' | undefined {
  const plain = plainOf(amongModels(given))
  return plain === 'several' ? undefined : plain
}

const plains = new WeakMap<Meaning, PlainMeasure | 'nothing' | 'several'>()

function plainOf(meaning: Meaning): PlainMeasure | 'nothing' | 'several' {
  let plain = plains.get(meaning)
  if (plain === undefined) plains.set(meaning, (plain = measureOne(meaning)))
  return plain
}

/** What any bare number would give, from one of them. */
function measureOne(meaning: Meaning): PlainMeasure | 'nothing' | 'several' {
  const one: NumberReading = { value: 1, exact: true }
  const [like, ...more] = measureAnew(one, meaning)
  if (!like) return 'nothing'
  const spelled = isCount(like.stat, meaning) ? undefined : unitSpelling(one, meaning)?.text
  const conversion = spelled === undefined ? undefined : conversionOf(spelled, meaning.layout?.bytes ?? 'decimal')
  const zeroIsAbsent = meaning.field?.zero === 'absent'
  // A filler is known by the number in the file, not by what becomes of it.
  if (more.length > 0 || (zeroIsAbsent && conversion !== undefined && conversion.offset !== 0)) return 'several'
  return { like, ...(conversion && { conversion }), zeroIsAbsent }
}

/** A number with nothing beside it. */
export function isBare({ unitText, spread, statistic, spreadOnly, aside, scaled }: NumberReading): boolean {
  return unitText === undefined && spread === undefined && statistic === undefined && spreadOnly === undefined && aside === undefined && scaled === undefined
}

const switched = new WeakMap<Meaning, Meaning>()

/** The same object for the same meaning, since patterns hang on it. */
function amongModels(meaning: Meaning): Meaning {
  const reading = meaning.aboutModels === true && !meaning.field ? meaning.reading.amongModels : undefined
  if (reading === undefined) return meaning
  const known = switched.get(meaning)
  if (known) return known
  const other = { ...meaning, reading }
  switched.set(meaning, other)
  return other
}

/** `undefined` where this number has to be looked at by itself. */
function measurePlainly({ value }: NumberReading, meaning: Meaning): readonly Measured[] | undefined {
  const plain = plainOf(meaning)
  if (plain === 'several') return undefined
  if (plain === 'nothing') return []
  const converted = plain.conversion ? convert(value, plain.conversion) : value
  // Where this value could not be brought to the base unit, the next one may.
  return Number.isNaN(converted) ? undefined : [{ ...plain.like, value: converted }]
}

function measureAnew(given: NumberReading, meaning: Meaning): readonly Measured[] {
  const { field, layout, reading } = meaning
  if (!field && (reading.bound === true || isUnkeptStatistic(reading.words))) return []
  if (isRelative(given, meaning)) return measureAnew(withoutSpread(given), meaning)
  const number = billions(given, meaning)
  const named = statOf(number, meaning)
  // `±5` alone is the spread of something else unless the column is one of spreads.
  if (number.spreadOnly && named !== 'stddev' && field?.stat === undefined) return []
  const spelled = unitSpelling(number, meaning)
  const convention = layout?.bytes ?? 'decimal'
  const base = spelled === undefined ? undefined : toBase(number.value, spelled.text, convention)
  const name = nameOf(meaning, base?.unit)
  // `stdev_` in percent of a time is relative, and a spread that a record has no place for.
  if (!field && named === 'stddev' && base?.unit === '1' && reading.words.length === 0 && !resolve(meaning.bareName ?? '', '1').canonical) return []
  // How many samples there were is no amount of what they measured.
  const counted = isCount(named, meaning)
  const implied = base || field?.unit === '' ? '' : impliedUnit(name, meaning)
  const unit = counted ? '1' : (base?.unit ?? implied)
  const evidence: UnitEvidence = counted ? 'implied' : base && spelled ? spelled.evidence : implied === '' ? 'none' : 'implied'
  if (!field && isNoValue(number, reading, unit)) return []
  const shared = {
    metric: name.metric,
    unit,
    ...(base && !counted && spelled?.shown !== undefined ? { rawUnit: spelled.shown } : {}),
    ...qualifierOf(name, meaning),
  }
  const told = { confidence: confidenceOf(meaning, name, evidence, roleOfName(reading) === 'result'), evidence, meaning }
  const value: BaseValue = counted || !base ? { value: number.value, unit } : base
  // Under `Accuracy (std)` stands `0.81 (0.02)`, or the deviation alone.
  const beside = reading.aside !== undefined && number.aside !== undefined
  const after = beside ? number.aside : reading.spread === 'other' ? undefined : number.spread
  const stat: Stat = (beside && named === 'stddev' ? undefined : named) ?? (number.spread === undefined && !beside ? (extremeOf(name, meaning) ?? 'value') : 'mean')
  const out: Measured[] = [{ ...shared, value: value.value, stat, better: betterOf(stat, name, meaning), ...told }]
  if (after !== undefined && stat !== 'stddev') {
    const spread = base && spelled ? toBase(after, spelled.text, convention)?.value : after
    if (spread !== undefined) out.push({ ...shared, value: spread, stat: 'stddev', better: null, ...told })
  }
  return out
}

/** What a layout names needs no words of its own beside it. */
function qualifierOf(name: MetricName, { field, reading }: Meaning): { qualifier?: string } {
  const qualifier = name.qualifier ?? (field?.metric === undefined ? reading.qualifier : undefined)
  return qualifier === undefined ? {} : { qualifier }
}

/** The count of an aggregate; a layout's own count has the unit that the layout gives. */
function isCount(stat: Stat | undefined, { field }: Meaning): boolean {
  return stat === 'count' && field?.stat === undefined
}

/** `63768 ± 4.02%` in a column of nanoseconds; or what this tool writes there is no standard deviation. */
function isRelative({ spread, unitText }: NumberReading, { field, reading, siblingUnit }: Meaning): boolean {
  if (spread === undefined) return false
  if (field?.spread === 'none') return true
  if (unitText !== '%') return false
  const told = field?.unit ?? reading.unitText ?? siblingUnit
  return told !== undefined && told !== '' && baseUnit(told) !== '1'
}

/** Still the mean of several, unless something else is said. */
function withoutSpread({ value, exact, unitText, statistic = 'mean' }: NumberReading): NumberReading {
  return { value, exact, statistic, ...(unitText === undefined || unitText === '%' ? {} : { unitText }) }
}

/** The square of a time, a memory of unknown kilos. */
function isNoValue(number: NumberReading, { words }: NameReading, unit: string): boolean {
  const dimensioned = unit !== '' && unit !== '1'
  if (dimensioned && /^(?:variance|var)$/.test(words.at(-1) ?? '')) return true
  return number.scaled !== undefined && (unit === 'By' || /(?:^|_)(?:memory|mem|ram|vram|rss|heap|size|disk|storage)(?:_|$)/.test(words.join('_')))
}

const COUNTED = /(?:^|_)(?:params?|parameters?|tokens?|samples?|requests?|flops?|operations?|ops|rows?|records?|count|number|vertices|edges)(?:_|$)/

/** `6.74 B` parameters are billions of them. */
function billions(number: NumberReading, { reading, field }: Meaning): NumberReading {
  if (number.unitText !== 'B' || field?.unit === 'B' || !COUNTED.test(reading.full)) return number
  const { unitText, ...rest } = number
  return { ...rest, value: number.value * 1e9, scaled: unitText }
}

function extremeOf(name: MetricName, { reading }: Meaning): Stat | undefined {
  if (reading.extreme === undefined) return undefined
  const better = reading.better ?? name.better
  if (better === null) return undefined
  return (better === 'lower') === (reading.extreme === 'best') ? 'min' : 'max'
}

const PER_SECOND = /_per_s(?:ec(?:ond)?)?$/

/** A time beside the unit of something else has none. */
const TIMED = /(?:^|_)(?:time|latency|duration)$/

/** Evidence in the order of trust: the tool's schema, the cell, the header, a sibling field, the name. */
function unitSpelling(number: NumberReading, meaning: Meaning): { text: string; shown?: string; evidence: UnitEvidence } | undefined {
  const { field, layout, reading, siblingUnit } = meaning
  // `Transfer/sec: 606 MB`
  if (number.unitText !== undefined) return { text: PER_SECOND.test(reading.full) && baseUnit(number.unitText) === 'By' ? `${number.unitText}/s` : number.unitText, shown: number.unitText, evidence: 'cell' }
  if (field?.unit !== undefined) {
    if (field.unit === '') return undefined
    const shown = reading.unit ?? siblingUnit
    return { text: field.unit, evidence: 'schema', ...(shown === undefined ? {} : { shown }) }
  }
  if (reading.unitText !== undefined) return { text: reading.unitText, evidence: 'name', ...(reading.unit === undefined ? {} : { shown: reading.unit }) }
  if (siblingUnit !== undefined && !(TIMED.test(reading.full) && baseUnit(siblingUnit) !== 's')) return { text: siblingUnit, shown: siblingUnit, evidence: 'sibling' }
  return reading.words.length === 0 && layout?.unit !== undefined ? { text: layout.unit, evidence: 'schema' } : undefined
}

function statOf(number: NumberReading, { field, layout, reading, delta, rowStat }: Meaning): Stat | undefined {
  if (delta === true || reading.delta) return 'delta'
  if (rowStat !== undefined) return rowStat
  if (field?.stat !== undefined) return field.stat as Stat
  if (reading.stat !== undefined) return reading.stat
  if (number.statistic !== undefined) return SPOKEN[number.statistic] ?? percentile(number.statistic)
  return field === undefined ? undefined : (layout?.stat as Stat | undefined)
}

const SPOKEN: Readonly<Record<string, Stat>> = {
  average: 'mean',
  avg: 'mean',
  mean: 'mean',
  median: 'median',
  peak: 'max',
  max: 'max',
  maximum: 'max',
  min: 'min',
  minimum: 'min',
}

function nameOf(meaning: Meaning, unit: string | undefined): MetricName {
  const { field, layout, reading, bareName, delta } = meaning
  if (field?.metric === '') return metricName({ ...reading, words: [] }, unit)
  if (field?.metric !== undefined) return { ...resolve(field.metric, unit), metric: field.metric }
  const bare = layout?.metric === '' ? undefined : (layout?.metric ?? bareName)
  if (meaning.aboutModels === true && unit === 'By' && reading.words.join('_') === 'size') return { metric: 'model_size', canonical: true, better: 'lower' }
  const name = metricName(reading, unit, bare)
  // A relative difference is in percent whatever the metric itself is in.
  if ((delta === true || reading.delta) && unit === '1' && (!name.canonical || (meaning.nameUnit !== undefined && meaning.nameUnit !== '1'))) {
    const plain = metricName(reading, meaning.nameUnit, bare)
    if (plain.canonical) return plain
  }
  return name
}

const SCORES = /(?:^|_)(?:accuracy|acc|score|pass_rate|efficiency|utilization|success_rate|error_rate|hit_rate|failure_rate|f1|precision|recall)$/

function impliedUnit(name: MetricName, { ratio }: Meaning): string {
  if (name.implied !== undefined) return name.implied
  return ratio === true && SCORES.test(name.metric) ? '1' : ''
}

/** A difference or a spread has no good direction of its own: files disagree about the sign. */
function betterOf(stat: Stat, name: MetricName, { field, reading }: Meaning): Better {
  if (stat === 'delta' || stat === 'stddev' || stat === 'count') return null
  if (field?.better !== undefined) return field.better === 'none' ? null : field.better
  // `Error` beside a score is how unsure it is, and has no unit of errors.
  if (isSpreadName(reading.words) || /^(?:score_)?error$/.test(reading.words.join('_'))) return null
  return reading.better ?? name.better
}
