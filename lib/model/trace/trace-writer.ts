/** Writes every event of answers to a file while they happen: a program that dies loses at most what came in its last turn. */

import { closeSync, openSync, writeSync } from 'node:fs'
import { ChimeraError } from '../../stage/index.js'
import type { ModelEvent } from '../generation.js'
import type { ModelOptions } from '../model.js'
import { formatTraceEvent, type TraceHeader } from './trace-line.js'

export interface TraceWriter {
  /** Takes the events of any number of answers at once. */
  readonly watch: (event: ModelEvent) => void
  /** Writes the rest. Throws what a write met. */
  close(): void
}

export interface TraceWriterOptions {
  /** What is known of a model by its name, or by the stream where several of one name answer at once. */
  readonly about?: (model: string, stream?: string) => { readonly provider: string; readonly options: ModelOptions } | undefined
  /** Wall clock; default `Date.now`. */
  readonly date?: () => number
}

/** @throws {ChimeraError} `UNREADABLE` when the file cannot be written. */
export function traceWriter(file: string, options: TraceWriterOptions = {}): TraceWriter {
  const { about = () => undefined, date = Date.now } = options
  const write = writer(file)
  const running = new Map<string, Current>()
  let runs = 0

  const watch = ({ stage, stream, model, event }: ModelEvent): void => {
    const key = JSON.stringify([stage, stream, model])
    let current = running.get(key)
    if (!current || begins(event, current)) {
      runs += 1
      current = { run: runs, origin: event.at, connecting: false }
      running.set(key, current)
      const header: TraceHeader = {
        type: 'run',
        run: runs,
        version: 1,
        model,
        ...about(model, stream),
        stage,
        ...(stream === undefined ? {} : { stream }),
        time: new Date(date()).toISOString(),
      }
      write.line(`${JSON.stringify(header)}\n`)
    }
    write.line(formatTraceEvent(event, current.run, current.origin))
    current.connecting = event.type === 'connecting'
    if (event.type === 'end' || event.type === 'failed') running.delete(key)
  }
  return { watch, close: () => write.close() }
}

interface Current {
  readonly run: number
  readonly origin: number
  connecting: boolean
}

/** A first attempt, although the answer before it had no end. */
function begins(event: ModelEvent['event'], { connecting }: Current): boolean {
  return event.type === 'connecting' ? event.attempt === undefined : event.type === 'sent' && event.attempt === undefined && !connecting
}

/** One write for each turn of the event loop, made before the next turn reads more: at thousands of pieces a second a write each would cost more than the rest. */
function writer(file: string) {
  let handle: number
  try {
    handle = openSync(file, 'w')
  } catch (cause) {
    throw failed(file, cause)
  }
  let waiting = ''
  let timer: NodeJS.Immediate | undefined
  let failure: ChimeraError | undefined

  const flush = () => {
    timer = undefined
    let bytes = Buffer.from(waiting)
    waiting = ''
    try {
      while (bytes.length > 0) bytes = bytes.subarray(writeSync(handle, bytes))
    } catch (cause) {
      failure ??= failed(file, cause)
    }
  }
  return {
    line(text: string) {
      if (failure) return
      waiting += text
      timer ??= setImmediate(flush)
    },
    close() {
      clearImmediate(timer)
      if (!failure) flush()
      closeSync(handle)
      if (failure) throw failure
    },
  }
}

function failed(file: string, cause: unknown): ChimeraError {
  const found = cause instanceof Error ? cause.message : String(cause)
  return new ChimeraError('UNREADABLE', `expected to write the trace to ${file}, but could not (${found}): choose another --trace file`, { cause })
}
