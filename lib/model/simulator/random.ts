/** Numbers by chance that come out the same each time. */

/** From 0 to below 1, the same ones for the same seed (xorshift32). */
export function generator(seed: number): () => number {
  let state = (seed ^ 0x9e3779b9) >>> 0 || 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state / 0x1_0000_0000
  }
}

/** One number for one place (a request, say), whatever was drawn elsewhere: neighbouring places have nothing in common. */
export function drawAt(seed: number, place: number): number {
  let mixed = (Math.imul(seed, 0x85ebca6b) ^ Math.imul(place + 1, 0xc2b2ae35)) >>> 0
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7feb352d) >>> 0
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b) >>> 0
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 0x1_0000_0000
}
