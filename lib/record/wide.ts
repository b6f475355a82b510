/** Wide tables: columns that hold one metric under several conditions (`Batch 1 | Batch 8`, `FP16 latency | INT4 latency`, models as titles). */

import { attributeKey, attributeValue } from './attributes.js'
import { captionMetric, suits, unqualified } from './caption.js'
import type { Column, Sample } from './column.js'
import type { Meaning } from './measure.js'
import type { AttributeValue } from './metric-record.js'
import { readName, type NameReading } from './names.js'
import { isSetting, roleOfName } from './roles.js'
import { baseUnit } from './units.js'
import { isKnownMetric } from './vocabulary.js'

/** What the title of a column says its numbers were taken under. */
export type Variant = readonly [key: string, value: AttributeValue]

type MetricColumn = Extract<Column, { role: 'metric' }>

/** `above`: the metric that headings name. Titles that name what was varied become attributes; the metric comes from the corner, the headings or the unit. */
export function widen(columns: readonly Column[], samples: readonly Sample[], above: NameReading | undefined, hint?: NameReading): readonly Column[] {
  return scoresOfModels(unnamedColumns(prefixedColumns(llamaBenchColumns(columns, samples).map(withQualifier)), samples, above, hint), samples)
}

const TASKS = /^(?:benchmarks?|datasets?|tasks?|evals?|evaluations?|test_?sets?|subjects?)(?:_|$)/

/** Models as titles over numbers that nothing names: a row is a benchmark, its numbers are scores; `MMLU (EM)` says which. */
function scoresOfModels(columns: readonly Column[], samples: readonly Sample[]): readonly Column[] {
  const task = columns.find((column) => column.role === 'attribute' && TASKS.test(readName(column.header).full)) ?? (percentages(columns, samples) ? columns.find((column) => column.index === 0 && column.role === 'attribute' && column.header.trim() === '') : undefined)
  if (!task) return columns
  return columns.map((column) => {
    if (column.role !== 'metric' || column.variant?.[0] !== 'model' || column.meaning.reading.words.length > 0 || column.meaning.reading.unitText !== undefined || column.meaning.unitless !== true) return column
    const score: Meaning = { ...column.meaning, guessed: true, reading: { ...column.meaning.reading, words: ['score'] } }
    const named = new Map<string, Meaning>()
    return {
      ...column,
      meaning: score,
      meaningIn: (cells: readonly string[]) => {
        const label = cells[task.index] ?? ''
        if (isSetting(readName(label).full)) return undefined
        const said = /\(([A-Za-z][\w@. -]{1,24})\)\s*$/.exec(label)?.[1]
        const words = said === undefined ? [] : readName(said).words
        if (said === undefined || words.length === 0 || (!isKnownMetric(words.join('_')) && !/^[A-Z][A-Za-z]{0,3}\d?$|@\d/.test(said))) return score
        const known = named.get(said) ?? { ...score, reading: { ...column.meaning.reading, words } }
        if (named.size < KEPT) named.set(said, known)
        return known
      },
    }
  })
}

/** No number beyond 100, and none without a fraction alone: under no title, scores rather than anything else. */
function percentages(columns: readonly Column[], samples: readonly Sample[]): boolean {
  const numbers = columns.flatMap((column) => (column.role === 'metric' ? (samples[column.index]?.numbers ?? []) : []))
  return numbers.every(({ value }) => value >= 0 && value <= 100) && numbers.some(({ value }) => !Number.isInteger(value))
}

/** Names of metrics remembered for a column. */
const KEPT = 256

const LLAMA_BENCH = /^(tg|pp)[ _-]?(\d+)(?:\s*\(?(?:t|tok|tokens)\/s\)?)?$/i

/** `pp512 | tg128` over many tables made of llama-bench: tokens per second of a prompt, and of a generation, that long. */
function llamaBenchColumns(columns: readonly Column[], samples: readonly Sample[]): readonly Column[] {
  const named = columns.filter(({ header }) => LLAMA_BENCH.test(header))
  if (named.length < 2) return columns
  return columns.map((column) => {
    const [, what = '', length] = LLAMA_BENCH.exec(column.header) ?? []
    if (length === undefined || column.role !== 'metric' || samples[column.index]?.numbers.some(({ unitText }) => unitText !== undefined && baseUnit(unitText) !== '{token}/s')) return column
    const generated = what.toLowerCase() === 'tg'
    const reading: NameReading = { ...column.meaning.reading, words: [generated ? 'output' : 'prompt', 'throughput'], unitText: 't/s' }
    return { ...column, evident: true, variant: [generated ? 'n_gen' : 'n_prompt', Number(length)], meaning: { ...column.meaning, reading } }
  })
}

