import t from 'tap'
import { collectFacts, type FactOptions } from '../../lib/fact/collect-facts.js'
import { Evidence } from '../../lib/fact/evidence.js'
import type { Fact, FactKind } from '../../lib/fact/fact.js'
import { shareFaster, timesAsFast } from '../../lib/fact/faster.js'
import { kindsLeftOut } from '../../lib/fact/kind-words.js'
import { scoreOf } from '../../lib/fact/score.js'
import { readTime } from '../../lib/fact/times.js'
import type { MetricRecord } from '../../lib/record/metric-record.js'
import { record, type RecordParts } from '../summary/record.js'

t.test('times as fast: by speed, which is the inverse of a time', (t) => {
  t.equal(timesAsFast(2, 8, 'lower'), 4)
  t.equal(timesAsFast(8, 2, 'higher'), 4)
  t.equal(timesAsFast(2, 8, 'higher'), 0.25)
  for (const [a, b] of [[0, 1], [1, 0], [-1, 1], [Number.NaN, 1]] as const) t.equal(timesAsFast(a, b, 'lower'), undefined)
  t.equal(timesAsFast(1, 2, null), undefined)
  t.equal(shareFaster(5, 4, 'higher'), 0.25)
  t.match(of(collect([...samples('a', [1, 1, 1]), ...samples('b', [4, 4, 4])]), 'ratio'), [{ value: 4, recordCount: 6 }])
  t.match(of(collect([...samples('a', [1, 1, 1]), ...samples('b', [4, 4, 4])]), 'delta'), [{ value: 3, unit: 's', who: 'a', than: 'b', recordCount: 6, sentence: /differs by 3 s, less with the former/ }])
  t.end()
})

t.test('ranks: those between best and worst, equal values share a place', (t) => {
  const found = of(collect([...samples('a', [1, 1, 1]), ...samples('b', [2, 2, 2]), ...samples('c', [2, 2, 2]), ...samples('d', [5, 5, 5]), ...samples('e', [9, 9, 9])]), 'rank')
  t.strictSame(found.map(({ who, value, n }) => [who, value, n]), [['b', 2, 5], ['c', 2, 5], ['d', 4, 5]])
  const rate = { metric: 'output_throughput', unit: '{token}/s', better: 'higher' as const }
  t.match(of(collect([...samples('a', [1, 1, 1], rate), ...samples('b', [2, 2, 2], rate), ...samples('c', [3, 3, 3], rate)]), 'rank'), [{ who: 'b', value: 2 }])
  t.strictSame(of(collect([...samples('a', [1, 1, 1]), ...samples('b', [2, 2, 2])]), 'rank'), [], 'between two there is nobody')
  t.end()
})

t.test('the score grows with the factor, either way, and with the samples', (t) => {
  t.equal(scoreOf('mend', 1, 100), 0)
  t.equal(scoreOf('mend', 4, 5), 1)
  t.equal(scoreOf('mend', 0.25, 5), scoreOf('mend', 4, 5))
  t.ok(scoreOf('mend', 4, 50) > scoreOf('mend', 4, 5))
  t.ok(scoreOf('mend', 8, 5) > scoreOf('mend', 4, 5))
  t.ok(scoreOf('mend', 4, 5) > scoreOf('repeat', 4, 5))
  t.equal(scoreOf('mend', Infinity, 5), 0, 'no factor is no effect')
  t.ok(scoreOf('mend', 1e9, 1e9) <= Math.log2(100))
  t.end()
})

t.test('what spoils most stands before what spoils less, whatever its kind', (t) => {
  const far = samples('far', [3, 1, 1, 1, 1])
  const apart = (factor: number) => [...samples('m', [1, 1, 1, 1], { file: 'x.csv' }), ...samples('m', [factor, factor, factor, factor], { file: 'y.csv' })]
  const order = (items: readonly MetricRecord[]) => collect(items).filter(({ kind, stat }) => kind === 'outlier' || (kind === 'between-runs' && stat !== 'count')).map(({ kind }) => kind)
  t.strictSame(order([...far, ...apart(50)]), ['between-runs', 'outlier'])
  t.strictSame(order([...far, ...apart(1.2)]), ['outlier', 'between-runs'])
  t.end()
})

