/** A group as people say it in a sentence: `gemma3:270m`, `transformer on cuda, batch_size 2`, `bob:1b in notes/report.md`. */

import type { AttributeValue } from '../record/metric-record.js'
import { clean, fileWords, limit, SUBJECT_LIMIT } from './wording.js'

type Group = Readonly<Record<string, AttributeValue>>

/** Their values speak for themselves, without the attribute's name before them. */
const SPEAKING: ReadonlySet<string> = new Set(['model', 'model_name', 'model_id', 'tag', 'variant', 'quantization', 'quant', 'precision', 'dtype'])
/** How often something was repeated says nothing about what it is. */
const REPETITION = /^(?:num_|n_)?(?:warm_?up_?)?(?:runs|iterations|iters|repeats|repetitions|trials)$/

/** `""` for an empty group. At most {@link SUBJECT_LIMIT} long; cleaned like every word of a fact. */
export function nameOf(group: Group): string {
  return name(group, false)
}

/** With what the short name leaves out because another part says it already: `llama3.1:8b-q4_0, tag q4_0`. */
export function fullNameOf(group: Group): string {
  return name(group, true)
}

function name(group: Group, full: boolean): string {
  const speaking: string[] = []
  const settings: string[] = []
  let device = ''
  const places: string[] = []
  for (const [key, value] of Object.entries(group)) {
    const text = clean(String(value))
    if (text === '' || (!full && REPETITION.test(key))) continue
    if (key === 'file') places.unshift(fileWords(String(value)))
    else if (key === 'section') places.push(`under "${clean(String(value).split(' / ').at(-1) ?? '')}"`)
    else if (key === 'device' && typeof value === 'string') device = text
    else if (!SPEAKING.has(key) || typeof value !== 'string') settings.push(`${clean(key)} ${text}`)
    // `q4_0` is part of `llama3.1:8b-instruct-q4_0` already.
    else if (!speaking.some((one) => one.includes(text))) speaking.push(text)
    else if (full) settings.push(`${clean(key)} ${text}`)
  }
  const [first, ...rest] = [...speaking, ...settings]
  const what = first === undefined ? (device === '' ? '' : `device ${device}`) : [device === '' ? first : `${first} on ${device}`, ...rest].join(', ')
  const where = places.join(' ')
  return limit(what === '' ? where : where === '' ? what : `${what} ${Object.hasOwn(group, 'file') ? 'in ' : ''}${where}`, SUBJECT_LIMIT)
}
