import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import t from 'tap'
import { collectFacts } from '../../lib/fact/collect-facts.js'
import { Evidence } from '../../lib/fact/evidence.js'
import type { Fact, FactKind } from '../../lib/fact/fact.js'
import { factsOfRows } from '../../lib/fact/facts-of-rows.js'
import { facts } from '../../lib/fact/facts.js'
import type { Item } from '../../lib/record/item.js'
import type { FileReport } from '../../lib/record/metric-record.js'
import { problem } from '../../lib/stage/index.js'
import { hashOf, record, type RecordParts } from '../summary/record.js'

t.test('key figures: the median where there are samples, what the file says where there are none', (t) => {
  const found = collect([...samples('a', [0.1, 0.2, 0.9]), record({ attributes: { model: 'b' }, stat: 'mean', value: 3 }), ...samples('c', [7])])
  const figures = found.filter(({ kind }) => kind === 'key-figure')
  t.match(figures, [
    { subject: 'time to first token, model a', metric: 'ttft', group: { model: 'a' }, stat: 'median', value: 0.2, unit: 's', better: 'lower', n: 3 },
    { subject: 'time to first token, model c', stat: 'value', value: 7, n: 1, sentence: /measured once: 7 s/ },
    { subject: 'time to first token, model b', stat: 'mean', value: 3, sentence: /reported with a mean of 3 s/ },
  ])
  t.notOk('n' in (figures[2] ?? {}), 'how many samples are behind a reported mean is not known')
  t.match(figures[0]?.sentence, /median of 200 ms and a mean of 400 ms \(3 samples from 100 ms to 900 ms\)/)
  t.end()
})

t.test('best, worst and their ratio follow the direction of the metric', (t) => {
  const found = collect([
    ...samples('slow', [10, 11, 12], { metric: 'output_throughput', unit: '{token}/s', better: 'higher' }),
    ...samples('fast', [22, 22, 21], { metric: 'output_throughput', unit: '{token}/s', better: 'higher' }),
    ...samples('slow', [0.1, 0.1, 0.1]),
    ...samples('fast', [0.3, 0.4, 0.5]),
  ])
  t.match(of(found, 'best'), [
    { subject: 'highest output throughput, model fast', value: 22, n: 3 },
    { subject: 'lowest time to first token, model slow', value: 0.1 },
  ])
  t.match(of(found, 'worst'), [{ subject: 'lowest output throughput, model slow', value: 11 }, { subject: 'highest time to first token, model fast', value: 0.4 }])
  t.match(of(found, 'ratio'), [
    { value: 2, unit: '1', better: null, sentence: /higher with model fast than with model slow by a factor of 2\.00: 22 tok\/s \(median of 3 samples\) against 11 tok\/s/ },
    { value: 4, sentence: /lower with model slow than with model fast by a factor of 4\.00/ },
  ])
  t.end()
})

t.test('a lucky single sample does not win against medians, a lucky minimum neither', (t) => {
  const found = collect([...samples('a', [0.2, 0.2, 0.2]), ...samples('b', [0.001, 0.3, 0.3]), ...samples('lucky', [0.01])])
  t.match(of(found, 'best'), [{ group: { model: 'a' } }])
  t.match(of(found, 'worst'), [{ group: { model: 'b' } }])
  t.end()
})

t.test('nothing is ranked without a direction, across units, across workloads, or where all are equal', (t) => {
  t.strictSame(of(collect([...samples('a', [1, 1, 1], { better: null }), ...samples('b', [2, 2, 2], { better: null })]), 'best'), [])
  t.strictSame(of(collect([...samples('a', [1, 1, 1]), ...samples('b', [2, 2, 2], { unit: '' })]), 'best'), [])
  t.strictSame(of(collect([...samples('a', [1, 1, 1]), ...samples('b', [1, 1, 1])]), 'best'), [])
  const workloads = ['conv', 'mlp'].flatMap((kernel, i) => [1, 2, 3].map((line) => record({ metric: 'latency', value: i + 1, line, attributes: { kernel } })))
  t.strictSame(of(collect(workloads), 'best'), [])
  t.end()
})

