/** The unit among the words of a name: a rate, or a suffix such as `_ms`. */

import { baseUnit } from './units.js'
import { resolve } from './vocabulary.js'

export interface FoundUnit {
  readonly spelled: string
  readonly text: string
}

const TIME_BELOW = /^(?:s|sec|secs|second|seconds|ms|min|minute|h|hr|hour)$/
const RATE_NOUN = /^(?:tokens?|toks?|t|requests?|reqs?|ops?|operations?|iters?|iterations?|it|samples?|images?|imgs?|frames?|queries|query|[kmgt]i?b|bytes?|rows?|messages?|msgs?|events?|lines?|words?|chars?|steps?|records?|docs?|documents?|items?|files?|transactions?|calls?)$/
const RATE_WORD = /^(?:[kmg]?bps|qps|rps|fps|iops|[mgt]flops)$/

/** `tokens per second`, `tokens/sec/user`, `tokens_s`, `mb_s`, `qps`: a rate, wherever it stands in the name. */
export function takeRate(words: string[]): FoundUnit | undefined {
  const per = words.findIndex((word, at) => word === 'per' && at > 0 && TIME_BELOW.test(words[at + 1] ?? ''))
  if (per > 0) {
    const noun = words[per - 1] ?? ''
    const below = words[per + 1] ?? ''
    const user = words[per + 2] === 'per' && words[per + 3] === 'user'
    const text = `${upperBytes(noun)}/${below}${user ? '/user' : ''}`
    if (baseUnit(text) === undefined) return undefined
    const taken = words.splice(per - 1, user ? 5 : 3)
    return { spelled: taken.length === 3 ? `${noun}/${below}` : text, text }
  }
  for (let at = words.length - 1; at > 0; at -= 1) {
    const noun = words[at - 1] ?? ''
    if (!/^(?:s|sec)$/.test(words[at] ?? '') || !RATE_NOUN.test(noun) || /^(?:t|it)$/.test(noun)) continue
    const text = `${upperBytes(noun)}/s`
    const spelled = words.splice(at - 1, 2).join('_')
    return { spelled, text }
  }
  const single = words.findIndex((word) => RATE_WORD.test(word))
  if (single < 0) return undefined
  const [spelled = ''] = words.splice(single, 1)
  return { spelled, text: spelled }
}

/** What is left beside a rate names its kind; `cpu` beside `tokens/s` is not a metric called `cpu`. */
export function rateWords(words: readonly string[], unitText: string): readonly string[] {
  const unit = baseUnit(unitText)
  if (/^(?:throughput|rate|speed|bandwidth|goodput)s?$/.test(words.at(-1) ?? '') || /^(?:throughput|goodput)$/.test(words[0] ?? '')) return words
  return resolve(words.join('_'), unit).canonical ? words : [...words, 'throughput']
}

const UNIT_SUFFIX = /^(?:ms|msec|msecs|millis|millisecond|milliseconds|us|µs|usec|microsecond|microseconds|ns|nsec|nanos|nanosecond|nanoseconds|s|sec|secs|second|seconds|mins|minutes|hrs|hours|bytes?|[kmgt]i?b|percent|pct|percentage|pp|[kmg]?hz|watts?|milliwatts|kwh|wh|joules?|millijoules|celsius|usd|dollars)$/
/** One letter says enough only beside the right word. */
const LETTER_SUFFIX: ReadonlyMap<string, RegExp> = new Map(Object.entries({ w: /power|draw/, mw: /power|draw/, kw: /power/, j: /energy/, mj: /energy/, c: /temp/ }))

export function takeUnit(words: string[]): FoundUnit | undefined {
  const last = words.at(-1)
  if (last === undefined) return undefined
  const rest = words.slice(0, -1)
  // `Tokens per GB` is not in bytes.
  if (rest.at(-1) === 'per') return undefined
  const letter = LETTER_SUFFIX.get(last)
  if (!UNIT_SUFFIX.test(last) && !(letter && rest.some((word) => letter.test(word)))) return undefined
  // `Bytes` or `Percentage` alone is a name with a unit, `ms` alone is only a unit.
  if (rest.length > 0 || baseUnit(last) === 's') words.pop()
  return { spelled: last, text: last === 'c' ? 'Cel' : last === 'mj' ? 'mJ' : last === 'mw' ? 'mW' : upperBytes(last) }
}

/** `kb` in a name means bytes, never bits. */
function upperBytes(word: string): string {
  const bytes = /^([kmgt])(i?)b$/.exec(word)
  return bytes ? `${(bytes[1] ?? '').toUpperCase()}${bytes[2] ?? ''}B` : word
}
