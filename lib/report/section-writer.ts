/** One section of a model's text: watched, bound, and judged at its end. */

import type { Fact } from '../fact/fact.js'
import type { ReportHeading } from '../model/narrator/headings.js'
import type { Binding } from './binding.js'
import { watchText } from './text-watch.js'

export interface Watched {
  facts: readonly Fact[]
  /** In which the text is to be; default `en`. */
  language?: string | undefined
  /** Ends the answer of which nothing more is wanted. */
  giveUp?: (() => void) | undefined
  /** The text is our own: it is bound, not judged. */
  trusted?: boolean | undefined
}

export interface SectionWriter {
  /** Ready for the document. */
  write(text: string): string
  end(): string
  /** Nothing more is shown of it, whatever comes. */
  readonly over: boolean
  /** It would go on for ever. */
  readonly loops: boolean
  /** After `end`: why the narrator has to stand in. */
  readonly lack: Lack | undefined
}

/** `nothing`: nothing is shown of it; `ends`: it was given up in the middle; `figures`: it names no figure. `why` is a clause. */
export interface Lack {
  readonly kind: 'nothing' | 'ends' | 'figures'
  readonly why: string
  /** The text itself is of no use, not only what it says. */
  readonly useless: boolean
}

/** Advice may be general; of what is said about figures only a short text may do without one. */
const ADVICE: ReportHeading = 'Recommendations'
const WORDS_WITHOUT_FIGURE = 40

export function startSection(binding: Binding, { facts, language = 'en', trusted = false }: Watched, section?: string): SectionWriter {
  const binder = binding.binder(section)
  const watch = trusted ? undefined : watchText(language)
  const before = binding.ledger()
  let given = false
  let written = ''
  let lack: Lack | undefined
  const show = (text: string): string => {
    written += text
    return text
  }
  const judge = (): Lack | undefined => {
    const { verdict } = watch ?? {}
    if (written.trim() === '') {
      if (verdict !== undefined) return { kind: 'nothing', why: verdict, useless: true }
      return { kind: 'nothing', why: given ? 'no figure backs what the model wrote here' : 'the model did not write this section', useless: false }
    }
    if (verdict !== undefined) return { kind: 'ends', why: verdict, useless: true }
    if (watch === undefined || section === ADVICE || facts.length === 0 || (written.match(/\p{L}{2,}/gu)?.length ?? 0) < WORDS_WITHOUT_FIGURE) return undefined
    const after = binding.ledger()
    const backed = after.bound + after.matched > before.bound + before.matched
    // Without grounding nobody knows which numbers are right.
    const unchecked = after.unverifiedCount === before.unverifiedCount && /\d/.test(written)
    return backed || unchecked ? undefined : { kind: 'figures', why: 'the model named no figure that was measured', useless: false }
  }
  return {
    write(text) {
      given ||= text.trim() !== ''
      return show(binder.write(watch ? watch.write(text) : text))
    },
    end() {
      const text = show(binder.write(watch?.end() ?? '') + binder.end())
      lack = judge()
      return text
    },
    get over() {
      return watch?.verdict !== undefined
    },
    get loops() {
      return watch?.loops === true
    },
    get lack() {
      return lack
    },
  }
}

/** What stands before the narrator's words. */
export function standInNote({ kind, why }: Lack): string {
  if (kind === 'nothing') return `*Written by the built-in narrator: ${why}.*\n\n`
  if (kind === 'figures') return `\n\n*Added by the built-in narrator: ${why}.*\n\n`
  return `\n\n> **The model's text ends here**: ${why}. What follows was written by the built-in narrator.\n\n`
}
