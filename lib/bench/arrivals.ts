/** When the requests of an open loop are due. */

import type { Random } from './random.js'

/**
 * `poisson`: independent users, exponential gaps. `constant`: like a metronome. `gamma`: gaps of a gamma distribution; `shape` below
 * 1 comes in bursts, above 1 more evenly, 1 is Poisson (as vLLM's `--burstiness`).
 */
export type Arrivals = { readonly kind: 'poisson' } | { readonly kind: 'constant' } | { readonly kind: 'gamma'; readonly shape: number }

/**
 * Due times in ms from the start of the run, without end. The mean gap is 1/rate; the first request is due at once, so that a
 * short run at a low rate does not begin with a pause.
 */
export function* dueTimes(arrivals: Arrivals, rate: number, random: Random): Generator<number, never, undefined> {
  const gapMs = 1000 / rate
  if (arrivals.kind === 'constant') for (let at = 0; ; at += 1) yield at * gapMs
  const shape = arrivals.kind === 'gamma' ? arrivals.shape : 1
  for (let due = 0; ; due += (gamma(shape, random) / shape) * gapMs) yield due
}

/** One draw with mean `shape` and scale 1, after Marsaglia and Tsang (2000); below 1 by their boost. */
function gamma(shape: number, random: Random): number {
  if (shape === 1) return -Math.log(1 - random.next())
  if (shape < 1) return gamma(shape + 1, random) * (1 - random.next()) ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = normal(random)
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log(1 - random.next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}

/** Box and Muller; the second of the pair is thrown away, so that the draws do not depend on one another's parity. */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())
}
