/** Any bytes give records or problems, the same ones however they are cut; nothing throws, and no prototype is touched. */

import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import t from 'tap'
import { fixture } from '../support/paths.js'
import { read, textFile } from './read.js'

t.setTimeout(160_000)

const names = readdirSync(fixture('format')).filter((name) => !name.endsWith('.events.json'))
const seeds = names.map((name) => ({ name, bytes: readFileSync(fixture('format', name)) }))
const known = Object.getOwnPropertyNames(Object.prototype).join()

async function all(name: string, bytes: Uint8Array, cut?: number): Promise<string> {
  const { records, problems } = await read([textFile(name, bytes, cut)])
  for (const record of records) if (!Number.isFinite(record.value)) throw new Error(`no number: ${JSON.stringify(record)}`)
  if (problems.some((problem) => problem.code === 'unreadable')) throw new Error(`a crash: ${JSON.stringify(problems)}`)
  if (Object.getOwnPropertyNames(Object.prototype).join() !== known) throw new Error('Object.prototype was changed')
  return JSON.stringify({ records, problems })
}

const EXTENSIONS = ['csv', 'json', 'ndjson', 'md', 'txt'] as const

t.test('any bytes, any pieces', async (t) => {
  const part = fc.constantFrom('ttft_ms', 'model', '1.5', '"', ',', ';', '\n', '{', '}', '[', ']', ':', '|', '|---|---|', '# ', '\t', '**', '__proto__', 'constructor', '\u0000', 'é', ' ms', '12', '-', 'NaN', '\\', '  ')
  const bytes = fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.array(part, { maxLength: 50 }).map((parts) => Buffer.from(parts.join(''))))
  await fc.assert(
    fc.asyncProperty(bytes, fc.constantFrom(...EXTENSIONS), fc.integer({ min: 1, max: 50 }), async (found, extension, cut) => {
      const name = `x.${extension}`
      return (await all(name, found)) === (await all(name, found, cut))
    }),
    { numRuns: 300 },
  )
  t.pass('the same records')
})

t.test('good files with something wrong in them', async (t) => {
  const change = fc.record({ at: fc.nat(), drop: fc.nat({ max: 8 }), put: fc.oneof(fc.uint8Array({ maxLength: 3 }), fc.constantFrom(...['"', '\n', '|', '{', '}', ',,', '\n\n', '# a: b\n', '\u0000'].map((text) => Buffer.from(text)))) })
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...seeds), fc.array(change, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 40 }), async (seed, changes, cut) => {
      let bytes: Buffer = seed.bytes
      for (const { at, drop, put } of changes) {
        const from = at % Math.max(1, bytes.length)
        bytes = Buffer.concat([bytes.subarray(0, from), put, bytes.subarray(from + drop)])
      }
      return (await all(seed.name, bytes)) === (await all(seed.name, bytes, cut))
    }),
    { numRuns: 300 },
  )
  t.pass('the same records')
})

const SMALL: Readonly<Record<string, string>> = {
  'plain.csv': 'model,ttft_ms\nada,12\nbob,"1,300"\n',
  'semicolon.csv': '\ufeffmodel;größe_mb\r\nada;1,5\r\nbob;2,5\r\n',
  'rows.csv': ',Latency,\nmodel,mean,p99\n,ms,ms\nada,1,2\n',
  'described.csv': '# model: ada\nrun,ttft_ms\n1,5\n2,6\n# model: bob\n1,7\n2,8\n',
  'two.csv': 'Latency\nmodel,ms\na,1\nMemory\nmodel,mb\na,2\n',
  'quote.csv': 'model,ms\na,1\nb,"2\nc,3\n',
  'one.json': '{"model": "é", "ttft_ms": [1, 2.5], "x": {"latency_ms": NaN}}',
  'cut.json': '{"runs": [{"ttft_ms": 1}, {"ttft_ms": 2',
  'lines.ndjson': '{"ttft_ms": 1}\nINFO\nWARN {"ttft_ms": 2}\n\n{"ttft_ms":\n 3}\n',
  'concat.txt': '{"ttft_ms": 1}{"ttft_ms": 2}',
  'table.md': '# R\n\n- Model: ada\n\n| run | TTFT (ms) |\n|---|---|\n| é | 5 |\n\n**Latency:** 7 ms\n',
  'aligned.txt': 'model   ttft_ms\nada         5.5\nbob          7\n',
  'zero.csv': 'model,ms\na\u0000,1\nb,2\n',
}

