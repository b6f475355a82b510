/** Finds what was measured in a sentence: names from the data, in whole or in part, however they are spaced. */

import type { AttributeValue } from '../record/metric-record.js'

export interface Name {
  /** What kind of choice it is one of; names of one dimension exclude each other. */
  readonly dimension: string
  readonly key: string
  readonly value: AttributeValue
  /** The same for every way to write it. */
  readonly canonical: string
}

export interface NameMention {
  readonly start: number
  readonly end: number
  /** Several where the words name a part that several share, such as a family of models. */
  readonly names: readonly { readonly dimension: string; readonly name: string }[]
}

export type NameFinder = (text: string) => readonly NameMention[]

const LONGEST = 80
const MOST_ALIASES = 20_000
/** What a word of a sentence most likely means in its plain sense, though a file may use it as a name. */
const PLAIN_WORDS = new Set(
  'results result test tests all default main model models baseline mean median value values total average latency throughput decode prefill run runs time size output input summary performance benchmark data file files latest instruct chat base it true false none other first last best worst high low memory gpu speed accuracy prompt token tokens standard unknown'.split(' '),
)
/** Signs that people put in or leave out: `Llama 3.1 8B` is `llama3.1:8b`. */
const LOOSE = /[\s:/_\-.*`\\,+@#()=[\]]/
const WORD_SIGN = /[\p{L}\p{N}]/u
const KEY_LENGTH = 3

export function squeeze(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}

export function nameFinder(names: readonly Name[]): NameFinder {
  const aliases = new Map<string, Map<string, { dimension: string; name: string }>>()
  const add = (alias: string, { dimension, canonical: name }: Name) => {
    if (alias.length < 2 || alias.length > LONGEST || !/\p{L}/u.test(alias) || aliases.size >= MOST_ALIASES) return
    const meanings = aliases.get(alias) ?? new Map<string, { dimension: string; name: string }>()
    meanings.set(`${dimension} ${name}`, { dimension, name })
    aliases.set(alias, meanings)
  }
  for (const name of names) for (const alias of aliasesOf(name)) add(alias, name)
  const byKey = new Map<string, string[]>()
  for (const alias of [...aliases.keys()].sort((a, b) => b.length - a.length)) {
    const key = alias.slice(0, KEY_LENGTH)
    byKey.set(key, [...(byKey.get(key) ?? []), alias])
  }
  return (text) => {
    const found: NameMention[] = []
    for (let at = 0; at < text.length; at += 1) {
      if (!WORD_SIGN.test(text.charAt(at)) || (at > 0 && WORD_SIGN.test(text.charAt(at - 1)))) continue
      const alias = longest(text, at, byKey)
      if (!alias) continue
      found.push({ start: at, end: alias.end, names: [...(aliases.get(alias.text)?.values() ?? [])] })
      at = alias.end - 1
    }
    return joined(found, text)
  }
}

/** `the q4_0 variant of llama3.1:8b`, `gemma3's 270m`: two parts of one name. */
const PART_OF = /^['’`*_"]*(?:\s+(?:variant|version|build|quantization|quant|model|flavou?r))?\s+of\s+(?:the\s+)?[`*_"]*$|^[`*_"]*['’]s\s+[`*_"]*$/i

function joined(mentions: readonly NameMention[], text: string): NameMention[] {
  const all: NameMention[] = []
  for (const mention of mentions) {
    const last = all.at(-1)
    const shared = last && PART_OF.test(text.slice(last.end, mention.start)) ? last.names.filter((one) => mention.names.some((other) => other.dimension === one.dimension && other.name === one.name)) : []
    if (last && shared.length > 0) all[all.length - 1] = { start: last.start, end: mention.end, names: shared }
    else all.push(mention)
  }
  return all
}

function longest(text: string, start: number, byKey: ReadonlyMap<string, readonly string[]>): { readonly text: string; readonly end: number } | undefined {
  let tight = ''
  const ends: number[] = []
  for (let at = start; at < text.length && tight.length < LONGEST; at += 1) {
    const sign = text.charAt(at)
    if (WORD_SIGN.test(sign)) {
      tight += sign.toLowerCase()
      while (ends.length < tight.length) ends.push(at + 1)
    } else if (!LOOSE.test(sign)) break
  }
  for (const length of [KEY_LENGTH, 2]) {
    for (const alias of byKey.get(tight.slice(0, length)) ?? []) {
      if (!tight.startsWith(alias)) continue
      const end = ends[alias.length - 1] ?? start
      if (!WORD_SIGN.test(text.charAt(end))) return { text: alias, end }
    }
  }
  return undefined
}

function aliasesOf({ key, value }: Name): string[] {
  const text = String(value)
  const whole = squeeze(text)
  if (typeof value !== 'string') return [squeeze(key) + whole]
  const own = PLAIN_WORDS.has(whole) ? [] : [whole]
  return [...own, squeeze(key) + whole, ...(key === 'file' ? fileAliases(text) : partsOf(text).map(squeeze))]
}

/** `gemma3`, `270m`, `llama3.1`, `8b`, `8b-instruct`, `q4_0` */
function partsOf(text: string): string[] {
  if (!/[:/]|-\w*\d/.test(text) || text.length > LONGEST) return []
  const parts = text.split(/[:/]/)
  const fronts = parts.flatMap((part) => part.split('-').map((_, at, all) => all.slice(0, at + 1).join('-')))
  const pieces = parts.flatMap((part) => part.split('-'))
  const [first = ''] = parts
  const joined = parts.length > 1 ? fronts.filter((front) => front !== first && !first.startsWith(front)).map((front) => first + front) : []
  return [...fronts, ...pieces, ...joined].filter((part) => !PLAIN_WORDS.has(squeeze(part)) && (part === first || /\d/.test(part)) && /\p{L}/u.test(part) && squeeze(part).length > 1)
}

function fileAliases(file: string): string[] {
  const parts = file.split('/')
  const name = parts.at(-1) ?? file
  return [squeeze(name), squeeze(parts.slice(-2).join('/')), squeeze(name.replace(/\.\w{1,8}$/, ''))].filter((alias) => !PLAIN_WORDS.has(alias))
}
