import { execFileSync } from 'node:child_process'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import t from 'tap'
import { fuse, records, summary, type Artifact, type Item } from '../../lib/index.js'
import { stage } from '../../lib/stage/index.js'
import { ndjsonBytes } from '../../lib/output/index.js'
import { RecordBlock } from '../../lib/record/record-block.js'

function artifact(text: string, size = 65_536, name = 'runs/x.csv'): Artifact {
  const bytes = Buffer.from(text)
  return {
    type: 'artifact',
    name,
    async *open() {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
    },
  }
}

async function all<T>(input: Artifact, stages: NodeJS.ReadWriteStream): Promise<T[]> {
  const out: T[] = []
  Readable.from([input]).pipe(stages)
  for await (const item of stages as unknown as AsyncIterable<T>) out.push(item)
  return out
}

/** The lines of NDJSON of a file, and how many of them blocks wrote themselves. */
async function written(input: Artifact, lane: 'fast' | 'compatible'): Promise<{ readonly text: string; readonly blocks: number }> {
  const parts = await all<string | Uint8Array>(input, fuse(records({ lane }), ndjsonBytes()))
  return { text: parts.map((part) => Buffer.from(part as Uint8Array).toString()).join(''), blocks: parts.filter((part) => typeof part !== 'string').length }
}

/** How many records came in blocks. */
async function blocked(input: Artifact): Promise<number> {
  let count = 0
  const counting = stage<Item, Item>({
    name: 'counting',
    start: () => ({
      write: (batch) => [batch],
      writeBlock: (block) => {
        if (block instanceof RecordBlock) count += block.length
        return []
      },
    }),
  })
  await all(input, fuse(records(), counting))
  return count
}

const HEADER = 'run,model,ttft_ms,tokens_s,eval_count,prompt_eval_count,total_tokens,status,error,started,note'
const row = (at: number) => `${at},"m ""${at % 3}""",${at % 7 === 0 ? '' : at * 1.5},${(at / 7).toFixed(3)},${at % 50},${at % 20},${(at % 50) + (at % 20) - (at % 11 === 0 ? 9 : 0)},${at % 13 === 0 ? 'failed' : 'ok'},,2026-03-01T10:00:${String(at % 60).padStart(2, '0')}Z,"text, ${at % 4}"`
const table = (count: number, odd: (at: number) => string | undefined = () => undefined) => [HEADER, ...Array.from({ length: count }, (_, at) => odd(at) ?? row(at)), ''].join('\n')

const ODD = [
  '5,x,12 ms,3,1,1,2,ok,,,', '6,x,1.5e3,3,1,1,2,ok,,,', '7,x,n/a,-,1,1,2,ok,,,', '8,x,~5,3,1,1,2,ok,,,', '9,x,5 ± 1,3,1,1,2,ok,,,', '10,x,<5,3,1,1,2,ok,,,', '11,"a=1, b=2",5,3,1,1,2,ok,,,',
  '12,"{""temperature"": 0.5}",5,3,1,1,2,ok,,,', '13,x,5,3,1,1,2,error,out of memory,,', '14,x,0.0000001,3,1,1,2,ok,,,', '15,x,123456789012345678,3,1,1,2,ok,,,', '16,x,-0,3,1,1,2,ok,,,', '17,x,007,3,1,1,2,ok,,,',
  '18,none,5,3,1,1,2,warmup,,,', '19,,5,3,1,1,2,,,,', '20,é,5,3,"1,000",1,2,ok,,,', '21,x,1e400,3,1,1,2,ok,,,', '22,x,5%,3,1,1,2,ok,none,not a time,',
]

t.test('most records of a plain table come in blocks', async (t) => {
  t.ok((await blocked(artifact(table(1000)))) > 4000)
  t.ok((await blocked(artifact(table(1000, (at) => (at % 100 === 99 ? ODD[(at / 100) | 0] : undefined))))) > 4000)
})

