/** Reads a trace back, answer by answer, and computes its figures anew under the same formulas. */

import { createReadStream } from 'node:fs'
import { ChimeraError } from '../../stage/index.js'
import type { Measurements } from '../measurements.js'
import type { TokenEvent } from '../model.js'
import { timing, type FailedEvent } from '../timing.js'
import { lines } from '../wire/lines.js'
import { parseTraceLine, type TraceEvent, type TraceHeader, type TraceLine } from './trace-line.js'

export interface TracedRun {
  readonly header: TraceHeader
  /** In their order; `at` is ms since the run's first request. An answer whose trace breaks off ends with `failed`, `MODEL_TRUNCATED`. */
  readonly events: readonly (TokenEvent | FailedEvent)[]
}

/** More events than any answer has; a run that passes it is given without the rest, as one that was cut. */
const EVENTS_LIMIT = 2_000_000
/** Runs that may be open at once. */
const OPEN_LIMIT = 10_000

/**
 * The runs of a trace in the order in which they ended; those without an end come last. A last line that a crash cut in two is passed over.
 *
 * @throws {ChimeraError} `NOT_FOUND`, `UNREADABLE`; `UNREADABLE` also for a line that is no line of a trace.
 */
export async function* readTrace(file: string): AsyncGenerator<TracedRun, void, undefined> {
  const open = new Map<number, { header: TraceHeader; events: (TokenEvent | FailedEvent)[] }>()
  let number = 0
  const take = (line: TraceLine): TracedRun | undefined => {
    if (line.type === 'run') {
      if (open.size >= OPEN_LIMIT) throw odd(file, number, `more than ${OPEN_LIMIT} answers at once`)
      open.set(line.run, { header: line, events: [] })
      return undefined
    }
    const run = open.get(line.run)
    if (!run) throw odd(file, number, `an event of run ${line.run}, which did not begin`)
    if (run.events.length < EVENTS_LIMIT) run.events.push(withoutRun(line))
    if (line.type !== 'end' && line.type !== 'failed') return undefined
    open.delete(line.run)
    return run
  }
  const read = (text: string, last: boolean): TracedRun | undefined => {
    number += 1
    if (text.trim() === '') return undefined
    const line = parseTraceLine(text)
    if (line) return take(line)
    // What a crash left of its last line.
    if (last) return undefined
    throw odd(file, number, `"${text.slice(0, 60)}"`)
  }

  const split = lines()
  for await (const bytes of bytesOf(file)) {
    for (const text of split.push(bytes)) {
      const run = read(text, false)
      if (run) yield run
    }
  }
  const run = read(split.rest(), true)
  if (run) yield run
  for (const { header, events } of open.values()) {
    yield { header, events: [...events, { type: 'failed', at: events.at(-1)?.at ?? 0, code: 'MODEL_TRUNCATED' }] }
  }
}

/** The figures of a traced run, as they were computed while it ran. */
export function measurementsOf({ events }: TracedRun): Measurements {
  const run = timing()
  for (const event of events) run.observe(event)
  return run.measurements()
}

function withoutRun(line: TraceEvent): TokenEvent | FailedEvent {
  const event: Partial<TraceEvent> = { ...line }
  delete (event as { run?: number }).run
  return event as TokenEvent | FailedEvent
}

async function* bytesOf(file: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of createReadStream(file)) yield chunk as Uint8Array
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT'
    throw new ChimeraError(missing ? 'NOT_FOUND' : 'UNREADABLE', `expected a trace at ${file}, ${missing ? 'found nothing there' : 'could not read it'}: check the path`, { cause })
  }
}

function odd(file: string, line: number, found: string): ChimeraError {
  return new ChimeraError('UNREADABLE', `expected a trace as --trace writes it, found ${found} in line ${line} of ${file}: is that the file?`)
}
