import { once } from 'node:events'
import { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import fc from 'fast-check'
import t from 'tap'
import { Block, ChimeraError, fuse, source, stage, type Batches, type Stage, type StageDefinition, type Step } from '../../lib/stage/index.js'
import { sourceRests, stopsReading } from '../support/backpressure.js'

const double = (): StageDefinition<number, number> => ({
  name: 'double',
  start: () => ({ write: (batch) => [batch.map((n) => n * 2)] }),
})

/** Gives each number as often as it says, over several batches. */
const repeat = (asynchronous: boolean): StageDefinition<number, number> => ({
  name: 'repeat',
  start: () => ({
    write: (batch) => (asynchronous ? asyncTimes(batch) : times(batch)),
    end: () => [[-1], [], [-2]],
  }),
})

function* times(batch: readonly number[]): Iterable<readonly number[]> {
  for (const n of batch) yield Array.from({ length: n }, () => n)
}

async function* asyncTimes(batch: readonly number[]): AsyncIterable<readonly number[]> {
  for (const out of times(batch)) {
    await Promise.resolve()
    yield out
  }
}

async function collect<T>(input: Iterable<unknown>, ...stages: Stage<never, unknown>[]): Promise<T[]> {
  const out: T[] = []
  const sink = new Writable({
    objectMode: true,
    write(item: T, _encoding, callback) {
      out.push(item)
      callback()
    },
  })
  await pipeline([Readable.from(input), ...stages, sink])
  return out
}

t.test('a stage gives what its step gives, in order, then what its end gives', async (t) => {
  t.strictSame(await collect([1, 2, 3], stage(double())), [2, 4, 6])
  t.strictSame(await collect([2, 0, 1], stage(repeat(false))), [2, 2, 1, -1, -2])
  t.strictSame(await collect([2, 0, 1], stage(repeat(true))), [2, 2, 1, -1, -2])
  t.strictSame(await collect([], stage(repeat(false))), [-1, -2])
})

t.test('fused or joined by pipeline, the items are the same', async (t) => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(5), { maxLength: 40 }), fc.array(fc.boolean(), { minLength: 1, maxLength: 3 }), async (input, kinds) => {
      const definitions = kinds.flatMap((asynchronous) => [shift(), repeat(asynchronous)])
      const joined = await collect(input, ...definitions.map((one) => stage(one)))
      const [a, b, ...rest] = definitions.map((one) => stage(one))
      const fused = rest.reduce((whole, next) => fuse(whole, next), fuse(a!, b!))
      t.strictSame(await collect(input, fused), joined)
    }),
    { numRuns: 60 },
  )
})

/** Keeps `repeat` small: negative and large numbers become 0..2. */
const shift = (): StageDefinition<number, number> => ({
  name: 'shift',
  start: () => ({ write: (batch) => [batch.map((n) => Math.abs(n) % 3)] }),
})

t.test('a reader that stops reading stops the stage', async (t) => {
  for (const [name, make] of Object.entries({
    plain: () => stage(double()),
    synchronous: () => stage(repeat(false)),
    asynchronous: () => stage(repeat(true)),
    fused: () => fuse(stage(double()), stage(repeat(true)), stage(double())),
  })) {
    const { taken } = await stopsReading(make(), () => 3)
    t.ok(taken < 2000, `${name}: took ${taken} items`)
  }
})

t.test('a step is suspended at the push that says full', async (t) => {
  let made = 0
  const endless: StageDefinition<number, number> = {
    name: 'endless',
    start: () => ({
      *write() {
        for (;;) yield [made++]
      },
    }),
  }
  const one = stage(endless, { highWaterMark: 8 })
  one.write(1)
  t.ok((await sourceRests(one, () => made, 3)) <= 3 + 8 + 1, `made ${made}`)
})

t.test('a source opens nothing before it is read, and rests when its reader rests', async (t) => {
  let made = 0
  const numbers = source<number>({
    name: 'numbers',
    start: function* () {
      for (;;) yield [made++]
    },
  })
  await new Promise(setImmediate)
  t.equal(made, 0)
  t.ok((await sourceRests(numbers, () => made)) < 600, `made ${made}`)
})

