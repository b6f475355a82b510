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

t.test('statistics over no samples are fillers, a mean of zero over some is not', async (t) => {
  const latency = (mean: number, count: number) => ({ latency_ms: { mean, max: mean, count } })
  t.strictSame((await readText('x.json', JSON.stringify(latency(0, 0)))).map(brief), [])
  t.strictSame((await readText('x.json', JSON.stringify(latency(0, 2)))).map(brief), ['latency mean 0 s', 'latency max 0 s', 'latency count 2 1'])
})
