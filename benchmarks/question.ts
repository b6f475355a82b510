/** What a benchmark asks: cases that do the same work, compared with one of them. */

export interface Question {
  /** File name of the results. */
  readonly name: string
  /** As a person would ask it. */
  readonly question: string
  /** What is processed, and what is not part of the measurement. */
  readonly scope: string
  readonly workload: Workload
  readonly cases: readonly Case[]
  /** The case that the others are compared with: the one of this name on the same cores. */
  readonly baseline: string
  /** What is taken of each round; default `wall`. `cpu`: processor time of this process, for cases that mostly wait. */
  readonly measure?: 'wall' | 'cpu'
  /** Peers that are not on this machine, and how to have them. */
  readonly absent?: readonly string[]
  readonly goals?: readonly Goal[]
  /** Instead of those that the suite gives. */
  readonly rounds?: Rounds
  /** Removes what was made for it. */
  readonly close?: () => void
}

export interface Rounds {
  readonly rounds: number
  /** Rounds before them that do not count. */
  readonly warmup: number
  /** No further round begins after so many seconds: the suite has an end on slow machines, too. */
  readonly patienceSeconds?: number
}

export interface Workload {
  /** What one round of every case processes: bytes of input, and items made of it. */
  readonly bytes?: number
  readonly items?: number
}

export interface Case {
  readonly name: string
  /** How many cores it may use, where that is what is asked. */
  readonly cores?: number
  /** `name@version` of what does the work, where it is not ours. */
  readonly peer?: string
  /** Where it gets less than the others, because all of it would take minutes: its speed is compared byte by byte. */
  readonly workload?: Workload
  /** Of what the page has to say beside its name. */
  readonly note?: string
  /** What it is compared with instead of the question's. */
  readonly baseline?: string
  /** Does the whole workload once; throws when the result is wrong. What it measured itself stands instead of what the harness sees. */
  run(): unknown
}

export interface Took {
  readonly seconds: number
  readonly cpuSeconds?: number
  /** Resident memory at its highest. */
  readonly peakBytes?: number
}

/** Exactly one of `atLeast` and `atMost`. */
export interface Goal {
  /** Of which case. */
  readonly name: string
  readonly cores?: number
  /** How fast it is over this case on the same cores; or, without it, what it takes itself. */
  readonly over?: string
  /** `speed`: ratio over the other; `cost`: time over that of the other; `seconds`; `added`: nanoseconds an item more than the other, a stage of `stages`. */
  readonly of: 'speed' | 'cost' | 'seconds' | 'added'
  readonly stages?: number
  /** Where names alone would not say it. */
  readonly text?: string
  readonly atLeast?: number
  readonly atMost?: number
}
