/** How telling a figure is, so that facts of one kind of place in the telling have an order. */

/** What somebody can do about it, least first. */
export type Action = 'note' | 'repeat' | 'compare' | 'effect' | 'mend'

/** 1: a cause to be removed. Less: a choice to be made, a setting, a measurement to repeat; least, what is only worth knowing. */
const ACTIONS: Readonly<Record<Action, number>> = { mend: 1, compare: 0.9, effect: 0.9, repeat: 0.7, note: 0.3 }

/** So many samples are half of what any number of them could give. */
const HALF_SURE = 5
/** Trust in what does not say how many samples it rests on. */
const UNKNOWN = 0.4
/** A thousandfold difference is no more telling than a hundredfold one. */
const LARGEST = 100

/**
 * `effect x evidence x action`, from 0 up, never more than {@link LARGEST}'s logarithm. Effect: the base-2 logarithm of a factor,
 * `factor` or its inverse. Evidence: n / (n + 5). Action: what can be done about it, between 0.3 and 1.
 */
export function scoreOf(action: Action, factor: number, n?: number): number {
  const size = factor > 0 && Number.isFinite(factor) ? Math.min(LARGEST, Math.max(factor, 1 / factor)) : 1
  const evidence = n === undefined ? UNKNOWN : n / (n + HALF_SURE)
  return Math.log2(size) * evidence * ACTIONS[action]
}
