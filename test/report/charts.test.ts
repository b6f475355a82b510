import t from 'tap'
import { alternatives } from '../../lib/report/charts/alternatives.js'
import { arrivals } from '../../lib/report/charts/arrivals.js'
import { valueAxis } from '../../lib/report/charts/axis.js'
import { bars } from '../../lib/report/charts/bars.js'
import { charts } from '../../lib/report/charts/charts.js'
import type { Alternatives } from '../../lib/report/charts/member.js'
import { scatter } from '../../lib/report/charts/scatter.js'
import { strips } from '../../lib/report/charts/strips.js'
import { fitted } from '../../lib/report/charts/svg.js'
import { measured, twoMetrics } from './results.js'

const numbers = (body: string, pattern: RegExp) => [...body.matchAll(pattern)].map((found) => Number(found[1]))
const first = (of: readonly Alternatives[]) => {
  const [one] = of
  if (!one) throw new Error('expected something to draw')
  return one
}

t.test('an axis of amounts begins at zero, another is logarithmic where values span much, and says so', async (t) => {
  const amounts = valueAxis({ min: 95, max: 100, unit: 's', from: 0, to: 100, zero: true })
  t.equal(amounts.place(0), 0)
  t.equal(amounts.ticks[0]?.label, '0')
  const wide = valueAxis({ min: 0.05, max: 30, unit: 's', from: 0, to: 100 })
  t.ok(wide.log)
  t.strictSame(wide.ticks.map(({ label }) => label), ['100 ms', '1 s', '10 s'])
  t.match(wide.suffix, 'log')
  t.notOk(valueAxis({ min: 0, max: 30, unit: 's', from: 0, to: 100 }).log, 'zero has no logarithm')
  t.equal(valueAxis({ min: 0.2, max: 0.3, unit: 's', from: 0, to: 100 }).suffix, ' (ms)')
  for (const flat of [0, 5, -5]) t.ok(Number.isFinite(valueAxis({ min: flat, max: flat, unit: '', from: 0, to: 100 }).place(flat)), 'all alike')
})

t.test('bars are as long as their values', async (t) => {
  const given = first(alternatives([measured('output_throughput', '{token}/s', 'fast', [200, 200, 200]), measured('output_throughput', '{token}/s', 'slow', [50, 50, 50], { failed: 2, warmup: 1 })]))
  const chart = bars(given)
  const [longer = 0, shorter = 0] = numbers(chart.body, /class="bar"[^>]* width="([\d.]+)"/g)
  t.ok(Math.abs(longer / shorter - 4) < 0.01, `${longer} / ${shorter}`)
  t.equal(numbers(chart.body, /class="bar" x="([\d.]+)"/g)[0], 250)
  t.match(chart.body, '200 tok/s, n 3')
  t.match(chart.body, 'median output throughput (tok/s)')
  t.match(chart.caption, 'Higher is better')
  t.match(chart.caption, '3 figures of failed or warm-up runs are left out')
  t.strictSame(chart.rows[0], ['fast', '3', '200 tok/s', '200 tok/s', '200 tok/s'])
})

t.test('one far sample does not make all bars short: its line is cut, and that is said', async (t) => {
  const chart = bars(first(alternatives([measured('ttft', 's', 'a', [0.1, 0.1, 30]), measured('ttft', 's', 'b', [0.2, 0.2, 0.3])])))
  t.equal(chart.body.split('class="arrow"').length, 2)
  t.match(chart.caption, 'An arrow')
  t.strictSame(chart.rows[0]?.at(-1), '30 s')
  t.ok(Math.max(...numbers(chart.body, /x2="([\d.]+)"/g)) <= 610.5)
})

t.test('large numbers are read in groups', async (t) => {
  const chart = bars(first(alternatives([measured('output_throughput', '{token}/s', 'a', [73608, 73608]), measured('output_throughput', '{token}/s', 'b', [5000, 5000])])))
  t.match(chart.body, '>73,608 tok/s, n 2<')
  t.match(chart.body, '>5000 tok/s, n 2<')
  t.match(chart.body, '>20,000<')
})

