/** The unit among the words of a name: a rate, or a suffix such as `_ms`. */

import { baseUnit } from './units.js'
import { resolve } from './vocabulary.js'

export interface FoundUnit {
  readonly spelled: string
  /** In a spelling that {@link baseUnit} knows; absent where the word may mean several (`tps`, `gbps`). */
  readonly text?: string
  /** What it means in a file about language models. */
  readonly amongModels?: string
}

const RATE_NOUN = /^(?:tokens?|toks?|t|q|requests?|reqs?|ops?|operations?|iters?|iterations?|it|samples?|images?|imgs?|frames?|queries|query|[kmgt]i?b|bytes?|rows?|messages?|msgs?|events?|lines?|words?|chars?|steps?|records?|docs?|documents?|items?|files?|transactions?|calls?|prompts?|batches|packets?)$/
const RATE_WORD = /^(?:k?qps|k?rps|fps|[km]?pps|k?iops|[kmgtp]flops)$/
const BITS_OR_BYTES = /^([kmgt])(i?)bps$/
/** Beside these words `tps` counts tokens. */
const OF_TOKENS = /^(?:gen|generation|generated|decode|decoding|output|out|prompt|prefill|input|eval|pp|tg|tok|token|tokens|user|completion|inference|llm)$/

/** `tokens per second`, `tokens/sec/user`, `tokens_s`, `mb_s`, `qps`, `ns/op`: a rate, wherever it stands in the name. */
export function takeRate(words: string[], raw: string): FoundUnit | undefined {
  // `score_tps`: points for it.
  if (words[0] === 'score') return undefined
  return inBits(takePer(words) ?? takeNounAndSecond(words), raw) ?? takeRateWord(words, raw)
}

/** `Mb/s`, spelled so, are bits; `MB/s` and `mb_s` are bytes. */
function inBits(found: FoundUnit | undefined, raw: string): FoundUnit | undefined {
  const [, power] = /^([KMGT])B\/s/.exec(found?.text ?? '') ?? []
  if (found?.text === undefined || power === undefined || !new RegExp(`(?<![A-Za-z])${power}b\\s?(?:/|ps|per|it)`).test(raw)) return found
  return { ...found, text: found.text.replace('B/', 'b/') }
}

/** One of them below or above the line makes a quotient a unit; else `test_per_user` would be one, too. */
function takePer(words: string[]): FoundUnit | undefined {
  for (let per = words.indexOf('per'); per > 0; per = words.indexOf('per', per + 1)) {
    const top = words[per - 1] ?? ''
    for (const length of [4, 3, 2, 1]) {
      const below = words.slice(per + 1, per + 1 + length)
      // `a per b per c`, `a per 1m tokens`, `a per b`.
      if (below.length < length || (length > 2 && !below.includes('per')) || below[0] === 'per' || below.at(-1) === 'per') continue
      const divisor = below.join(' ').replace(' per ', '/')
      const text = `${symbol(top)}/${divisor}`
      const base = baseUnit(text)
      // `BranchInstructions/Op` is a name; `allocs/op` alone is a unit.
      if (per > 1 && /^\{\w+\}\/\{\w+\}$/.test(base ?? '')) continue
      // `Tokens per GB` is a name, not in bytes.
      if (base === undefined || base.endsWith('/By') || (length === 2 && !/^\d|^m$|million|thousand/.test(below[0] ?? ''))) continue
      words.splice(per - 1, 2 + length)
      addQuotientName(words, top, divisor, base)
      return { spelled: `${top}/${divisor}`, text }
    }
  }
  return undefined
}

const CURRENCY = /^(?:USD|EUR|GBP|CNY|JPY)/
const QUANTITIES: ReadonlyMap<string, string> = new Map(Object.entries({ s: 'time', By: 'bytes', J: 'energy', W: 'power', USD: 'cost', EUR: 'cost' }))

/** `J/token` alone is called after what it is: `energy_per_token`; a rate and a duration need no such name. */
function addQuotientName(words: string[], top: string, divisor: string, base: string): void {
  // A rate of failures is no throughput.
  if (/^(?:errors?|failures?)$/.test(top)) words.push(top.replace(/s$/, ''), 'rate')
  if (CURRENCY.test(base) && !words.some((word) => /cost|price/.test(word))) words.push('cost')
  if (base.includes('/s') || (base === 's' && !/token|tok/.test(divisor)) || /^(?:By|\{allocation\})\/\{(?:operation|iteration|call)\}$/.test(base)) return
  const quantity = QUANTITIES.get(baseUnit(symbol(top)) ?? '') ?? top
  const below = divisor.replace(/^\d*\s*(?:[km]|million|thousand|billion)?\s+/, '').replace(/^(?:toks?|tokens)$/, 'token')
  // `decode_ms_per_token`, but not `cost_$_per_token` with its quantity twice.
  if (!words.includes(quantity) && !words.some((word) => /latency|time/.test(word))) words.push(quantity)
  words.push('per', ...below.split(/[ /]/))
}