t.test('an error names its stage and keeps its cause', async (t) => {
  const cause = new Error('the disk is on fire')
  const failing = (name: string, when: 'start' | 'write' | 'async' | 'end'): StageDefinition<number, number> => ({
    name,
    start: () => {
      if (when === 'start') throw cause
      return {
        write: (batch) => {
          if (when === 'write') throw cause
          return when === 'async' ? rejecting(cause) : [batch]
        },
        end: () => {
          if (when === 'end') throw cause
          return []
        },
      }
    },
  })
  for (const when of ['start', 'write', 'async', 'end'] as const) {
    for (const fused of [false, true]) {
      const stages = [stage(double()), stage(failing('burner', when)), stage(double())] as const
      const run = fused ? collect([1], fuse(...stages)) : collect([1], ...stages)
      await t.rejects(run, { name: 'ChimeraError', code: 'STAGE_FAILED', stage: 'burner', cause, message: /"burner".*the disk is on fire/ }, `${when}, fused ${fused}`)
    }
  }
})

async function* rejecting(cause: Error): AsyncIterable<readonly number[]> {
  await Promise.resolve()
  throw cause
  yield []
}

t.test('a ChimeraError passes through as itself, with the name added', async (t) => {
  const error = new ChimeraError('STRICT', 'expected no problem')
  const strict: StageDefinition<number, number> = {
    name: 'strict',
    start: () => ({
      write() {
        throw error
      },
    }),
  }
  const found: unknown = await collect([1], stage(strict)).catch((caught: unknown) => caught)
  t.equal(found, error)
  t.equal(error.stage, 'strict')
})

t.test('destroy ends the step, its cleanup and its signal', async (t) => {
  for (const asynchronous of [false, true]) {
    const log: string[] = []
    const one = stage(observed(log, asynchronous), { highWaterMark: 2 })
    one.write(1)
    t.equal(await firstItem(one), 0)
    one.destroy()
    await once(one, 'close')
    t.strictSame(log, ['aborted', 'cleaned up'], `asynchronous: ${asynchronous}`)
  }
})

t.test('an AbortSignal ends everything, sources included', async (t) => {
  const log: string[] = []
  const abort = new AbortController()
  const waiting = source<number>({
    name: 'waiting',
    start: async function* ({ signal }) {
      try {
        yield [1]
        await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('waited in vain'))))
      } finally {
        log.push('source closed')
      }
    },
  })
  const slow = stage(observed(log, true))
  const sink = new Writable({
    objectMode: true,
    write(_item, _encoding, callback) {
      callback()
      abort.abort()
    },
  })
  await t.rejects(pipeline(waiting, slow, sink, { signal: abort.signal }), { name: 'AbortError' })
  if (!waiting.closed) await once(waiting, 'close')
  if (!slow.closed) await once(slow, 'close')
  t.strictSame(log.sort(), ['aborted', 'cleaned up', 'source closed'])
})

t.test('the signal option of a factory ends a stage on its own', async (t) => {
  const abort = new AbortController()
  const one = stage(double(), { signal: abort.signal })
  const failed = once(one, 'error') as Promise<[Error]>
  abort.abort()
  t.equal((await failed)[0].name, 'AbortError')
  t.ok(one.destroyed)
})

/** Gives numbers for ever and writes down how it ends. */
function observed(log: string[], asynchronous: boolean): StageDefinition<number, number> {
  return {
    name: 'observed',
    start: ({ signal }): Step<number, number> => {
      signal.addEventListener('abort', () => log.push('aborted'))
      function* numbers(): Iterable<readonly number[]> {
        try {
          for (let n = 0; ; n += 1) yield [n]
        } finally {
          log.push('cleaned up')
        }
      }
      return {
        write(): Batches<number> {
          return asynchronous ? slowly(numbers()) : numbers()
        },
      }
    },
  }
}

async function* slowly(batches: Iterable<readonly number[]>): AsyncIterable<readonly number[]> {
  for (const batch of batches) {
    await new Promise(setImmediate)
    yield batch
  }
}

async function firstItem(stream: Readable): Promise<unknown> {
  for (;;) {
    const item: unknown = stream.read()
    if (item !== null) return item
    await once(stream, 'readable')
  }
}

