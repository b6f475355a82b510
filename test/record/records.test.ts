import { createHash } from 'node:crypto'
import t from 'tap'
import type { ReadingEvent } from '../../lib/stage/index.js'
import { ChimeraError, problem } from '../../lib/stage/index.js'
import { formatRecord, parseRecord } from '../../lib/record/record-line.js'
import { records as recordsStage } from '../../lib/record/records.js'
import type { Artifact } from '../../lib/source/artifact.js'
import { brief, read, readText, textFile } from './read.js'

const CSV = 'model,ttft_s,tokens_s\na,0.5,10\nb,0.7,12\n'
const JSON_TEXT = JSON.stringify({ model: 'm', results: [{ ttft_s: 1, prompt: 'é' }, { ttft_s: 2, prompt: 'q' }] }, undefined, 2)
const MARKDOWN = '# R\n\n| Model | TTFT (s) |\n| - | - |\n| a | 0.5 |\n| b | 0.7 |\n\n- Tokens/s: 78.42\n'

t.test('records, then one report per file, in order', async (t) => {
  const result = await read([textFile('a.csv', CSV), textFile('b.json', JSON_TEXT)])
  t.strictSame(result.records.map(brief), ['ttft value 0.5 s', 'output_throughput value 10 {token}/s', 'ttft value 0.7 s', 'output_throughput value 12 {token}/s', 'ttft value 1 s', 'ttft value 2 s'])
  t.match(result.files, [
    { file: 'a.csv', format: 'csv', records: 4, problems: 0, verdict: 'guessed', bytes: CSV.length, hash: createHash('sha256').update(CSV).digest('hex').slice(0, 16) },
    { file: 'b.json', format: 'json', records: 2, verdict: 'guessed' },
  ])
})

t.test('the same bytes give the same records and ids, however they are cut', async (t) => {
  for (const [name, text] of [['a.csv', CSV], ['b.json', JSON_TEXT], ['c.md', MARKDOWN]] as const) {
    const whole = (await read([textFile(name, text)])).records
    t.ok(whole.length > 1, name)
    t.equal(new Set(whole.map((record) => record.id)).size, whole.length, 'ids differ within a file')
    for (let cut = 1; cut <= 7; cut += 1) t.strictSame((await read([textFile(name, text, cut)])).records, whole, `${name} in chunks of ${cut}`)
  }
  const [one] = await readText('a.csv', CSV)
  const [other] = await readText('z.csv', CSV)
  t.equal(one?.id, other?.id, 'the name of the file is not part of the id')
  t.match(one?.id, /^[0-9a-f]{16}-[0-9a-f]{16}$/)
})

t.test('a file that cannot be read costs only itself', async (t) => {
  const broken: Artifact = {
    type: 'artifact',
    name: 'gone.csv',
    async *open() {
      throw new ChimeraError('UNREADABLE', 'cannot read gone.csv')
    },
  }
  const result = await read([broken, problem('x', 'vanished', 'went away'), textFile('a.csv', CSV)])
  t.equal(result.records.length, 4)
  t.match(result.problems, [{ code: 'unreadable', file: 'gone.csv' }, { code: 'vanished', file: 'x' }])
  t.match(result.files, [{ file: 'gone.csv', verdict: 'rejected', records: 0, problems: 1 }, { file: 'a.csv', verdict: 'guessed' }])
  t.notOk(result.files[0]?.hash)
})

t.test('a binary or empty file is rejected with a reason', async (t) => {
  const result = await read([textFile('e.csv', ''), textFile('b.json', new Uint8Array([0, 1, 2, 255, 254, 0, 0, 9]))])
  t.equal(result.records.length, 0)
  t.equal(result.problems.length, 2)
  t.strictSame(result.files.map((file) => file.verdict), ['rejected', 'rejected'])
})

t.test('strict makes the first problem fatal', async (t) => {
  await t.rejects(read([problem('x', 'vanished', 'went away')], { strict: true }), { code: 'STRICT' })
  await t.rejects(read([textFile('e.csv', '')], { strict: true }), { code: 'STRICT' })
})

t.test('whoever watches is told', async (t) => {
  const events: ReadingEvent[] = []
  await read([textFile('a.csv', CSV), textFile('e.csv', '')], { watch: (event) => events.push(event) })
  t.strictSame(events, [
    { type: 'records', file: 'a.csv', count: 4 },
    { type: 'done', file: 'a.csv' },
    { type: 'problems', file: 'e.csv', count: 1 },
    { type: 'done', file: 'e.csv' },
  ])
})

t.test('what chimera wrote it reads back unchanged', async (t) => {
  const first = (await read([textFile('a.csv', CSV), textFile('c.md', MARKDOWN), textFile('b.json', JSON_TEXT)])).records
  const lines = first.map((record) => `${formatRecord(record)}\n`).join('')
  const again = await read([textFile('-', lines)])
  t.strictSame(again.records, first)
  t.match(again.files, [{ layout: 'chimera-records', verdict: 'recognised' }])
})

t.test('a line has its keys in order, and only whole records are taken for one', async (t) => {
  const [record] = await readText('a.csv', 'timestamp,ttft_s\n2025-09-30T20:11:33,1\n')
  if (!record) throw new Error('no record')
  const line = formatRecord(record)
  t.strictSame(Object.keys(JSON.parse(line) as object), ['metric', 'value', 'unit', 'stat', 'better', 'status', 'attributes', 'time', 'raw', 'source', 'id'])
  t.strictSame(parseRecord(JSON.parse(line)), record)
  for (const wrong of [null, 7, [], {}, { ...record, stat: 'p' }, { ...record, value: '1' }, { ...record, attributes: { a: {} } }, { ...record, source: { file: 'x' } }]) {
    t.equal(parseRecord(wrong), undefined)
  }
})

t.test('a format can be forced', async (t) => {
  const { files } = await read([textFile('x.txt', 'a;b\n1;2\n')], { inputFormat: 'csv' })
  t.match(files, [{ format: 'csv' }])
})

t.test('a reader that stops reading stops the files, and destroy closes the one that is open', async (t) => {
  let opened = 0
  let closed = 0
  const big = `model,ttft_s\n${'a,0.5\n'.repeat(5000)}`
  const file = (name: string): Artifact => ({
    ...textFile(name, big),
    async *open() {
      opened += 1
      try {
        // More than is hashed first would be too much for a test; what matters is that it stays open while it is read.
        yield* textFile(name, big, 1000).open()
      } finally {
        closed += 1
      }
    },
  })
  const stage = recordsStage({ highWaterMark: 4 })
  for (let at = 0; at < 4; at += 1) stage.write(file(`f${at}`))
  await new Promise((resolve) => stage.once('readable', resolve))
  stage.read()
  await new Promise((resolve) => setImmediate(resolve))
  t.equal(opened, 1, 'the second file is not opened before the first is read')
  stage.destroy()
  await new Promise((resolve) => stage.once('close', resolve))
  t.equal(closed, opened)
})

t.test('an aborted signal ends the reading', async (t) => {
  const abort = new AbortController()
  const endless: Artifact = {
    type: 'artifact',
    name: 'endless',
    async *open(signal) {
      yield new TextEncoder().encode('a,b\n')
      await new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new Error('aborted'))))
    },
  }
  const stage = recordsStage({ signal: abort.signal })
  stage.write(endless)
  const ended = new Promise<Error>((resolve) => stage.once('error', resolve))
  stage.resume()
  setImmediate(() => abort.abort())
  t.match(await ended, { name: 'AbortError' })
})
