import t from 'tap'
import { collectFacts } from '../../lib/fact/collect-facts.js'
import { Evidence } from '../../lib/fact/evidence.js'
import type { Fact, FactKind } from '../../lib/fact/fact.js'
import { FileFigures } from '../../lib/fact/file-figures.js'
import { poolsOf } from '../../lib/fact/outliers.js'
import { SeriesStore, WORST_KEPT } from '../../lib/fact/series.js'
import type { MetricRecord } from '../../lib/record/metric-record.js'
import { record, type RecordParts } from '../summary/record.js'

t.test('far out: three interquartile ranges of logarithms beyond a quartile and twice the median, checked by brute force', (t) => {
  const random = generator(7)
  let found = 0
  for (let round = 0; round < 300; round += 1) {
    const better = round % 2 === 0 ? 'lower' : 'higher'
    const values = Array.from({ length: 5 + Math.floor(random() * 40) }, () => Math.exp(random() * (random() < 0.1 ? 6 : 0.5)))
    const store = new SeriesStore()
    values.forEach((value, at) => store.add(record({ value, line: at + 2, better, file: `${at % 3}.csv` }), {}, 'k'))
    const [pool] = poolsOf(store.read())
    const expected = farOut(values, better).slice(0, WORST_KEPT)
    const kept = pool?.far.map(({ value }) => value) ?? []
    t.strictSame(kept.slice(0, expected.length), expected)
    if (pool?.more === false) t.equal(kept.length, farOut(values, better).length)
    found += kept.length
  }
  t.ok(found > 50, `${found} far out`)
  t.end()
})

t.test('fewer than five samples have no outlier, however far one is', (t) => {
  for (let n = 1; n <= 4; n += 1) t.strictSame(of(collect(samples('a', [1000, ...Array.from({ length: n - 1 }, () => 0.1)])), 'outlier'), [])
  t.equal(of(collect(samples('a', [1000, 0.1, 0.1, 0.1, 0.1])), 'outlier').length, 1)
  t.strictSame(of(collect(samples('a', [0.1, 0.101, 0.1, 0.1, 0.15])), 'outlier'), [], 'half as much again is nothing to tell, however still the rest')
  t.end()
})

t.test('an outlier names those beside it, and the load that explains it', (t) => {
  const found = collect([
    ...samples('a', [0.1, 0.1, 5, 0.1, 0.1, 4, 0.1, 0.1, 0.1]),
    ...samples('a', [0.05, 0.05, 4.8, 0.05, 0.05, 3.9, 0.05, 0.05, 0.05], { metric: 'load_duration' }),
  ])
  t.match(of(found, 'outlier'), [{ metric: 'ttft', note: 'cold-start', value: 5, n: 9, recordCount: 2, sentence: /Loading the model took 4\.8 s of it\. 2 of the samples lie beyond 200 ms/ }])
  t.strictSame(of(found, 'outlier')[0]?.records.map(({ source }) => source.line), [4, 7])
  const unexplained = collect([...samples('a', [0.1, 0.1, 5, 0.1, 0.1]), ...samples('a', [0.05, 0.05, 0.4, 0.05, 0.05], { metric: 'load_duration' })])
  t.notOk(of(unexplained, 'outlier').find(({ metric }) => metric === 'ttft')?.note, 'a short load explains nothing')
  t.end()
})

t.test('cold starts: told from two series on, of five samples each, where the first is the worst and twice the median of the rest', (t) => {
  const series = (file: string, values: readonly number[]) => samples('a', values, { file })
  const found = of(collect([...series('x.csv', [4, 1, 1, 2, 1]), ...series('y.csv', [8, 2, 2, 2, 2]), ...series('z.csv', [1, 1, 1, 1, 1]), ...series('short.csv', [9, 1, 1, 1])]), 'cold-start')
  t.match(found, [{ metric: 'ttft', who: 'a', value: 4, unit: '1', n: 3, recordCount: 2, note: 'cold-start', sentence: /^In 2 of 3 series .* by a factor of 4\.00 .* Without first runs the mean is 1\.417 s, with them 2 s\.$/ }])
  t.strictSame(found[0]?.records.map(({ source }) => `${source.file}:${source.line ?? 0}`), ['x.csv:2', 'y.csv:2'])
  t.strictSame(of(collect([...series('x.csv', [4, 1, 1, 2, 1]), ...series('z.csv', [1, 1, 1, 1, 1])]), 'cold-start'), [], 'once is no pattern')
  t.strictSame(of(collect([...series('x.csv', [4, 1, 1, 5, 1]), ...series('y.csv', [1.9, 1, 1, 1, 1])]), 'cold-start'), [], 'not the worst, and not twice')
  const rate = { metric: 'output_throughput', unit: '{token}/s', better: 'higher' as const }
  t.match(of(collect(['x.csv', 'y.csv'].flatMap((file) => samples('a', [10, 50, 50, 50, 50], { ...rate, file }))), 'cold-start'), [{ value: 5, sentence: /is lower than all that follow/ }])
  t.end()
})

