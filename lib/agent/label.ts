/** Names from files as they may stand in a prompt: one line, short, unable to close a fence or to open a slot. */

import type { Fact } from '../fact/fact.js'
import { sanitize } from '../stage/index.js'

/** Longest label, in UTF-16 code units. */
export const LABEL_LIMIT = 120

const REPLACED: Readonly<Record<string, string>> = { '<': '‹', '>': '›', '{': '(', '}': ')', '|': '/', '`': "'" }

export function label(text: string): string {
  const plain = sanitize(text)
    .replace(/[<>{}|`]/g, (sign) => REPLACED[sign] ?? ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return plain.length > LABEL_LIMIT ? `${plain.slice(0, LABEL_LIMIT - 1)}…` : plain
}

/** A fact whose words cannot open a slot, for writers that copy them into a text in which slots are filled. */
export function withoutSlots(fact: Fact): Fact {
  const subject = breakSlots(fact.subject)
  const sentence = breakSlots(fact.sentence)
  return subject === fact.subject && sentence === fact.sentence ? fact : { ...fact, subject, sentence }
}

function breakSlots(text: string): string {
  return sanitize(text).replace(/\{(?=\s*\{)/g, '(').replace(/\}(?=\s*\})/g, ')')
}
