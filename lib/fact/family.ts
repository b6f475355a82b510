/** Who may be compared with whom: rows that differ in one thing, everything else alike. */

import type { AttributeValue } from '../record/metric-record.js'
import type { SummaryRow } from '../summary/summary-row.js'
import { isRestated, type Central } from './central.js'

export interface Member {
  readonly row: SummaryRow
  readonly central: Central
}

export interface Family {
  /** The attributes in which the members differ. */
  readonly differing: readonly string[]
  /** What all members share. */
  readonly shared: Readonly<Record<string, AttributeValue>>
  readonly members: readonly Member[]
}

/**
 * What a choice is made of, the most specific first: with all other attributes alike, values of one of these are alternatives.
 * Not in the list are workloads (a kernel, a test, a benchmark): different work takes different time, and says nothing.
 */
const CHOICES: readonly string[] = [
  'backend', 'engine', 'runtime', 'framework', 'provider', 'implementation', 'method', 'algorithm', 'command',
  'precision', 'dtype', 'quantization', 'quant', 'variant', 'tag', 'device', 'hardware', 'gpu_name', 'model', 'model_name', 'model_id',
]
/** These name the same thing: they change together. */
export const NAMES_OF_MODEL: ReadonlySet<string> = new Set(['model', 'model_name', 'model_id', 'tag', 'variant', 'quantization', 'quant'])

/** Families among rows of one metric and unit, the named before those of files, then the largest first; every family has at least two members. */
export function families(members: readonly Member[]): Family[] {
  const alike = groupBy(members, ({ row, central }) => JSON.stringify([Object.keys(row.group), central.n === undefined ? central.stat : 'samples']))
  return [...alike.values()]
    .flatMap((list) => familiesOfKind(list))
    .map((family) => ({ ...family, members: withEnoughSamples(family.members) }))
    .filter((family) => family.members.length > 1)
    .sort((a, b) => standing(a) - standing(b) || b.members.length - a.members.length)
}

/** Named subjects, then files that do not say what they measured, then what reports restate. */
function standing(family: Family): number {
  return family.members.some(({ row }) => isRestated(row)) ? 2 : Number(isOfFiles(family))
}

function isOfFiles({ differing }: Family): boolean {
  return differing.includes('file')
}

function familiesOfKind(members: readonly Member[]): Family[] {
  const keys = Object.keys(members[0]?.row.group ?? {})
  // Sections of written reports that name nothing have only the metric's name in common.
  if (keys.join() === 'file') return filesAlike(members.filter(({ row }) => !isRestated(row)))
  for (const choice of CHOICES.filter((key) => keys.includes(key))) {
    const found = split(members, [choice])
    if (found.length > 0) return found
  }
  return split(members, keys.filter((key) => NAMES_OF_MODEL.has(key)))
}

/** Files that do not say what they measured are compared within one folder when the same settings vary in them. */
function filesAlike(members: readonly Member[]): Family[] {
  const alike = groupBy(members, ({ row }) => {
    const file = String(row.group['file'])
    return JSON.stringify([file.slice(0, file.lastIndexOf('/') + 1), Object.keys(row.varied)])
  })
  return [...alike.values()].filter((list) => list.length > 1).map((list) => ({ differing: ['file'], shared: {}, members: list }))
}

function split(members: readonly Member[], differing: readonly string[]): Family[] {
  if (differing.length === 0) return []
  const alike = groupBy(members, ({ row }) => JSON.stringify(Object.entries(row.group).filter(([key]) => !differing.includes(key))))
  return [...alike.values()]
    .filter((list) => list.length > 1)
    .map((list) => {
      const shared = Object.fromEntries(Object.entries(list[0]?.row.group ?? {}).filter(([key]) => !differing.includes(key)))
      return { differing, shared, members: list }
    })
}

/** A lucky single sample must not win against the median of many. */
function withEnoughSamples(members: readonly Member[]): readonly Member[] {
  const enough = members.filter(({ central }) => (central.n ?? ENOUGH) >= ENOUGH)
  return enough.length > 1 ? enough : members
}

const ENOUGH = 3

export function groupBy<T>(list: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const one of list) {
    const key = keyOf(one)
    const group = groups.get(key)
    if (group) group.push(one)
    else groups.set(key, [one])
  }
  return groups
}
