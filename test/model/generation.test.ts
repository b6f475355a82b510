/** A run that is measured and watched. */

import t from 'tap'
import { generation, type ModelEvent } from '../../lib/model/generation.js'
import type { Model, TokenEvent } from '../../lib/model/model.js'
import { sim } from '../../lib/model/simulator/sim.js'
import { timing } from '../../lib/model/timing.js'
import { codeOf, collect, HELLO, textOf } from './collect.js'

const clock = { now: () => 0, sleep: async () => undefined }

function watched(model: Model) {
  const run = timing()
  const told: ModelEvent[] = []
  const events = generation(model, HELLO, { stage: 'analysis', timing: run, onEvent: (event) => told.push(event), now: () => 4000 })
  return { run, told, events }
}

t.test('events pass on as they come, and all who want are told', async (t) => {
  const { run, told, events } = watched(sim({ name: 'it', text: 'one two three', ttftMs: 0, clock }))
  const { events: came, error } = await collect(events)
  t.equal(error, undefined)
  t.equal(textOf(came), 'one two three')
  t.strictSame(told.map((event) => event.event), came)
  t.ok(told.every((event) => event.stage === 'analysis' && event.model === 'it'))
  t.match(run.measurements(), { status: 'ok', outputTokens: 3 })
})

t.test('a failure is told with its code, and thrown on', async (t) => {
  const { run, told, events } = watched(sim({ fault: { kind: 'cut', after: 2 }, clock }))
  const { events: came, error } = await collect(events)
  t.equal(codeOf(error), 'MODEL_TRUNCATED')
  t.equal(came.length, 3)
  t.strictSame(told.at(-1)?.event, { type: 'failed', at: 4000, code: 'MODEL_TRUNCATED' })
  t.match(run.measurements(), { status: 'error', failure: 'MODEL_TRUNCATED', chunks: 2 })
})

t.test('a reader that leaves ends the model, and the run counts as aborted', async (t) => {
  let closed = false
  const model: Model = {
    ...sim(),
    async *generate(): AsyncGenerator<TokenEvent> {
      try {
        yield { type: 'sent', at: 0 }
        yield { type: 'token', at: 1, text: 'a', kind: 'text' }
        yield { type: 'token', at: 2, text: 'b', kind: 'text' }
      } finally {
        closed = true
      }
    },
  }
  const { run, told, events } = watched(model)
  for await (const event of events) if (event.type === 'token') break
  t.equal(closed, true)
  t.match(told.at(-1)?.event, { type: 'failed', code: 'ABORTED' })
  t.match(run.measurements(), { status: 'error', failure: 'ABORTED', chunks: 1 })
})

t.test('a model that stops without an end, or throws something of its own, failed', async (t) => {
  const made = (generate: () => AsyncGenerator<TokenEvent>): Model => ({ ...sim(), generate })
  const silent = watched(
    made(async function* () {
      yield { type: 'sent', at: 0 }
    }),
  )
  t.equal(codeOf((await collect(silent.events)).error), 'MODEL_TRUNCATED')
  t.match(silent.told.at(-1)?.event, { type: 'failed', code: 'MODEL_TRUNCATED' })
  const broken = watched(
    made(async function* () {
      yield { type: 'sent', at: 0 }
      throw new RangeError('own')
    }),
  )
  t.match((await collect(broken.events)).error, { message: 'own' })
  t.match(broken.run.measurements(), { failure: 'MODEL_FAILED' })
})

t.test('leaving after the end is no failure', async (t) => {
  const { run, events } = watched(sim({ text: 'a', clock }))
  for await (const event of events) if (event.type === 'end') break
  t.equal(run.measurements().status, 'ok')
})
