/** Shows how a run goes on: takes its events, keeps the state, and has it drawn or told on one stream, never on stdout. */

import { fstatSync } from 'node:fs'
import { closing } from './closing.js'
import type { ProgressEvent } from './event.js'
import { onUnplannedEnd, thisProcess, type Host } from './exit.js'
import { painter, type Guarded, type Painter, type Scheduler, type Screen } from './painter.js'
import { plain } from './plain.js'
import { shown } from './shown.js'
import { advance, initialState, type ProgressState } from './state.js'
import { hasColor, hasUnicode, styleOf, type Environment, type ProgressMode } from './terminal.js'

export interface ProgressOptions {
  /**
   * - `auto`: bars on a terminal, else silence (default)
   * - `always`: bars, whatever the stream is
   * - `plain`: lines without escape codes, for logs
   * - `never`: silence
   */
  readonly mode?: ProgressMode
  /** Where it is shown; default `process.stderr`. */
  readonly stream?: ProgressStream
  /** `TERM`, `CI`, `NO_COLOR`, `FORCE_COLOR` and the locale are read; default `process.env`. */
  readonly env?: Environment
  /** Monotonic ms; default `performance.now`. */
  readonly now?: () => number
  /** Timers; by default Node's, which then do not keep the process alive. */
  readonly scheduler?: Scheduler
  /** Whose end is watched, so that the cursor comes back; default `process`. */
  readonly host?: Host
}

/** What is used of `process.stderr`. */
export interface ProgressStream extends Screen, GuardedStream {
  write(text: string): boolean
}

export interface Progress {
  /** How it is shown. */
  readonly style: 'bars' | 'plain' | 'none'
  /** Takes an event: about a microsecond, never throws, and does nothing after `stop`. Bound, so it is a `Watch` as it is. */
  readonly emit: (event: ProgressEvent) => void
  /** What is known so far. */
  readonly state: () => ProgressState
  /** Writes one line to the stream above what is drawn, in every style: for warnings. The caller has made it safe to show. */
  readonly write: (line: string) => void
  /**
   * Makes room for what others write to `stream`, when that is a terminal and the same one as the bars are on; else does
   * nothing. For stdout, so that an answer printed there and the bars do not garble each other. Its `write` is replaced until
   * `stop`, or until the returned function is called; what is written stays the same byte for byte.
   */
  readonly guard: (stream: GuardedStream) => () => void
  /** Takes the drawing away, restores the cursor, and leaves the closing lines. Later calls do nothing. */
  readonly stop: () => void
  /** Settles when the drawing code is loaded (at once where nothing is drawn). Nobody has to wait for it. */
  readonly ready: Promise<void>
}

export interface GuardedStream extends Guarded {
  readonly isTTY?: boolean | undefined
  readonly fd?: number | undefined
}

const nodeTimers: Scheduler = {
  set: (run, ms) => setTimeout(run, ms).unref(),
  clear: (timer) => {
    clearTimeout(timer as NodeJS.Timeout)
  },
}

/** Streams whose errors are already caught: the listener stays, because EPIPE may come after `stop`. */
const caught = new WeakSet<object>()

export function progress(options: ProgressOptions = {}): Progress {
  const { mode = 'auto', env = process.env, now = () => performance.now() } = options
  const stream: ProgressStream = options.stream ?? process.stderr
  const style = styleOf(mode, stream.isTTY === true, env)
  catchErrors(stream)
  const scheduler = options.scheduler ?? nodeTimers
  if (style === 'none') return silent(stream, now, scheduler)
  if (style === 'plain') return lines(stream, now, scheduler)
  return bars(stream, env, now, scheduler, options.host ?? thisProcess)
}

/** Warnings still come on lines of their own, even when an answer on the same terminal stands in the middle of one. */
function silent(stream: ProgressStream, now: () => number, scheduler: Scheduler): Progress {
  const paint = painter({ screen: stream, now, scheduler })
  return {
    style: 'none',
    emit: () => undefined,
    state: () => initialState,
    write: (line) => paint.write([line]),
    guard: guardOf(paint, stream),
    stop: paint.stop,
    ready: Promise.resolve(),
  }
}

function lines(stream: ProgressStream, now: () => number, scheduler: Scheduler): Progress {
  const paint = painter({ screen: stream, now, scheduler })
  const write = (line: string) => paint.write([line])
  const teller = plain(write)
  let state = initialState
  let stopped = false
  return {
    style: 'plain',
    emit(event) {
      if (stopped) return
      const at = now()
      state = advance(state, event, at)
      teller.event(event, state, at)
    },
    state: () => state,
    write,
    guard: guardOf(paint, stream),
    stop() {
      if (stopped) return
      stopped = true
      teller.end(state)
      paint.stop()
    },
    ready: Promise.resolve(),
  }
}

function bars(stream: ProgressStream, env: Environment, now: () => number, scheduler: Scheduler, host: Host): Progress {
  const style = { color: hasColor(stream.isTTY === true, env), unicode: hasUnicode(env) }
  const paint = painter({ screen: stream, now, scheduler })
  let state = initialState
  let stopped = false
  // What draws costs more to load than all the rest, and a short run is over before there is anything to see.
  const load = async () => {
    const [{ draw }, { default: width }] = await Promise.all([import('./draw.js'), import('string-width')])
    paint.start({ frame: (columns, rows) => draw(state, { ...style, columns, rows, now: now() }), width })
  }
  // What cannot be loaded cannot be drawn, and that must not end the run.
  const ready = load().catch(() => undefined)
  const forget = onUnplannedEnd(host, paint.clear, paint.touch)
  // Node's own warnings, and whatever else others write there, come on the same screen.
  paint.guard(stream)
  return {
    style: 'bars',
    emit(event) {
      if (stopped) return
      if (event.type === 'note') paint.write([shown(event.text)])
      state = advance(state, event, now())
      paint.touch()
    },
    state: () => state,
    write: (line) => paint.write([line]),
    guard: guardOf(paint, stream),
    stop() {
      if (stopped) return
      stopped = true
      paint.clear()
      const last = closing(state)
      if (last.length > 0) paint.write(last)
      paint.stop()
      forget()
    },
    ready,
  }
}

function guardOf(paint: Painter, stream: ProgressStream): Progress['guard'] {
  return (other) => (other.isTTY && sameTerminal(other, stream) ? paint.guard(other) : () => undefined)
}

/** Two streams on one terminal; where that cannot be told, they are taken to be. */
function sameTerminal(a: GuardedStream, b: ProgressStream): boolean {
  if (!b.isTTY) return false
  if (a.fd === undefined || b.fd === undefined) return true
  try {
    return fstatSync(a.fd).rdev === fstatSync(b.fd).rdev
  } catch {
    return true
  }
}

/** Nobody reads any more: that ends the showing, not the run. */
function catchErrors(stream: ProgressStream): void {
  if (caught.has(stream)) return
  caught.add(stream)
  stream.on('error', () => undefined)
}