t.test('backends are compared within one model and device, not across', (t) => {
  const rows = [['mlp', 'eager', 1], ['mlp', 'onnx', 0.1], ['conv', 'eager', 30], ['conv', 'onnx', 5]] as const
  const found = collect(rows.map(([model, backend, value], i) => record({ metric: 'latency', stat: 'mean', value, line: i + 2, attributes: { model, backend, device: 'cpu' } })))
  t.match(of(found, 'ratio').map(({ value, subject }) => [Math.round(value), subject]), [
    [6, 'latency, backend onnx against backend eager (model conv, device cpu)'],
    [10, 'latency, backend onnx against backend eager (model mlp, device cpu)'],
  ])
  t.match(of(found, 'best')[0], { subject: 'lowest latency, backend onnx (model conv, device cpu)', stat: 'mean', value: 5 })
  t.end()
})

t.test('reported figures are compared only where all settings are alike', (t) => {
  const reported = (backend: string, batch_size: number, value: number, own = {}) =>
    record({ metric: 'latency', stat: 'mean', value, line: 100 * batch_size + value * 10, attributes: { model: 'mlp', batch_size, backend, ...own } })
  const found = collect([reported('eager', 2, 4), reported('onnx', 2, 2, { opset: 17 }), reported('eager', 8, 9), reported('jit', 8, 3)])
  t.match(of(found, 'ratio').map(({ value, subject }) => [value, subject]), [
    [2, 'latency, backend onnx against backend eager (model mlp, batch_size 2)'],
    [3, 'latency, backend jit against backend eager (model mlp, batch_size 8)'],
  ])
  t.end()
})

t.test('what a report restates is neither pooled with the data nor told first', (t) => {
  const restated = [0.5, 0.6].map((value, i) => {
    const made = record({ value, line: i + 9, file: 'report.md', attributes: { model: 'a' } })
    return { ...made, source: { ...made.source, format: 'markdown' as const } }
  })
  const found = collect([...restated, ...samples('a', [0.1, 0.1, 0.1])])
  t.match(of(found, 'key-figure'), [
    { group: { model: 'a' }, n: 3, value: 0.1 },
    { group: { model: 'a', file: 'report.md' }, n: 2 },
  ])
  t.end()
})

t.test('configurations: the few settings that differ, cold starts set aside', (t) => {
  const runs = [1024, 2048, 4096].flatMap((num_ctx, i) =>
    [0.2, 0.4, 0.6].map((temperature, k) => record({ value: i === 0 && k === 0 ? 9 : 0.1 * (i + 1) + 0.001 * k, line: 2 + 3 * i + k, attributes: { model: 'a', top_p: 0.9, num_ctx, temperature } })),
  )
  const found = collect(runs)
  t.match(of(found, 'best')[0], { subject: 'lowest time to first token, num_ctx 1024, temperature 0.4 (model a, top_p 0.9)', value: 0.101, n: 1, sentence: /single sample.*measure again/i })
  t.match(of(found, 'worst')[0], { subject: 'highest time to first token, num_ctx 4096, temperature 0.6 (model a, top_p 0.9)' })
  t.end()
})

t.test('outliers: how far, where, and whether it looks like a cold start', (t) => {
  const found = collect([...samples('a', [29.99, 0.12, 0.13, 0.14, 0.13], { file: 'runs/x.csv' }), ...samples('b', [0.1, 0.1, 0.1, 0.1, 0.19])])
  t.match(of(found, 'outlier'), [
    {
      subject: 'highest single time to first token, model a', value: 29.99, stat: 'max', n: 5, files: ['runs/x.csv'], records: [{ source: { file: 'runs/x.csv', line: 2 } }],
      sentence: /is 29\.99 s, 231 times the median of 130 ms \(5 samples\), at runs\/x\.csv:2\. It is the first run/,
    },
  ])
  t.equal(of(found, 'outlier').length, 1, 'less than twice the median is spread')
  t.match(of(found, 'spread'), [{ subject: 'coefficient of variation of time to first token, model b', stat: 'coefficient of variation', n: 5 }])
  t.strictSame(of(collect(samples('a', [9, 0.1, 0.1, 0.1])), 'outlier'), [], 'four samples have no outlier')
  const slump = collect(samples('a', [1, 100, 100, 100, 100], { metric: 'output_throughput', unit: '{token}/s', better: 'higher' }))
  t.match(of(slump, 'outlier'), [{ stat: 'min', value: 1, subject: 'lowest single output throughput, model a' }])
  t.end()
})