function takeNounAndSecond(words: string[]): FoundUnit | undefined {
  for (let at = words.length - 1; at > 0; at -= 1) {
    const noun = words[at - 1] ?? ''
    if (!/^(?:s|sec)$/.test(words[at] ?? '') || !RATE_NOUN.test(noun) || noun === 'it') continue
    if (noun === 't') {
      const others = [...words.slice(0, at - 1), ...words.slice(at + 1)]
      if (others.some((word) => OF_TOKENS.test(word))) return { spelled: words.splice(at - 1, 2).join('_'), text: 't/s' }
      // `t_s` is a time as well as a rate of tokens.
      if (others.length === 0) return { spelled: words.splice(at - 1, 2).join('_'), text: 's', amongModels: 't/s' }
      continue
    }
    return { text: `${symbol(noun)}/s`, spelled: words.splice(at - 1, 2).join('_') }
  }
  return undefined
}

function takeRateWord(words: string[], raw: string): FoundUnit | undefined {
  const at = words.findIndex((word) => RATE_WORD.test(word) || BITS_OR_BYTES.test(word) || word === 'tps')
  const spelled = words[at]
  if (spelled === undefined) return undefined
  // `tflops_per_gpu`
  const below = words[at + 1] === 'per' && /^(?:user|gpu|w|watt|node|core|device)$/.test(words[at + 2] ?? '') ? `/${symbol(words[at + 2] ?? '')}` : ''
  words.splice(at, below === '' ? 1 : 3)
  if (spelled === 'tps') {
    if (words.some((word) => OF_TOKENS.test(word))) return { spelled: spelled + below, text: `token/s${below}` }
    if (words.some((word) => /^(?:transactions?|txn|tx|db|sql|pgbench)$/.test(word))) return { spelled, text: 'transactions/s' }
    return { spelled, amongModels: `token/s${below}` }
  }
  const bits = BITS_OR_BYTES.exec(spelled)
  if (!bits) return { spelled: spelled + below, text: spelled + below }
  const text = bitsOrBytes(bits, words, raw)
  return text === undefined ? { spelled } : { spelled, text: text + below }
}

/** `GBps` and `Gbps` say it themselves, `gbps` only beside a memory or a network. */
function bitsOrBytes([whole = '', prefix = '', binary = '']: readonly string[], words: readonly string[], raw: string): string | undefined {
  const written = new RegExp(whole, 'i').exec(raw)?.[0] ?? ''
  const bytes = /B/.test(written) && /ps$/.test(written)
  if (bytes || words.some((word) => /^(?:memory|mem|dram|hbm|vram|cache|l1|l2|disk|ssd)$/.test(word))) return `${prefix.toUpperCase()}${binary}Bps`
  const bits = /^[KMGT]bps$/.test(written)
  return bits || words.some((word) => /^(?:network|net|nic|link|ethernet|wifi|wan|lan|download|upload|downlink|uplink|iperf|tcp|udp)$/.test(word)) ? `${prefix.toUpperCase()}bps` : undefined
}

/** What is left beside a rate names its kind; `cpu` beside `tokens/s` is not a metric called `cpu`. */
export function rateWords(words: readonly string[], unitText: string | undefined): readonly string[] {
  const unit = unitText === undefined ? undefined : baseUnit(unitText)
  if (unit !== undefined && (!unit.includes('/s') || CURRENCY.test(unit))) return words
  if (/^(?:throughput|rate|speed|bandwidth|goodput)s?$/.test(words.at(-1) ?? '') || /^(?:throughput|goodput|bandwidth)$/.test(words[0] ?? '')) return words
  return resolve(words.join('_'), unit).canonical ? words : [...words, 'throughput']
}

