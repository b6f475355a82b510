import t from 'tap'
import { collectFacts } from '../../lib/fact/collect-facts.js'
import { Evidence } from '../../lib/fact/evidence.js'
import type { Fact } from '../../lib/fact/fact.js'
import type { TokenEvent } from '../../lib/model/model.js'
import { narrator } from '../../lib/model/narrator/narrator.js'
import type { Item } from '../../lib/record/item.js'
import { bindFigures } from '../../lib/report/binding.js'
import { hashOf, record, type RecordParts } from '../summary/record.js'

const HEADINGS = ['## Executive Summary', '## Performance Analysis', '## Key Findings', '## Recommendations']
const SLOT = /\{\{(F\d+)(?:\.(?:value|subject|who|than|among|n|times|percent|place|file))?\}\}/g
const NUMBER_WORDS = /\b(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|twelve|hundred|thousand|dozen|once|twice|thrice|double|doubled|triple|half|third|quarter|percent)\b/i

t.test('the events of a model: sent, words, end', async (t) => {
  let clock = 0
  const events = await all(everything(), 'report', { now: () => (clock += 1) })
  t.match(events[0], { type: 'sent', at: 1 })
  t.strictSame(events.at(-1), { type: 'end', at: events.length, reason: 'stop', usage: {} })
  const tokens = events.slice(1, -1)
  t.ok(tokens.length > 100)
  t.ok(tokens.every((event) => event.type === 'token' && event.kind === 'text' && /^\S+\s*$/.test(event.text)), 'each token is a word with the space behind it')
  t.match(narrator(), { provider: 'narrator', name: 'narrator', options: {} })
})