t.test('records, problems and the report of a file are the same from blocks as from single rows', async (t) => {
  const texts = [table(1000), table(600, (at) => (at > 100 && at % 9 === 0 ? ODD[at % ODD.length] : undefined)), table(300, (at) => (at % 2 === 0 ? ODD[(at / 2) % ODD.length] : undefined))]
  for (const text of texts) {
    for (const size of [700, 65_536]) {
      const slow = await all<Item>(artifact(text, size), records({ lane: 'compatible' }))
      t.strictSame(await all<Item>(artifact(text, size), records()), slow)
      const [fast, other] = [await written(artifact(text, size), 'fast'), await written(artifact(text, size), 'compatible')]
      t.equal(fast.text, other.text)
      t.ok(fast.blocks > 0 && other.blocks === 0)
      t.ok(slow.length > 1000)
    }
  }
})

t.test('a column with more different texts than are remembered', async (t) => {
  const text = ['session,label,ttft_s', ...Array.from({ length: 9000 }, (_, at) => `${at},label ${at},${at / 8}`), '9001,a=1,5', '9002,"{""k"": 2}",6', ''].join('\n')
  t.strictSame(await all<Item>(artifact(text), records()), await all<Item>(artifact(text), records({ lane: 'compatible' })))
  t.strictSame(await all(artifact(text), fuse(records(), summary({ by: ['session'] , maxGroups: 50 }))), await all(artifact(text), fuse(records({ lane: 'compatible' }), summary({ by: ['session'], maxGroups: 50 }))))
})

t.test('a summary is the same from blocks as from single records', async (t) => {
  const text = table(1500, (at) => (at > 100 && at % 31 === 0 ? ODD[at % ODD.length] : undefined))
  for (const by of ['subject', 'configuration', [], ['model'], ['model', 'run'], ['status'], ['file'], ['metric', 'model'], ['nothing']] as const) {
    const slow = await all<{ type: string }>(artifact(text), fuse(records({ lane: 'compatible' }), summary({ by })))
    t.strictSame(await all(artifact(text), fuse(records(), summary({ by }))), slow, JSON.stringify(by))
    t.ok(slow.some(({ type }) => type === 'summary'))
  }
})

t.test('any cells', async (t) => {
  const number = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc.integer().map(String),
    fc.tuple(fc.nat(99_999), fc.nat(999_999)).map(([a, b]) => `${a}.${b}`),
    fc.constantFrom('', '0', '-0', '0.0', '00', '.5', '5.', '1e-7', '1E5', '+3', '1_000', '0.1e1', '-', 'nan', 'inf', '9007199254740993', '0.000001', '0.0000009', '123456789.123456789', '5 ms', '3%'),
  )
  const text = fc.oneof(fc.constantFrom('a', 'b', 'none', '', 'x=1', 'é'), fc.string({ maxLength: 5 }).map((one) => `"${one.replace(/["\0]/g, '')}"`))
  const cells = fc.tuple(fc.nat(), text, number, number, number).map((one) => one.join(','))
  await fc.assert(
    fc.asyncProperty(fc.array(cells, { maxLength: 40 }), async (odd) => {
      const lines = ['step,model,ttft_ms,gpu_memory_mb,tokens_per_second', ...Array.from({ length: 80 }, (_, at) => `${at},a,${at}.5,${at * 3},${at}`), ...odd, '']
      t.equal((await written(artifact(lines.join('\n')), 'fast')).text, (await written(artifact(lines.join('\n')), 'compatible')).text)
      t.strictSame(await all<Item>(artifact(lines.join('\n')), records()), await all<Item>(artifact(lines.join('\n')), records({ lane: 'compatible' })))
    }),
    { numRuns: 100 },
  )
})

t.test('nothing of a block is kept once it was summed up', async (t) => {
  const child = fileURLToPath(new URL('support/kept-chunks.js', import.meta.url))
  const { kept, chunks, rows } = JSON.parse(execFileSync(process.execPath, ['--expose-gc', child], { encoding: 'utf8' })) as { kept: number; chunks: number; rows: number }
  t.ok(chunks > 20, `${chunks} chunks`)
  t.equal(rows, 14)
  // Those on their way.
  t.ok(kept <= 6, `${kept} of ${chunks} chunks are in memory`)
})
