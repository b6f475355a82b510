/** Reported figures compared only where every setting is alike: they cannot be pooled the way samples can. */

import type { SummaryRow } from '../summary/summary-row.js'
import { centralOf } from './central.js'
import { groupBy, type Family, type Member } from './family.js'
import { subjectKey } from './subject.js'

/**
 * A family of reported figures becomes one family per setting of what all members set (batch size, runs); settings that only
 * some members know (a backend's own) do not count. A family of samples stays as it is: its medians are over all settings.
 */
export function refined(family: Family, configurations: readonly SummaryRow[]): Family[] {
  const first = family.members[0]
  if (!first || family.members.some(({ central }) => central.n !== undefined)) return [family]
  const subjects = new Set(family.members.map(({ row }) => subjectKey(row)))
  const members = configurations.flatMap((row): Member[] => {
    if (row.metric !== first.row.metric || row.unit !== first.row.unit || !subjects.has(subjectKey(row))) return []
    const central = centralOf(row)
    return central?.stat === first.central.stat && central.n === undefined ? [{ row, central }] : []
  })
  const keys = commonKeys(members).filter((key) => !family.differing.includes(key))
  const alike = [...groupBy(members, ({ row }) => JSON.stringify(keys.map((key) => row.group[key]))).values()]
  const telling = keys.filter((key) => Object.hasOwn(family.shared, key) || new Set(members.map(({ row }) => row.group[key])).size > 1)
  return alike.flatMap((list) => {
    const row = list[0]?.row
    const distinct = [...groupBy(list, (member) => JSON.stringify(family.differing.map((key) => member.row.group[key]))).values()].flatMap(([one]) => one ?? [])
    if (!row || distinct.length < 2) return []
    const shared = Object.fromEntries(telling.flatMap((key) => (row.group[key] === undefined ? [] : [[key, row.group[key]]])))
    return [{ differing: family.differing, shared, members: distinct }]
  })
}

function commonKeys(members: readonly Member[]): string[] {
  const [first, ...rest] = members.map(({ row }) => Object.keys(row.group))
  return (first ?? []).filter((key) => rest.every((keys) => keys.includes(key)))
}
