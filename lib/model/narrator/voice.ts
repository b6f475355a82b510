/** How each metric is spoken of: the verbs of being best, of the other side, and what a factor between them means. */

import type { Fact } from '../../fact/fact.js'
import { metricName } from './phrase.js'

export interface Voice {
  /** Behind the best one's name, before its value: `generates fastest:`. */
  readonly best: string
  /** Behind the other one's name, before its value: `needs`. */
  readonly other: string
  /** Behind a factor, where lower is better: `as long`. */
  readonly much: string
  /** Behind a model's name, of a setting that helps: `generates faster`. */
  readonly gains?: string
}

const VOICES: Readonly<Record<string, Partial<Voice>>> = {
  output_throughput: { best: 'generates fastest:', other: 'reaches', gains: 'generates faster' },
  prompt_throughput: { best: 'reads prompts fastest:', other: 'reaches', gains: 'reads prompts faster' },
  ttft: { best: 'shows its first token soonest, after', other: 'needs', much: 'as long', gains: 'shows its first token sooner' },
  load_duration: { best: 'loads fastest:', other: 'needs', much: 'as long', gains: 'loads faster' },
  compile_time: { best: 'compiles fastest:', other: 'needs', much: 'as long', gains: 'compiles faster' },
  gpu_memory_used: { best: 'uses least GPU memory:', other: 'uses', gains: 'uses less GPU memory' },
  memory_used: { best: 'uses least memory:', other: 'uses', gains: 'uses less memory' },
  power: { best: 'draws least power:', other: 'draws', gains: 'draws less power' },
  energy: { best: 'uses least energy:', other: 'uses', gains: 'uses less energy' },
}

export function voiceOf(fact: Fact): Voice {
  const known = Object.hasOwn(VOICES, fact.metric ?? '') ? VOICES[fact.metric ?? ''] : undefined
  const time = fact.unit === 's' || fact.unit.startsWith('s/')
  return {
    best: `has the ${superlative(fact)} ${metricName(fact)}:`,
    other: fact.better === 'higher' ? 'reaches' : time ? 'takes' : 'has',
    much: time ? 'as long' : 'as much',
    ...known,
    ...(fact.note === 'tied' ? { best: `shares the ${superlative(fact)} ${metricName(fact)} with others:` } : {}),
  }
}

/** `highest` or `lowest`: what is best of a metric with this direction. */
export function superlative({ better }: Fact): string {
  return better === 'higher' ? 'highest' : 'lowest'
}
