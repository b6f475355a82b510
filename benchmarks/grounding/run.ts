/**
 * How well a text is kept to the facts: true statements that are flagged all the same, and false claims that reach the reader.
 * What is right is said by how the statements are made, never by `lib/report`. No time is measured.
 */

import type { Keep } from '../results.js'
import { bound, missed } from './judged.js'
import { invented, lies } from './lies.js'
import { factSets, type FactSet } from './sets.js'
import { handWritten, truths } from './truths.js'

/** `wrong`: true statements flagged, or false claims let through. */
export interface Rate {
  readonly facts: string
  readonly test: 'true statements flagged' | 'false claims shown in strict' | 'false claims without a mark'
  readonly kind: string
  readonly count: number
  readonly wrong: number
  readonly examples: readonly string[]
}

export async function scoreGrounding(keep: Keep): Promise<void> {
  const rates = (await factSets()).flatMap(ratesOf)
  const markdown = markdownOf(rates)
  keep('grounding', 'csv', csvOf(rates))
  keep('grounding', 'json', `${JSON.stringify({ node: process.version, rates: rates.map(({ facts, test, kind, count, wrong }) => ({ facts, test, kind, statements: count, failures: wrong, failure_rate: wrong / count })) }, undefined, 2)}\n`)
  keep('grounding', 'md', markdown)
  process.stdout.write(`${markdown}\n${rates.flatMap(({ examples }) => examples).join('\n')}\n`)
}

export function ratesOf({ name, facts }: FactSet): Rate[] {
  const rates = new Map<string, { facts: string; test: Rate['test']; kind: string; count: number; wrong: number; examples: string[] }>()
  const add = (test: Rate['test'], kind: string, count: number, wrong: readonly string[], shown: string) => {
    const key = `${test} ${kind}`
    const rate = rates.get(key) ?? { facts: name, test, kind, count: 0, wrong: 0, examples: [] }
    rate.count += count
    rate.wrong += wrong.length
    if (wrong.length > 0) rate.examples.push(`${name}, ${test}: ${JSON.stringify(shown)} (${wrong.join('; ')})`)
    rates.set(key, rate)
  }
  for (const { kind, text } of [...truths(facts), ...(handWritten[name] ?? []).map((one) => ({ kind: 'by hand', text: one }))]) {
    const { out, flagged } = bound(facts, text, 'mark')
    add('true statements flagged', kind, 1, flagged.slice(0, 1), out)
  }
  const who = facts.find(({ kind }) => kind === 'best')?.who ?? ''
  for (const lie of [...lies(facts), ...invented(who)]) {
    const { strict, mark, out } = missed(facts, lie)
    add('false claims shown in strict', lie.kind, lie.wrong.length, strict, out)
    add('false claims without a mark', lie.kind, lie.wrong.length, mark, out)
  }
  return [...rates.values()]
}

/** Over all kinds; the share in percent. */
export function totals(rates: readonly Rate[]): { readonly test: Rate['test']; readonly count: number; readonly wrong: number }[] {
  return TESTS.map((test) => {
    const own = rates.filter((rate) => rate.test === test)
    return { test, count: own.reduce((sum, { count }) => sum + count, 0), wrong: own.reduce((sum, { wrong }) => sum + wrong, 0) }
  })
}

const TESTS: readonly Rate['test'][] = ['true statements flagged', 'false claims shown in strict', 'false claims without a mark']

function csvOf(rates: readonly Rate[]): string {
  const rows = rates.map(({ facts, test, kind, count, wrong }) => [facts, test, kind, count, wrong, (100 * wrong) / count].join(','))
  return `${['facts,test,kind,statements,failures,failure_rate_%', ...rows].join('\n')}\n`
}

function markdownOf(rates: readonly Rate[]): string {
  const sets = [...new Set(rates.map(({ facts }) => facts))]
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`
  const row = (facts: string, some: readonly Rate[]) => totals(some).map(({ test, count, wrong }) => line([facts, test, count, wrong, `${((100 * wrong) / count).toFixed(2)} %`]))
  return [
    '# Is what a model types kept to the facts?',
    '',
    'True statements made from the facts in many wordings, of which none should be flagged, and false ones, of which none should be shown in `strict` or stand without a mark in `mark`. Texts arrive in pieces of three characters.',
    '',
    line(['Facts', 'Test', 'Statements', 'Failures', 'Failure rate']),
    line(['---', '---', '---:', '---:', '---:']),
    ...sets.flatMap((facts) => row(facts, rates.filter((rate) => rate.facts === facts))),
    ...row('all', rates),
    '',
  ].join('\n')
}
