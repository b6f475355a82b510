/** Every two values of every setting of one subject, compared where all else is equal and judged against chance. */

import type { AttributeValue } from '../record/metric-record.js'
import { median } from './central.js'
import { groupBy, type Member } from './family.js'
import { holm, leastRankSum, leastSignedRank, rankSum, signedRank } from './significance.js'

/** Claims are made below this corrected p only. */
export const LEVEL = 0.05

export interface Contrast {
  readonly key: string
  readonly best: AttributeValue
  readonly worst: AttributeValue
  /** How much better, as a factor: the median over the pairs, or of the medians where there are none. */
  readonly ratio: number
  /** True when each value is compared with one that was measured with all other settings alike. */
  readonly paired: boolean
  /** Pairs; configurations of both values where there are none. */
  readonly n: number
  /** Configurations of the two values that have no counterpart. */
  readonly unmatched: number
  /** Two-sided, corrected for all contrasts of the subject. */
  readonly p: number
  readonly members: readonly Member[]
}

/**
 * Pairs are judged by signed ranks of log ratios, values without pairs by rank sums, and all of them corrected together.
 * Left out is what could not fall below {@link LEVEL} however the values were: a test that cannot succeed is no test.
 */
export function contrasts(members: readonly Member[]): Contrast[] {
  const positive = members.filter(({ central }) => central.value > 0)
  const keys = settingsOf(positive)
  const found = keys.flatMap((key) => contrastsOf(key, keys, positive))
  const corrected = holm(found.map(({ p }) => p))
  return found.map((one, at) => ({ ...one, p: corrected[at] ?? 1 }))
}

/** Settings that have several values among these configurations. */
export function variedSettings(members: readonly Member[]): string[] {
  return settingsOf(members).filter((key) => new Set(members.flatMap(({ row }) => (Object.hasOwn(row.group, key) ? [row.group[key]] : []))).size > 1)
}

export function isSignificant({ p, ratio }: Contrast): boolean {
  return p < LEVEL && ratio > 1
}

const MOST_LEVELS = 8

/** A key with another value in each configuration names it (`config_name`) and sets nothing. */
function settingsOf(members: readonly Member[]): string[] {
  const keys = [...new Set(members.flatMap(({ row }) => Object.keys(row.group)))]
  return keys.filter((key) => {
    const values = members.flatMap(({ row }) => (Object.hasOwn(row.group, key) ? [row.group[key]] : []))
    const distinct = new Set(values).size
    return distinct < values.length || values.length === 1
  })
}

function contrastsOf(key: string, keys: readonly string[], members: readonly Member[]): Contrast[] {
  const levels = [...groupBy(members.filter(({ row }) => Object.hasOwn(row.group, key)), ({ row }) => JSON.stringify(row.group[key])).values()]
  if (levels.length < 2 || levels.length > MOST_LEVELS) return []
  const others = keys.filter((one) => one !== key)
  return levels.flatMap((a, at) => levels.slice(at + 1).flatMap((b) => contrast(key, others, a, b)))
}

function contrast(key: string, others: readonly string[], a: readonly Member[], b: readonly Member[]): Contrast[] {
  const pairs = pairsOf(others, a, b)
  const paired = pairs.length > 0
  const least = paired ? leastSignedRank(pairs.length) : leastRankSum(a.length, b.length)
  const [one, two] = [a[0]?.row, b[0]?.row]
  const [left, right] = [one?.group[key], two?.group[key]]
  if (least >= LEVEL || !one || left === undefined || right === undefined) return []
  const logs = pairs.map(([first, second]) => Math.log(second.central.value / first.central.value))
  const [of, against] = [a, b].map((list) => list.map(({ central }) => central.value))
  const p = paired ? signedRank(logs) : rankSum(of ?? [], against ?? [])
  // How much larger the second is.
  const factor = paired ? Math.exp(median(logs)) : median(against ?? []) / median(of ?? [])
  const isFirst = (one.better === 'higher') === factor < 1
  return [
    {
      key,
      best: isFirst ? left : right,
      worst: isFirst ? right : left,
      ratio: Math.max(factor, 1 / factor),
      paired,
      n: paired ? pairs.length : a.length + b.length,
      unmatched: paired ? a.length + b.length - 2 * pairs.length : 0,
      p,
      members: paired ? pairs.flat() : [...a, ...b],
    },
  ]
}

/** Configurations that differ in the one setting only; each has one counterpart at most. */
function pairsOf(others: readonly string[], a: readonly Member[], b: readonly Member[]): [Member, Member][] {
  const keyOf = ({ row }: Member) => JSON.stringify(others.map((key) => row.group[key] ?? null))
  const counterparts = new Map(b.map((member) => [keyOf(member), member]))
  return a.flatMap((member): [Member, Member][] => {
    const other = counterparts.get(keyOf(member))
    counterparts.delete(keyOf(member))
    return other ? [[member, other]] : []
  })
}