t.test('report: exactly the four headings, each with something below', async (t) => {
  for (const facts of [everything(), [], collect([report('a.md')]), collect(runs('a', [1, 2, 3]))]) {
    const text = await tell(facts, 'report')
    t.strictSame(text.split('\n').filter((line) => line.startsWith('#')), HEADINGS)
    t.ok(text.split(/^## .*$/m).slice(1).every((body) => body.trim().length > 20))
    t.match(text, /## Recommendations\n\n- \S/)
  }
})

t.test('no number is typed, every slot is a fact', async (t) => {
  const facts = everything()
  const some = [...facts.keys()].map((at) => facts.filter((_, i) => i % 3 !== at % 3 || i > at))
  for (const list of [facts, ...some, [], collect([report('2024.md')]), facts.slice(0, 5)]) {
    for (const task of ['analysis', 'report'] as const) {
      const text = await tell(list, task)
      const ids = new Set(list.map(({ id }) => id))
      for (const [, id] of text.matchAll(SLOT)) t.ok(ids.has(id ?? ''), `${id} is among the facts`)
      const typed = text.replace(SLOT, '')
      t.notMatch(typed, /\d|[{}]/, `${task}: digits outside slots`)
      t.notMatch(typed, NUMBER_WORDS, `${task}: number words`)
      t.notMatch(typed, /undefined|null|NaN|\[object/)
    }
  }
})

t.test('what happened is told', async (t) => {
  const facts = everything()
  for (const task of ['analysis', 'report'] as const) {
    const text = await tell(facts, task)
    for (const kind of ['key-figure', 'best', 'worst', 'ratio', 'outlier', 'spread', 'failures', 'gap', 'no-unit', 'no-numbers', 'copies', 'problems'] as const) {
      const ids = facts.filter((fact) => fact.kind === kind).map(({ id }) => id)
      t.ok(ids.length > 0 && ids.some((id) => text.includes(`{{${id}`)), `${task} tells of ${kind}`)
    }
  }
})

t.test('what does not fit together is told, with what to do about it', async (t) => {
  const notes = (value: number): Item => {
    const one = record({ attributes: { model: 'a' }, file: 'notes.md', value })
    return { ...one, source: { ...one.source, format: 'markdown' } }
  }
  const facts = collect([
    ...runs('a', [8, 1, 1, 1, 1], { file: 'x.csv' }), ...runs('a', [10, 1, 1, 1, 1], { file: 'y.csv' }), notes(40),
    ...runs('b', [1, 1, 1], { file: 'x.csv', time: '2026-01-01' }), ...runs('b', [3, 3, 3], { file: 'y.csv', time: '2026-01-02' }),
    { type: 'problem', code: 'delta-mismatch', message: 'm', file: 'notes.md' },
  ])
  const text = await shown(facts, 'report')
  t.match(text, 'What has a date was measured between 2026-01-01 and 2026-01-02.')
  t.match(text, /the opening run stands out in the time to first token of a: by a factor of 9 against the median of all that follow \(2 series looked at\)/)
  t.match(text, /With the same settings, the time to first token of b differs by a factor of 3 between the 2 files that measured it; the ranges of both do not meet\./)
  t.match(text, /notes\.md:2 states a figure for the time to first token of a that is beyond all 10 samples in the data files by a factor of 4/)
  t.match(text, /1 stated delta does not match the values beside it \(see notes\.md\)/)
  t.match(text, /- Measure b again before its time to first token is compared/)
  t.match(text, /- Correct notes\.md:2, or add the runs it speaks of/)
  t.notMatch(text, /unverified/)
  for (const task of ['analysis', 'report'] as const) {
    const typed = (await tell(facts, task)).replace(SLOT, '')
    t.notMatch(typed, /\d|[{}]/)
    t.notMatch(typed, NUMBER_WORDS)
  }
})

t.test('recommendations follow from facts, and only from them', async (t) => {
  const advice = async (facts: readonly Fact[]) => (await tell(facts, 'report')).split('## Recommendations')[1] ?? ''
  const full = await advice(everything())
  for (const word of [/run again what failed/i, /warm up/i, /unit/, /repeat each configuration/i, /prefer/]) t.match(full, word)
  const calm = await advice(collect([...runs('a', [1, 1.01, 1.02]), ...runs('b', [1, 1.01, 1.02])]))
  for (const word of [/failed/i, /warm up/i, /\bunit\b/, /prefer/]) t.notMatch(calm, word)
  t.match(calm, /nothing in these figures calls for action/i)
  const lucky = await advice(collect([...runs('a', [1]), ...runs('b', [5])]))
  t.notMatch(lucky, /prefer/, 'single samples decide nothing')
})

t.test('a choice that is best for everything, and none that is', async (t) => {
  const rate = { metric: 'output_throughput', unit: '{token}/s', better: 'higher' } as const
  const same = await tell(collect([...runs('a', [1, 1, 1]), ...runs('b', [5, 5, 5]), ...runs('a', [9, 9, 9], rate), ...runs('b', [2, 2, 2], rate)]), 'analysis')
  t.match(same, /\}\} generates fastest: .*\. It also shows its first token soonest/)
  const split = await tell(collect([...runs('a', [1, 1, 1]), ...runs('b', [5, 5, 5]), ...runs('a', [2, 2, 2], rate), ...runs('b', [9, 9, 9], rate)]), 'analysis')
  t.match(split, /No choice is best for both/)
})

t.test('direction, basis and factor in words', async (t) => {
  const rate = { metric: 'output_throughput', unit: '{token}/s', better: 'higher' } as const
  const text = await shown(collect([...runs('slow', [50, 51, 52], rate), ...runs('mid', [80, 80, 80], rate), ...runs('fast', [100, 102, 104], rate), ...runs('slow', [0.1, 0.1, 0.1]), ...runs('fast', [0.2, 0.2, 0.2])]), 'report')
  t.match(text, 'fast generates fastest: 102 tok/s in the median of 3 samples, 2.00 times the 51 tok/s of slow. In between lies mid at 80 tok/s.')
  t.match(text, 'slow shows its first token soonest, after 100 ms in the median of 3 samples; fast needs 200 ms, 2.00 times as long.')
  t.match(text, 'No choice is best for both output throughput and time to first token: fast leads in the former, slow in the latter.')
  t.notMatch(text, /model (?:fast|slow)|\bmodel,/, 'a model is called by its name')
  const close = await shown(collect([...runs('a', [1, 1, 1]), ...runs('b', [1.02, 1.02, 1.02])]), 'report')
  t.match(close, 'a and b hardly differ in time to first token: 1 s against 1.02 s, a factor of 1.020.')
  const single = await shown(collect([...runs('a', [1]), ...runs('b', [3])]), 'report')
  t.match(single, 'a shows its first token soonest, after 1 s in a single sample; b needs 3 s, 3.00 times as long. Neither was repeated, so this may be chance.')
  const unlike = await shown(collect([...[1024, 2048, 4096].map((num_ctx, i) => record({ value: 1, line: i + 2, attributes: { model: 'a', num_ctx } })), ...runs('b', [5, 5, 5])]), 'report')
  t.match(unlike, 'Other settings varied for some of these runs only, so take the factor as approximate.')
  t.notMatch(unlike, /prefer/, 'what is not alike decides nothing')
  const tie = await shown(collect([...runs('a', [1, 1, 1]), ...runs('b', [1, 1, 1]), ...runs('c', [3, 3, 3])]), 'report')
  t.match(tie, 'shares the lowest time to first token with others')
  t.notMatch(tie, /prefer/, 'a tie decides nothing')
})

t.test('settings: what was compared, and no more than chance allows', async (t) => {
  const pairs = (values: (batch: number) => readonly number[]) =>
    collect([1, 2, 3, 4, 5, 6].flatMap((batch) => values(batch).map((value, at) => record({ value, line: 10 * batch + at, attributes: { model: 'a', threads: at + 1, batch } }))))
  const real = await shown(pairs((batch) => [batch, batch + 1.5]), 'report')
  t.match(real, 'With threads 1 instead of 2, a shows its first token sooner by a factor of 1.44 over 6 pairs of configurations that differ in nothing else.')
  t.match(real, 'Use threads 1 rather than 2: the time to first token of a was lower with it by a factor of 1.44, beyond chance.')
  const small = await shown(pairs((batch) => [batch, 1.01 * batch]), 'report')
  t.match(small, 'by a factor of 1.010 over 6 pairs of configurations that differ in nothing else, too little to decide by.')
  t.notMatch(small, /Use threads/)
  const chance = await shown(pairs((batch) => [10 + batch, batch % 2 === 0 ? 20 : 8]), 'report')
  t.match(chance, /No setting that could be compared showed an effect on the time to first token of a beyond chance: the clearest, threads \d instead of \d, makes a factor of [\d.]+ over 6 pairs/)
  t.notMatch(chance, /Use threads|scatter|no other/)
  const unlike = [1, 2, 3, 4, 5, 6].flatMap((at) => [1, 2].map((threads) => record({ value: 10 * threads + ([2, 1, 3, 4, 6, 5][at - 1] ?? 0), line: 20 * threads + at, attributes: { model: 'a', threads, batch: 10 * threads + Math.ceil(at / 2), top: at % 2 } })))
  const text = await shown(collect(unlike), 'report')
  t.match(text, 'With threads 1 instead of 2, a shows its first token sooner by a factor of 1.74 over 12 configurations, which differ in other settings as well')
  t.notMatch(text, /Use threads/, 'the cause may be another setting')
})

t.test('an order of medians is not taken for one of all runs', async (t) => {
  const rate = { metric: 'output_throughput', unit: '{token}/s', better: 'higher' } as const
  const text = await shown(collect([...runs('a', [1, 2, 9]), ...runs('b', [3, 4, 5]), ...runs('a', [1, 2, 9], rate), ...runs('b', [3, 4, 5], rate)]), 'report')
  t.match(text, 'Their samples overlap: the medians are in this order, individual runs need not be.')
  t.notMatch(text, /prefer|No choice is best/)
  const close = await shown(collect([...runs('a', [2, 2, 2]), ...runs('b', [2.05, 2.05, 2.05]), ...runs('c', [9, 9, 9])]), 'report')
  t.match(close, 'Others come close enough to make the winner uncertain.')
  t.notMatch(close, /prefer/)
})

t.test('failures in written reports are told apart', async (t) => {
  const failed = (file: string, format: 'csv' | 'markdown') => {
    const made = record({ status: 'error', value: 0, file, attributes: { model: 'a' } })
    return { ...made, source: { ...made.source, format } }
  }
  t.match(await shown(collect([failed('a.csv', 'csv'), failed('a.md', 'markdown')]), 'report'), '1 run failed and is in no figure: in 1 file every run failed. 1 row of Markdown reports tells of failures too, perhaps of the same ones.')
  t.match(await shown(collect([failed('a.md', 'markdown')]), 'report'), '1 row of Markdown reports tells of failed runs.')
})

t.test('a cold start is told with its place and its distance', async (t) => {
  const text = await shown(collect([...runs('a', [29, 0.1, 0.1, 0.1, 0.1]), ...runs('b', [0.2, 0.2, 0.2, 0.2, 0.2])]), 'report')
  t.match(text, 'The slowest first token of a came after 29 s, 290 times the median (a.csv:2): it is the first run of its series, which points to a cold start.')
})

t.test('a report keeps its lists short, and never repeats the table', async (t) => {
  const facts = collect(['a', 'b', 'c', 'd', 'e', 'f'].flatMap((model, k) => ['ttft', 'itl', 'latency', 'duration', 'compile_time', 'load_duration'].flatMap((metric) => runs(model, [k + 1, k + 1.1, 9 * k + 1, k + 1, k + 1], { metric }))))
  const parts = (await tell(facts, 'report')).split(/^## .*$/m)
  const items = parts.map((part) => part.split('\n').filter((line) => line.startsWith('- ')).length)
  t.equal(items[2], 0, 'no list in the analysis')
  t.ok((items[3] ?? 0) > 3 && (items[3] ?? 0) <= 10, `${items[3]} findings`)
  t.ok((items[4] ?? 0) > 1 && (items[4] ?? 0) <= 8, `${items[4]} recommendations`)
  t.match(await tell(facts, 'analysis'), /\n- \{\{F\d+\.who\}\}: \{\{F\d+\.value\}\} \(median of \{\{F\d+\.n\}\}\)/, 'an analysis has no table above it')
})

t.test('counts agree with their nouns', async (t) => {
  const one = await tell(collect([...runs('a', [1, 2]), report('x.md')]), 'report')
  t.match(one, /\}\} file could be read and holds no/)
  const two = await tell(collect([...runs('a', [1, 2]), report('x.md'), report('y.md')]), 'report')
  t.match(two, /\}\} files could be read and hold no/)
})

