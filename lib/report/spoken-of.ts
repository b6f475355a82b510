/** What a sentence speaks of, as far as it can be told before a number in it is reached. */

import type { Fact } from '../fact/fact.js'
import { metricWords } from '../fact/wording.js'

/** Too short to be told from other words. */
const SHORTEST_NAME = 3

/** Gives, for the text before a number, a test of the facts that the number may be about. */
export function subjectsOf(facts: readonly Fact[]): (before: string) => (fact: Fact) => boolean {
  const metrics = new Map<string, Set<string>>()
  const names = new Set<string>()
  for (const { metric, group } of facts) {
    if (metric !== undefined) for (const word of spellings(metric)) metrics.set(word, (metrics.get(word) ?? new Set()).add(metric))
    for (const value of Object.values(group ?? {})) {
      if (typeof value === 'string' && value.length >= SHORTEST_NAME) names.add(value.toLowerCase())
    }
  }
  return (before) => {
    const sentence = before.slice(Math.max(before.lastIndexOf('. '), before.lastIndexOf('; '), before.lastIndexOf(', and ')) + 1).toLowerCase()
    const spokenMetrics = longest(sentence, metrics.keys()).map((word) => metrics.get(word))
    const spokenNames = longest(sentence, names)
    return (fact) => {
      if (spokenMetrics.length > 0 && fact.metric !== undefined && !spokenMetrics.some((some) => some?.has(fact.metric ?? ''))) return false
      if (spokenNames.length === 0 || !fact.group) return true
      const about = Object.values(fact.group).join('\n').toLowerCase() + fact.subject.toLowerCase()
      return spokenNames.some((name) => about.includes(name))
    }
  }
}

/** `output_throughput`: by its own name, in words, and by its last word, which all throughputs share. */
function spellings(metric: string): string[] {
  const words = metricWords(metric).toLowerCase()
  const last = words.split(' ').at(-1) ?? words
  return [metric.toLowerCase(), words, ...(GENERIC.has(last) ? [last] : [])]
}

const GENERIC: ReadonlySet<string> = new Set(['throughput', 'latency', 'duration', 'power', 'energy', 'temperature', 'utilization', 'accuracy'])

/** The words that occur; one that is part of a longer one which occurs says less. */
function longest(sentence: string, words: Iterable<string>): string[] {
  const found = [...words].filter((word) => occurs(sentence, word))
  return found.filter((word) => !found.some((other) => other.length > word.length && other.includes(word)))
}

function occurs(sentence: string, word: string): boolean {
  for (let at = sentence.indexOf(word); at >= 0; at = sentence.indexOf(word, at + 1)) {
    if (!/[\p{L}\p{N}_]/u.test(sentence.charAt(at - 1) + sentence.charAt(at + word.length))) return true
  }
  return false
}
