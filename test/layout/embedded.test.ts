import t from 'tap'
import { brief, read, readText, textFile } from '../record/read.js'

t.test('answers of Ollama and timings of llama.cpp are known inside other documents', async (t) => {
  const answer = { model: 'swift', done: true, total_duration: 4_000_000_000, load_duration: 500_000_000, prompt_eval_count: 12, eval_count: 40, eval_duration: 2_000_000_000 }
  const document = { suite: 'night', runs: [{ prompt: 'p', response: answer }, { prompt: 'q', response: { choices: [], timings: { prompt_ms: 20, prompt_per_second: 500, predicted_ms: 250, predicted_per_second: 80 } } }] }
  const records = await readText('x.json', JSON.stringify(document))
  t.strictSame(records.map(brief), [
    'total_duration value 4 s', 'load_duration value 0.5 s', 'prompt_tokens value 12 {token}', 'output_tokens value 40 {token}', 'eval_duration value 2 s',
    'prompt_eval_duration value 0.02 s', 'prompt_throughput value 500 {token}/s', 'eval_duration value 0.25 s', 'output_throughput value 80 {token}/s',
  ])
  t.strictSame(records.map(({ source }) => source.layout), [...Array<string>(5).fill('ollama-api'), ...Array<string>(4).fill('llama-server')])
  t.match(records[0]?.attributes, { suite: 'night', prompt: 'p', model: 'swift' })
  t.equal((await read([textFile('x.json', JSON.stringify(document))])).files[0]?.layout, undefined, 'the document itself is of no known tool')
})

t.test('runs of a load generator gathered in one document keep their schema', async (t) => {
  const run = (rate: number) => ({ date: '20260301-081500', model_id: 'swift', request_rate: rate, completed: 2, request_throughput: 0.5, output_throughput: 40, mean_ttft_ms: 80, ttfts: [0.08], input_lens: [3] })
  const records = await readText('x.json', JSON.stringify({ night: { runs: [run(1), run(2)] } }))
  t.strictSame(records.slice(0, 5).map(brief), ['completed value 2', 'request_throughput value 0.5 {request}/s', 'output_throughput value 40 {token}/s', 'ttft mean 0.08 s', 'ttft value 0.08 s'])
  t.equal(records.length, 10)
  t.match(records[9], { time: '2026-03-01T08:15:00', attributes: { model: 'swift', request_rate: 2 }, source: { layout: 'vllm-serve' } })
})

t.test('statistics over no samples are fillers, a mean of zero over some is not', async (t) => {
  const latency = (mean: number, count: number) => ({ latency_ms: { mean, max: mean, count } })
  t.strictSame((await readText('x.json', JSON.stringify(latency(0, 0)))).map(brief), [])
  t.strictSame((await readText('x.json', JSON.stringify(latency(0, 2)))).map(brief), ['latency mean 0 s', 'latency max 0 s', 'latency count 2 1'])
})
