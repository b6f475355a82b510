/** The plan of an experiment: its grid, its order, how it is told from another. */

import t from 'tap'
import { axesOf, cells, numbersOf } from '../../lib/bench/grid.js'
import { ordered } from '../../lib/bench/order.js'
import { benchPlan, cellName, describePlan, planDifferences, requestsOf, type PlanOptions } from '../../lib/bench/plan.js'
import { prompt } from '../../lib/bench/prompts.js'
import { GRID, planOptions } from './plan-options.js'



t.test('a grid is every combination, the last setting fastest', async (t) => {
  const axes = axesOf(['num_gpu=60,80', 'num_ctx=512,1024'], {})
  const all = cells({ ...GRID, models: ['a', 'b'], axes, concurrency: [1, 4] })
  t.equal(all.length, 16)
  t.strictSame(all.map(({ number }) => number), Array.from({ length: 16 }, (_, at) => at + 1))
  t.match(all[0], { model: 'a', options: { temperature: 0, num_gpu: 60, num_ctx: 512 }, concurrency: 1 })
  t.match(all[1], { options: { num_gpu: 60, num_ctx: 512 }, concurrency: 4 })
  t.match(all[2], { options: { num_gpu: 60, num_ctx: 1024 } })
  t.match(all[15], { model: 'b', options: { num_gpu: 80, num_ctx: 1024 }, concurrency: 4 })
  t.strictSame(cells({ ...GRID, rates: [1, 2] }).map(({ rate, concurrency }) => [rate, concurrency]), [[1, undefined], [2, undefined]], 'an open loop has no cap unless one is given')
})

t.test('values: lists, ranges, text in quotes', async (t) => {
  const values = (text: string) => axesOf([`x=${text}`], {})[0]?.values
  t.strictSame(values('1..8*2'), [1, 2, 4, 8])
  t.strictSame(values('1..9*2'), [1, 2, 4, 8])
  t.strictSame(values('1..4'), [1, 2, 3, 4])
  t.strictSame(values('0..0.5+0.1'), [0, 0.1, 0.2, 0.3, 0.4, 0.5], 'no drift')
  t.strictSame(values('f16,q8_0,"80",true'), ['f16', 'q8_0', '80', true])
  t.strictSame(values('"a,b",c'), ['a,b', 'c'])
  t.strictSame(values('-1,2'), [-1, 2])
  for (const bad of ['8..1', '1..8*1', '0..8*2', '1..3+0', '1,1', ',', '1..1000000']) t.throws(() => values(bad), { code: 'USAGE' }, bad)
  t.throws(() => axesOf(['x=1,2', 'x=3'], {}), { code: 'USAGE', message: /x again/ })
  t.throws(() => axesOf(['x=1,2'], { x: 3 }), { code: 'USAGE', message: /x again/ })
  t.strictSame(numbersOf('1,4..16*2', '--concurrency', { whole: true }), [1, 4, 8, 16])
  for (const bad of ['0', '-1', '1.5', 'many']) t.throws(() => numbersOf(bad, '--concurrency', { whole: true }), { code: 'USAGE', message: /--concurrency/ }, bad)
})

t.test('too much is refused before anything runs', async (t) => {
  const axes = axesOf(['a=1..1000', 'b=1..1000'], {})
  t.throws(() => cells({ ...GRID, axes }), { code: 'USAGE', message: /10000 cells/ })
  t.throws(() => benchPlan(planOptions({ axes: axesOf(['a=1..1000'], {}), runs: 100_000 })), { code: 'USAGE', message: /runs/ })
})