/** `Latency (bs=8)`: the remark in the title is a setting. */
function withQualifier(column: Column): Column {
  if (column.role !== 'metric' || column.meaning.field) return column
  const { qualifier, ...reading } = column.meaning.reading
  const variant = qualifier === undefined ? undefined : settingIn(qualifier)
  return variant ? { ...column, variant, meaning: { ...column.meaning, reading } } : column
}

/** `batch 8`, `bs=8`, `8 threads`: one setting and its number. */
export function settingIn(text: string): Variant | undefined {
  if (text.length > 40) return undefined
  const before = /^([A-Za-z][A-Za-z _-]*?)[\s_]*[=:@]?\s*(\d+(?:\.\d+)?)$/.exec(text)
  const [name, number] = before ? [before[1], before[2]] : (/^(\d+(?:\.\d+)?)[\s_-]*([A-Za-z][A-Za-z _-]*)$/.exec(text) ?? []).slice(1).reverse()
  if (name === undefined || number === undefined) return undefined
  const { full } = readName(name)
  if (!COUNTED_SETTING.test(full) && !(/[=:@]/.test(text) && isSetting(full)) && !/^[a-z][a-z_]{0,15}=\d/.test(text)) return undefined
  return [attributeKey(isSetting(full) || full.length < 3 || !COUNTED_SETTING.test(full) ? name : `${name}s`), Number(number)]
}

/** Settings that are numbers; `Node 22` and `M1` are names of things. */
const COUNTED_SETTING = /^(?:batch(?:_size)?|bs|bsz|threads?|workers?|clients?|conns?|connections?|users?|vus?|concurrency|concurrent|ctx|context(?:_\w+)?|seq(?:_len)?|seqlen|prompt_(?:len|length)|gpus|cpus|cores|vcpus?|nodes|replicas?|ranks?|shards?|layers?|steps?|iterations?|iters?|rounds?|epochs?|temp|temperature|tp|pp|dp|streams?|procs|process(?:es)?|qps|rps|depth|beams?|agents?|(?:num|n)_\w+|\w+_(?:size|length|len|depth))$/

/** Names of things that are compared, not of what is done or measured. */
const NAMED_WORD = /(?:^|[\s_/-])(?:baseline|base|new|old|ours|original|optimi[sz]ed|reference|before|after|warm|cold|with|without|in-?place|out-?of-?place|cpu|gpu|eager|jit|compiled|torch|pytorch|tensorflow|tensorrt|onnx|onnxruntime|vllm|tgi|sglang|ollama|llama\.?cpp|triton|cuda|cublas|cudnn|cutlass|metal|rocm|vulkan|opencl|mps|xla|jax|node|bun|deno|chrome|firefox|safari|python|java|rust|go|gcc|clang|msvc|postgres(?:ql)?|mysql|sqlite|duckdb|clickhouse|redis|intel|amd|nvidia|apple|arm|chimera|fp\d+|bf\d+|int\d+|serial|parallel|sync|async)(?:$|[\s_/-])/i

function namesThing(text: string): boolean {
  return /\d/.test(text) || NAMED_WORD.test(text) || PRODUCT.test(text) || (SHORT_FORM.test(text) && !PART_OF_WORK.test(text))
}

/** `MongoDB`, `PostgreSQL`: written as only names are. */
const PRODUCT = /^[A-Z][a-z]+[A-Z]/

/** `TF`, `EFF-FT`: who did it; but `DNS` and `GC` are parts of what was done, measured each for itself. */
const SHORT_FORM = /^[A-Z][A-Z\d]+(?:[-_+/ ][A-Z\d][A-Za-z\d]*)*$/
const PART_OF_WORK = /(?:^|[-_ ])(?:E2E|TTFT|TPOT|ITL|IO|DNS|TCP|UDP|TLS|SSL|HTTPS?|GC|DB|SQL|API|RPC|UI|DRAM|RAM|HBM|PCIE|DMA|DISK|NET|H2D|D2H|D2D|PRE|POST|LLM|ASR|TTS|OCR|RAG|MAX|MIN|AVG|STD|P\d+|READ|WRITE|INPUT|OUTPUT|TOTAL)(?:$|[-_ ])/

