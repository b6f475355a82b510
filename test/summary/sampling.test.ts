import t from 'tap'
import type { MetricRecord } from '../../lib/record/metric-record.js'
import { Sampling } from '../../lib/summary/index.js'

let count = 0
const hash = (at: number) => ((at * 2654435761) % 2 ** 32).toString(16).padStart(16, '0')

function record(metric: string, value: number, more: { row?: number; file?: string; model?: string } & Partial<MetricRecord> = {}): MetricRecord {
  count += 1
  const { row = count, file = 'runs.csv', model = 'small', ...rest } = more
  return {
    metric, value, unit: metric === 'ttft' ? 's' : '{token}/s', stat: 'value', better: null, status: 'ok', attributes: { model },
    raw: { name: metric, text: String(value) }, source: { file, format: 'csv', layout: 'generic', line: row + 2, pointer: `/${row}/${metric}` }, id: `00000000000000${file === 'runs.csv' ? '01' : '02'}-${hash(count)}`, ...rest,
  }
}

t.test('what is no sample of a run that worked is not kept', async (t) => {
  const sampling = new Sampling({ wanted: (metric) => metric !== 'power' })
  sampling.add(record('ttft', 0.5))
  sampling.add(record('ttft', 9, { status: 'error' }))
  sampling.add(record('ttft', 9, { status: 'warmup' }))
  sampling.add(record('ttft', 9, { stat: 'mean' }))
  sampling.add(record('ttft', 9, { unit: '' }))
  sampling.add(record('power', 9))
  sampling.add(record('ttft', 0.25))
  t.match(sampling.read().sets, [{ metric: 'ttft', unit: 's', group: { model: 'small' }, count: 2, values: [0.25, 0.5] }])
  t.equal(sampling.read().sets.length, 1)
})

t.test('a file that is a copy of another counts once', async (t) => {
  const sampling = new Sampling()
  sampling.add(record('ttft', 1))
  sampling.add({ ...record('ttft', 1, { file: 'copy.csv' }), id: `0000000000000001-${hash(1)}` })
  t.equal(sampling.read().sets[0]?.count, 1)
})

t.test('of very many a choice is kept that does not depend on their order, and all are counted', async (t) => {
  const all = Array.from({ length: 5000 }, (_, at) => record('ttft', at))
  const read = (records: readonly MetricRecord[]) => {
    const sampling = new Sampling()
    for (const one of records) sampling.add(one)
    return sampling.read().sets[0]
  }
  const there = read(all)
  t.equal(there?.count, 5000)
  t.equal(there?.values.length, 150)
  t.strictSame(read([...all].reverse()), there)
  const low = there?.values.filter((value) => value < 2500).length ?? 0
  t.ok(low > 45 && low < 105, `${low} of 150 are from the lower half`)
})

t.test('two metrics of one row are a pair, those of two rows are not', async (t) => {
  const sampling = new Sampling({ pair: ['ttft', 'output_throughput'] })
  sampling.add(record('ttft', 0.1, { row: 1 }))
  sampling.add(record('output_throughput', 100, { row: 1 }))
  sampling.add(record('output_throughput', 200, { row: 2, model: 'large' }))
  sampling.add(record('ttft', 0.2, { row: 2, model: 'large' }))
  sampling.add(record('ttft', 0.3, { row: 3 }))
  sampling.add(record('output_throughput', 300, { row: 4 }))
  sampling.add(record('ttft', 0.4, { row: 4, status: 'error' }))
  sampling.add(record('ttft', 0.5, { row: 5 }))
  sampling.add(record('ttft', 0.6, { row: 5 }))
  sampling.add(record('output_throughput', 500, { row: 5 }))
  const { runs, runCount } = sampling.read()
  t.equal(runCount, 3)
  t.strictSame(runs.map(({ x, y, group }) => [x, y, group['model']]).sort(), [[0.1, 100, 'small'], [0.2, 200, 'large'], [0.6, 500, 'small']])
  t.equal(runs.find(({ x }) => x === 0.1)?.at.source.line, 3)
})
