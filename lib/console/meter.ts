/** A running total that knows its rate over the last two seconds, in memory that does not grow. */

export interface Meter {
  readonly total: number
  /** When something was last added (ms). */
  readonly lastAt: number
  /** Earlier totals, oldest first, at least `MARK_MS` apart; never empty. */
  readonly marks: readonly Mark[]
}

interface Mark {
  readonly at: number
  readonly total: number
}

/** How far back the rate looks, in ms. */
export const WINDOW_MS = 2000
/** Marks are this far apart, in ms, so that most additions share the marks of the state before. */
const MARK_MS = 100
/** Below this many ms a rate says more about the clock than about the work. */
const MIN_SPAN_MS = 100

/** A meter that counts from `at` (ms) on; `total` is what there was by then. */
export function meter(at: number, total = 0): Meter {
  return { total, lastAt: at, marks: [{ at, total }] }
}

export function add(before: Meter, amount: number, at: number): Meter {
  const total = before.total + amount
  const last = before.marks.at(-1)
  if (last && at - last.at < MARK_MS) return { total, lastAt: at, marks: before.marks }
  const start = indexBefore(before.marks, at - WINDOW_MS)
  return { total, lastAt: at, marks: [...before.marks.slice(start), { at, total }] }
}

/** Per second over the last `WINDOW_MS`, or since the meter began; `undefined` while that is too short to tell. */
export function rate(current: Meter, now: number): number | undefined {
  // Marks are coarse: without this, what came just after the last one would count for ever.
  if (now - current.lastAt >= WINDOW_MS) return 0
  const base = current.marks[indexBefore(current.marks, now - WINDOW_MS)]
  if (!base || now - base.at < MIN_SPAN_MS) return undefined
  return ((current.total - base.total) / (now - base.at)) * 1000
}

/** Index of the newest mark that is not younger than `time`, else of the oldest one. */
function indexBefore(marks: readonly Mark[], time: number): number {
  let index = 0
  while ((marks[index + 1]?.at ?? Infinity) <= time) index += 1
  return index
}
