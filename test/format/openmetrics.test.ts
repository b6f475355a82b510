import fc from 'fast-check'
import t from 'tap'
import { openmetrics, type FormatEvent, type OpenMetricsOptions, type ValueFound } from '../../lib/format/index.js'
import { sniff } from '../../lib/format/sniff.js'
import type { Problem } from '../../lib/stage/index.js'
import { read } from './support/collect.js'

const events = (text: string, options: OpenMetricsOptions = {}) => read(() => openmetrics('x.prom', options), text)
const values = (all: readonly FormatEvent[]) => all.filter((event): event is ValueFound => event.type === 'value')
const problems = (all: readonly FormatEvent[]) => all.filter((event): event is Problem => event.type === 'problem')

t.test('a sample with its labels, its time and its place', async (t) => {
  const [sample, bare] = values(events('# a remark\na_seconds{"é"="x\\"y\\\\z\\n",b="2",}  1.50 1700000000000 # {id="q"} 2\n\nb 3'))
  t.same(sample?.value, { family: 'a_seconds', name: 'a_seconds', part: 'value', type: 'unknown', labels: { é: 'x"y\\z\n', b: '2' }, value: 1.5, timestamp: 1700000000000 })
  t.same(sample?.place('/0/value'), { line: 2, column: 36, byte: 47, end: 51, number: '1.50' })
  t.same(bare?.place('/1/value'), { line: 4, column: 3, byte: 82, end: 83, number: '3' })
})

t.test('what a sample is a part of', async (t) => {
  const parts = (text: string) => values(events(text)).map(({ value }) => [(value as { family: string }).family, (value as { part: string }).part])
  t.same(parts('# TYPE h histogram\nh_bucket{le="1"} 2\nh_sum 3\nh_count 4\nh_created 5\n'), [['h', 'bucket'], ['h', 'sum'], ['h', 'count'], ['h', 'created']])
  t.same(parts('h_bucket{le="1"} 2\nh_sum 3\nh_count 4\n'), [['h', 'bucket'], ['h', 'sum'], ['h', 'count']], 'without its type, by its buckets')
  t.same(parts('# TYPE c_total counter\nc_total 2\nc_created 3\n'), [['c', 'total'], ['c', 'created']], 'older format')
  t.same(parts('# TYPE c counter\nc_total 2\n'), [['c', 'total']], 'OpenMetrics')
  t.same(parts('# TYPE page_count gauge\npage_count 2\ndone_sum 4\n'), [['page_count', 'value'], ['done_sum', 'value']], 'names that only end so')
})

t.test('a bad line costs nothing else', async (t) => {
  const all = events('a 1\na{x="1} 2\nb{x=1} 2\nc\nd 0x10\ne 5 later\n{} 3\n-\nf 6\n')
  t.same(values(all).map(({ value }) => (value as { name: string }).name), ['a', 'f'])
  t.same(problems(all).map(({ code, line }) => [code, line]), [2, 3, 4, 5, 6, 7, 8].map((line) => ['bad-sample', line]))
})

t.test('values that are no numbers give nothing', async (t) => {
  const all = events('a NaN\nb +Inf\nc -Inf\nd 1e3\n')
  t.same(all.map((event) => (event as ValueFound).pointer), ['/3'])
})

t.test('a line without end is not kept', async (t) => {
  const all = events(`a{x="${'y'.repeat(200)}"} 1\nb 2\n`, { lineLimit: 64 })
  t.same(problems(all).map(({ code, line }) => [code, line]), [['line-too-long', 1]])
  t.equal(values(all).length, 1)
})

t.test('labels cannot reach a prototype', async (t) => {
  const [found] = values(events('a{__proto__="x",constructor="y"} 1\n'))
  t.equal(Object.getPrototypeOf((found?.value as { labels: object }).labels), Object.prototype)
})

t.test('is known by its content', async (t) => {
  t.equal(sniff('# TYPE a gauge\na 1\n', true).format, 'openmetrics')
  t.equal(sniff('a{x="1"} 1\nb{x="2"} 2\n', true).format, 'openmetrics')
  t.not(sniff('model 3\nspeed 4\n', true).format, 'openmetrics', 'words and numbers are none')
  t.equal(sniff('up 1\n', true, 'openmetrics').format, 'openmetrics', 'but for a name that says so')
  t.equal(sniff('# TYPE of test\na,b\n1,2\n', true).format, 'csv')
})

t.test('any text gives samples or problems', async (t) => {
  fc.assert(fc.property(fc.array(fc.constantFrom('a', '{', '}', '"', '=', ',', ' ', '1', '\\', '#', ' TYPE ', '\n', '_bucket', 'é'), { maxLength: 60 }), (parts) => {
    for (const event of events(parts.join(''))) if (event.type !== 'value' && event.type !== 'problem') throw new Error(event.type)
  }))
  t.pass()
})
