/** Numbers from a seed: the same seed gives the same order of runs and the same arrivals on every machine. */

export interface Random {
  /** From 0 up to, not including, 1. */
  readonly next: () => number
  /** A copy in random order, each order as likely as any other (Fisher and Yates). */
  readonly shuffled: <T>(items: readonly T[]) => T[]
}

/** `purpose` parts the streams of one seed, so that one more draw here changes nothing there. */
export function random(seed: number, purpose: string): Random {
  let state = hash(`${seed}/${purpose}`)
  // mulberry32: 32 bits of state, passes what is asked of it here.
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000
  }
  return {
    next,
    shuffled(items) {
      const copy = [...items]
      for (let last = copy.length - 1; last > 0; last -= 1) {
        const other = Math.floor(next() * (last + 1))
        const held = copy[last]
        const taken = copy[other]
        if (held === undefined || taken === undefined) continue
        copy[last] = taken
        copy[other] = held
      }
      return copy
    },
  }
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (const char of text) value = Math.imul(value ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return value
}
