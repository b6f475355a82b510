/** What is kept of a command's answers while they run: the trace, and how far the clocks can be believed. */

import path from 'node:path'
import { certificate, needsCertificate, traceWriter, type Certificate, type Model, type ModelEvent } from '../model/index.js'
import type { Io } from './io.js'

export interface Measuring {
  readonly watch: (event: ModelEvent) => void
  /** Closes the trace; the certificate where something was measured at a socket. */
  end(): Certificate | undefined
}

export function measuring(models: readonly Model[], trace: string | undefined, io: Io): Measuring {
  const about = (name: string) => {
    const model = models.find((one) => one.name === name)
    return model && { provider: model.provider, options: model.options }
  }
  const writer = trace === undefined ? undefined : traceWriter(path.resolve(io.cwd, trace), { about, date: () => io.date().getTime() })
  const watched = models.some(needsCertificate) ? certificate() : undefined
  return {
    watch(event) {
      writer?.watch(event)
      watched?.observe(event.event, `${event.stage}/${event.stream ?? ''}`)
    },
    end() {
      const found = watched?.end()
      writer?.close()
      return found
    },
  }
}
