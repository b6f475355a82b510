/** Bars and sparklines, in Unicode or ASCII. */

export interface Bar {
  /** Pieces in order, to be coloured apart. Together exactly `cells` columns wide. */
  readonly before: string
  readonly filled: string
  readonly after: string
}

const SPARKS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█']
const ASCII_SPARKS = ['_', '.', '-', '~', '=', '+', '*', '#']
/** One step of an indeterminate bar, in ms. */
const STEP_MS = 100

/** `━━━╸───`, `###----`: `fraction` is 0 to 1. A full bar means done, so anything less leaves at least half a cell. */
export function bar(fraction: number, cells: number, unicode: boolean): Bar {
  const exact = Math.min(1, Math.max(0, fraction)) * cells
  const halves = fraction >= 1 ? cells * 2 : Math.min(Math.floor(exact * 2), cells * 2 - 1)
  const full = Math.floor(halves / 2)
  const half = unicode && halves % 2 === 1
  return {
    before: '',
    filled: (unicode ? '━' : '#').repeat(full) + (half ? '╸' : ''),
    after: (unicode ? '─' : '-').repeat(cells - full - (half ? 1 : 0)),
  }
}

/** A piece that goes to and fro, for work of unknown length: it moves with `now` (ms) and claims nothing. */
export function indeterminateBar(now: number, cells: number, unicode: boolean): Bar {
  const length = Math.max(1, Math.floor(cells / 4))
  const room = cells - length
  const step = Math.floor(Math.max(0, now) / STEP_MS) % Math.max(1, room * 2)
  const at = step <= room ? step : room * 2 - step
  const rest = unicode ? '─' : '-'
  return { before: rest.repeat(at), filled: (unicode ? '━' : '#').repeat(length), after: rest.repeat(room - at) }
}

/**
 * The last `cells` gaps as a row of heights from zero. The top is the longest gap known, but at least eight times the median, so that an even
 * stream is a flat low line and not a picture of its noise.
 */
export function sparkline(gaps: readonly number[], unicode: boolean, cells: number): string {
  const sorted = [...gaps].sort((a, b) => a - b)
  const top = Math.max(sorted.at(-1) ?? 0, 8 * (sorted[sorted.length >> 1] ?? 0))
  const levels = unicode ? SPARKS : ASCII_SPARKS
  return gaps.slice(-cells).map((gap) => levels[top > 0 ? Math.round((gap / top) * 7) : 0] ?? '').join('')
}
