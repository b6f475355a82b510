/** A small generator with a known sequence (Lehmer, MINSTD), so that results do not change between runs: 0 <= x < 1. */
export function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}
