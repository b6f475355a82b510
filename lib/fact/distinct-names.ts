/** No two things under one name: where the short names of two groups are the same, the longer group is named in full. */

import type { Draft } from './draft.js'
import { fullNameOf } from './name-of.js'

/** Comparisons within a context are left alone: `backend jit` is told apart by what it is compared within. */
export function withDistinctNames(drafts: readonly Draft[]): Draft[] {
  const groups = new Map<string, Set<string>>()
  for (const { who, group, among } of drafts) {
    if (who !== undefined && group && among === undefined) groups.set(who, (groups.get(who) ?? new Set()).add(keyOf(group)))
  }
  return drafts.map((draft) => {
    const { kind, who, group, among } = draft
    const ambiguous = who !== undefined && group && among === undefined && kind !== 'ratio' && kind !== 'delta' && (groups.get(who)?.size ?? 0) > 1
    return ambiguous ? { ...draft, who: fullNameOf(group) } : draft
  })
}

function keyOf(group: NonNullable<Draft['group']>): string {
  return JSON.stringify(Object.entries(group).sort())
}
