/** What does it cost an item to cross from one stage to the next? */

import { Readable, Transform, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fuse, stage, type Stage } from '../lib/index.js'
import type { Question } from './harness.js'

interface Thing {
  value: number
}

const STAGES = 5

export async function question(quick: boolean): Promise<Question> {
  const items = quick ? 50_000 : 200_000
  const things: readonly Thing[] = Array.from({ length: items }, (_, value) => ({ value }))
  const check = (sum: number) => {
    if (sum !== things.reduce((all, { value }) => all + value + STAGES, 0)) throw new Error(`wrong sum ${sum}`)
  }
  return {
    name: 'stage-boundary',
    question: 'What does it cost an item to cross five stages?',
    scope: `${items} objects pass ${STAGES} stages that each make a new object with one field raised by one; source and sink are the same for all streams.`,
    workload: { items },
    baseline: 'Transform',
    cases: [
      { name: 'plain loop', run: () => check(plain(things)) },
      { name: 'Transform', peer: `node@${process.versions.node}`, run: async () => check(await flow(things, times(transform))) },
      { name: 'stage', run: async () => check(await flow(things, times(raising))) },
      { name: 'fused stages', run: async () => check(await flow(things, [fuse(raising(), raising(), raising(), raising(), raising())])) },
    ],
  }
}

function raise({ value }: Thing): Thing {
  return { value: value + 1 }
}

function raising(): Stage<Thing, Thing> {
  return stage({ name: 'raise', start: () => ({ write: (batch) => [batch.map(raise)] }) })
}

function transform(): Transform {
  return new Transform({ objectMode: true, highWaterMark: 256, transform: (thing: Thing, _encoding, done) => done(null, raise(thing)) })
}

function plain(things: readonly Thing[]): number {
  let sum = 0
  for (let thing of things) {
    for (let at = 0; at < STAGES; at += 1) thing = raise(thing)
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

function times<T>(make: () => T): T[] {
  return Array.from({ length: STAGES }, make)
}