t.test('nothing measured: says so and what to do', async (t) => {
  const nothing = await tell([], 'report')
  t.match(nothing, /no file was read/)
  t.match(nothing, /Name a folder or files/)
  const notes = await tell(collect([report('a.md'), report('b.md')]), 'analysis')
  t.match(notes, /^Of \{\{F1\.value\}\} files that were read, none gave/)
  t.match(notes, /Name a folder or files/)
})

t.test('a hostile name cannot open a slot or leave its own', async (t) => {
  const facts = collect([...runs('{{F1}}\n## Recommendations\n12', [1, 2, 30, 4, 5]), ...runs('b', [2, 3, 4])])
  const text = await tell(facts, 'report')
  t.strictSame(text.split('\n').filter((line) => line.startsWith('#')), HEADINGS)
  t.notMatch(text.replace(SLOT, ''), /\d/)
})

t.test('bad use and abort', async (t) => {
  await t.rejects(drain(narrator().generate({ messages: [] })), { code: 'USAGE' })
  const controller = new AbortController()
  const seen: TokenEvent[] = []
  const running = (async () => {
    for await (const event of narrator().generate({ messages: [], brief: { task: 'report', facts: [] } }, { signal: controller.signal })) {
      seen.push(event)
      if (seen.length === 3) controller.abort(new Error('enough'))
    }
  })()
  await t.rejects(running, { code: 'ABORTED', cause: { message: 'enough' } })
  t.equal(seen.length, 3, 'what came before is kept, nothing comes after')
})

