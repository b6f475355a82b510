/** Could chance alone have made this difference? Exact rank tests for small samples, and a correction for asking often. */

/**
 * Two-sided p of the Wilcoxon signed-rank test for paired differences: under chance each difference is as likely to be
 * negative. Every one of the 2^n signs over the ranks of |difference| is counted, ties with their mean rank, zeros left out.
 * p is the share of them whose rank sum is at least as far from its mean. Beyond {@link EXACT} differences the normal
 * approximation with continuity correction. 1 where there is nothing to compare.
 *
 * Source: F. Wilcoxon, "Individual comparisons by ranking methods", Biometrics Bulletin 1 (1945), 80-83.
 */
export function signedRank(differences: readonly number[]): number {
  const real = differences.filter((one) => one !== 0)
  const ranks = doubledRanks(real.map(Math.abs))
  const total = sum(ranks)
  const positive = sum(ranks.filter((_, at) => (real[at] ?? 0) > 0))
  if (real.length > EXACT) return normal(Math.abs(positive - total / 2), Math.sqrt(sum(ranks.map((rank) => rank ** 2)) / 4))
  return shareAsFar(sums(ranks), positive, total / 2)
}

/**
 * Two-sided p of the rank-sum test of Mann and Whitney for two groups without pairs: under chance every choice of so many
 * of the pooled values is as likely to be the first group. All choices are counted, ties with their mean rank; beyond
 * {@link EXACT} values in all the normal approximation. 1 where a group is empty.
 *
 * Source: H. B. Mann, D. R. Whitney, "On a test of whether one of two random variables is stochastically larger than the
 * other", Annals of Mathematical Statistics 18 (1947), 50-60.
 */
export function rankSum(a: readonly number[], b: readonly number[]): number {
  if (a.length === 0 || b.length === 0) return 1
  const ranks = doubledRanks([...a, ...b])
  const observed = sum(ranks.slice(0, a.length))
  const centre = (sum(ranks) * a.length) / ranks.length
  if (ranks.length > EXACT) {
    const mean = sum(ranks) / ranks.length
    const variance = sum(ranks.map((rank) => (rank - mean) ** 2)) / (ranks.length - 1)
    return normal(Math.abs(observed - centre), Math.sqrt((variance * a.length * b.length) / ranks.length))
  }
  return shareAsFar(sumsOf(ranks, a.length), observed, centre)
}

/** The smallest p that {@link signedRank} can give for so many differences, and {@link rankSum} for groups of these sizes. */
export function leastSignedRank(n: number): number {
  return Math.min(1, 2 ** (1 - n))
}

export function leastRankSum(a: number, b: number): number {
  let choices = 1
  for (let i = 1; i <= Math.min(a, b); i += 1) choices = (choices * (Math.max(a, b) + i)) / i
  return Math.min(1, 2 / choices)
}

/**
 * Holm's correction: the chance of even one false claim among all `ps` stays below the level at which corrected values are
 * accepted. In the order of `ps`.
 *
 * Source: S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6 (1979), 65-70.
 */
export function holm(ps: readonly number[]): number[] {
  const order = ps.map((p, at) => ({ p, at })).sort((a, b) => a.p - b.p)
  const corrected: number[] = []
  let largest = 0
  for (const [place, { p, at }] of order.entries()) {
    largest = Math.max(largest, Math.min(1, p * (ps.length - place)))
    corrected[at] = largest
  }
  return corrected
}

/** Counting all cases costs at most n^2 / 2 times the sum of the ranks in additions: a few million here. */
const EXACT = 50

/** Twice the rank, so that the mean rank of ties is a whole number. */
function doubledRanks(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b)
  const ranks = new Map<number, number>()
  for (let start = 0, end = 0; start < sorted.length; start = end) {
    while (end < sorted.length && sorted[end] === sorted[start]) end += 1
    ranks.set(sorted[start] ?? Number.NaN, start + end + 1)
  }
  return values.map((value) => ranks.get(value) ?? 0)
}

/** At index s, how many of the subsets of `ranks` have the sum s. */
function sums(ranks: readonly number[]): number[] {
  const ways = [1, ...new Array<number>(sum(ranks)).fill(0)]
  for (const rank of ranks) for (let at = ways.length - 1; at >= rank; at -= 1) ways[at] = (ways[at] ?? 0) + (ways[at - rank] ?? 0)
  return ways
}

/** The same for subsets of `size` members. */
function sumsOf(ranks: readonly number[], size: number): number[] {
  const total = sum(ranks)
  const ways = Array.from({ length: size + 1 }, () => new Array<number>(total + 1).fill(0))
  const empty = ways[0]
  if (empty) empty[0] = 1
  for (const rank of ranks) {
    for (let members = size; members >= 1; members -= 1) {
      const [into = [], from = []] = [ways[members], ways[members - 1]]
      for (let at = total; at >= rank; at -= 1) into[at] = (into[at] ?? 0) + (from[at - rank] ?? 0)
    }
  }
  return ways[size] ?? []
}

function shareAsFar(ways: readonly number[], observed: number, centre: number): number {
  const distance = Math.abs(observed - centre) - 1e-9
  return sum(ways.filter((_, at) => Math.abs(at - centre) >= distance)) / sum(ways)
}

/** Two-sided; ranks are doubled, so that half a rank of continuity is 1. */
function normal(distance: number, deviation: number): number {
  return deviation > 0 ? Math.min(1, 2 * upperTail(Math.max(0, distance - 1) / deviation)) : 1
}

/** Upper tail of the standard normal distribution for z >= 0, within 1e-7: M. Abramowitz, I. A. Stegun, "Handbook of Mathematical Functions", 26.2.17. */
function upperTail(z: number): number {
  const t = 1 / (1 + 0.2316419 * z)
  const series = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * series
}

function sum(values: readonly number[]): number {
  return values.reduce((total, one) => total + one, 0)
}