t.test('between runs: the same settings in two files, beyond a trifle and beyond the spread of both', (t) => {
  const run = (file: string, values: readonly number[], threads = 1) => samples('a', values, { file, attributes: { model: 'a', threads } })
  const apart = of(collect([...run('x.csv', [1, 1.1, 1.2]), ...run('y.csv', [2.2, 2.3, 2.1])]), 'between-runs')
  t.match(apart, [
    { metric: 'ttft', value: 2, n: 2, recordCount: 6, files: ['x.csv', 'y.csv'], sentence: /median is 1\.1 s in x\.csv and 2\.2 s in y\.csv, a factor of 2\.00\. The ranges of both do not meet\.$/ },
    { subject: 'configurations measured in several files', value: 1 },
  ])
  t.notOk(apart[0]?.note)
  t.match(of(collect([...run('x.csv', [1]), ...run('y.csv', [2])]), 'between-runs')[0], { note: 'single', sentence: /Too few values/ })
  t.match(of(collect([...run('x.csv', [1, 1.1, 2.2]), ...run('y.csv', [2.2, 2.3, 2.1])]), 'between-runs'), [{ stat: 'count', value: 1, sentence: /1 of them agrees/ }], 'the ranges meet')
  t.strictSame(of(collect([...run('x.csv', [1, 1, 1], 1), ...run('y.csv', [2, 2, 2], 2)]), 'between-runs'), [], 'other settings are another thing')
  t.end()
})

t.test('disagreements: what a report states outside all that was measured', (t) => {
  const said = (value: number, parts: RecordParts = {}) => markdown(record({ file: 'notes.md', attributes: { model: 'a', section: 'Results' }, value, ...parts }))
  const data = samples('a', [1, 1.2, 1.4, 1.6, 2])
  t.match(of(collect([...data, said(4)]), 'disagreement'), [
    { metric: 'ttft', who: 'a', value: 2, unit: '1', n: 5, recordCount: 6, files: ['notes.md', 'a.csv'], records: [{ source: { file: 'notes.md' } }, {}, {}], sentence: /notes\.md states 4 s, which is above all of the 5 samples .* \(1 s to 2 s\) by a factor of 2\.00/ },
  ])
  t.match(of(collect([...data, said(0.5, { stat: 'mean' })]), 'disagreement'), [{ value: 2, sentence: /states a mean of 500 ms, which is below/ }])
  for (const fine of [1, 1.5, 2, 2.04]) t.strictSame(of(collect([...data, said(fine)]), 'disagreement'), [], `${fine} is among them, or rounded`)
  t.strictSame(of(collect([...data, said(9, { stat: 'sum' })]), 'disagreement'), [], 'a sum is no sample')
  t.strictSame(of(collect([...data, said(9, { attributes: { model: 'b' } })]), 'disagreement'), [], 'another model')
  t.strictSame(of(collect([...samples('a', [1, 1.2, 1.4, 1.6]), said(9)]), 'disagreement'), [], 'four samples are too few')
  const own = [...samples('a', [1, 1, 1, 1, 1]), record({ file: 'a.csv', line: 20, attributes: { model: 'a' }, stat: 'mean', value: 3 })]
  t.match(of(collect(own), 'disagreement'), [{ value: 3, sentence: /a\.csv states a mean of 3 s/ }])
  t.end()
})

t.test('what is kept of millions of records is bounded', (t) => {
  const store = new SeriesStore(10)
  const figures = new FileFigures(10)
  for (let at = 0; at < 5000; at += 1) {
    const one = record({ value: (at * 7919) % 5000, line: at + 2, file: `${at % 20}.csv` })
    store.add(one, {}, 'k')
    figures.add(one, { model: 'a' }, 'k')
  }
  const [subject] = store.read()
  t.equal(subject?.series.length, 10)
  t.ok(subject?.series.every(({ worst }) => worst.length === WORST_KEPT))
  for (const { worst, file } of subject?.series ?? []) {
    const all = Array.from({ length: 5000 }, (_, at) => at).filter((at) => `${at % 20}.csv` === file).map((at) => (at * 7919) % 5000)
    t.strictSame(worst.map(({ value }) => value), all.sort((a, b) => b - a).slice(0, WORST_KEPT), 'the worst of a series, whatever their order')
  }
  t.equal(figures.shared()[0]?.files.length, 10)
  t.end()
})

function farOut(values: readonly number[], better: 'higher' | 'lower'): number[] {
  const sorted = [...values].sort((a, b) => a - b)
  const quantile = (q: number) => {
    const rank = (sorted.length - 1) * q
    const low = sorted[Math.floor(rank)] ?? 0
    return low + (rank - Math.floor(rank)) * ((sorted[Math.ceil(rank)] ?? 0) - low)
  }
  const [low, middle, high] = [Math.log(quantile(0.25)), quantile(0.5), Math.log(quantile(0.75))]
  if (better === 'lower') return sorted.filter((value) => Math.log(value) > high + 3 * (high - low) + 1e-12 && value > 2 * middle).reverse()
  return sorted.filter((value) => Math.log(value) < low - 3 * (high - low) - 1e-12 && value < middle / 2)
}

function generator(seed: number): () => number {
  let state = seed
  return () => (state = (state * 48271) % 2147483647) / 2147483647
}

function markdown(one: MetricRecord): MetricRecord {
  return { ...one, source: { ...one.source, format: 'markdown' } }
}

function collect(items: readonly MetricRecord[]): Fact[] {
  const evidence = new Evidence()
  for (const item of items) evidence.add(item)
  return collectFacts(evidence, { maxFacts: 1000 })
}

function of(list: readonly Fact[], kind: FactKind): Fact[] {
  return list.filter((fact) => fact.kind === kind)
}

function samples(model: string, values: readonly number[], parts: RecordParts = {}): MetricRecord[] {
  const file = parts.file ?? `${model}.csv`
  return values.map((value, at) => record({ attributes: { model }, ...parts, file, value, line: at + 2 }))
}
