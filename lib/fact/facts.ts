/** The stage from items to facts: they come at the end, when everything is seen. */

import type { Item } from '../record/item.js'
import { stage, type Stage, type StreamOptions } from '../stage/index.js'
import { checked, collectFacts, type FactOptions } from './collect-facts.js'
import { Evidence } from './evidence.js'
import type { Fact } from './fact.js'

export interface FactsOptions extends FactOptions, StreamOptions {}

/** @throws {ChimeraError} `USAGE` for options that make no sense. */
export function facts(options: FactsOptions = {}): Stage<Item, Fact> {
  checked(options)
  return stage<Item, Fact>(
    {
      name: 'facts',
      start() {
        const evidence = new Evidence()
        return {
          write(batch) {
            for (const item of batch) evidence.add(item)
            return []
          },
          end: () => [collectFacts(evidence, options)],
        }
      },
    },
    options,
  )
}