for (const [name, text] of Object.entries(SMALL)) {
  t.test(`${name}, cut at every byte`, async (t) => {
    const bytes = Buffer.from(text)
    const whole = await all(name, bytes)
    t.match(whole, /"metric":/)
    const differing: number[] = []
    for (let at = 1; at < bytes.length; at += 1) {
      const pieces = [bytes.subarray(0, at), bytes.subarray(at)]
      const { records, problems } = await read([{ ...textFile(name, bytes), async *open() { yield* pieces } }])
      if (JSON.stringify({ records, problems }) !== whole) differing.push(at)
    }
    if ((await all(name, bytes, 1)) !== whole) differing.push(0)
    t.same(differing, [])
  })
}

t.test('names that objects have anyway come out under their own names', async (t) => {
  const files = {
    'x.csv': '__proto__,constructor,toString_ms\na,b,1\n',
    'x.json': '{"__proto__": "a", "constructor": "b", "toString_ms": 1}',
    'x.ndjson': '{"__proto__": "a", "constructor": "b", "toString_ms": 1}\n',
    'x.md': '| `__proto__` | constructor | toString (ms) |\n|---|---|---|\n| a | b | 1 |\n',
  }
  for (const [name, text] of Object.entries(files)) {
    const { records } = await read([textFile(name, text)])
    t.equal(records.length, 1, name)
    const [record] = records
    t.match(record, { value: 0.001, unit: 's', raw: { name: /^toString/ } }, name)
    t.ok(Object.hasOwn(record?.attributes ?? {}, 'constructor'), name)
  }
  t.equal(Object.getOwnPropertyNames(Object.prototype).join(), known)
  t.equal(({} as { a?: unknown }).a, undefined)
})

t.test('long hostile text ends in time', async (t) => {
  const parts = ['a', ' ', '\t', '1', '1,', '1.', '"', '",', "'", "',", '[', '{', '{"', '{"a":', 'x {"', '|', '-', '-|', '*', '**a', '`', '_', '#', '# ', ': ', '= ', 'a=', 'a/', '<', '<!--', '\\', '\r', '>', '(', '  1', 'é', '1e', '±', '[1', '[a](']
  const slow: string[] = []
  for (const extension of EXTENSIONS) {
    for (const part of parts) {
      const started = process.cpuUsage()
      await all(`x.${extension}`, Buffer.from(`a,b\n1,2\n${part.repeat(10_000 / part.length)}\n`))
      await all(`x.${extension}`, Buffer.from(part.repeat(40_000 / part.length)))
      if (extension === 'csv') await all('x.csv', Buffer.from(`a,b,c\nx,${part.replace(/[",\r]/g, '').repeat(120_000 / part.length)},5\ny,z,6\n`))
      const { user } = process.cpuUsage(started)
      // Cost that grows with the square of the length would take minutes.
      if (user > 5e6) slow.push(`${extension} ${JSON.stringify(part)} ${user / 1e6} s`)
    }
  }
  t.same(slow, [])
})

t.test('what is not bounded in the file is bounded in memory', async (t) => {
  const piece = Buffer.from('x1, '.repeat(16 * 1024))
  for (const head of ['', 'a,b\n1,2\n', 'a,b\n1,"', '{"a": "', '# T\n\n| a |\n|---|\n| ']) {
    for (const extension of EXTENSIONS) {
      let sent = 0
      let most = 0
      const before = process.memoryUsage().rss
      const file = {
        ...textFile(`x.${extension}`, ''),
        async *open() {
          yield Buffer.from(head)
          for (; sent < 24 * 1024 * 1024; sent += piece.length) {
            most = Math.max(most, process.memoryUsage().rss - before)
            yield piece
          }
        },
      }
      const { problems } = await read([file])
      t.ok(most < 300 * 1024 * 1024, `${extension} after ${JSON.stringify(head)}: ${Math.round(most / 1e6)} MB`)
      t.notOk(problems.some((problem) => problem.code === 'unreadable'))
    }
  }
})
