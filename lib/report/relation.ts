/** What a number beside `faster`, `as long as`, `higher by` says of two things. */

import { timesAsFast } from '../fact/faster.js'
import type { Better } from '../record/metric-record.js'

/** `value` compares the values, `good` how good they are; with sign -1 the first is the smaller or worse. */
export interface Relation {
  readonly axis: 'value' | 'good'
  readonly sign: 1 | -1
}

const TABLE: readonly [relation: Relation, pattern: string][] = [
  [{ axis: 'good', sign: 1 }, 'as fast|as quick|as good|faster|quicker|sooner|better|speed-?ups?|improve\\w*|the speed|schneller|outperform\\w*|beats'],
  [{ axis: 'good', sign: -1 }, 'as slow|slower|worse|slow-?downs?|regress\\w*|degrad\\w*|langsamer'],
  [{ axis: 'value', sign: 1 }, 'as (?:long|high|much|many|large|big|great)|higher|larger|bigger|greater|longer|more|increas\\w*|rises?|rose|gr[eo]ws?|above|mehr|so (?:lang|hoch|viel)\\w*|höher'],
  [{ axis: 'value', sign: -1 }, 'as (?:low|short|small|little)|lower|smaller|shorter|less|fewer|reduc\\w*|decreas\\w*|drop\\w*|fell|falls?|below|niedriger|weniger'],
]
const PATTERN = new RegExp(`\\b(?:${TABLE.map(([, words]) => `(${words})`).join('|')})\\b`, 'gi')
/** `twice the throughput of B`, `6.3 times that of B` */
const OF_IT = /^[\s*_`"]*(?:the|that|what|of (?:the|that)|el|la|die|der|das)\b/i
const REACH = 45

/** Behind the number first, then before it. */
export function relationOf(text: string, start: number, end: number): Relation | undefined {
  const after = clause(text.slice(end, end + REACH))
  if (OF_IT.test(after)) return { axis: 'value', sign: 1 }
  const before = text.slice(Math.max(0, start - REACH), start)
  const own = before.slice(Math.max(before.lastIndexOf(','), before.lastIndexOf(';')) + 1)
  return relationIn(Array.from(after.matchAll(PATTERN))[0]) ?? relationIn(Array.from(own.matchAll(PATTERN)).at(-1))
}

function relationIn(found: RegExpExecArray | undefined): Relation | undefined {
  if (!found) return undefined
  return TABLE[TABLE.findIndex((_, at) => found[at + 1] !== undefined)]?.[0]
}

function clause(text: string): string {
  const end = text.search(/[,;:(]|\d/)
  return end < 0 ? text : text.slice(0, end)
}

/** a in relation to b: how many times as much, as good, as little or as bad; `undefined` where the metric has no direction. */
export function timesOf(a: number, b: number, better: Better, { axis, sign }: Relation): number | undefined {
  const up = axis === 'value' ? (a > 0 && b > 0 ? a / b : undefined) : timesAsFast(a, b, better)
  return up === undefined || sign === 1 ? up : 1 / up
}

/** The same as a share: 0.25 for `25 % higher` or `25 % faster`, and for `25 % lower` or `25 % slower`. */
export function shareOf(a: number, b: number, better: Better, { axis, sign }: Relation): number | undefined {
  const up = timesOf(a, b, better, { axis, sign: 1 })
  return up === undefined ? undefined : sign === 1 ? up - 1 : 1 - up
}
