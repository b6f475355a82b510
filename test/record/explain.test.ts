/** Why things were read as they were, told in the pass that reads them. */

import t from 'tap'
import type { Explanation, ReadingPlace } from '../../lib/record/index.js'
import type { RecordsOptions } from '../../lib/record/records.js'
import { read, textFile } from './read.js'

async function explained(name: string, text: string, at?: ReadingPlace, options: RecordsOptions = {}): Promise<readonly Explanation[]> {
  const told: Explanation[] = []
  await read([textFile(name, text)], { ...options, explain: { ...(at && { at }), tell: (one) => told.push(one) } })
  return told
}

const roles = (told: readonly Explanation[]) => told.map(({ name, role }) => `${name}: ${role}`)
const why = (told: readonly Explanation[], name: string, what: string) => told.find((one) => one.name === name)?.decisions.find((decision) => decision.what === what)

const TABLE = 'date,model,Mean [ms],notes,blorb,error\n2026-01-10T10:00:00Z,ada,12.5 ± 0.5,fine,2.5,\n2026-01-11T10:00:00Z,"b\nc",13.5,good,3.5,oom\n'

t.test('however many keys a document has, 500 are explained', async (t) => {
  const keys = Object.fromEntries(Array.from({ length: 600 }, (_, at) => [`wait${'abcdefghij'.charAt(at % 10)}${'klmnopqrst'.charAt(Math.floor(at / 10) % 10)}${'uvwxyz'.charAt(Math.floor(at / 100))}_ms`, 1.5]))
  t.equal((await explained('x.json', JSON.stringify(keys))).length, 500)
})

t.test('a row of a table: every cell, with what became of it', async (t) => {
  const told = await explained('runs/x.csv', TABLE, { line: 2 })
  t.strictSame(roles(told), ['date: time', 'model: attribute', 'Mean [ms]: metric', 'notes: ignored', 'blorb: metric', 'error: ignored'])
  t.strictSame(told[2]?.records.map(({ stat, value }) => [stat, value]), [['mean', 0.0125], ['stddev', 0.0005]])
  t.match(why(told, 'Mean [ms]', 'unit'), { is: 's', why: 'ms, in the header "Mean [ms]"' })
  t.match(why(told, 'Mean [ms]', 'stat'), { is: 'mean', why: 'in the header "Mean [ms]"' })
  t.match(why(told, 'blorb', 'unit'), { is: '', why: /given nowhere/ })
  t.match(why(told, 'blorb', 'confidence'), { is: 0.5 })
  t.strictSame(told[2]?.attributes, [{ name: 'model', value: 'ada', from: 'cell 2, "model"' }])
  t.match(told[3]?.why, /prose/)
  t.equal(Buffer.from(TABLE).subarray(...(told[0]?.bytes ?? [0, 0])).toString(), TABLE.split('\n')[1])
})

t.test('each line of a row that goes over several is a line of it; a column is a cell', async (t) => {
  for (const line of [3, 4]) t.match(await explained('x.csv', TABLE, { line, column: 6 }), [{ name: 'error', role: 'status', text: 'oom', line: 3 }])
  t.match(await explained('x.csv', TABLE, { pointer: '/1/model' }), [{ line: 3 }, { line: 3 }, { line: 3 }, { line: 3 }, { line: 3 }, { line: 3 }])
  t.strictSame(await explained('x.csv', TABLE, { line: 99 }), [])
})

t.test('the header, or no place, gives the columns once, with how many records each gave', async (t) => {
  const rows = Array.from({ length: 200 }, (_, index) => `ada,${index % 7},${100 + index / 8}`).join('\n')
  for (const at of [undefined, { line: 1 }]) {
    const told = await explained('x.csv', `model,seed,ttft_ms\n${rows}\n`, at)
    t.strictSame(told.map(({ name, role, count }) => [name, role, count]), [['model', 'attribute', 0], ['seed', 'attribute', 0], ['ttft_ms', 'metric', 200]])
    t.match(told[1]?.why, '"seed" is the name of a setting')
  }
})

const DOCUMENT = `{
  "config": { "num_gpu": 80 },
  "results": [
    { "model": "ada", "ttft_ms": 12.5, "prompt": "write" },
    { "model": "bob", "ttft_ms": 13.5, "prompt": "draw" }
  ]
}`

t.test('a JSON document: by line, by the line on which an object begins, by column, by pointer', async (t) => {
  t.strictSame(roles(await explained('x.json', DOCUMENT, { line: 4 })), ['model: attribute', 'ttft_ms: metric', 'prompt: attribute'])
  t.strictSame(roles(await explained('x.json', DOCUMENT, { line: 3 })).length, 6)
  t.strictSame(roles(await explained('x.json', DOCUMENT, { line: 4, column: 25 })), ['ttft_ms: metric'], 'its key')
  const [told] = await explained('x.json', DOCUMENT, { pointer: '/results/1/ttft_ms' })
  t.match(told, { line: 5, role: 'metric', records: [{ value: 0.0135 }] })
  t.equal(DOCUMENT.slice(...(told?.bytes ?? [0, 0])), '13.5')
  t.match(told?.attributes, [
    { name: 'num_gpu', value: 80, from: '/config/num_gpu, among the settings of "config"' },
    { name: 'model', value: 'bob', from: '/results/1/model' },
  ])
  t.match(await explained('x.json', DOCUMENT, { line: 2 }), [{ name: 'num_gpu', role: 'attribute', why: 'stands in "config", which holds settings' }])
})

