import t from 'tap'
import { labelJson } from '../../benchmarks/extraction/label-json.js'
import { labelCsv, labelMarkdown } from '../../benchmarks/extraction/label-table.js'
import { figuresIn, splitCsv, splitMarkdown } from '../../benchmarks/extraction/plain-text.js'
import { filesOf, labelsOf } from '../../benchmarks/extraction/run.js'
import { isValue, score } from '../../benchmarks/extraction/score.js'
import { CORPUS_SPECS } from '../../benchmarks/extraction/specs/index.js'
import { overFiles, overValues } from '../../benchmarks/extraction/tables.js'
import { readingOf } from '../../benchmarks/extraction/units.js'
import type { MetricRecord } from '../../lib/index.js'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { corpus } from '../support/paths.js'

t.test('units are made base', async (t) => {
  t.strictSame(readingOf('ms'), { unit: 's', factor: 1e-3 })
  t.strictSame(readingOf('ns/op'), { unit: 's', factor: 1e-9 })
  t.strictSame(readingOf('ops/ms'), { unit: '{operation}/s', factor: 1000 })
  t.strictSame(readingOf('tokens per second'), { unit: '{token}/s', factor: 1 })
  t.strictSame(readingOf('u:J/{token}*0.001'), { unit: 'J/{token}', factor: 0.001 })
  t.equal(readingOf('furlong'), undefined)
})

t.test('the plain readers keep every cell at its place', async (t) => {
  t.strictSame(
    splitCsv('a,"b ""x"", c"\r\n1,"two\nlines"\n3,4', ',').map((row) => [row.line, ...row.cells.map((cell) => cell.text)]),
    [
      [1, 'a', 'b "x", c'],
      [2, '1', 'two\nlines'],
      [4, '3', '4'],
    ],
  )
  const { tables, lines } = splitMarkdown('# A\n## B\n\n| x | y |\n| --- | --- |\n| **1** | 2 |\ntext\n```\n| n | o |\n| - | - |\n```\n')
  t.equal(tables.length, 1, 'none in a fence')
  t.strictSame(tables[0]?.headings, ['A', 'B'])
  t.strictSame(tables[0]?.rows, [{ line: 6, cells: [{ text: '1', from: 2, to: 9 }, { text: '2', from: 10, to: 13 }] }])
  t.match(lines.map((one) => one.line), [1, 2, 3, 7])
})

t.test('figures are numbers with a unit and a spread, and nothing else', async (t) => {
  t.strictSame(figuresIn('1,234.5 ms ± 3.2', false), [{ number: 1234.5, unit: 'ms' }, { number: 3.2, unit: 'ms' }])
  t.strictSame(figuresIn('-1.234,5', true), [{ number: -1234.5, unit: '' }])
  for (const text of ['', '-', 'N/A', 'v1.2', '2024-01-02', 'llama 3']) t.strictSame(figuresIn(text, false), [], text)
})

t.test('labels carry metric, base unit, statistic and what tells rows apart', async (t) => {
  const { labels } = labelCsv('model,ttft_ms,p99,error\na,12,30,\nb,0,0,refused\n', {
    kind: 'csv',
    tool: 'x',
    files: [],
    tables: [{ status: (row) => (row['error'] === '' ? 'ok' : 'none'), columns: { model: 'attr', ttft_ms: 'ttft [ms]', p99: 'ttft [ms] p99', error: '-' } }],
  })
  t.match(labels, [
    { place: '2:2', metrics: ['ttft'], stats: ['value'], readings: [{ unit: 's', factor: 1e-3 }], attributes: [{ keys: ['model'], value: 'a' }], optional: false },
    { place: '2:3', stats: ['p99'] },
    { place: '3:2', optional: true, status: ['error', 'warmup'] },
    { place: '3:3' },
  ])
  const json = labelJson('{"run":{"name":"r"},"tasks":{"a/b":{"acc":0.5,"n":3,"unsaid":1}}}', { kind: 'json', tool: 'x', files: [], paths: { '/run/name': 'attr^ run', '/tasks/{task}/acc': 'accuracy [1|]', '/tasks/*/n': '-' } })
  t.match(json.labels, [{ place: '/tasks/a~1b/acc', attributes: [{ keys: ['*'], value: 'a/b' }, { keys: ['run'], value: 'r' }] }])
  t.strictSame(json.unlabelled, ['/tasks/a/b/unsaid'], 'a number that the spec forgets is told')
  const markdown = labelMarkdown('| Server | Speed |\n|---|---|\n| a | 5 ± 1 ms |\n\nPeak: 7 ms\n', {
    kind: 'markdown',
    tool: 'x',
    files: [],
    tables: [{ columns: { Server: 'attr', Speed: 'latency [cell] mean' } }],
    lines: [[/^Peak: (.*)$/, 'latency [cell] max']],
  })
  t.match(
    markdown.labels.map((one) => [one.place, one.number, one.stats.join()]),
    [
      ['3', 5, 'mean'],
      ['3', 1, 'stddev'],
      ['5', 7, 'max'],
    ],
  )
})

