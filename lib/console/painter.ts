/** Paints a few changing lines below the cursor of a terminal on which others write too, at a bounded frame rate. */

import { column } from './column.js'

/** What is used of a `tty.WriteStream`. */
export interface Screen {
  readonly columns?: number | undefined
  readonly rows?: number | undefined
  readonly isTTY?: boolean | undefined
  write(text: string): boolean
  on(event: string, listener: () => void): unknown
  off(event: string, listener: () => void): unknown
}

/** A stream whose text appears on the same terminal. */
export interface Guarded {
  write: (...args: never[]) => boolean
}

export interface Scheduler {
  /** Calls `run` once after `ms`; the timer must not keep the process alive. */
  set(run: () => void, ms: number): unknown
  clear(timer: unknown): void
}

export interface PainterOptions {
  readonly screen: Screen
  /** The lines to show now, none wider than `columns`; of more than `rows` only the last are shown. */
  readonly frame: (columns: number, rows: number) => string[]
  /** Columns that text takes on the terminal. */
  readonly width: (text: string) => number
  readonly now: () => number
  readonly scheduler: Scheduler
}

export interface Painter {
  /** Allows drawing, and draws soon. */
  start(drawing: Pick<PainterOptions, 'frame' | 'width'>): void
  /** Something changed: a frame is drawn soon, and the last change is never left undrawn. */
  readonly touch: () => void
  /** Makes room for everything written to `stream`, until `stop`. Returns the function that undoes it. */
  guard(stream: Guarded): () => void
  /** Writes whole lines above the drawing. */
  write(lines: readonly string[]): void
  /** Takes the drawing away and shows the cursor; `touch` or `start` bring it back. */
  readonly clear: () => void
  /** Clears, and never draws again. */
  readonly stop: () => void
}

/** At most this many frames in any second. */
export const FRAMES_PER_SECOND = 12
/** Between two ordinary frames, in ms. Leaves two frames a second for repairs after somebody else wrote. */
export const FRAME_MS = 100

const ESC = '\u001b'
const HIDE_CURSOR = `${ESC}[?25l`
const SHOW_CURSOR = `${ESC}[?25h`
const ERASE_BELOW = `${ESC}[J`
const ERASE_LINE_END = `${ESC}[K`
const SAVE = `${ESC}7`
const RESTORE = `${ESC}8`
/** One row down in the same column; scrolls at the bottom, as a plain "cursor down" does not. */
const INDEX = `${ESC}D`
const SYNC = [`${ESC}[?2026h`, `${ESC}[?2026l`] as const

/**
 * The cursor stays where the next text belongs, even in the middle of a line, and the drawing lies below it. So text that does
 * not reach the drawing (a token) needs nothing done, taking the drawing away is "erase below", and when the terminal is
 * resized nobody has to know how it wrapped what was there.
 */