t.test('what a setting gives again and again is no outlier', (t) => {
  const setting = (threads: number, values: readonly number[]) => samples('a', values, { attributes: { model: 'a', threads }, file: `${threads}.csv` })
  const found = collect([...setting(1, [9, 9.1, 9.2, 9.1, 9]), ...setting(2, [0.1, 0.1, 0.1, 0.1, 0.1]), ...setting(4, [0.1, 0.1, 0.1, 0.1, 0.1])])
  t.strictSame(of(found, 'outlier'), [])
  const once = collect([...setting(1, [9]), ...setting(2, [0.1, 0.1, 0.1, 0.1, 0.1]), ...setting(4, [0.1, 0.1, 0.1, 0.1, 0.1])])
  t.match(of(once, 'outlier'), [{ value: 9 }], 'once is not again and again')
  t.end()
})

t.test('one cold start is told once, by the metric that tells most', (t) => {
  const found = collect([...samples('a', [9, 0.1, 0.1, 0.1, 0.1], { metric: 'load_duration' }), ...samples('a', [10, 0.2, 0.2, 0.2, 0.2])])
  t.match(of(found, 'outlier'), [{ metric: 'ttft' }])
  t.equal(of(found, 'outlier').length, 1)
  t.end()
})

t.test('failed runs: counted as runs, told by file, never a figure', (t) => {
  const fail = { status: 'error' as const, value: 0 }
  const found = collect([
    ...[2, 3].flatMap((line) => ['ttft', 'load_duration'].map((metric) => record({ ...fail, metric, line, file: 'all.csv', attributes: { model: 'a' } }))),
    ...samples('a', [0.5, 0.6], { file: 'some.csv' }),
    record({ ...fail, file: 'some.csv', line: 9, attributes: { model: 'a' } }),
  ])
  t.match(of(found, 'failures'), [
    { subject: 'failed runs', value: 3, stat: 'count', unit: '1', sentence: /^3 runs in 2 files failed; 5 numbers/, files: ['all.csv', 'some.csv'] },
    { subject: 'files in which every run failed', value: 1, files: ['all.csv'] },
    { subject: 'files in which some runs failed', value: 1, files: ['some.csv'] },
  ])
  t.match(of(found, 'key-figure'), [{ value: 0.55, n: 2 }])
  t.end()
})

t.test('failed runs: what a report tells is told apart, and averages are not runs', (t) => {
  const fail = { status: 'error' as const, value: 0 }
  const at = (file: string, pointer: string, parts: RecordParts = {}) => {
    const made = record({ file, attributes: { model: 'a' }, ...parts })
    return { ...made, source: { file, format: file.endsWith('.md') ? ('markdown' as const) : ('json' as const), layout: 'generic', pointer } }
  }
  const found = collect([
    at('sums.json', '/results/0/ttft', fail), at('sums.json', '/results/0/load', { ...fail, metric: 'load_duration' }), at('sums.json', '/results/1/ttft', fail),
    at('sums.json', '/total', { value: 3 }), at('sums.json', '/summary/mean', { stat: 'mean', value: 2 }),
    at('beside.json', '/runs/0/ttft', fail), at('beside.json', '/means/all/ttft', { stat: 'mean', value: 2 }),
    at('mixed.json', '/runs/0/ttft', fail), at('mixed.json', '/runs/1/ttft', { value: 1 }),
    at('kinds.json', '/jit/mean', { stat: 'mean', value: 1 }), at('kinds.json', '/trt/mean', { ...fail, stat: 'mean' }),
    at('notes.md', '/0/3/mean', { ...fail, stat: 'mean' }),
  ])
  t.match(of(found, 'failures'), [
    { subject: 'failed runs', value: 5, sentence: /^5 runs in 4 files failed; 6 numbers/ },
    { subject: 'failed rows of written reports', value: 1, files: ['notes.md'], sentence: /^1 row of 1 Markdown report tells of failed runs, perhaps of the same ones/ },
    { subject: 'files in which every run failed', value: 2, files: ['sums.json', 'beside.json'], sentence: /2 of them hold totals or averages all the same, which rest on failed runs/ },
    { subject: 'files in which some runs failed', value: 2, files: ['mixed.json', 'kinds.json'] },
  ])
  t.match(of(collect([at('notes.md', '/0/3/mean', fail)]), 'failures'), [{ subject: 'failed rows of written reports', value: 1, sentence: /failed runs: notes\.md\.$/ }])
  t.end()
})

