/** Lets the binder read statements as a model would send them, and says which of them it takes for wrong. */

import type { Fact } from '../../lib/fact/fact.js'
import { bindFigures, type Binding, type Grounding } from '../../lib/report/index.js'
import type { Lie } from './lies.js'

/** In pieces of a few characters, as tokens come; each text by itself. */
export function bound(facts: readonly Fact[], text: string, grounding: Grounding): { readonly out: string; readonly flagged: readonly string[] } {
  const binding = bindingOf(facts, grounding)
  const { length } = binding.ledger().unverified
  const binder = binding.binder()
  let out = ''
  for (const piece of text.match(/[^]{1,3}/g) ?? []) out += binder.write(piece)
  out += binder.end()
  const flagged = binding.ledger().unverified.slice(length)
  return { out, flagged: flagged.map(({ text: claim, reason }) => `${claim} (${reason})`) }
}

/** To read the facts costs more than a statement does. The ledger keeps a hundred entries, so a binding serves until some of them are used. */
function bindingOf(facts: readonly Fact[], grounding: Grounding): Binding {
  const known = bindings.get(facts) ?? new Map<Grounding, Binding>()
  bindings.set(facts, known)
  const last = known.get(grounding)
  if (last && last.ledger().unverified.length < SERVES) return last
  const binding = bindFigures(facts, grounding)
  known.set(grounding, binding)
  return binding
}

const bindings = new WeakMap<readonly Fact[], Map<Grounding, Binding>>()
const SERVES = 80

/** How far behind a wrong claim its mark may stand: behind its unit, its emphasis, or at the end of the sentence of a slot. */
const MARK = /\[(?:unverified|wrong subject|unknown figure)/
const REACH = 44

/** Claims of a lie that reach the reader: in `strict` at all, in `mark` without a mark. */
export function missed(facts: readonly Fact[], { text, wrong, kind }: Lie): { readonly strict: readonly string[]; readonly mark: readonly string[]; readonly out: string } {
  const strict = bound(facts, text, 'strict').out
  const { out } = bound(facts, text, 'mark')
  return {
    strict: wrong.filter((claim) => has(strict, claim) >= 0),
    mark: wrong.filter((claim) => {
      const at = has(out, claim)
      if (kind === 'slot') return !MARK.test(out)
      return at < 0 ? false : !MARK.test(kind === 'swapped slot' ? out.slice(at) : out.slice(at, at + claim.length + REACH))
    }),
    out,
  }
}

/** As a word of its own: `47` is not in `1470`. */
function has(text: string, claim: string): number {
  for (let at = text.indexOf(claim); at >= 0; at = text.indexOf(claim, at + 1)) {
    if (!/[\d.,]\d?$/.test(text.slice(Math.max(0, at - 2), at).replace(/^.*\s/, '')) || !/^\d/.test(claim)) {
      if (!/^\d/.test(text.slice(at + claim.length)) || !/\d$/.test(claim)) return at
    }
  }
  return -1
}