t.test('freshness: only what files state, and an age only against a date that is given', (t) => {
  const timed = (time: string, parts: RecordParts = {}) => record({ attributes: { model: 'a' }, time, ...parts })
  const items = [timed('2026-01-01T00:00:00Z', { line: 2 }), timed('2026-01-11T12:00:00+02:00', { line: 3 }), timed('2026-01-03', { line: 4, metric: 'itl' }), record({ line: 5 })]
  const [whole, stale, ...more] = of(collect(items), 'freshness')
  t.match(whole, { value: 10 * 86400 + 36000, unit: 's', n: 3, than: '2026-01-01 00:00', who: '2026-01-11 10:00', recordCount: 3, sentence: /\(3 of 4 records have a time\)/ })
  t.strictSame(whole?.records.map(({ source }) => source.line), [2, 3])
  t.match(stale, { metric: 'itl', note: 'stale', who: '2026-01-03', value: 8 * 86400 + 36000 })
  t.strictSame(more, [])
  t.match(of(collect(items, { asOf: '2026-01-12T10:00:00Z' }), 'freshness').at(-1), { subject: 'age of the newest measurement', value: 86400 })
  t.strictSame(of(collect([record()]), 'freshness'), [])
  t.strictSame(of(collect([timed('1970-01-01T00:00:00Z'), timed('soon')]), 'freshness'), [], 'a clock that was not set, and no date')
  t.equal(readTime('2026-01-01T00:00:00'), Date.UTC(2026, 0, 1), 'without a zone it is UTC, wherever this runs')
  t.throws(() => collect([], { asOf: 'yesterday' }), { code: 'USAGE', message: /--as-of \(asOf\) to be a date/ })
  t.end()
})

t.test('metrics that files of one kind have and one lacks', (t) => {
  const file = (name: string, metrics: readonly string[]) => metrics.map((metric, at) => record({ metric, file: name, line: at + 2 }))
  const found = of(collect([...file('d/run-1.csv', ['ttft', 'itl']), ...file('d/run-22.csv', ['ttft', 'itl']), ...file('e/run-3.csv', ['ttft']), ...file('other.csv', ['ttft'])]), 'gap')
  t.match(found.find(({ subject }) => subject.startsWith('files')), { metric: 'itl', value: 1, n: 3, files: ['e/run-3.csv'], records: [{ source: { file: 'e/run-3.csv' } }], sentence: /missing in 1 of 3 files that are alike: e\/run-3\.csv/ })
  t.end()
})

t.test('what finds no room is told by kind', (t) => {
  t.equal(kindsLeftOut([{ kind: 'gap' }, { kind: 'ratio' }, { kind: 'ratio' }]), '2 ratios and 1 gap')
  const items = ['a', 'b', 'c', 'd'].flatMap((model, at) => samples(model, [1 + at, 2 + at, 9 + at]))
  const all = collect(items)
  const some = collect(items, { maxFacts: 8 })
  const left = all.slice(some.length - 1)
  t.equal(some.at(-1)?.sentence, `${left.length} further facts were left out for want of room: ${kindsLeftOut(left)}.`)
  t.end()
})

t.test('every fact names records and says how many there are, never fewer than it names', (t) => {
  const items = ['a', 'b', 'c'].flatMap((model, at) => [...samples(model, [9 * (at + 1), 1, 1, 1, 1, 1.1]), record({ file: `${model}.csv`, line: 40, attributes: { model }, status: 'error' })])
  const found = collect(items)
  t.ok(found.length > 10)
  for (const { id, kind, subject, records, recordCount = -1 } of found) {
    t.ok(records.length <= 5 && recordCount >= records.length, `${id} ${subject}`)
    if (kind !== 'inventory') t.ok(records.length > 0, `${id} ${kind} ${subject} rests on something`)
  }
  t.end()
})

t.test('the same records in another order give the same facts', (t) => {
  const one = ['a', 'b', 'c'].map((model, at) => samples(model, [4, 1 + at, 1, 1, 2], { file: `${model}.csv` }))
  const values = (items: readonly MetricRecord[]) => collect(items).map(({ kind, subject, value }) => `${kind} ${subject} ${value}`).sort()
  t.strictSame(values(one.flat()), values([...one].reverse().flat()))
  t.end()
})

function collect(items: readonly MetricRecord[], options: FactOptions = { maxFacts: 1000 }): Fact[] {
  const evidence = new Evidence()
  for (const item of items) evidence.add(item)
  return collectFacts(evidence, options)
}

function of(list: readonly Fact[], kind: FactKind): Fact[] {
  return list.filter((fact) => fact.kind === kind)
}

function samples(model: string, values: readonly number[], parts: RecordParts = {}): MetricRecord[] {
  const file = parts.file ?? `${model}.csv`
  return values.map((value, at) => record({ attributes: { model }, ...parts, file, value, line: at + 2 }))
}
