/** How sure a reading is, by what it rests on. */

import t from 'tap'
import type { MetricRecord } from '../../lib/record/metric-record.js'
import { readText } from './read.js'

const sure = (records: readonly MetricRecord[]) => Object.fromEntries(records.map(({ raw, source }) => [raw.name, source.confidence]))

t.test('the better the evidence, the surer; the same in every format', async (t) => {
  const table = await readText('x.csv', 'model,ttft_ms,accuracy_gap_ms,output_tokens,perplexity,latency,blorb\na,12.5,3.5,100,7.5,1.5,2.5\n')
  t.strictSame(sure(table), { ttft_ms: 0.95, accuracy_gap_ms: 0.85, output_tokens: 0.9, perplexity: 0.9, latency: 0.7, blorb: 0.5 })
  const value = await readText('x.json', JSON.stringify({ model: 'a', ttft_ms: 12.5, accuracy_gap_ms: 3.5, output_tokens: 100, perplexity: 7.5, latency: 1.5, blorb: 2.5 }))
  t.strictSame(sure(value), sure(table))
  t.strictSame(sure(await readText('x.md', '# A\n\n## B\n\n- **TTFT:** 12.5 ms\n- **Perplexity:** 7.5\n')), { TTFT: 0.95, Perplexity: 0.9 })
})

t.test('a unit in the cell, or beside the number, counts as one in the name', async (t) => {
  t.strictSame(sure(await readText('x.csv', 'model,ttft\na,12.5 ms\n')), { ttft: 0.95 })
  t.strictSame(sure(await readText('x.csv', 'metric,value,unit\nttft,12.5,ms\n')), { ttft: 0.95 })
})

t.test('what the layout of a known tool says is certain; what stands beside it is as sure as elsewhere', async (t) => {
  const run = { ttft_s: 0.5, tokens_s: 40, eval_s: 3, load_s: 1, blorb: 2.5 }
  const records = await readText('x.json', JSON.stringify({ results: [run] }))
  t.equal(records[0]?.source.layout, 'ollama-runs')
  t.match(sure(records), { ttft_s: 1, tokens_s: 1, blorb: 0.5 })
})

t.test('both records of a value with its spread are equally sure', async (t) => {
  const records = await readText('x.csv', 'model,ttft_ms\na,12.5 ± 0.5\n')
  t.strictSame(records.map(({ stat, source }) => [stat, source.confidence]), [['mean', 0.95], ['stddev', 0.95]])
})

t.test('the bytes of a row, whatever the chunks', async (t) => {
  const text = 'model,ttft_ms\r\n"a, b",12.5\r\né,13.5\r\n'
  const records = await readText('x.csv', text)
  t.strictSame(records.map(({ source }) => Buffer.from(text).subarray(...(source.bytes ?? [0, 0])).toString()), ['"a, b",12.5', 'é,13.5'])
})
