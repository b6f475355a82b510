/**
 * Between scanner and document: gives text on until something is claimed, holds the rest of that sentence, and marks what no
 * fact backs. The same tokens give the same text however they arrive.
 */

import type { Judge } from './judge.js'
import type { LedgerBook, UnverifiedReason } from './ledger.js'
import { endsSentence, SENTENCE_LIMIT } from './sentence-end.js'
import type { Token } from './token.js'

/** A piece that is decided: `unverified` where a figure in it, or before it in its sentence, is backed by nothing. */
export interface Judged extends Token {
  readonly unverified?: true
}

export interface Judging {
  write(tokens: readonly Token[]): Judged[]
  end(): Judged[]
}

export interface JudgingOptions {
  readonly judge: Judge
  readonly ledger: LedgerBook
  /** Marks are not shown: the sentence is left out further on. */
  readonly silent: boolean
  readonly section?: string
  /** Shows a claim that rests on the figure of this id; default the text alone. */
  readonly cite?: (id: string, text: string) => string
}

export const MARKS: Readonly<Record<UnverifiedReason, string>> = {
  typed: '[unverified]',
  direction: '[unverified]',
  subject: '[wrong subject]',
  id: '',
  unit: '',
}

export function startJudging({ judge, ledger, silent, section, cite }: JudgingOptions): Judging {
  let sentence: Token[] = []
  /** How many of them are given on. */
  let given = 0
  let holding = false
  let said = ''
  let ends: Token[] = []
  let isRow = false
  let afterMark = false
  let startsBlock = true
  let prefix = ''

  const out = (token: Token, wrong?: UnverifiedReason): Judged => {
    const text = afterMark && /^[(:]/.test(token.out) ? `\\${token.out}` : token.out
    const mark = wrong === undefined || silent ? '' : ` ${MARKS[wrong]}`
    afterMark = wrong !== undefined || token.fault !== undefined
    return { ...token, out: text + mark, ...(afterMark ? { unverified: true as const } : {}) }
  }

  const flush = (): Judged[] => {
    const { wrong, matched, text } = judge.judge(sentence)
    const done: Judged[] = []
    let late: UnverifiedReason | undefined
    for (const [at, token] of sentence.entries()) {
      const reason = wrong.get(at)
      const [id] = matched.get(at) ?? []
      // Behind these signs a link would be an image, or no link.
      const isCited = cite && id !== undefined && token.claim?.kind === 'number' && !/[!\\]$/.test(sentence[at - 1]?.out ?? '')
      if (at >= given) done.push(out(isCited ? { ...token, out: cite(id, token.out) } : token, reason))
      else if (reason !== undefined) late = reason
    }
    if (late !== undefined) done.push({ ...out({ kind: 'text', out: '' }, late) })
    keep(wrong, matched, text)
    sentence = []
    given = 0
    holding = false
    said = ''
    return done
  }

  const keep = (wrong: ReadonlyMap<number, UnverifiedReason>, matched: ReadonlyMap<number, readonly string[]>, text: string) => {
    const bad = wrong.size > 0 || sentence.some(({ fault }) => fault)
    for (const [at, token] of sentence.entries()) {
      const reason = wrong.get(at)
      if (token.fault) ledger.unverified({ ...token.fault, ...placeOf(text) })
      else if (reason !== undefined) ledger.unverified({ text: token.said ?? token.out, reason, ...placeOf(text) })
      // A figure in a sentence that is left out is shown to nobody.
      else if (token.slot && !(silent && bad)) ledger.bound(token.slot.fact.id)
    }
    if (!(silent && bad)) for (const ids of matched.values()) ledger.matched(ids)
  }

  const placeOf = (text: string) => ({ sentence: text.trim(), ...(section === undefined ? {} : { section }) })

  const add = (token: Token): Judged[] => {
    sentence.push(token)
    said += token.out
    holding ||= token.claim !== undefined || (isRow && token.slot !== undefined)
    if (!holding) given += 1
    const now = holding ? [] : [out(token)]
    return said.length > SENTENCE_LIMIT ? [...now, ...flush()] : now
  }

  const take = (token: Token): Judged[] => {
    if (token.kind === 'newline') {
      ends.push(token)
      return []
    }
    const done: Judged[] = []
    if (ends.length > 0) {
      const starts = token.kind === 'prefix' || ends.length > 1 || isRow || token.out.startsWith('|')
      if (starts) {
        done.push(...flush(), ...ends.map((end) => out(end)))
        if (ends.length > 1) judge.gap()
        isRow = false
        startsBlock = true
      } else done.push(...ends.flatMap((end) => add(end)))
      ends = []
    }
    if (token.kind === 'prefix') {
      prefix += token.out
      return [...done, out(token)]
    }
    if (startsBlock) {
      judge.block(prefix)
      isRow = token.out.startsWith('|')
      startsBlock = false
      prefix = ''
    }
    if (token.kind === 'space' && !isRow && endsSentence(said)) return [...done, ...flush(), out(token)]
    return [...done, ...add(token)]
  }

  return {
    write: (tokens) => tokens.flatMap(take),
    end: () => [...flush(), ...ends.splice(0).map((end) => out(end))],
  }
}
