/** What does it cost an item to cross from one stage to the next? */

import { Readable, Transform, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fuse, stage, type Stage } from '../lib/index.js'
import { equal } from './answer.js'
import { NODE } from './peer.js'
import type { Question } from './question.js'

interface Thing {
  value: number
}

/** Source and sink cost what they cost: what a stage adds is seen between one stage and so many. */
const MANY = 5

export async function question(quick: boolean): Promise<Question> {
  const items = quick ? 50_000 : 200_000
  const things: readonly Thing[] = Array.from({ length: items }, (_, value) => ({ value }))
  const check = (sum: number, stages: number) => equal('sum', sum, (items * (items - 1)) / 2 + items * stages)
  const one = async (stages: number, make: (count: number) => readonly NodeJS.ReadWriteStream[]) => check(await flow(things, make(stages)), stages)
  return {
    name: 'stage-boundary',
    question: 'What does it cost an item to cross stages?',
    scope:
      `${items} objects pass one stage, or ${MANY}, that each make a new object with one field raised by one, work that is in the cost; source and sink are the same for all streams. ` +
      `What a stage adds is the difference of both, divided by ${MANY - 1}. Fused stages hand on batches; the public Duplex and Node's Transform single items.`,
    workload: { items },
    baseline: `Transform, ${MANY} stages`,
    cases: [
      { name: `plain loop, ${MANY} stages`, peer: NODE, run: () => check(plain(things), MANY) },
      ...[1, MANY].flatMap((count) => {
        const stages = count === 1 ? '1 stage' : `${count} stages`
        return [
          { name: `Transform, ${stages}`, peer: NODE, run: () => one(count, (many) => times(many, transform)) },
          { name: `Duplex, ${stages}`, run: () => one(count, (many) => times(many, raising)) },
          { name: `fused, ${stages}`, run: () => one(count, (many) => [fused(many)]) },
        ]
      }),
    ],
    goals: [
      { text: 'what a fused stage adds to an item', name: `fused, ${MANY} stages`, over: 'fused, 1 stage', of: 'added', stages: MANY - 1, atMost: 30 },
      { text: 'what a Duplex adds to an item', name: `Duplex, ${MANY} stages`, over: 'Duplex, 1 stage', of: 'added', stages: MANY - 1, atMost: 150 },
    ],
  }
}

function raise({ value }: Thing): Thing {
  return { value: value + 1 }
}

function raising(): Stage<Thing, Thing> {
  return stage({ name: 'raise', start: () => ({ write: (batch) => [batch.map(raise)] }) })
}

/** One alone is the same Duplex as many that were fused. */
function fused(count: number): NodeJS.ReadWriteStream {
  return count === 1 ? raising() : fuse(raising(), raising(), raising(), raising(), raising())
}

function transform(): Transform {
  return new Transform({ objectMode: true, highWaterMark: 256, transform: (thing: Thing, _encoding, done) => done(null, raise(thing)) })
}

function plain(things: readonly Thing[]): number {
  let sum = 0
  for (let thing of things) {
    for (let at = 0; at < MANY; at += 1) thing = raise(thing)
    sum += thing.value
  }
  return sum
}

async function flow(things: readonly Thing[], stages: readonly NodeJS.ReadWriteStream[]): Promise<number> {
  let sum = 0
  const sink = new Writable({
    objectMode: true,
    highWaterMark: 256,
    write(thing: Thing, _encoding, done) {
      sum += thing.value
      done()
    },
  })
  await pipeline([Readable.from(things, { highWaterMark: 256 }), ...stages, sink])
  return sum
}

function times<T>(count: number, make: () => T): T[] {
  return Array.from({ length: count }, make)
}