const base: MetricRecord = {
  metric: 'ttft',
  value: 0.012,
  unit: 's',
  stat: 'value',
  better: 'lower',
  status: 'ok',
  attributes: { model: 'a' },
  raw: { name: 'ttft_ms', text: '12' },
  source: { file: 'x.csv', format: 'csv', layout: 'generic', line: 2, column: 2 },
  id: '1',
}

t.test('every kind of mistake costs its own share', async (t) => {
  const labels = labelCsv('model,ttft_ms,n\na,12,1\nb,13,2\n', { kind: 'csv', tool: 'x', files: [], tables: [{ columns: { model: 'attr', ttft_ms: 'ttft [ms]', n: '-' } }] })
  const at = (line: number, column: number, change: Partial<MetricRecord>): MetricRecord => ({ ...base, ...change, source: { ...base.source, line, column } })
  const second = { value: 0.013, attributes: { model: 'b' } }
  const good = score('x.csv', 'x', labels, [base, at(3, 2, second)])
  t.match(good, { labels: 2, found: 2, records: 2, labelled: 2, right: { value: 2, stat: 2, metric: 2, attributes: 2, status: 2 }, wrongConfident: 0, mismatches: [] })
  t.match(score('x.csv', 'x', labels, [base]), { found: 1, mismatches: [{ aspect: 'missing', at: '3:2' }] })
  t.match(score('x.csv', 'x', labels, [base, at(3, 2, second), at(3, 3, {})]), { records: 3, labelled: 2, wrongConfident: 1 }, 'spurious')
  for (const [aspect, change] of Object.entries({ value: { value: 13 }, metric: { metric: 'itl' }, stat: { stat: 'mean' }, attributes: { attributes: {} }, status: { status: 'error' } } satisfies Record<string, Partial<MetricRecord>>)) {
    const one = score('x.csv', 'x', labels, [base, at(3, 2, { ...second, ...change })])
    t.strictSame(one.mismatches.map((mismatch) => mismatch.aspect), [aspect])
    t.equal(one.right[aspect as 'value'], 1, aspect)
    t.equal(one.wrongConfident, aspect === 'value' ? 1 : 0)
  }
  const unsure = { ...at(3, 2, { value: 13 }), source: { ...base.source, line: 3, confidence: 0.5 } }
  t.equal(score('x.csv', 'x', labels, [base, unsure]).wrongConfident, 0, 'unsure')
  t.notOk(isValue(labels.labels[0]!, { ...base, unit: '' }), 'a unit is part of the value')
})

t.test('averages over files let small files speak', async (t) => {
  const labels = (rows: number) => labelCsv(`t\n${'1\n'.repeat(rows)}`, { kind: 'csv', tool: 'x', files: [], tables: [{ columns: { t: 'duration [s]' } }] })
  const records = Array.from({ length: 9 }, (_, row): MetricRecord => ({ ...base, metric: 'duration', value: 1, source: { ...base.source, line: row + 2, column: 1 } }))
  const scores = [score('big', 'x', labels(9), records), score('small', 'x', labels(1), [])]
  t.equal(overValues(scores).recall, 0.9)
  t.equal(overFiles(scores).recall, 0.5)
})

const folder = corpus()
t.test('the specs name files that are there, and say of every number what it is', { skip: folder === undefined }, async (t) => {
  for (const [file, spec] of filesOf(folder!, CORPUS_SPECS)) t.strictSame(labelsOf(readFileSync(path.join(folder!, file)), spec).unlabelled, [], file)
})
