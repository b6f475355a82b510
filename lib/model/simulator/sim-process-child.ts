/** The simulator's own process: serves until the pipe to its parent ends. */

import process from 'node:process'
import { ChimeraError } from '../../stage/index.js'
import { machineOffset } from './clock.js'
import { simServer, type SimRecord, type SimServer } from './server.js'
import { COLUMNS, type FromChild, type SimProcessOptions, type ToChild, type WireTruth } from './sim-process.js'

const KEEP = 100_000

let server: SimServer | undefined

process.on('message', (message: ToChild) => {
  if (message.type === 'start') void start(message.options).then(send)
  else void truth().then((told) => send({ type: 'truth', truth: told }))
})
// However the parent ends, its end of the pipe is closed by the system.
process.on('disconnect', () => process.exit(0))
// Ctrl-C goes to the whole group: the parent may still want the truth.
process.on('SIGINT', () => undefined)

async function start(options: SimProcessOptions): Promise<FromChild> {
  try {
    server = await simServer({ keep: KEEP, ...options })
    return { type: 'started', url: server.url }
  } catch (error) {
    return { type: 'failed', code: error instanceof ChimeraError ? error.code : 'STAGE_FAILED', message: error instanceof Error ? error.message : String(error) }
  }
}

async function truth(): Promise<WireTruth> {
  const offset = machineOffset()
  const late = server?.lateness()
  const { user, system } = process.cpuUsage()
  const { open = 0, total = 0 } = server?.connections ?? {}
  return {
    requests: await Promise.all((server?.requests ?? []).map((request) => wire(request, offset))),
    connections: { open, total },
    ...(late ? { lateness: late } : {}),
    cpu: (user + system) / 1e6,
  }
}

async function wire(request: SimRecord, offset: number): Promise<WireTruth['requests'][number]> {
  const { id, protocol, model, stream, fault, at, endedAt, writes } = request
  const columns = new Float64Array(writes.length * COLUMNS)
  writes.forEach((write, index) => columns.set([write.at + offset, (write.due ?? NaN) + offset, write.bytes, write.tokens, write.blocked ? 1 : 0], index * COLUMNS))
  const outcome = await Promise.race([request.outcome, Promise.resolve('running' as const)])
  return { id, protocol, model, stream, ...(fault === undefined ? {} : { fault }), at: at + offset, outcome, ...(endedAt === undefined ? {} : { endedAt: endedAt + offset }), writes: columns }
}

function send(message: FromChild): void {
  process.send?.(message)
}
