import t from 'tap'
import { brief, readText } from './read.js'

t.test('records of an HTML table stand where their cells do, and are less sure', async (t) => {
  const text = '# H\n\n<table>\n<tr><th>Model size</th><th>Batch</th><th>Latency (ms)</th></tr>\n<tr>\n<td rowspan="2">7B</td>\n<td>1</td>\n  <td>5</td>\n</tr>\n<tr><td>8</td><td>6</td></tr>\n</table>\n'
  const records = await readText('x.md', text)
  t.same(records.map(({ metric, value, unit, attributes }) => [metric, value, unit, attributes]), [
    ['latency', 0.005, 's', { model_size: '7B', batch_size: 1 }],
    ['latency', 0.006, 's', { model_size: '7B', batch_size: 8 }],
  ])
  const lines = text.split('\n')
  for (const { source, raw } of records) {
    t.ok(lines[(source.line ?? 0) - 1]?.slice((source.column ?? 0) - 1).startsWith(raw.text))
    t.equal(text.slice(...(source.bytes ?? [0, 0])), lines[(source.line ?? 0) - 1])
    t.ok((source.confidence ?? 1) < 0.8)
  }
})

t.test('records of a fence', async (t) => {
  const text = '```\nBenchmarkSort-8   100   1500 ns/op   16 B/op   2 allocs/op\n```\n\n```\nkind    time (ms)\n----    ---------\nada           1.5\nbob           2.5\n```\n'
  const records = await readText('x.md', text)
  t.same(records.map(({ metric, value, unit, source }) => [metric, value, unit, source.line, source.confidence]), [
    ['duration', 1.5e-6, 's', 2, 0.86], ['memory_allocated', 16, 'By/{operation}', 2, 0.77], ['allocations', 2, '{allocation}/{operation}', 2, 0.77],
    ['time', 0.0015, 's', 8, 0.76], ['time', 0.0025, 's', 9, 0.76],
  ].map(([metric, ...rest]) => [metric === 'time' ? 'duration' : metric, ...rest]))
})

t.test('statistics as assignments, a table of the console, and what benchstat prints', async (t) => {
  const fence = (text: string) => readText('x.md', `# Doc\n\n\`\`\`\n${text}\`\`\`\n`)
  const assigned = await fence('threads = 4\n  sort  min =  1.25  max =  2.5  avg =  1.75\n   hash min =  0.5  max = 10.25  avg =  3.5\n')
  t.strictSame(assigned.map((record) => [brief(record), record.attributes['name']]), [
    ['value min 1.25', 'sort'], ['value max 2.5', 'sort'], ['value mean 1.75', 'sort'],
    ['value min 0.5', 'hash'], ['value max 10.25', 'hash'], ['value mean 3.5', 'hash'],
  ])
  t.match(assigned[3]?.source, { line: 6, column: 16 })
  t.strictSame(await fence('vus....: 4  min=4  max=5\nvus_max: 5  min=5  max=5\n'), [])
  const boxed = await fence("┌──────────┬────────┬──────────────────┐\n│ Tests    │ Runs   │ Result           │\n├──────────┼────────┼──────────────────┤\n│ 'oak'    │ 50     │ '470.5 req/sec'  │\n│ 'elm'    │ 75     │ '540.5 req/sec'  │\n└──────────┴────────┴──────────────────┘\n")
  t.strictSame(boxed.map((record) => [brief(record), record.attributes['tests']]), [['request_throughput value 470.5 {request}/s', 'oak'], ['request_throughput value 540.5 {request}/s', 'elm']])
  const compared = await fence('name                  time/op\nOak/reads=99%         27.5ns ± 1%\nOak/reads=99%-2       15.5ns ±11%\nElm/reads=75%         0.75µs ± 0%\n')
  t.strictSame(compared.map(brief), ['duration value 2.75e-8 s', 'duration value 1.55e-8 s', 'duration value 7.5e-7 s'])
})
