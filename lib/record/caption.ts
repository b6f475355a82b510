/** The metric that a heading, a caption or the corner of a table names, for numbers whose own titles do not. */

import { readName, type NameReading } from './names.js'
import { remembered } from './remembered.js'
import { isKnownMetric, resolve } from './vocabulary.js'
import { wordsOf } from './words.js'

const LONGEST_CAPTION = 160
const LONGEST_NAME = 4

/** Words that name no metric of the vocabulary, but plainly something measured. */
const MEASURED = /^(?:timings?|(?!(?:\d+|tokens?|average|avg|mean|median|max|min|the|of|and|or|for|with|a)_)(?:\w+_)?speeds?|bandwidth|compression_ratio|pass_\d+|f1|bleu|rouge|wer|fps|flops|gflops|tflops|peak_memory)$/
/** In a heading these name a thing or a topic. */
const TOPIC = /^(?:vram|memory|time|times|lat|failed|failures|energy|efficiency|score|durations?|gpu_vram)$/

/** Whether numbers of this base unit can be of that metric; without a unit any can. */
export function suits(caption: NameReading, unit: string | undefined): boolean {
  if (unit === undefined || unit === '' || caption.words.length === 0) return true
  const name = caption.words.join('_')
  // What is in seconds or bytes is no speed.
  if (/(?:^|_)(?:speeds?|bandwidth|fps|[gt]?flops)$/.test(name) && !unit.includes('/')) return false
  // What is so many bytes is no ratio of them.
  if (/(?:^|_)ratio$/.test(name) && unit !== '1') return false
  return resolve(name, unit).canonical || !isKnownMetric(name)
}

/** Only where the text names exactly one metric: `Inference latency (ms)`, `Perplexity by model`, but not `Latency and throughput`. */
export const captionMetric = remembered((text): NameReading | undefined => {
  if (text.length > LONGEST_CAPTION) return undefined
  const own = readName(text)
  const words = wordsOf(text.replace(/[([{][^)\]}]*[)\]}]/g, ' '))
  const found = new Map<string, string>()
  for (let at = 0; at < words.length; at += 1) {
    for (let length = Math.min(LONGEST_NAME, words.length - at); length > 0; length -= 1) {
      const name = words.slice(at, at + length).join('_')
      if ((!isKnownMetric(name) && !MEASURED.test(name)) || (TOPIC.test(name) && words.length > length + 1)) continue
      found.set(resolve(name, undefined).metric, name)
      at += length - 1
      break
    }
  }
  const [name, ...others] = found.values()
  if (others.length > 0 || (name === undefined && own.unitText === undefined)) return undefined
  return { ...unqualified(own), words: name === undefined ? [] : name === 'timing' || name === 'timings' ? ['duration'] : name.split('_') }
})

/** What the text says beside metric, unit and statistic is no remark on single numbers. */
export function unqualified(reading: NameReading): NameReading {
  const plain: { -readonly [Key in keyof NameReading]: NameReading[Key] } = { ...reading }
  delete plain.qualifier
  return plain
}

/** In a sentence only a unit, or being short, makes the metric that it names one of the table below. */
const proseMetric = remembered((text): NameReading | undefined => {
  // `It was 76 tokens/s` states a result, and titles nothing.
  const sentences = text.split(/(?<=[.!?;])\s+/).filter((sentence) => !/\d\s?(?:[a-zµ]+\/|[mµn]?s\b|%|[KMG]i?B\b)/i.test(sentence)).reverse()
  const readings = sentences.map((sentence) => captionMetric(sentence.replace(/[.:]+$/, '')))
  const told = readings.find((reading) => reading?.unitText !== undefined && reading.words.length > 0)
  return told ?? readings.find((reading, at) => reading !== undefined && (sentences[at] ?? '').split(' ').length <= SHORT_SENTENCE)
})

const SHORT_SENTENCE = 6

/** What the nearest heading says, where it names a metric; before it the paragraph right above the table, and behind it those of outer sections. */
export function metricAbove(headings: readonly string[], prose: readonly string[] = []): NameReading | undefined {
  const [nearest, ...outer] = prose
  const said = nearest === undefined ? undefined : proseMetric(nearest)
  if (said?.unitText !== undefined) return said
  return headingMetric(headings) ?? said ?? outer.map(proseMetric).find((reading) => reading?.unitText !== undefined)
}

const MEMORY = /\b(?:memory|vram)\b/i
const QUALITY: readonly (readonly [RegExp, string])[] = [[/\b(?:ppl|perplexity|perplexities)\b/i, 'perplexity'], [/\bWER\b|\bword error rate\b/i, 'wer'], [/\bBLEU\b/i, 'bleu'], [/\baccurac(?:y|ies)\b/i, 'accuracy']]

/** One quality, or memory, that the paragraph above speaks of in passing; of two, none. */
export const metricMentioned = remembered((text): NameReading | undefined => {
  const quality = QUALITY.flatMap(([word, name]) => (word.test(text) ? [name] : []))
  const name = quality.length === 1 ? quality[0] : quality.length === 0 && MEMORY.test(text) ? 'memory' : undefined
  return name === undefined ? undefined : { ...readName(name), words: [name] }
})

function headingMetric(headings: readonly string[]): NameReading | undefined {
  for (let at = headings.length - 1; at >= 0; at -= 1) {
    const reading = captionMetric(headings[at] ?? '')
    if (reading) return reading
  }
  return undefined
}
