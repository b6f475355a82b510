import t from 'tap'
import { readText } from './read.js'

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
