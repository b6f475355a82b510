/** Ordinals that rank, and those that only count off: `First, ...`, `time to first token`, `the first run of its series`. */

import { directionOf, type Direction } from './direction-words.js'

export type OrdinalReading = { readonly ranks: true; readonly direction?: Direction } | { readonly ranks: false } | 'claim'

export function readOrdinalUse(rank: number, before: string, after: string): OrdinalReading {
  const next = /^[\s-]+([\p{L}-]+)/u.exec(after)?.[1] ?? ''
  const direction = directionOf(next)
  if (direction?.degree === 'superlative') return { ranks: true, direction }
  if (/^(?:place|places|position|rank|spot)$/i.test(next) || /\b(?:ranks?|ranked|comes|came|finish\w*|place[sd]?|is|are|was|were|in)\s+(?:in\s+)?(?:the\s+)?$/i.test(before)) {
    if (/^(?:token|byte|run|sample|request|answer|iteration|attempt|row|line|time|half)s?$/i.test(next)) return { ranks: false }
    return { ranks: true }
  }
  if (/^(?:token|byte|word|character|chunk|piece)s?$/i.test(next)) return { ranks: false }
  if (rank === 1 && /^(?:run|sample|measurement|request|iteration)s?$/i.test(next)) return { ranks: false }
  // `First, ...`, `at first`, `first of all`, `a second time`, `the first step`
  if (/^\W*$|\($/.test(before) || /(?:\bat|[;:.,]|\band|\bmust|\bshould|\bto)\s+$/i.test(before) || /^(?:,|:|\.|$)/.test(after.trim()) || /^(?:of all|step|thing|look|glance|priority|place to|run again|try|check|find\w*|time|part|section|point|question|reason|recommendation)/i.test(after.trim())) return { ranks: false }
  return 'claim'
}
