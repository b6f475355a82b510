/** What a name says in brackets, behind `±`, and behind a comma: units, statistics, directions, remarks. */

import type { Better, Stat } from './metric-record.js'
import { statAt } from './statistics.js'
import { baseUnit } from './units.js'
import { resolve } from './vocabulary.js'
import { wordsOf } from './words.js'

export interface Notes {
  unit?: string
  /** As it stands there, where `unit` is another way to say it. */
  spelled?: string
  stat?: Stat
  better?: Better
  qualifier?: string | undefined
  /** What follows `±` in the cells. */
  spread?: 'stddev' | 'other'
  /** What stands in brackets in the cells. */
  aside?: 'stddev'
}

const SPREAD = /(?:±|\+\/-|\+-)\s*((?:9\d(?:\.\d)?%\s*)?(?:std\.?\s?dev\.?|stddev|stdev|std\.?\s?err(?:or)?|std\.?|sd|σ|sigma|confidence|ci|margin|error|stderr|sem|se)?)(?![a-z])/i

/** `Mean ± σ`: what stands behind the sign is of the cells' second number. */
export function takeSpread(raw: string): { text: string; notes: Notes } {
  const notes: Notes = {}
  const found = SPREAD.exec(raw)
  if (!found) return { text: raw, notes }
  const other = /ci|conf|err|margin|se/i.test(found[1] ?? '')
  notes.spread = other ? 'other' : 'stddev'
  if (/^\W*$/.test(raw.slice(0, found.index))) notes.stat = 'stddev'
  return { text: raw.slice(0, found.index) + raw.slice(found.index + found[0].length), notes }
}

/** `Latency, ms`, `Latency - ms`, `Latency in ms`. */
export function takeTail(text: string, notes: Notes): string {
  if (notes.unit !== undefined) return text
  const [, name, unit] = /^(.*[^\s,;:–—|-])\s*(?:,|;|:|\s[–—|-]|\sin)\s+(\S{1,16}(?:\s\S{1,12})?)\s*$/.exec(text) ?? []
  if (name === undefined || unit === undefined || !isUnit(unit)) return text
  notes.unit = unit
  return name
}

/** Units, statistics and remarks in brackets are taken out of the name; arrows tell the direction. */
export function takeBrackets(named: string, notes: Notes, raw: string): string {
  let text = named.replace(/[*`]+/g, ' ')
  if (/[↑⬆▲]/.test(text)) notes.better = 'higher'
  else if (/[↓⬇▼]/.test(text)) notes.better = 'lower'
  text = text.replace(/[[({]([^()[\]{}]*)[\])}]/g, (_, inside: string) => {
    for (const part of inside.split(/[;,]/)) takeNote(part.trim(), notes, raw)
    return ' '
  })
  return text
}

function takeNote(part: string, notes: Notes, raw: string): void {
  if (part === '' || /^[↑↓⬆⬇▲▼]+$/.test(part)) return
  const direction = /^(lower|higher|less|more|smaller|bigger)(?: is)? better$|^better (?:is )?(lower|higher)$/i.exec(part)
  if (direction) {
    notes.better = /lower|less|smaller/i.test(part) ? 'lower' : 'higher'
    return
  }
  const words = wordsOf(part)
  const stat = statAt(words, 0)
  const whole = stat?.words === words.length
  // `Latency (min)` is the minimum, `Time (min)` is in minutes.
  // `Hits (30%)` are of a share, `Latency (99%)` is a percentile.
  if (stat && whole && /^\d+\s*\\?%$/.test(part) && !/^(?:1|5|10|25|50|75|80|9\d)\D/.test(part)) {
    notes.qualifier ??= part
    return
  }
  if (stat && whole && !(part === 'min' && /time|duration|elapsed/i.test(raw))) {
    // `Accuracy (std)`: the column's own, or that of the number in brackets; the cells tell.
    if (stat.stat === 'stddev') notes.aside = 'stddev'
    notes.stat ??= stat.stat
    return
  }
  const unit = /^(?:in\s+|units?\s*[:=]\s*)?(.+)$/i.exec(part)?.[1] ?? part
  // `Parameters (B)` are billions.
  if (unit === 'B' && /param|model size/i.test(raw)) return
  // `Flops (G)` of one pass.
  if (/^[KMGT]$/.test(unit) && /\bflops?\b/i.test(raw)) {
    notes.unit ??= `${unit}FLOP`
    return
  }
  // `Request Throughput (per sec)`: of what, says the name; `Request Count (count)` says nothing more.
  if (/^counts?$/i.test(unit)) return
  if (/^(?:per\s+|\/\s*)(?:s|secs?|seconds?)$/i.test(unit)) notes.unit ??= `${/request/i.test(raw) ? 'requests' : /token/i.test(raw) ? 'tokens' : '1'}/s`
  else if (/^[CF]$/.test(unit) && /temp/i.test(raw)) notes.unit ??= `°${unit}`
  else if (notes.unit === undefined && isUnit(unit)) notes.unit = unit
  else if (notes.unit === undefined && OF_SOMETHING.test(unit)) {
    notes.unit = unit.replace(/\/(.*)/, '/{$1}')
    notes.spelled = unit
  }
  else if (notes.unit === undefined && /^(?!\d)[\w-]+ \S{1,6}$/.test(part) && isUnit(part.slice(part.indexOf(' ') + 1)) && !isUnit(part.slice(0, part.indexOf(' ')))) {
    // `(TTFT ms)`
    notes.unit = part.slice(part.indexOf(' ') + 1)
    takeNote(part.slice(0, part.indexOf(' ')), notes, raw)
  }
  else addQualifier(part, words, notes)
}

/** `[us/fn]`, `(kB/doc)`: of whatever is counted, where what it takes is plainly a time or bytes. */
const OF_SOMETHING = /^(?:[nuµm]?s|[kKMGT]i?B)\/(?!max|min|avg|mean|med|std|p\d)[a-z]{2,12}$/

/** `(1)` and `(b)` number or letter a thing; of single letters only these are meant as units. */
function isUnit(text: string): boolean {
  return (text.length > 1 || /^[shxWJVB%$€×秒с]$/.test(text)) && !/^\d/.test(text) && baseUnit(text) !== undefined
}

function addQualifier(part: string, words: readonly string[], notes: Notes): void {
  // A long form of the name itself, `Mean TTFT (Time to First Token)`, adds nothing.
  if (resolve(words.join('_'), undefined).canonical) return
  notes.qualifier ??= part
}
