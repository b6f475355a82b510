/** A run's own figures as metric records. */

import t from 'tap'
import { measurementRecords, type MeasurementSource } from '../../lib/model/measurement-records.js'
import type { Measurements } from '../../lib/model/measurements.js'

const run: Measurements = {
  status: 'ok',
  reason: 'stop',
  ttft: 0.1175,
  ttftText: 0.1175,
  e2eLatency: 2,
  chunks: 10,
  textLength: 40,
  thinkingLength: 0,
  itl: { count: 9, mean: 0.02, p50: 0.019, p99: 0.05, max: 0.06, per: 'chunk' },
  chunkThroughput: 50,
  outputTokens: 12,
  promptTokens: 30,
  decodeThroughput: 61,
  tpot: 1 / 61,
  outputThroughput: 6,
  loadDuration: 0.25,
  doubts: [],
}
const source: MeasurementSource = {
  model: 'gemma3:latest',
  provider: 'ollama',
  stage: 'analysis',
  options: { num_gpu: 80, temperature: 1 },
  file: 'run.ndjson',
  time: '2025-11-15T09:30:00.000Z',
}

t.test('one record a figure, in the shape of all records', async (t) => {
  const records = measurementRecords(run, source)
  const [ttft] = records
  t.strictSame(JSON.parse(JSON.stringify(ttft)), {
    metric: 'ttft',
    value: 0.1175,
    unit: 's',
    stat: 'value',
    better: 'lower',
    status: 'ok',
    attributes: { model: 'gemma3:latest', provider: 'ollama', stage: 'analysis', num_gpu: 80, temperature: 1 },
    time: '2025-11-15T09:30:00.000Z',
    raw: { name: 'ttft', text: '0.1175', unit: 's' },
    source: { file: 'run.ndjson', format: 'ndjson', layout: 'chimera-run' },
    id: ttft?.id,
  })
  t.strictSame(Object.keys(ttft ?? {}), ['metric', 'value', 'unit', 'stat', 'better', 'status', 'attributes', 'time', 'raw', 'source', 'id'])
  t.match(ttft?.id, /^[0-9a-f]{16}-[0-9a-f]{8}$/)
  t.strictSame(
    records.map((record) => `${record.metric} ${record.stat} ${record.value} ${record.unit}`),
    [
      'ttft value 0.1175 s',
      'itl mean 0.02 s',
      'itl p50 0.019 s',
      'itl p99 0.05 s',
      'itl max 0.06 s',
      `tpot value ${1 / 61} s`,
      'output_throughput value 6 {token}/s',
      'decode_throughput value 61 {token}/s',
      'output_tokens value 12 {token}',
      'prompt_tokens value 30 {token}',
      'load_duration value 0.25 s',
      'e2e_latency value 2 s',
    ],
  )
  t.equal(records.filter((record) => record.metric === 'itl').every((record) => record.attributes['per'] === 'chunk'), true)
})

t.test('ids are stable and all different', async (t) => {
  const ids = measurementRecords(run, source).map((record) => record.id)
  t.strictSame(measurementRecords(run, source).map((record) => record.id), ids)
  t.equal(new Set(ids).size, ids.length)
  const other = measurementRecords(run, { ...source, stage: 'report' }).map((record) => record.id)
  t.equal(other.some((id) => ids.includes(id)), false)
})

t.test('without a count of the server, chunks are counted and called so', async (t) => {
  const { outputTokens, decodeThroughput, tpot, outputThroughput, ...rest } = run
  t.ok([outputTokens, decodeThroughput, tpot, outputThroughput].every((value) => value !== undefined))
  const names = measurementRecords(rest, source).map((record) => `${record.metric} ${record.unit}`)
  t.ok(names.includes('chunk_throughput {chunk}/s'))
  t.ok(names.includes('chunks {chunk}'))
  t.notOk(names.some((name) => name.includes('{token}/s') || name.startsWith('output_tokens')))
})

t.test('a cut run is marked on every record', async (t) => {
  const records = measurementRecords({ status: 'error', failure: 'MODEL_TRUNCATED', ttft: 1, chunks: 3, textLength: 3, thinkingLength: 0, doubts: [] }, source)
  t.ok(records.length > 0)
  t.ok(records.every((record) => record.status === 'error' && record.attributes['error'] === 'MODEL_TRUNCATED'))
})

t.test('an option cannot take the place of a dimension, or of an object', async (t) => {
  const options = JSON.parse('{"model":"other","stage":"x","__proto__":"y","seed":1}') as Record<string, string>
  const { time, ...untimed } = source
  t.ok(time)
  const [record] = measurementRecords(run, { ...untimed, options, attributes: { run: 3 } })
  t.match(record?.attributes, { model: 'gemma3:latest', stage: 'analysis', seed: 1, run: 3 })
  t.notOk(Object.hasOwn(record?.attributes ?? {}, '__proto__'))
  t.notOk(record && 'time' in record, 'no time was given')
})