/** `FP16 latency (ms)` beside `INT4 latency (ms)`: the last words are the metric, the first say which. */
function prefixedColumns(columns: readonly Column[]): readonly Column[] {
  const groups = new Map<string, { readonly index: number; readonly tail: readonly string[]; readonly prefix: string }[]>()
  for (const column of columns) {
    if (column.role !== 'metric' || column.meaning.field || column.variant) continue
    const { words, unitText, stat, delta } = column.meaning.reading
    if (delta || words.length < 2 || isKnownMetric(words.join('_'))) continue
    const from = words.findIndex((_, at) => at > 0 && isKnownMetric(words.slice(at).join('_')))
    if (from < 0) continue
    const tail = words.slice(from)
    const prefix = prefixOf(column.header, words.slice(0, from))
    if (prefix === undefined) continue
    const key = `${tail.join('_')}|${unitText ?? ''}|${stat ?? ''}`
    groups.set(key, [...(groups.get(key) ?? []), { index: column.index, tail, prefix }])
  }
  const told = new Map<number, { readonly tail: readonly string[]; readonly variant: Variant }>()
  const compared = [...groups.values()].filter((group) => group.length > 1 && group.filter(({ prefix }) => namesThing(prefix)).length * 2 >= group.length)
  // `FT speedup` beside `TF latency` and `FT latency`
  const prefixes = new Set(compared.flat().map(({ prefix }) => prefix))
  for (const group of groups.values()) {
    if (!compared.includes(group) && !group.every(({ prefix }) => prefixes.has(prefix))) continue
    for (const { index, tail, prefix } of group) told.set(index, { tail, variant: settingIn(prefix) ?? ['variant', prefix] })
  }
  return columns.map((column) => {
    const found = told.get(column.index)
    if (!found || column.role !== 'metric') return column
    return { ...column, variant: found.variant, meaning: { ...column.meaning, reading: { ...column.meaning.reading, words: found.tail } } }
  })
}

/** The words of the title that stand before the metric, as they are spelled there. */
function prefixOf(header: string, words: readonly string[]): string | undefined {
  const shown = header.replace(/[([{][^)\]}]*[)\]}]/g, ' ').trim()
  const parts = shown.split(/[\s_]+/)
  for (let length = 1; length <= parts.length; length += 1) {
    const text = parts.slice(0, length).join(' ')
    if (readName(text).full === words.join('_')) return text
  }
  return undefined
}

/** Titles under which something else than one more condition may be counted. */
const COUNTED = /(?:^|_)size$|^(?:real|user|sys|correct|incorrect|wrong|passed|failed|total|count|hits|misses|samples|size|params|runs)$/
const LIKE = 1e4