t.test('every sample is a dot, on a log axis where they span much', async (t) => {
  const { rows, sampled } = twoMetrics(['a', 'b'])
  const [speed, wait] = alternatives(rows, sampled?.sets).map(strips)
  t.equal(speed?.body.match(/h0/g)?.length, 8)
  t.notMatch(speed?.caption, 'logarithmic')
  t.match(wait?.caption, 'The axis is logarithmic')
  t.match(wait?.body, 'time to first token (log scale)')
  t.notMatch(wait?.caption, 'chosen by chance')
})

t.test('only alternatives are compared: nothing of one thing alone, of unlike settings, or of what a report restates', async (t) => {
  t.strictSame(alternatives([measured('ttft', 's', 'a', [1, 2, 3])]), [])
  t.strictSame(alternatives([measured('ttft', 's', 'a', [1, 2, 3]), measured('ttft', '', 'b', [1, 2, 3])]), [])
  t.strictSame(alternatives([measured('eval_duration', 's', 'a', [1, 2, 3]), measured('eval_duration', 's', 'b', [1, 2, 3])]), [], 'depends on the length of the answer')
  const many = Array.from({ length: 30 }, (_, at) => measured('ttft', 's', `m${at}`, [1, 2, at]))
  const drawn = first(alternatives(many))
  t.equal(drawn.members.length, 12)
  t.match(bars(drawn).caption, '18 more, with fewer samples, are not drawn.')
  t.strictSame(charts({ rows: [] }), { measured: [], run: [] })
})

t.test('a point for each run, told apart by shape', async (t) => {
  const points = Array.from({ length: 9 }, (_, at) => ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name, i) => ({ name, x: 0.01 * (at + 1) ** 3, y: i + at, place: `runs.csv:${at}` }))).flat()
  const { body, caption, title } = scatter({ x: { name: 'time to first token', unit: 's' }, y: { name: 'output throughput', unit: '{token}/s' }, points, total: 1000 })
  t.equal(body.match(/class="point/g)?.length, points.length + 6)
  t.equal(new Set([...body.matchAll(/class="point s\d" d="([^"]+)"/g)].map((found) => found[1])).size, 6)
  t.match(body, '>others (18)<')
  t.match(caption, '63 of 1000 runs are drawn')
  t.match(caption, 'log scale')
  t.match(title, 'Time to first token against output throughput')
})

t.test('the longest wait of very many is drawn, and few marks', async (t) => {
  const many = Array.from({ length: 20_000 }, (_, at) => 1 + at / 100 + (at > 12_345 ? 7 : 0))
  const chart = arrivals({ of: 'the report', arrivals: many, pieces: 30_000 })
  t.ok(chart.body.length < 60_000, `${chart.body.length}`)
  t.match(chart.description, /30000 pieces; the first after 1 s.*the longest wait between two 7.01 s, before the piece at 131.5 s/)
  t.match(chart.caption, 'The first 20000 of 30000 pieces are drawn')
  const heights = numbers(chart.body, /V([\d.]+)/g)
  t.ok(Math.min(...heights) < 250, 'the long wait reaches up')
  for (const few of [[0.5], [0.5, 0.5]]) t.notMatch(arrivals({ of: 'x', arrivals: few, pieces: few.length }).body, /NaN|Infinity/)
})

t.test('names of any length and script fit', async (t) => {
  t.equal(fitted('short', 10), 'short')
  t.equal(fitted('abcdefghijklmnopqrstuvwxyz', 9), 'abcd…wxyz')
  t.equal(fitted('語'.repeat(30), 9), '語語…語語')
  t.equal(fitted('\u202eabc\nd', 9), 'abc d')
  const name = `"><script>alert(1)</script> & '${'x'.repeat(5000)}`
  const all = charts(twoMetrics([name, 'b'])).measured.join('')
  t.notMatch(all, /<script|NaN|undefined|style=/)
  t.match(all, '&quot;&gt;&lt;script&gt;')
})
