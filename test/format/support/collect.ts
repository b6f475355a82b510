/** Runs a reader over chunks, and over the same bytes cut in other ways. */

import type { FormatEvent } from '../../../lib/format/index.js'
import type { Step } from '../../../lib/stage/index.js'

export type MakeStep = () => Step<Uint8Array, FormatEvent>

/** All events of a run whose input comes in these chunks. */
export function collect(step: Step<Uint8Array, FormatEvent>, chunks: readonly Uint8Array[]): FormatEvent[] {
  const events: FormatEvent[] = []
  for (const chunk of chunks) for (const batch of step.write([chunk]) as Iterable<readonly FormatEvent[]>) events.push(...batch)
  for (const batch of (step.end?.() ?? []) as Iterable<readonly FormatEvent[]>) events.push(...batch)
  return events
}

export function read(make: MakeStep, input: string | Uint8Array): FormatEvent[] {
  return collect(make(), [typeof input === 'string' ? Buffer.from(input) : input])
}

/** Events as plain data: a value carries the places of all its parts. */
export function plain(events: readonly FormatEvent[]): unknown[] {
  return events.map((event) => {
    if (event.type !== 'value') return event
    const { type, pointer: start, context } = event
    const places = Object.fromEntries(
      pointersOf(event.value, event.pointer).map((pointer) => {
        const found = event.place(pointer)
        return [pointer, found ? `${found.line}:${found.column} @${found.byte}-${found.end}` : 'unknown']
      }),
    )
    return { type, value: printable(event.value), pointer: start, ...(context ? { context } : {}), places }
  })
}

/** Calls `check` with the events of the input cut in two at every byte (or every `stride`), and with one byte a chunk. */
export function cutEverywhere(make: MakeStep, input: Uint8Array, check: (events: unknown[], how: string) => void, stride = 1): void {
  for (let at = 1; at < input.length; at += stride) {
    check(plain(collect(make(), [input.subarray(0, at), input.subarray(at)])), `cut at byte ${at}`)
  }
  check(plain(collect(make(), Array.from(input, (_, at) => input.subarray(at, at + 1)))), 'one byte a chunk')
}

/** Pointers of a value and all its parts. */
export function pointersOf(value: unknown, pointer: string): string[] {
  if (typeof value !== 'object' || value === null) return [pointer]
  const parts = Object.entries(value) as [string, unknown][]
  return [pointer, ...parts.flatMap(([key, part]) => pointersOf(part, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`))]
}

/** JSON has no NaN, but golden files are JSON. */
function printable(value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) return `number ${value}`
  if (Array.isArray(value)) return value.map(printable)
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, printable(part)]))
  return value
}
