/** The places between the first and the last: who is where in the order of a metric. */

import { overlap } from './central.js'
import { WEIGHT, type Draft } from './draft.js'
import type { Family, Member } from './family.js'
import { nameOf } from './name-of.js'
import { recordsOf } from './references.js'
import { figureWords, limit, metricWords, SUBJECT_LIMIT } from './wording.js'

/** Two have no place between them. */
const FEWEST = 3
const TOLD = 4

/** Best first; equal values share the better place, and the next one is as far down as there are better ones (1, 2, 2, 4). */
export function placesOf(members: readonly Member[]): { readonly member: Member; readonly place: number }[] {
  const sign = members[0]?.row.better === 'higher' ? -1 : 1
  const sorted = [...members].sort((a, b) => sign * (a.central.value - b.central.value))
  let place = 0
  return sorted.map((member, at) => {
    if (at === 0 || member.central.value !== sorted[at - 1]?.central.value) place = at + 1
    return { member, place }
  })
}

export function ranks(family: Family): Draft[] {
  const places = placesOf(family.members)
  if (places.length < FEWEST) return []
  return places.slice(1, -1).slice(0, TOLD).map(({ member, place }, at) => {
    const { row, central } = member
    const who = nameOf(Object.fromEntries(Object.entries(row.group).filter(([key]) => family.differing.includes(key))))
    const before = places[at]?.member
    const near = before !== undefined && overlap(before, member)
    const among = nameOf(family.shared)
    return {
      kind: 'rank',
      subject: limit(`place in ${metricWords(row.metric)}, ${who}${among === '' ? '' : ` (${among})`}`, SUBJECT_LIMIT),
      metric: row.metric,
      group: row.group,
      who,
      ...(among === '' ? {} : { among }),
      ...(near ? { note: 'overlap' as const } : {}),
      stat: 'rank',
      value: place,
      unit: '1',
      better: null,
      n: places.length,
      sentence: `By ${metricWords(row.metric)}, ${who} is number ${place} of ${places.length}, best first, with ${figureWords(central.value, row.unit)}.${near ? ' Its samples overlap with those of the one before.' : ''}`,
      records: central.records,
      recordCount: recordsOf(row),
      files: row.files.slice(0, 5),
      weight: WEIGHT.ranks,
    }
  })
}
