/** In which order the runs of all cells go. */

import type { Cell } from './grid.js'
import { random } from './random.js'

export interface PlannedRun {
  /** From 1, in the order in which they go. */
  readonly ordinal: number
  readonly cell: Cell
  /** From 1 within its cell; warm-up runs are counted by themselves. */
  readonly run: number
  readonly warmup: boolean
}

export interface OrderOptions {
  readonly runs: number
  readonly warmup: number
  /**
   * `random`: in blocks that hold each cell once, each block shuffled anew, so that a machine that grows warm or a neighbour
   * that wakes up falls on all cells alike. `given`: cell after cell, as the grid lists them.
   */
  readonly order: 'random' | 'given'
  readonly seed: number
}

/** All of them; warm-up runs come before the measured ones of their cell. */
export function ordered(cells: readonly Cell[], options: OrderOptions): readonly PlannedRun[] {
  const { runs, warmup, order, seed } = options
  const rounds = [...Array.from({ length: warmup }, (_, at) => ({ run: at + 1, warmup: true })), ...Array.from({ length: runs }, (_, at) => ({ run: at + 1, warmup: false }))]
  const { shuffled } = random(seed, 'order')
  const sequence =
    order === 'random'
      ? rounds.flatMap((round) => shuffled(cells).map((cell) => ({ cell, ...round })))
      : cells.flatMap((cell) => rounds.map((round) => ({ cell, ...round })))
  return sequence.map((run, at) => ({ ordinal: at + 1, ...run }))
}