t.test('best and worst whose samples overlap, and a second nearly as good as the first, are marked', (t) => {
  const apart = collect([...samples('a', [1, 2, 3]), ...samples('b', [4, 5, 6])])
  t.notOk(of(apart, 'worst')[0]?.note)
  const overlapping = collect([...samples('a', [1, 2, 4]), ...samples('b', [4, 5, 6])])
  t.match(of(overlapping, 'worst'), [{ note: 'overlap' }])
  t.match(of(overlapping, 'ratio'), [{ sentence: /Their ranges overlap\.$/ }])
  t.match(of(collect([...samples('a', [1, 2, 4]), ...samples('b', [3, 5, 6]), ...samples('c', [9, 9, 9])]), 'best'), [{ group: { model: 'a' }, note: 'close' }])
  t.match(of(collect([...samples('a', [2, 2, 2]), ...samples('b', [2.05, 2.05, 2.05]), ...samples('c', [9, 9, 9])]), 'best'), [{ note: 'close' }])
  t.notOk(of(collect([...samples('a', [2, 2, 2]), ...samples('b', [3, 3, 3]), ...samples('c', [9, 9, 9])]), 'best')[0]?.note)
  const many = (from: number) => Array.from({ length: 100 }, (_, i) => from + (i % 10))
  t.notOk(of(collect([...samples('a', many(1)), ...samples('b', many(6))]), 'worst')[0]?.note, 'of many samples the medians are sure enough')
  t.match(of(collect([...samples('a', many(1)), ...samples('b', many(1.5))]), 'worst'), [{ note: 'overlap' }])
  t.end()
})

t.test('what was pooled over settings has no spread, and prompts are named', (t) => {
  const swept = [1, 2, 3, 4, 5, 6].map((value, i) => record({ value, line: i + 2, attributes: { model: 'a', threads: i } }))
  t.strictSame(of(collect(swept), 'spread'), [])
  const asked = [1, 2, 3, 4, 5, 6].map((value, i) => record({ value, line: i + 2, attributes: { model: 'a', prompt: `p${i}` } }))
  t.match(of(collect(asked), 'spread'), [{ note: 'prompts', sentence: /6 samples of different prompts/ }])
  t.end()
})

t.test('what is missing: numbers, units, metrics, repetitions', (t) => {
  const found = collect([
    ...['a', 'b', 'c'].flatMap((model) => samples(model, [0.1, 0.2])),
    ...['a', 'b'].flatMap((model) => samples(model, [5, 6], { metric: 'output_throughput', unit: '{token}/s', better: 'higher' })),
    ...samples('d', [0.4]),
    record({ metric: 'response_chars', unit: '', attributes: { model: 'a' } }),
    report('notes.md', { records: 0 }),
    report('image.csv', { records: 0, verdict: 'rejected' }),
  ])
  t.match(of(found, 'no-numbers'), [
    { subject: 'files without a measured number', value: 1, files: ['notes.md'] },
    { subject: 'rejected files', value: 1, files: ['image.csv'] },
  ])
  t.match(of(found, 'no-unit'), [{ value: 1, n: 1, sentence: /response_chars/ }])
  t.match(of(found, 'gap').map(({ subject, value, n }) => ({ subject, value, n })), [{ subject: 'configurations measured only once', value: 1, n: 4 }])
  const gaps = collect([
    ...['a', 'b', 'c'].flatMap((model) => samples(model, [0.1, 0.2])),
    ...['a', 'b'].flatMap((model) => samples(model, [5, 6], { metric: 'output_throughput', unit: '{token}/s', better: 'higher' })),
  ])
  t.match(of(gaps, 'gap'), [{ subject: 'subjects without output throughput', value: 1, n: 3, sentence: /missing for 1 of 3 .*model c/ }])
  t.end()
})

