/** Finds the template of each object among the last ones, and gathers objects of one template that stand one behind the other. */

import type { Batch } from '../stage/index.js'
import type { FormatEvent, ValueFound } from './event.js'
import { JsonBlock } from './json-block.js'
import { cellsFor, emptyCells, matchTemplate, MOST_KEYS, templateOf, type Template, type TemplateCells } from './json-template.js'

export interface JsonShapes {
  /** Index behind the object at `from`, which is kept as the next of the run; -1: it must be read in another way. */
  match(bytes: Buffer, from: number): number
  /** Where the object that was matched last stands. */
  place(from: number, to: number, line: number, column: number): void
  /** False as long as no object can fit. */
  known(): boolean
  /** How many lines end within the object that was matched last. */
  lines(): number
  /** How many objects the run has. */
  readonly run: number
  /** Ends the run: what was gathered, in bytes that stand at `offset`. */
  take(bytes: Buffer, offset: number, list: { readonly above: string; readonly first: number; readonly context?: ValueFound['context'] }): Batch<FormatEvent>
  /** An object that was read, and may be like those that follow. */
  learn(bytes: Buffer, from: number): void
}

/** Shapes that are tried; records of several kinds take turns in a log. */
const SHAPES = 4
const MOST_ROWS = 1024
const FIRST_ROOM = 16
const GROWTH = 8
const NO_PLACES = new Int32Array(0)
/** Fewer are not worth a block. */
const FEWEST_ROWS = 4
/** Objects that are not looked at after many of which no two were alike. */
const LONGEST_PAUSE = 256

interface Shape {
  readonly template: Template
  fits: number
  /** As much as its last run needed. */
  room: number
}

export function jsonShapes(): JsonShapes {
  let shapes: Shape[] = []
  let current: Template | undefined
  let cells: TemplateCells | undefined
  let room = 0
  let places: Int32Array = NO_PLACES
  /** Where the first object of a run is tried. */
  const first = emptyCells(MOST_KEYS)
  let run = 0
  let pause = 0
  let skipped = 0

  /** A few objects are no reason to make room for many. */
  const grow = (template: Template, rows: number): TemplateCells => {
    const more = cellsFor(template, rows)
    const before = cells ?? first
    const size = run === 0 ? template.keys.length : run * template.keys.length
    more.spans.set(before.spans.subarray(0, 2 * size))
    more.kinds.set(before.kinds.subarray(0, size))
    more.mantissas.set(before.mantissas.subarray(0, size))
    more.decimals.set(before.decimals.subarray(0, size))
    const all = new Int32Array(4 * rows)
    all.set(places.subarray(0, 4 * run))
    places = all
    room = rows
    return (cells = more)
  }

  return {
    known: () => shapes.length > 0,
    lines: () => current?.lines.at(-1) ?? 0,
    get run() {
      return run
    },
    match(bytes, from) {
      if (current && run > 0) {
        if (run >= MOST_ROWS) return -1
        const into = run < room && cells ? cells : grow(current, Math.min(room * GROWTH, run + mostIn(current, bytes, from)))
        return matchTemplate(current, bytes, from, into, run)
      }
      for (const shape of shapes) {
        const end = matchTemplate(shape.template, bytes, from, first, 0)
        if (end < 0) continue
        shape.fits += 1
        pause = 0
        if (shapes[0] !== shape) shapes = [shape, ...shapes.filter((other) => other !== shape)]
        current = shape.template
        cells = undefined
        grow(current, Math.min(shape.room, mostIn(current, bytes, from)))
        return end
      }
      return -1
    },
    place(from, to, line, column) {
      places[4 * run] = from
      places[4 * run + 1] = to
      places[4 * run + 2] = line
      places[4 * run + 3] = column
      run += 1
    },
    take(bytes, offset, list) {
      const count = run
      run = 0
      if (!current || !cells || count === 0) return []
      const [shape] = shapes
      if (shape?.template === current) shape.room = Math.min(MOST_ROWS, Math.max(FIRST_ROOM, count + (count >> 3)))
      const block = new JsonBlock({ template: current, cells, rows: { places, count }, bytes, offset, ...list })
      current = undefined
      cells = undefined
      places = NO_PLACES
      return count < FEWEST_ROWS ? block.items() : block
    },
    learn(bytes, from) {
      if (shapes.some(({ template }) => matchTemplate(template, bytes, from, first, 0) >= 0)) return
      if (skipped < pause) {
        skipped += 1
        return
      }
      skipped = 0
      const template = templateOf(bytes, from)
      const last = shapes.length >= SHAPES ? shapes.at(-1) : undefined
      if (!template || last?.fits === 0) pause = Math.min(LONGEST_PAUSE, 2 * pause + 1)
      if (template) shapes = [{ template, fits: 0, room: FIRST_ROOM }, ...shapes.slice(0, SHAPES - 1)]
    },
  }
}

/** How many objects of one shape may follow: each value takes one byte at least. */
function mostIn({ parts, keys }: Template, bytes: Uint8Array, from: number): number {
  return Math.ceil((bytes.length - from) / (parts.length + keys.length))
}
