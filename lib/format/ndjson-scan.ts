/** The fast way through lines of JSON: those that fit the shape of others are only scanned, all others are read one by one. */

import { isUtf8 } from 'node:buffer'
import type { Batch, Step } from '../stage/index.js'
import type { FormatEvent } from './event.js'
import { jsonShapes } from './json-shapes.js'
import type { JsonLines } from './ndjson.js'

const LF = 0x0a

/** For bytes that are UTF-8 in the file, too. `limit`: longest line in characters. */
export function scannedLines(lines: JsonLines, limit: number): Step<Uint8Array, FormatEvent> {
  const shapes = jsonShapes()
  let batches: Batch<FormatEvent>[] = []
  let events: FormatEvent[] = []
  /** The beginning of a line. */
  let held: Uint8Array[] = []
  let heldSize = 0

  const give = (batch: Batch<FormatEvent>) => {
    if (events.length > 0) batches.push(events)
    events = []
    if (batch.length > 0) batches.push(batch)
  }

  /** `from`, `to`: the lines of the run; `start`: where the bytes begin in the file. */
  const endRun = (bytes: Buffer, from: number, to: number) => {
    if (shapes.run === 0) return
    const { byte, value } = lines.place()
    lines.pass(shapes.run, to - from, events)
    give(shapes.take(bytes, byte - from, { above: '', first: value }))
  }

  const whole = (bytes: Buffer): void => {
    // Of bytes that are no UTF-8 each replacement counts as what it is replaced by.
    if (!isUtf8(bytes)) {
      lines.write(bytes, events)
      return
    }
    let at = 0
    /** Where the run began. */
    let from = 0
    let number = lines.place().line
    let free = lines.between()
    while (at < bytes.length) {
      const start = spaceEnd(bytes, at)
      const end = free ? shapes.match(bytes, start) : -1
      const next = end < 0 ? 0 : lineEnd(bytes, end)
      if (next > 0 && next - at <= limit) {
        shapes.place(start, end, number, start - at + 1)
        number += 1
        at = next
        continue
      }
      if (shapes.run > 0) {
        endRun(bytes, from, at)
        from = at
        // Full, or of another shape.
        if (end < 0) continue
      }
      const stop = bytes.indexOf(LF, at) + 1
      if (lines.line(bytes.toString('utf8', at, stop), events)) shapes.learn(bytes, start)
      free = lines.between()
      number = lines.place().line
      at = stop
      from = at
    }
    endRun(bytes, from, at)
  }

  const write = (chunk: Uint8Array): void => {
    let bytes = chunk
    if (!lines.atStart()) {
      // A line that is too long goes by.
      const end = bytes.indexOf(LF) + 1
      lines.write(end === 0 ? bytes : bytes.subarray(0, end), events)
      if (end === 0) return
      bytes = bytes.subarray(end)
    }
    const end = bytes.lastIndexOf(LF) + 1
    if (end > 0) {
      const complete = bytes.subarray(0, end)
      whole(held.length > 0 ? Buffer.concat([...held, complete]) : Buffer.from(complete.buffer, complete.byteOffset, complete.length))
      held = []
      heldSize = 0
    }
    if (end === bytes.length) return
    held.push(bytes.subarray(end))
    heldSize += bytes.length - end
    if (heldSize <= limit) return
    lines.write(Buffer.concat(held), events)
    held = []
    heldSize = 0
  }

  const taken = (): readonly Batch<FormatEvent>[] => {
    give([])
    const all = batches
    batches = []
    return all
  }

  return {
    *write(batch) {
      for (const chunk of batch) {
        write(chunk)
        yield* taken()
      }
    },
    *end() {
      if (held.length > 0) lines.write(Buffer.concat(held), events)
      lines.write(undefined, events)
      lines.end(events)
      yield* taken()
    },
  }
}

/** Index behind the end of the line; 0 when more than space stands there. */
function lineEnd(bytes: Uint8Array, from: number): number {
  const at = spaceEnd(bytes, from)
  return bytes[at] === LF ? at + 1 : 0
}

function spaceEnd(bytes: Uint8Array, from: number): number {
  let at = from
  while (bytes[at] === 0x20 || bytes[at] === 0x0d || bytes[at] === 0x09) at += 1
  return at
}