t.test('fuse takes only fresh stages of ours', async (t) => {
  const used = stage(double())
  used.write(1)
  t.throws(() => fuse(used, stage(double())), { code: 'USAGE', message: /already|in use/ })
  const foreign = new Writable() as unknown as Stage<number, number>
  t.throws(() => fuse(foreign, stage(double())), { code: 'USAGE', message: /stream\.pipeline/ })
  const taken = stage(double())
  fuse(taken, stage(double())).destroy()
  const refused = once(taken, 'error') as Promise<[unknown]>
  taken.write(1)
  t.match((await refused)[0], { code: 'USAGE', message: /fused into another/ })
  used.destroy()
})

t.test('a source with stages fused behind it is one source', async (t) => {
  const log: string[] = []
  const counting = (limit: number) =>
    source<number>({
      name: 'counting',
      start: async function* () {
        try {
          for (let n = 0; n < limit; n += 1) {
            await Promise.resolve()
            yield [n]
          }
        } finally {
          log.push('source closed')
        }
      },
    })
  const found: number[] = []
  for await (const item of fuse(counting(3), stage(double()), stage(repeat(true)))) found.push(item)
  t.strictSame(found, [2, 2, 4, 4, 4, 4, -1, -2])
  t.strictSame(log, ['source closed'])

  const left = fuse(counting(1_000_000), stage(double()))
  for await (const item of left) if (item > 10) break
  // Node tells a stream that is left early so by an AbortError event, which events.once would throw.
  if (!left.closed) await new Promise((resolve) => left.once('close', resolve))
  t.strictSame(log, ['source closed', 'source closed'], 'leaving early closes the source')

  const cause = new Error('dry')
  const dry = source<number>({ name: 'well', start: () => rejecting(cause) })
  await t.rejects(fuse(dry, stage(double())).toArray(), { stage: 'well', cause })

  const taken = counting(1)
  fuse(taken, stage(double())).destroy()
  await t.rejects(taken.toArray(), { code: 'USAGE', message: /fused into another/ })
  t.throws(() => fuse(taken, stage(double())), { code: 'USAGE' })
})

t.test('time is injected', async (t) => {
  let clock = 41
  const stamps: StageDefinition<number, number> = { name: 'stamps', start: ({ now }) => ({ write: (batch) => [batch.map(() => now())] }) }
  t.strictSame(await collect([0], stage(stamps, { now: () => ++clock })), [42])
})

t.test('stages are ordinary streams: for await works and breaking out destroys', async (t) => {
  const one = stage(repeat(false))
  Readable.from([3, 3, 3]).pipe(one)
  for await (const item of one) {
    t.equal(item, 3)
    break
  }
  t.ok(one.destroyed)
})

// @ts-expect-error -- the ends must fit: a stage of strings cannot follow one of numbers
export const typeTest = () => fuse(stage(double()), stage({ name: 'text', start: () => ({ write: (batch: readonly string[]) => [batch] }) }))

/** The numbers from 0, as a block that counts how often its items were made. */
class Counted extends Block<number> {
  made = 0

  constructor(readonly length: number) {
    super()
  }

  items(): readonly number[] {
    this.made += 1
    return Array.from({ length: this.length }, (_, at) => at)
  }
}

t.test('a block reaches a step that takes blocks without its items being made; others, and readers, get the items', async (t) => {
  const blocks: Counted[] = []
  const blocky = (): StageDefinition<number, number> => ({
    name: 'blocky',
    start: () => ({
      write: (batch) => batch.map((n) => {
        const block = new Counted(n)
        blocks.push(block)
        return block
      }),
    }),
  })
  const lengths = (): StageDefinition<number, string> => ({
    name: 'lengths',
    start: () => ({ write: (batch) => [batch.map((n) => `item ${n}`)], writeBlock: (block) => [[`block of ${block.length}`]] }),
  })
  t.strictSame(await collect([2, 3], stage(blocky())), [0, 1, 0, 1, 2], 'at the edge of a stream the items are single')
  t.strictSame(await collect([2, 3], fuse(stage(blocky()), stage(double()))), [0, 2, 0, 2, 4])
  t.strictSame(blocks.map(({ made }) => made), [1, 1, 1, 1])
  blocks.length = 0
  t.strictSame(await collect([2, 3], fuse(stage(blocky()), stage(lengths()))), ['block of 2', 'block of 3'])
  t.strictSame(await collect([2], fuse(stage(double()), fuse(stage(blocky()), stage(lengths())))), ['block of 4'], 'also through a chain within a chain')
  t.strictSame(blocks.map(({ made }) => made), [0, 0, 0])
  t.strictSame([...new Counted(3)], [0, 1, 2])
})