/** Titles that name nothing measured, over numbers of one kind. */
function unnamedColumns(columns: readonly Column[], samples: readonly Sample[], above: NameReading | undefined, hint: NameReading | undefined): readonly Column[] {
  const [corner] = columns
  const keyed = corner?.role === 'metric' && !corner.evident && isKey(corner, samples[0])
  const metrics = columns.filter((column): column is MetricColumn => column.role === 'metric' && !(keyed && column === corner))
  // Both axes are named in the corner: whatever the titles look like, they are values of the second one.
  const matrix = corner?.role === 'attribute' && corner.index === 0 && above !== undefined && above.words.length > 0 && /\S\s*\\\s*\S/.test(corner.header)
  const isOne = matrix ? isValueOfAxis : isUnnamed
  const unnamed = metrics.filter(isOne)
  const rest = metrics.filter((column) => !isOne(column) && !isComparison(column))
  if (unnamed.length < 2 || !rest.every(isBareStatistic)) return columns
  const rival = corner?.role === 'attribute' && metrics.length === columns.length - 1 && rest.length === 0 && saySameUnits(unnamed, samples)
  if (!rival && !areAlike(unnamed, samples)) return columns
  const inCorner = corner?.role === 'attribute' && corner.index === 0 && roleOfName(readName(corner.header)) === 'result' ? captionMetric(corner.header) : undefined
  const unit = cellUnit(unnamed, samples)
  const caption = [inCorner, above].find((reading) => reading !== undefined && suits(reading, unit)) ?? (hint && isHinted(hint, unit) ? hint : undefined)
  const guessed = caption !== undefined && caption === hint
  const numbered = unnamed.every(({ header }) => /^\d+(?:\.\d+)?[kK]?$/.test(header))
  const settings = unnamed.map(({ header }) => settingIn(header.replace(/[()[\]]/g, '')))
  const things = unnamed.filter(({ header }, at) => settings[at] !== undefined || namesThing(header)).length
  const plainly = things * 2 >= unnamed.length && unit !== undefined && (unit === 's' || unit.endsWith('/s'))
  const models = unnamed.filter(({ header }) => MODEL_TITLE.test(header)).length * 3 >= unnamed.length * 2
  if (!caption && !plainly && !rival && !numbered && !models && !settings.every((setting) => setting !== undefined)) return columns
  // `Concurrency 1 | 2 | 4`: the first title says what all of them count.
  const counted = settings[0] !== undefined && unnamed.slice(1).every(({ header }) => /^\d+(?:\.\d+)?[kK]?$/.test(header)) ? settings[0][0] : undefined
  const axis = inCorner ? undefined : axisOf(corner, samples, numbered)
  const words = caption?.words ?? []
  return columns.map((column): Column => {
    if (keyed && column === corner) return { role: 'attribute', index: 0, header: column.header, key: axis?.row ?? (attributeKey(column.header) || 'name') }
    if (column === corner && (axis || inCorner)) return { role: 'attribute', index: 0, header: column.header, key: axis?.row ?? 'name' }
    if (column.role !== 'metric' || column.meaning.field) return column
    const { reading } = column.meaning
    if (isBareStatistic(column) || isComparison(column)) return named(column, { ...reading, words: reading.words.length === 0 ? words : reading.words }, caption, guessed)
    if (!isOne(column)) return column
    const title = reading.unit === undefined ? column.header : column.header.replace(/[([][^)\]]*[)\]]/g, ' ').replace(/\s+/g, ' ').trim() || column.header
    const value = attributeValue(title) ?? title
    const variant: Variant = settingIn(column.header.replace(/[()[\]]/g, '')) ?? [axis?.column ?? counted ?? (models ? 'model' : 'variant'), value]
    return { ...named(column, { ...reading, words }, caption, guessed), variant, evident: true }
  })
}

/** What the text above only mentions: memory for numbers in bytes, a score or a loss for numbers without a unit. */
function isHinted(hint: NameReading, unit: string | undefined): boolean {
  return unit === undefined ? hint.words.join('_') !== 'memory' : unit === 'By' && hint.words.join('_') === 'memory'
}

/** Whole numbers in a first column, each once: `size | gcc | clang`. */
function isKey({ header }: MetricColumn, sample: Sample | undefined): boolean {
  const values = sample?.numbers.map(({ value }) => value) ?? []
  return values.every((value) => Number.isInteger(value)) && new Set(values).size === values.length && (values.length > 1 || /[\\/]/.test(header))
}

function named(column: MetricColumn, reading: NameReading, caption: NameReading | undefined, guessed: boolean): MetricColumn {
  const rest = unqualified(reading)
  const unit = rest.unitText === undefined && caption?.unitText !== undefined ? { unitText: caption.unitText, ...(caption.unit === undefined ? {} : { unit: caption.unit }) } : {}
  const stat = rest.stat === undefined && caption?.stat !== undefined ? { stat: caption.stat } : {}
  const better = rest.better === undefined && caption?.better !== undefined ? { better: caption.better } : {}
  return { ...column, meaning: { ...column.meaning, ...(guessed ? { guessed } : {}), reading: { ...rest, ...unit, ...stat, ...better } } }
}

function isUnnamed({ meaning, header }: MetricColumn): boolean {
  const { reading, field } = meaning
  if (field || reading.stat !== undefined || reading.delta || reading.words.length === 0) return false
  // `Baseline (ms) | Optimised (ms)`: the unit tells what is measured.
  if (reading.unit !== undefined && !(reading.words.length < 4 && (NAMED_WORD.test(reading.words.join('_')) || PRODUCT.test(header)) && /(?:^s$|\/s$)/.test(baseUnit(reading.unitText ?? '') ?? '') && !readsAsMetric(reading.words))) return false
  if (reading.unit !== undefined) return true
  if (isKnownMetric(reading.words.join('_')) || COUNTED.test(reading.full)) return false
  const role = roleOfName(reading)
  return role === 'unknown' || (role === 'attribute' && namesThing(header)) || settingIn(header.replace(/[()[\]]/g, '')) !== undefined || /^\d+(?:\.\d+)?[kK]?$/.test(header)
}

function isValueOfAxis({ meaning: { reading, field } }: MetricColumn): boolean {
  return !field && reading.unit === undefined && !reading.delta && reading.words.length > 0
}

