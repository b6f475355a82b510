/** What a slot shows of its fact: `{{F3}}` all of it, `{{F3.value}}` and the like a part. */

import type { Fact } from '../fact/fact.js'
import { fileWords, metricWords, placeWords } from '../fact/wording.js'
import { wholeNumber } from './blocks.js'
import { percentOf, plain, timesOf, unescaped, valueOf, wholeOf } from './inline.js'

export interface SlotReading {
  /** As it may stand in the document. */
  readonly text: string
  /** As a reader reads it. */
  readonly said: string
  /** `''` for all of the fact. */
  readonly part: string
  /** A quantity: a unit typed behind it would be said twice. */
  readonly quantity: boolean
}

const NAME = /^f(\d{1,9})(?:\.([a-z]{1,12}))?$/i

/** Undefined for a part that the fact does not have; one that no fact has is none either. */
const PARTS: Readonly<Record<string, (fact: Fact) => string | undefined>> = {
  value: valueOf,
  subject: ({ subject }) => plain(subject),
  /** Whom it is about, without the metric; counts have nobody, their subject is what they count. */
  who: ({ who, subject }) => plain(who === undefined || who === '' ? subject : who),
  than: ({ than }) => than && plain(than),
  among: ({ among }) => among && plain(among),
  metric: ({ metric }) => metric && plain(metricWords(metric)),
  n: ({ n }) => (n === undefined ? undefined : wholeNumber(n)),
  times: timesOf,
  percent: percentOf,
  /** File and line. */
  place: ({ records: [first] }) => first && plain(placeWords(first)),
  file: ({ files: [first] }) => first && plain(fileWords(first)),
}
const QUANTITIES: ReadonlySet<string> = new Set(['value', 'percent'])

/** The id in a slot's name: `f3.value` is `F3`. */
export function slotId(name: string): string | undefined {
  const id = NAME.exec(name)?.[1]
  return id === undefined ? undefined : `F${Number(id)}`
}

/** `name` is what stands between the braces. */
export function readSlotOf(fact: Fact, name: string): SlotReading | undefined {
  const part = NAME.exec(name)?.[2]?.toLowerCase()
  if (part === undefined) return reading(wholeOf(fact), '', true)
  const text = Object.hasOwn(PARTS, part) ? PARTS[part]?.(fact) : undefined
  return text === undefined || text === '' ? undefined : reading(text, part, QUANTITIES.has(part))
}

function reading(text: string, part: string, quantity: boolean): SlotReading {
  return { text, said: unescaped(text), part, quantity }
}
