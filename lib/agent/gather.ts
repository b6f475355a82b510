/** Facts from whatever a stage is given: facts themselves, summaries, or the items they are made from. */

import { checked } from '../fact/collect-facts.js'
import { collectFacts, Evidence, factsOfRows, type Fact, type FactOptions } from '../fact/index.js'
import type { Item } from '../record/item.js'
import type { FileReport } from '../record/metric-record.js'
import type { Problem } from '../stage/index.js'
import { Sampling, type Sampled } from '../summary/sampling.js'
import type { SummaryRow } from '../summary/summary-row.js'

export type Gatherable = Item | SummaryRow | Fact

export interface Gathered {
  readonly facts: readonly Fact[]
  readonly rows: readonly SummaryRow[]
  readonly files: readonly FileReport[]
  /** Single samples for drawing; only where they were asked for. */
  readonly sampled?: Sampled
}

/** Keeps no records: they become statistics at once, and for drawing a bounded choice of samples. */
export class Gathering {
  readonly #evidence = new Evidence()
  readonly #facts: Fact[] = []
  readonly #rows: SummaryRow[] = []
  readonly #files: FileReport[] = []
  readonly #onProblem: (problem: Problem) => void
  readonly #sampling: Sampling | undefined
  readonly #options: FactOptions

  /** @throws {ChimeraError} `USAGE` for options of the facts that make no sense. */
  constructor(onProblem: (problem: Problem) => void = () => undefined, sampling?: Sampling, options: FactOptions = {}) {
    checked(options)
    this.#options = options
    this.#onProblem = onProblem
    this.#sampling = sampling
  }

  add(item: Gatherable): void {
    if (item.type === 'fact') {
      this.#facts.push(item)
      return
    }
    if (item.type === 'summary') {
      this.#rows.push(item)
      return
    }
    if (item.type === 'file') this.#files.push(item)
    else if (item.type === 'problem') this.#onProblem(item)
    else this.#sampling?.add(item)
    this.#evidence.add(item)
  }

  read(): Gathered {
    const rows = this.#rows.length > 0 ? this.#rows : this.#evidence.subjects()
    return { facts: this.#told(), rows, files: this.#files, ...(this.#sampling ? { sampled: this.#sampling.read() } : {}) }
  }

  /** Facts that came ready are told as they are; records tell more than their summaries. */
  #told(): readonly Fact[] {
    if (this.#facts.length > 0) return this.#facts
    if (this.#rows.length === 0 || this.#evidence.records > 0) return collectFacts(this.#evidence, this.#options)
    return factsOfRows(this.#rows, this.#evidence)
  }
}