t.test('copies count once', (t) => {
  const hash = hashOf('same')
  const found = collect([
    ...samples('a', [1, 2, 3], { file: 'a.csv', hash }), report('a.csv', { hash, records: 3 }),
    ...samples('a', [1, 2, 3], { file: 'b.csv', hash }), report('b.csv', { hash, records: 3 }),
    report('c.md', { hash: hashOf('notes') }), report('d.md', { hash: hashOf('notes') }),
  ])
  t.match(of(found, 'key-figure'), [{ n: 3 }])
  t.match(of(found, 'copies'), [{ value: 2, files: ['b.csv', 'd.md'], sentence: /b\.csv is a\.csv and d\.md is c\.md/ }])
  t.match(found[0], { kind: 'inventory', subject: 'files read', value: 4 })
  t.match(of(found, 'inventory')[1], { subject: 'metric records', value: 3 })
  t.end()
})

t.test('problems are told by kind, most frequent first', (t) => {
  const found = collect([...samples('a', [1]), problem('x.csv', 'ragged-row', 'm'), problem('y.json', 'truncated-json', 'm'), problem('z.csv', 'ragged-row', 'm')])
  t.match(of(found, 'problems'), [
    { subject: 'reading problems of the kind ragged-row', value: 2, files: ['x.csv', 'z.csv'] },
    { subject: 'reading problems of the kind truncated-json', value: 1 },
  ])
  t.end()
})

t.test('ids count in order of telling, the limit says what it left out, the same input gives the same facts', (t) => {
  const items = Array.from({ length: 30 }, (_, i) => samples(`m${i}`, [1, 2, 3 + i, 40 * i, 5])).flat()
  const all = collect(items, 1000)
  t.strictSame(all.map(({ id }) => id), all.map((_, i) => `F${i + 1}`))
  const some = collect(items, 10)
  t.equal(some.length, 10)
  t.match(some.at(-1), { id: 'F10', subject: 'facts left out', value: all.length - 9 })
  t.strictSame(some.slice(0, 9), all.slice(0, 9))
  t.strictSame(JSON.stringify(collect(items, 1000)), JSON.stringify(all))
  t.ok(all.every((fact) => fact.records.length <= 5 && fact.files.length <= 5 && !('weight' in fact)))
  t.throws(() => collect([], 0), { code: 'USAGE' })
  t.throws(() => facts({ maxFacts: 1.5 }), { code: 'USAGE' })
  t.end()
})

t.test('what was told as best or worst is not told again, and no comparison is cut in two', (t) => {
  const items = ['a', 'b', 'c', 'd'].flatMap((model, i) => ['ttft', 'itl', 'latency'].flatMap((metric) => samples(model, [i + 1, i + 1, i + 1], { metric })))
  const all = collect(items)
  for (const { metric, group } of of(all, 'best').concat(of(all, 'worst')).filter(({ metric }) => metric !== 'ttft' && metric !== 'itl')) {
    t.notOk(of(all, 'key-figure').some((figure) => figure.metric === metric && JSON.stringify(figure.group) === JSON.stringify(group)), `${metric} of ${JSON.stringify(group)} once`)
  }
  for (let most = 1; most <= all.length; most += 1) {
    const told = collect(items, most)
    t.ok(told.length <= most)
    t.equal(of(told, 'best').length, of(told, 'worst').length)
    t.equal(of(told, 'best').length, of(told, 'ratio').filter(({ stat }) => stat === 'ratio').length)
  }
  t.end()
})

t.test('facts say who, than whom, and what both share', (t) => {
  const found = collect([['eager', 3], ['onnx', 1]].map(([backend, value], i) => record({ metric: 'latency', stat: 'mean', value: Number(value), line: i + 2, attributes: { model: 'mlp', backend: String(backend), device: 'cpu' } })))
  t.match(of(found, 'ratio'), [{ who: 'backend onnx', than: 'backend eager', among: 'mlp on cpu' }])
  t.match(of(found, 'best'), [{ who: 'backend onnx', among: 'mlp on cpu' }])
  const tied = collect([...samples('a', [1, 1, 1]), ...samples('b', [1, 1, 1]), ...samples('c', [2, 2, 2])])
  t.match(of(tied, 'best'), [{ note: 'tied' }])
  const cold = collect(samples('a', [29.99, 0.12, 0.13, 0.14, 0.13]))
  t.match(of(cold, 'outlier'), [{ who: 'a', note: 'cold-start' }])
  t.ok(Math.abs((of(cold, 'outlier')[0]?.times ?? 0) - 29.99 / 0.13) < 1e-9)
  t.end()
})

