import t from 'tap'
import { collectFacts } from '../../lib/fact/collect-facts.js'
import { Evidence } from '../../lib/fact/evidence.js'
import type { Fact } from '../../lib/fact/fact.js'
import type { AttributeValue } from '../../lib/record/metric-record.js'
import { record, type RecordParts } from '../summary/record.js'

type Settings = Readonly<Record<string, AttributeValue>>
interface Run {
  readonly settings: Settings
  readonly value: number
}

/** Values in no order, so that neither num_ctx nor temperature has an effect. */
const SCATTER = [3, 8, 1, 6, 2, 9, 5, 7, 4]

t.test('nine pairs that all go one way are an effect', (t) => {
  const [fact, ...others] = effects(grid((gpu, at) => 0.1 + 0.001 * (SCATTER[at] ?? 0) + (gpu === 40 ? 0.05 : 0)))
  t.match(fact, { stat: 'effect of a setting', who: 'num_gpu 60', than: '40', among: 'a', n: 9, note: 'only-effect', group: { model: 'a', num_gpu: 60 } })
  t.ok(Math.abs((fact?.value ?? 0) - median(SCATTER.map((one) => (0.15 + 0.001 * one) / (0.1 + 0.001 * one)))) < 1e-9, 'the median over the pairs')
  // One of 2^9 signs on either side; one comparison of num_gpu, three of num_ctx and three of temperature.
  t.ok(fact?.sentence.endsWith(`(signed-rank test, p = ${((7 * 2) / 512).toPrecision(2)}, corrected for 7 comparisons).`))
  t.match(fact?.sentence, /^With num_gpu 60 instead of 40, the time to first token of model a is lower by a factor of 1\.48 in the median of 9 pairs of configurations that differ in nothing else \(/)
  t.strictSame(others, [])
  t.end()
})

t.test('the direction is that of the metric', (t) => {
  const rate = { metric: 'output_throughput', unit: '{token}/s', better: 'higher' } as const
  const [fact] = effects(grid((gpu, at) => 50 + (SCATTER[at] ?? 0) / 10 + (gpu === 40 ? 20 : 0)), rate)
  t.match(fact, { stat: 'effect of a setting', who: 'num_gpu 40', than: '60', sentence: /is higher by a factor of/ })
  t.end()
})

t.test('one pair in nine that goes far the other way makes it chance', (t) => {
  const [fact, ...others] = effects(grid((gpu, at) => 0.1 + 0.001 * (SCATTER[at] ?? 0) + (gpu === 40 ? (at === 5 ? -0.06 : 0.05) : 0)))
  t.match(fact, { stat: 'effect of a setting, within chance', n: 9, sentence: /^No effect of num_ctx, num_gpu and temperature on the time to first token of model a was found beyond chance; the clearest, / })
  t.strictSame(others, [])
  t.end()
})

t.test('an effect is claimed only when it holds for all comparisons that were tried', (t) => {
  const six = [1, 2, 3, 4, 5, 6]
  const alone = six.flatMap((batch) => [run({ threads: 1, batch }, batch), run({ threads: 2, batch }, batch + 0.5)])
  t.match(effects(alone), [{ stat: 'effect of a setting', n: 6, sentence: /p = 0\.031\)/ }], '2 of 2^6 signs, asked once')
  const twice = six.flatMap((batch) => [...alone.filter(({ settings }) => settings['batch'] === batch), run({ threads: 3, batch }, batch + 0.2)])
  t.match(effects(twice), [{ stat: 'effect of a setting, within chance', sentence: /p = 0\.094, corrected for 3 comparisons\)/ }])
  t.end()
})

t.test('without counterparts values are compared by rank, and the fact says what else differs', (t) => {
  const low = [0.077, 0.074, 0.081, 0.082, 0.096, 0.086]
  const separate = effects(unlike(low, [0.11, 0.1, 0.12, 0.13, 0.15, 0.14]))
  t.match(separate, [{ stat: 'difference between values of a setting', who: 'num_gpu 60', than: '40', n: 12, sentence: /which differ in other settings as well \(rank-sum test, p = 0\.0043, corrected for 2 comparisons\)/ }], '2 of 924 choices, twice')
  t.match(effects(unlike(low, [0.084, 0.075, 0.088, 0.09, 0.1, 0.091])), [{ stat: /, within chance$/ }], 'overlapping values')
  t.end()
})

t.test('where too little was measured nothing is claimed, and that is said', (t) => {
  const few = [1, 2].flatMap((threads) => [1, 2, 3].map((batch) => run({ threads, batch }, threads * 10 + batch)))
  t.strictSame(effects(few), [])
  t.match(collect(few).filter(({ subject }) => subject === 'settings compared over too few runs'), [{ kind: 'gap', value: 2, sentence: /^No effect of batch and threads beyond chance was found: too few runs/ }])
  t.notOk(collect([run({ threads: 1 }, 1), run({ threads: 1 }, 2)]).some(({ subject }) => subject === 'settings compared over too few runs'), 'nothing was varied')
  t.strictSame(effects([]), [])
  t.end()
})

t.test('cold starts and missing counterparts are left out, and said', (t) => {
  const runs = grid((gpu, at) => (gpu === 60 && at === 0 ? 9 : 0.1 + 0.001 * (SCATTER[at] ?? 0) + (gpu === 40 ? 0.05 : 0)))
  const [fact] = effects(runs.filter(({ settings }) => !(settings['num_gpu'] === 60 && settings['num_ctx'] === 4096 && settings['temperature'] === 0.8)))
  t.match(fact, { n: 7, sentence: /left out: 1 configuration far from the median, as after a cold start, 2 without a counterpart, as where a run failed\)/ })
  t.end()
})

t.test('a name for each configuration is no setting', (t) => {
  const named = grid((gpu, at) => 0.1 + 0.001 * (SCATTER[at] ?? 0) + (gpu === 40 ? 0.05 : 0)).map((one, at) => ({ ...one, settings: { ...one.settings, config_name: `c${at}` } }))
  t.match(effects(named), [{ stat: 'effect of a setting', n: 9 }])
  t.end()
})

function run(settings: Settings, value: number): Run {
  return { settings, value }
}

function grid(value: (gpu: number, at: number) => number): Run[] {
  return [40, 60].flatMap((num_gpu) => [1024, 2048, 4096].flatMap((num_ctx, i) => [0.2, 0.4, 0.8].map((temperature, k) => run({ num_gpu, num_ctx, temperature }, value(num_gpu, 3 * i + k)))))
}

/** Batch sizes differ between the values of num_gpu, so that no two configurations differ in that alone. */
function unlike(of60: readonly number[], of40: readonly number[]): Run[] {
  const cells = (num_gpu: number, first: number, values: readonly number[]) => values.map((value, at) => run({ num_gpu, batch: first + Math.floor(at / 2), threads: (at % 2) + 1 }, value))
  return [...cells(60, 1, of60), ...cells(40, 4, of40)]
}

function effects(runs: readonly Run[], parts: RecordParts = {}): Fact[] {
  return collect(runs, parts).filter(({ kind, stat = '' }) => kind === 'ratio' && stat !== 'ratio')
}

function collect(runs: readonly Run[], parts: RecordParts = {}): Fact[] {
  const evidence = new Evidence()
  for (const [at, { settings, value }] of runs.entries()) evidence.add(record({ ...parts, value, line: at + 2, attributes: { model: 'a', ...settings } }))
  return collectFacts(evidence)
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[(values.length - 1) / 2] ?? Number.NaN
}