const UNIT_SUFFIX = /^(?:ms|msec|msecs|millis|millisecond|milliseconds|us|µs|usec|usecs|micros|microsecond|microseconds|ns|nsec|nsecs|nanos|nanosecond|nanoseconds|s|sec|secs|second|seconds|mins|minutes|hrs|hours|bytes?|[kmgt]i?b|percent|pct|percentage|pp|[kmg]?hz|watts?|milliwatts|[km]?wh|joules?|millijoules|[kunµ]j|celsius|usd|dollars|cents|eur)$/
const UNIT_PAIR = /^(?:(?:kilo)?watt h(?:ours?)?|percentage points?|deg c)$/
/** One letter says enough only beside the right word. */
const LETTER_SUFFIX: ReadonlyMap<string, RegExp> = new Map(Object.entries({ w: /power|draw|watt|tdp/, mw: /power|draw/, kw: /power/, j: /energy|power|consum/, mj: /energy|power|consum/, c: /temp/, v: /volt/, mv: /volt/, x: /speedup|speed_up|ratio|factor|faster/, min: /duration|elapsed/ }))

export function takeUnit(words: string[]): FoundUnit | undefined {
  const last = words.at(-1)
  if (last === undefined) return undefined
  const rest = words.slice(0, -1)
  // `Tokens per GB` is not in bytes.
  if (rest.at(-1) === 'per') return undefined
  const pair = words.slice(-2).join(' ')
  if (UNIT_PAIR.test(pair)) {
    words.splice(-2)
    return { spelled: pair, text: pair.endsWith(' h') ? `${pair}ours` : pair }
  }
  const letter = LETTER_SUFFIX.get(last)
  if (!UNIT_SUFFIX.test(last) && !(letter && rest.some((word) => letter.test(word)))) return takeInnerUnit(words)
  // `Bytes` or `Percentage` alone is a name with a unit, `ms` or `Watts` alone is only a unit.
  if (rest.length > 0 || /^[sWJ]$/.test(baseUnit(last) ?? '')) words.pop()
  // `latency_in_seconds`
  if (words.length > 1 && words.at(-1) === 'in') words.pop()
  return { spelled: last, text: symbol(last) }
}

const TIME_WORD = /^(?:time|latency|lat|duration|elapsed|delay|ttft|tpot|itl|tbt|e2e|e2el|runtime|wall|cpu|real|user|sys|wait|eval|load|decode|prefill)$/
/** A unit amid a name is one where the word before it (or, at the front, the one after it) names what it measures. */
const INNER: readonly (readonly [RegExp, RegExp])[] = [
  [/^(?:ms|us|µs|ns|msec|usec|nsec|millis|micros|nanos|sec|secs|seconds|milliseconds|microseconds|nanoseconds)$/, TIME_WORD],
  [/^(?:bytes|[kmgt]i?b)$/, /^(?:memory|mem|ram|rss|vram|size|heap|used|usage|allocated)$/],
  [/^(?:pct|percent|percentage)$/, /^(?:cpu|gpu|util|utilization|usage|accuracy|memory|mem)$/],
]

/** `watts_since_last`, `seconds_to_first_row`: what follows says of when. */
const AT_FRONT = /^(?:milliseconds|microseconds|nanoseconds|seconds|millis|micros|nanos|watts|joules)$/
const OF_WHEN = /^(?:since|until|to|between)$/

function takeInnerUnit(words: string[]): FoundUnit | undefined {
  const [front = ''] = words
  if (AT_FRONT.test(front) && OF_WHEN.test(words[1] ?? '')) {
    const text = symbol(front)
    words.splice(0, 1, QUANTITIES.get(baseUnit(text) ?? '') ?? front)
    return { spelled: front, text }
  }
  for (const [unit, quantity] of INNER) {
    const at = words.findIndex((word, index) => unit.test(word) && (index === 0 ? quantity.test(words[1] ?? '') : index < words.length - 1 && quantity.test(words[index - 1] ?? '') && words[index - 1] !== 'per'))
    const [spelled] = at < 0 ? [] : words.splice(at, 1)
    if (spelled !== undefined) return { spelled, text: symbol(spelled) }
  }
  return undefined
}

const SYMBOLS: ReadonlyMap<string, string> = new Map(Object.entries({ c: 'Cel', mj: 'mJ', mw: 'mW', mwh: 'mWh', j: 'J', b: 'B', w: 'W', v: 'V', mv: 'mV', uj: 'uJ', nj: 'nJ' }))

/** A word in small letters as the unit it stands for; `kb` in a name means bytes, never bits. */
function symbol(word: string): string {
  const bytes = /^([kmgt])(i?)b$/.exec(word)
  return bytes ? `${(bytes[1] ?? '').toUpperCase()}${bytes[2] ?? ''}B` : (SYMBOLS.get(word) ?? word)
}