/** `GPU time`, `cold start latency`. */
function readsAsMetric(words: readonly string[]): boolean {
  return words.some((word, at) => isKnownMetric(words.slice(at).join('_')) || /^(?:time|latency|duration|throughput|speed|rate|start|startup|load|compile|build)$/.test(word))
}

function isBareStatistic({ meaning: { reading, field } }: MetricColumn): boolean {
  return !field && reading.words.length === 0 && reading.stat !== undefined
}

function isComparison(column: Column): boolean {
  return column.role === 'metric' && (column.meaning.reading.delta || column.meaning.delta === true || /(?:^|_)(?:speed_?up|ratio|factor|diff|improvement|gain)$/.test(column.meaning.reading.full))
}

/** Each row has one unit in all its cells, mostly a time or a rate: columns of rivals, whatever they are called. */
function saySameUnits(columns: readonly MetricColumn[], samples: readonly Sample[]): boolean {
  if (columns.some(({ meaning }) => meaning.reading.unitText !== undefined)) return false
  const units = columns.map(({ index }) => (samples[index]?.numbers ?? []).map(({ unitText }) => (unitText === undefined ? undefined : baseUnit(unitText))))
  const [first, ...others] = units
  if (first === undefined || first.length === 0 || first.includes(undefined) || first.filter((unit) => unit === 's' || unit?.endsWith('/s') === true).length * 3 < first.length * 2) return false
  const all = new Set(units.flat())
  return all.size === 1 || others.every((column) => column.length === first.length && column.every((unit, row) => unit === first[row]))
}

/** One unit, and no column of another order of magnitude altogether. */
function areAlike(columns: readonly MetricColumn[], samples: readonly Sample[]): boolean {
  const units = new Set<string | undefined>()
  const sizes: number[] = []
  for (const { index, meaning } of columns) {
    const numbers = samples[index]?.numbers ?? []
    if (meaning.reading.unitText !== undefined) units.add(baseUnit(meaning.reading.unitText))
    for (const { unitText } of numbers) units.add(unitText === undefined ? undefined : baseUnit(unitText))
    const sorted = numbers.map(({ value }) => Math.abs(value)).filter((value) => value > 0).sort((a, b) => a - b)
    const middle = sorted[Math.floor(sorted.length / 2)]
    if (middle !== undefined) sizes.push(middle)
  }
  units.delete(undefined)
  return units.size <= 1 && (sizes.length < 2 || Math.max(...sizes) / Math.min(...sizes) < LIKE)
}

function cellUnit(columns: readonly MetricColumn[], samples: readonly Sample[]): string | undefined {
  for (const { index, meaning } of columns) {
    if (meaning.reading.unitText !== undefined) return baseUnit(meaning.reading.unitText)
    const unitText = samples[index]?.numbers.find((number) => number.unitText !== undefined)?.unitText
    if (unitText !== undefined) return baseUnit(unitText)
  }
  return undefined
}

/** What rows and columns are, as the corner says: `M \ N | 128 | 256`, or `Seq len | 256 | 512` over names. */
function axisOf(corner: Column | undefined, samples: readonly Sample[], numbered: boolean): { readonly row: string; readonly column: string } | undefined {
  if (!corner || corner.index !== 0) return undefined
  const [row, column, ...more] = corner.header.split(/\s*[\\/]\s*/).map((part) => attributeKey(part))
  if (row !== undefined && column !== undefined && row !== '' && column !== '' && more.length === 0) return { row, column }
  const names = (samples[0]?.numbers.length ?? 0) === 0
  return numbered && names && /^(?:batch|bs|n|m|k|seq|ctx|context|threads|concurrency|users|workers|clients|gpus|nodes|\w+_(?:size|len|length|count|depth))/.test(readName(corner.header).full) ? { row: 'name', column: attributeKey(corner.header) } : undefined
}

const MODEL_TITLE = /[A-Za-z]-\d+(?:\.\d+)?[bB](?:$|[\s_-])|[a-z]-(?:v\d+(?:\.\d+)?|0\d\d)$|(?:llama|gemma|mistral|qwen|gpt|claude|phi-?\d|deepseek|mixtral|falcon|vicuna|gemini|grok|internlm|chatglm|baichuan|olmo|bloom|pythia)|^o[134](?:$|-)|^(?:opt|mpt|yi|glm)-?\d|^\d+(?:\.\d+)?[bB](?:$|[\s_-])/i