t.test('keys that name variants are as good as each other', async (t) => {
  const backends = Object.fromEntries(['eager', 'graph', 'fast'].map((name, at) => [name, { mean_ms: at + 0.5, runs: 3 }]))
  const told = await explained('x.json', JSON.stringify({ backends }))
  t.strictSame(told.map(({ name, role, count }) => [name, role, count]), [['backends.*.mean_ms', 'metric', 3], ['backends.*.runs', 'attribute', 0]])
  t.match(told[0]?.attributes[0], { name: 'backend', from: 'the key /backends/eager' })
})

t.test('a line of NDJSON', async (t) => {
  const text = '{"model":"ada","ttft_ms":1.5}\n{"model":"bob","ttft_ms":2.5}\n'
  const told = await explained('x.ndjson', text, { line: 2 })
  t.match(told, [{ role: 'attribute', text: 'bob' }, { role: 'metric', records: [{ value: 0.0025 }] }])
  t.strictSame((await explained('x.ndjson', text)).map(({ name, count }) => [name, count]), [['model', 0], ['ttft_ms', 2]])
})

const REPORT = `# Evening

- Device: laptop
- **TTFT:** 12.5 ms

## Night

| Model | Tokens/s | Remarks |
| --- | --- | --- |
| ada | 42.5 | warm |
`

t.test('Markdown: rows with the headings and lines above, lines of their own', async (t) => {
  const row = await explained('x.md', REPORT, { line: 10 })
  t.strictSame(roles(row), ['Model: attribute', 'Tokens/s: metric', 'Remarks: ignored'])
  t.match(row[1]?.attributes, [
    { name: 'model', from: 'cell 1, "Model"' },
    { name: 'device', from: 'line 3, "Device: laptop"' },
    { name: 'section', value: 'Night', from: 'the headings above' },
  ])
  t.match(await explained('x.md', REPORT, { line: 4 }), [{ name: 'TTFT', role: 'metric', attributes: [{ name: 'device', from: 'line 3, "Device: laptop"' }] }])
  t.match(await explained('x.md', REPORT, { line: 10, column: 9 }), [{ name: 'Tokens/s' }])
  t.match(await explained('x.md', REPORT, { line: 3 }), [{ name: 'Device', role: 'attribute' }])
  t.strictSame(await explained('x.md', REPORT, { line: 1 }), [])
})

t.test('a metric per row: which cell names it, which gives the unit', async (t) => {
  const told = await explained('x.csv', 'model,metric,value,unit\nada,ttft,12.5,ms\n', { line: 2 })
  t.strictSame(roles(told), ['model: attribute', 'metric: name', 'value: metric', 'unit: unit'])
  t.match(why(told, 'value', 'unit'), { is: 's', why: 'ms, given beside it' })
})

t.test('a known tool: its layout says so', async (t) => {
  const told = await explained('x.json', JSON.stringify({ results: [{ ttft_s: 0.5, tokens_s: 40, eval_s: 3, run: 1 }] }))
  const ttft = told.find(({ name }) => name === 'results.*.ttft_s')
  t.match(ttft, { layout: 'ollama-runs', role: 'metric', why: /layout ollama-runs/ })
  t.match(ttft?.decisions.at(-1), { what: 'confidence', is: 1, why: 'the layout knows it' })
})

t.test('what chimera wrote itself is only read back', async (t) => {
  const { records } = await read([textFile('x.csv', TABLE)])
  const told = await explained('own.ndjson', `${JSON.stringify(records[0])}\n`, { line: 1 })
  t.match(told.flatMap((one) => one.records), [{ metric: 'duration' }])
})

t.test('nothing changes in what is read, asked or not', async (t) => {
  for (const [name, text] of [['x.csv', TABLE], ['x.json', DOCUMENT], ['x.md', REPORT]] as const) {
    const plain = await read([textFile(name, text)])
    const asked = await read([textFile(name, text)], { explain: { tell: () => undefined } })
    t.strictSame(asked, plain)
  }
})

t.test('text over several lines is still the attribute that it became', async (t) => {
  const told = await explained('x.csv', TABLE, { line: 3 })
  t.match(told[1], { name: 'model', role: 'attribute', attribute: 'model' })
  t.match(told[2]?.attributes[0], { name: 'model', value: 'b c', from: 'cell 2, "model"' })
})