t.test('in random order each block holds every cell once, warm-up first', async (t) => {
  const all = cells({ ...GRID, axes: axesOf(['x=1..6'], {}) })
  const sequence = ordered(all, { runs: 20, warmup: 2, order: 'random', seed: 7 })
  t.equal(sequence.length, 6 * 22)
  t.strictSame(sequence.map(({ ordinal }) => ordinal), Array.from({ length: 132 }, (_, at) => at + 1))
  const blocks = Array.from({ length: 22 }, (_, at) => sequence.slice(at * 6, at * 6 + 6))
  for (const [at, block] of blocks.entries()) {
    t.strictSame(block.map(({ cell }) => cell.number).sort(), [1, 2, 3, 4, 5, 6], `block ${at}`)
    t.ok(block.every(({ warmup, run }) => warmup === at < 2 && run === (at < 2 ? at + 1 : at - 1)))
  }
  const orders = new Set(blocks.map((block) => block.map(({ cell }) => cell.number).join()))
  t.ok(orders.size > 15, `${orders.size} different orders in 22 blocks`)
  const firsts = new Set(blocks.map((block) => block[0]?.cell.number))
  t.ok(firsts.size >= 4, 'no cell always goes first')
  t.strictSame(ordered(all, { runs: 20, warmup: 2, order: 'random', seed: 7 }), sequence, 'the same seed, the same order')
  t.notSame(ordered(all, { runs: 20, warmup: 2, order: 'random', seed: 8 }), sequence)
})

t.test('in the given order, cell after cell', async (t) => {
  const all = cells({ ...GRID, axes: axesOf(['x=1,2'], {}) })
  t.strictSame(
    ordered(all, { runs: 2, warmup: 1, order: 'given', seed: 1 }).map(({ cell, run, warmup }) => `${cell.number}${warmup ? 'w' : 'r'}${run}`),
    ['1w1', '1r1', '1r2', '2w1', '2r1', '2r2'],
  )
})

t.test('how many requests a run sends', async (t) => {
  const count = (more: Partial<PlanOptions>) => {
    const plan = benchPlan(planOptions(more))
    return plan.cells.map((cell) => requestsOf(plan, cell))
  }
  t.strictSame(count({}), [1])
  t.strictSame(count({ concurrency: [1, 16] }), [1, 16])
  t.strictSame(count({ rates: [2] }), [10])
  t.strictSame(count({ rates: [2], concurrency: [32] }), [32])
  t.strictSame(count({ requests: 7, concurrency: [1, 16] }), [7, 7])
  t.strictSame(count({ durationMs: 1000 }), [undefined])
})

t.test('two plans: every difference is named, and none where there is none', async (t) => {
  const plan = benchPlan(planOptions({ axes: axesOf(['num_gpu=60,80'], {}) }))
  t.strictSame(planDifferences(describePlan(plan), describePlan(benchPlan(planOptions({ axes: axesOf(['num_gpu=60,80'], {}) })))), [])
  const other = benchPlan(planOptions({ axes: axesOf(['num_gpu=60'], {}), runs: 7, slo: { ttft: 0.5 }, prompts: [prompt('Another.')] }))
  const said = planDifferences(describePlan(plan), describePlan(other)).join('\n')
  t.match(said, /^set: num_gpu=60,80 then, num_gpu=60 now$/m)
  t.match(said, /^runs: 3 then, 7 now$/m)
  t.match(said, /^slo: nothing then, ttft=500ms now$/m)
  t.match(said, /^prompts: /m)
  t.notMatch(said, /seed|order/)
  t.ok(Object.values(describePlan(plan)).every((value) => ['string', 'number', 'boolean'].includes(typeof value)), 'flat')
})

t.test('a cell is called by its model and what varies', async (t) => {
  const plan = benchPlan(planOptions({ axes: axesOf(['num_gpu=60,80'], {}), concurrency: [1, 4], models: ['gemma3'] }))
  t.strictSame(plan.cells.map((cell) => cellName(plan, cell)), ['gemma3 num_gpu=60 concurrency=1', 'gemma3 num_gpu=60 concurrency=4', 'gemma3 num_gpu=80 concurrency=1', 'gemma3 num_gpu=80 concurrency=4'])
  const simple = benchPlan(planOptions({ rates: [2] }))
  t.equal(cellName(simple, simple.cells[0]!), 'a rate=2/s')
})
