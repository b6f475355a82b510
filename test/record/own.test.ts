/** What chimera wrote itself is read back as it was. */

import { pipeline } from 'node:stream/promises'
import { Readable, Writable } from 'node:stream'
import fc from 'fast-check'
import t from 'tap'
import { csv, json, ndjson } from '../../lib/output/index.js'
import { formatRecord, parseRecord } from '../../lib/record/record-line.js'
import type { MetricRecord } from '../../lib/record/metric-record.js'
import { summary } from '../../lib/summary/index.js'
import { read, readText, textFile } from './read.js'

const TABLE = 'model,run,num_gpu,ttft_s,success\na,1,80,0.5,true\na,2,80,0.25,true\nb,1,80,9,false\nb,2,80,1.50,true\n'

type Writer = ReturnType<typeof csv>

async function written(items: readonly unknown[], ...stages: readonly NodeJS.ReadWriteStream[]): Promise<string> {
  let text = ''
  const sink = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk)
      done()
    },
  })
  await pipeline([Readable.from(items), ...stages, sink])
  return text
}

const WRITERS: readonly (readonly [string, () => Writer])[] = [
  ['csv', () => csv()],
  ['json', () => json()],
  ['ndjson', () => ndjson()],
]

t.test('records written in any format come back as the very same records', async (t) => {
  const records = await readText('x.csv', TABLE)
  t.equal(records.length, 4)
  for (const [name, writer] of WRITERS) {
    const back = await read([textFile(`own.${name}`, await written(records, writer()))])
    t.strictSame(back.records.map(formatRecord), records.map(formatRecord), name)
    t.match(back.files[0], { layout: 'chimera-records', verdict: 'recognised', problems: 0 })
  }
})

const text = fc.string({ maxLength: 12 }).map((value) => value.replace(/[^\x20-\x7e\u00b5é]/g, '').replace(/^'/, ''))
const name = text.filter((value) => value.trim() !== '' && value !== '__proto__')
const anyRecord: fc.Arbitrary<MetricRecord> = fc.record({
  metric: name,
  value: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value)),
  unit: fc.constantFrom('s', '', 'By', '{token}/s'),
  stat: fc.constantFrom('value', 'mean', 'p99.9', 'count'),
  better: fc.constantFrom('higher', 'lower', null),
  status: fc.constantFrom('ok', 'error', 'warmup'),
  attributes: fc.dictionary(name, fc.oneof(text, fc.integer(), fc.boolean()), { maxKeys: 3, noNullPrototype: true }),
  raw: fc.record({ name: text, text }),
  source: fc.record(
    {
      file: name,
      format: fc.constantFrom('csv', 'json'),
      layout: fc.constant('generic'),
      line: fc.nat(),
      pointer: name,
      bytes: fc.tuple(fc.nat(), fc.nat()),
      confidence: fc.constantFrom(0, 0.5, 0.95, 1),
    },
    { requiredKeys: ['file', 'format', 'layout', 'line', 'pointer'] },
  ),
  id: fc.constantFrom('0123456789abcdef-0123456789abcdef'),
})

t.test('whatever stands in a record', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyRecord, { minLength: 1, maxLength: 4 }), async (records) => {
      for (const [format, writer] of WRITERS) {
        const back = await readText(`own.${format}`, await written(records, writer()))
        if (back.map(formatRecord).join('\n') !== records.map(formatRecord).join('\n')) throw new Error(`${format}: ${JSON.stringify(back)}`)
      }
    }),
    { numRuns: 60 },
  )
})

t.test('records written before they knew their bytes and how sure they are stay readable', async (t) => {
  const [record] = await readText('x.csv', TABLE)
  if (!record) return t.fail('expected a record')
  const { bytes, confidence, ...before } = record.source
  t.ok(bytes && confidence)
  const old = { ...record, source: before }
  t.strictSame((await readText('own.ndjson', await written([old], ndjson()))).map(formatRecord), [formatRecord(old)])
  const table = (await written([record], csv())).split('\n').map((line) => line.split(','))
  const later = ['byte', 'byte_end', 'confidence'].map((column) => table[0]?.indexOf(column))
  const without = table.map((cells) => cells.filter((_, at) => !later.includes(at)).join(',')).join('\n')
  t.strictSame((await readText('own.csv', without)).map(formatRecord), [formatRecord(old)])
})

t.test('a line whose bytes or confidence are none was not written by us', async (t) => {
  const [record] = await readText('x.csv', TABLE)
  for (const wrong of [{ confidence: 2 }, { confidence: '1' }, { bytes: [1] }, { bytes: [1, 2.5] }]) {
    t.equal(parseRecord({ ...record, source: { ...record?.source, ...wrong } }), undefined, JSON.stringify(wrong))
  }
})

t.test('a cell between single quotes stays what it is', async (t) => {
  const [record] = await readText('x.csv', TABLE)
  if (!record) return t.fail('expected a record')
  for (const text of ["-'", "'a'", "'", ".'"]) {
    const quoted = { ...record, attributes: {}, raw: { name: "'x", text } }
    t.strictSame((await readText('own.csv', await written([quoted], csv()))).map(({ raw }) => raw.text), [text])
  }
})

t.test('a row of records that was changed is a problem, the others stay', async (t) => {
  const own = await written(await readText('x.csv', TABLE), csv())
  const { records, problems } = await read([textFile('own.csv', own.replace('ttft,0.25,', 'ttft,,'))])
  t.equal(records.length, 3)
  t.match(problems, [{ code: 'bad-record', line: 3 }])
})

t.test('summaries come back as aggregates, failures not at all', async (t) => {
  const records = await readText('x.csv', TABLE)
  for (const [format, writer] of WRITERS) {
    for (const by of [undefined, ['model', 'num_gpu']]) {
      const made = await written(records, summary({ by: by ?? ['model', 'num_gpu'] }), format === 'csv' ? csv(by ? { by } : {}) : writer())
      const back = await readText(`own.${format}`, made)
      const title = `${format}, ${by ? 'with' : 'without'} keys`
      t.ok(back.every(({ status, source, metric }) => status === 'ok' && source.layout === 'chimera-summary' && metric === 'ttft'), title)
      const a = back.filter(({ attributes }) => attributes['model'] === 'a').map(({ stat, value, unit, attributes }) => [stat, value, unit, attributes['num_gpu']])
      t.strictSame(a.filter(([stat]) => !/^p9/.test(String(stat))), [
        ['mean', 0.375, 's', 80],
        ['stddev', Math.SQRT2 / 8, 's', 80],
        ['min', 0.25, 's', 80],
        ['max', 0.5, 's', 80],
        ['p50', 0.375, 's', 80],
        ['count', 2, '1', 80],
      ], title)
      const b = back.filter(({ attributes }) => attributes['model'] === 'b')
      t.ok(b.some(({ stat, value }) => stat === 'max' && value === 1.5) && !b.some(({ value }) => value === 9), title)
      t.equal(new Set(back.map(({ id }) => id)).size, back.length, 'each has its id')
    }
  }
})

t.test('a summary of aggregates keeps their statistic', async (t) => {
  const records = await readText('x.csv', 'model,p99_latency_ms\na,5\na,7\nb,3\n')
  for (const [format, writer] of WRITERS) {
    const back = await readText(`own.${format}`, await written(records, summary({ by: ['model'] }), writer()))
    t.strictSame(back.map(({ stat, value, unit }) => [stat, value, unit]), [
      ['p99', 0.005, 's'],
      ['p99', 0.007, 's'],
      ['p99', 0.003, 's'],
    ], format)
  }
})