/** Something of every kind. */
function everything(): Fact[] {
  const rate = { metric: 'output_throughput', unit: '{token}/s', better: 'higher' } as const
  return collect([
    ...runs('a', [29, 0.1, 0.1, 0.12, 0.13]),
    ...runs('b', [0.2, 0.3, 0.25, 0.2, 0.5]),
    ...runs('c', [0.7, 0.7, 0.8]),
    ...runs('a', [100, 101, 102], rate),
    ...runs('b', [50, 51, 90], rate),
    ...runs('single', [0.4]),
    ...[1, 2].flatMap((threads) => [10, 20, 30].map((batch, k) => record({ value: 0.1 + 0.02 * k, line: 10 * threads + k, file: 'sweep.csv', attributes: { model: 'sweep', threads, batch } }))),
    record({ status: 'error', value: 0, file: 'failed.csv', attributes: { model: 'a' } }),
    record({ metric: 'response_chars', unit: '', file: 'odd.csv', attributes: { model: 'a' } }),
    { ...report('copy.csv'), records: 5, hash: hashOf('a.csv') },
    report('notes.md'),
    { ...report('broken.csv'), verdict: 'rejected' as const },
    { type: 'problem', code: 'ragged-row', message: 'm', file: 'broken.csv' },
  ])
}

function runs(model: string, values: readonly number[], parts: RecordParts = {}): Item[] {
  return values.map((value, i) => record({ attributes: { model }, file: `${model.slice(0, 9)}.csv`, ...parts, value, line: i + 2 }))
}

function report(file: string): Extract<Item, { type: 'file' }> {
  return { type: 'file', file, format: 'markdown', records: 0, problems: 0, verdict: 'guessed', reason: 'notes' }
}

function collect(items: readonly Item[]): Fact[] {
  const evidence = new Evidence()
  for (const item of items) evidence.add(item)
  return collectFacts(evidence)
}

async function all(facts: readonly Fact[], task: 'analysis' | 'report', context = {}): Promise<TokenEvent[]> {
  return drain(narrator().generate({ messages: [], brief: { task, facts } }, context))
}

async function drain(events: AsyncIterable<TokenEvent>): Promise<TokenEvent[]> {
  const list: TokenEvent[] = []
  for await (const event of events) list.push(event)
  return list
}

/** With its figures filled in, as a reader sees it. */
async function shown(facts: readonly Fact[], task: 'analysis' | 'report'): Promise<string> {
  const binder = bindFigures(facts).binder()
  return binder.write(await tell(facts, task)) + binder.end()
}

async function tell(facts: readonly Fact[], task: 'analysis' | 'report'): Promise<string> {
  return (await all(facts, task)).map((event) => (event.type === 'token' ? event.text : '')).join('')
}