export function painter(options: Pick<PainterOptions, 'screen' | 'now' | 'scheduler'>): Painter {
  const { screen, now, scheduler } = options
  const send = screen.write.bind(screen)
  const cursor = column()
  const guards = new Set<() => void>()
  const paints: number[] = []
  let drawing: Pick<PainterOptions, 'frame' | 'width'> | undefined
  let timer: unknown
  let visible = false
  let withheld = false
  let hidden = false
  let stopped = false
  let previous = ''
  let lastColumns = 0

  const columnsOf = () => Math.max(1, screen.columns || 80)

  /** When the next frame may be drawn: `gap` after the last one, and within the limit for a second. */
  const allowedAt = (gap: number) => Math.max((paints.at(-1) ?? -Infinity) + gap, (paints.at(-FRAMES_PER_SECOND) ?? -Infinity) + 1000)

  const schedule = (gap: number) => {
    if (stopped || !drawing || timer !== undefined) return
    timer = scheduler.set(paint, Math.max(0, allowedAt(gap) - now()))
  }

  const paint = () => {
    timer = undefined
    if (stopped || !drawing) return
    const columns = columnsOf()
    const cells = cursor.cells(drawing.width, columns)
    // At the very end of a row the terminal holds the wrap back, and moving the cursor would lose that.
    const edge = cells > 0 && cells % columns === 0
    withheld = edge
    const rows = Math.max(1, (screen.rows || 24) - 1)
    const lines = edge ? [] : drawing.frame(columns - 1, rows).slice(-rows)
    const text = `${columns} ${lines.join('\n')}`
    if (lines.length > 0 && !(visible && text === previous)) {
      paints.push(now())
      if (paints.length > FRAMES_PER_SECOND) paints.shift()
      previous = text
      visible = true
      send(wrapped(compose(lines, cells > 0)))
      hidden = true
    } else if (lines.length === 0 && visible) {
      erase()
    }
    // Waiting times and rates move without an event.
    timer = scheduler.set(paint, Math.max(FRAME_MS, allowedAt(0) - now()))
  }

  const compose = (lines: readonly string[], midLine: boolean) => {
    const below = lines.length - (midLine ? 0 : 1)
    const room = below > 0 ? `${INDEX.repeat(below)}${ESC}[${below}A` : ''
    const body = lines.map((line) => line + ERASE_LINE_END).join('\r\n')
    return `${hidden ? '' : HIDE_CURSOR}${room}${SAVE}${midLine ? '\r\n' : ''}${body}${ERASE_BELOW}${RESTORE}`
  }

  const wrapped = (text: string) => (screen.isTTY ? SYNC[0] + text + SYNC[1] : text)

  const erase = () => {
    visible = false
    send(ERASE_BELOW)
  }

  /** Draws again at once where the frame rate allows, so that the drawing does not blink with each line of text. */
  const repair = () => {
    cancel()
    if (allowedAt(0) <= now()) paint()
    else schedule(0)
  }

  const cancel = () => {
    if (timer !== undefined) scheduler.clear(timer)
    timer = undefined
  }

  /** Whether text written at the cursor would run into the drawing. */
  const reaches = (text: string) => {
    if (!drawing || /[\n\r\t\u001b]/.test(text)) return true
    const columns = columnsOf()
    const cells = cursor.cells(drawing.width, columns)
    return cells === 0 || (cells % columns) + drawing.width(text) >= columns
  }

  const around = <T>(text: string, write: () => T): T => {
    const inTheWay = visible && reaches(text)
    if (inTheWay) erase()
    const result = write()
    cursor.feed(text)
    if (inTheWay || withheld) repair()
    return result
  }

  const onResize = () => {
    previous = ''
    const columns = columnsOf()
    if (drawing && lastColumns > 0 && lastColumns !== columns && visible) erase()
    lastColumns = columns
    repair()
  }

  const clear = () => {
    cancel()
    withheld = false
    if (visible) erase()
    if (hidden) send(SHOW_CURSOR)
    hidden = false
  }

  return {
    start(given) {
      if (stopped || drawing) return
      drawing = given
      lastColumns = columnsOf()
      screen.on('resize', onResize)
      schedule(0)
    },
    touch: () => {
      schedule(FRAME_MS)
    },
    guard(stream) {
      if (stopped) return () => undefined
      const original = stream.write
      const own = Object.prototype.hasOwnProperty.call(stream, 'write')
      const guarded = (...args: never[]) => around(textOf(args[0]), () => original.apply(stream, args))
      const undo = () => {
        guards.delete(undo)
        if (stream.write !== guarded) return
        if (own) stream.write = original
        else delete (stream as Partial<Guarded>).write
      }
      stream.write = guarded
      guards.add(undo)
      return undo
    },
    write(lines) {
      const text = `${cursor.isStart() ? '' : '\n'}${lines.join('\n')}\n`
      around(text, () => send(text))
    },
    clear,
    stop() {
      if (stopped) return
      clear()
      stopped = true
      screen.off('resize', onResize)
      for (const undo of [...guards].reverse()) undo()
    },
  }
}

function textOf(chunk: unknown): string {
  if (typeof chunk === 'string') return chunk
  return chunk instanceof Uint8Array ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('utf8') : ''
}