t.test('no two groups under one name', (t) => {
  const tagged = [1, 2, 3].map((line) => record({ value: 5, line, file: 'tagged.csv', attributes: { model: 'm-q4_0', tag: 'q4_0' } }))
  const names = (items: readonly Item[]) => of(collect(items), 'key-figure').map(({ who }) => who)
  t.strictSame(names(tagged), ['m-q4_0'])
  t.strictSame(names([...samples('m-q4_0', [1, 1, 1, 1]), ...tagged]), ['m-q4_0', 'm-q4_0, tag q4_0'])
  t.end()
})

t.test('facts from summaries alone', (t) => {
  const evidence = new Evidence()
  for (const item of [...samples('a', [1, 1, 1]), ...samples('b', [2, 2, 2])]) evidence.add(item)
  const found = factsOfRows(evidence.subjects(), new Evidence())
  t.match(of(found, 'ratio'), [{ value: 2, who: 'a', than: 'b' }])
  t.strictSame(found.map(({ id }) => id), found.map((_, i) => `F${i + 1}`))
  t.ok(found.every((fact) => !('weight' in fact)))
  t.end()
})

t.test('nothing in, nothing out', (t) => {
  t.strictSame(collect([]), [])
  t.end()
})

t.test('hostile names are cleaned and cut', (t) => {
  const model = `\u001b[31mred\u0007\u202e\n{{F3}} ${'x'.repeat(500)}`
  const found = collect([...samples(model, [1, 2, 3, 4, 50]), ...samples('b', [2, 3, 4, 5, 6]), record({ metric: 'odd\u001b]0;x\u0007', unit: '', attributes: {} }), problem('\u001b[2Jx', 'odd\ncode', 'm')])
  for (const { subject, sentence } of found) {
    t.notMatch(subject + sentence, /[\u0000-\u001f\u007f-\u009f\u202e]|\{\{/)
    t.ok(subject.length <= 160, subject)
    t.ok(sentence.length < 1000)
  }
  t.end()
})

t.test('the stage: facts come at the end, and a reader that stops is waited for', async (t) => {
  const items: Item[] = Array.from({ length: 40 }, (_, i) => samples(`m${i}`, [1, 2, 3 + i])).flat()
  const stage = facts({ highWaterMark: 1, maxFacts: 30 })
  const running = pipeline(Readable.from(items), stage)
  await new Promise((resolve) => stage.once('readable', resolve))
  const first = stage.read() as Fact
  t.match(first, { type: 'fact', id: 'F1' })
  await new Promise((resolve) => setImmediate(resolve))
  t.ok(stage.readableLength <= 2, 'no more than asked for')
  const rest = await stage.toArray()
  await running
  t.strictSame([first, ...(rest as Fact[])], collect(items, 30))
})

function collect(items: readonly Item[], maxFacts?: number): Fact[] {
  const evidence = new Evidence()
  for (const item of items) evidence.add(item)
  return collectFacts(evidence, maxFacts === undefined ? {} : { maxFacts })
}

function of(list: readonly Fact[], kind: FactKind): Fact[] {
  return list.filter((fact) => fact.kind === kind)
}

/** One record a line, from line 2 on. */
function samples(model: string, values: readonly number[], parts: RecordParts = {}) {
  const file = parts.file ?? `${model.slice(0, 20)}.csv`
  return values.map((value, i) => record({ attributes: { model }, ...parts, file, value, line: i + 2 }))
}

function report(file: string, parts: Partial<FileReport> = {}): FileReport {
  return { type: 'file', file, format: file.endsWith('.md') ? 'markdown' : 'csv', records: 0, problems: 0, verdict: 'guessed', reason: 'a table', ...parts }
}
