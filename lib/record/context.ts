/** What stands above a Markdown table, or around a line: settings become attributes, `Generated:` the time. */

import type { FieldFound } from '../format/event.js'
import { ATTRIBUTE_LIMIT, attributeKey, attributeValue, isEmpty, readPairs, setAttribute, type Attributes } from './attributes.js'
import type { AttributeValue } from './metric-record.js'
import { readName } from './names.js'
import { isSetting, roleOfName } from './roles.js'
import { readTime } from './time.js'

export interface Above {
  readonly attributes: Attributes
  readonly time?: string
}

/** Longer values are sentences. */
const LONGEST_SETTING = 40

/** `title`: the file's first heading, which tells nothing apart. */
export function contextOf(fields: readonly FieldFound[], headings: readonly string[], title: string | undefined): Above {
  const attributes: Record<string, AttributeValue> = {}
  let time: string | undefined
  // Nearest first: the first value of a name stays.
  for (const field of [...fields].reverse()) {
    const reading = readName(field.label)
    const pairs = readPairs(field.value)
    if (pairs) {
      for (const [name, text] of pairs) addSetting(attributes, name, text)
    } else if (roleOfName(reading) === 'time') {
      time ??= readTime(field.value)?.iso
    } else if (isSetting(reading.full)) {
      addSetting(attributes, field.label, field.value)
    }
  }
  const section = sectionOf(headings[0] === title ? headings.slice(1) : headings)
  if (section !== '') setAttribute(attributes, 'section', section)
  return { attributes, ...(time === undefined ? {} : { time }) }
}

/** The heading path, without its outer end where that makes it too long: tables of one name stand under several models. */
function sectionOf(headings: readonly string[]): string {
  const path = headings.join(' / ')
  return path.length <= ATTRIBUTE_LIMIT || headings.length < 2 ? path : sectionOf(headings.slice(1))
}

function addSetting(attributes: Record<string, AttributeValue>, name: string, text: string): void {
  // `hf (pretrained=x), limit: None` is a command in words, no label.
  if (text.length > LONGEST_SETTING || isEmpty(text) || /[=,]/.test(name)) return
  const value = attributeValue(text)
  if (value !== undefined && isSetting(readName(name).full)) setAttribute(attributes, attributeKey(name), value)
}

/** In a table or under headings with such words, a size is a model's. */
export function isAboutModels(texts: readonly string[]): boolean {
  return /model|llama|gemma|qwen|mistral|quant/i.test(texts.join(' '))
}
