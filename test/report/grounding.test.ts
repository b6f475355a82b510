import fc from 'fast-check'
import t from 'tap'
import { missed } from '../../benchmarks/grounding/judged.js'
import { invented, lies } from '../../benchmarks/grounding/lies.js'
import { ratesOf, totals } from '../../benchmarks/grounding/run.js'
import { factSets } from '../../benchmarks/grounding/sets.js'
import { handWritten, truths } from '../../benchmarks/grounding/truths.js'
import { bindFigures, groundingRecords, type Grounding } from '../../lib/report/index.js'
import { fact } from './figures.js'

const sets = await factSets()
/** At most this share of true statements may be flagged. */
const FLAGGED = 0.02

for (const set of sets) {
  t.test(`a lying model, about ${set.name}: nothing wrong is shown in strict, all of it is marked in mark`, async (t) => {
    const told = [...lies(set.facts), ...invented(set.facts.find(({ kind }) => kind === 'best')?.who ?? '')]
    t.ok(told.length > 200, `${told.length} lies`)
    for (const lie of told) {
      const { strict, mark, out } = missed(set.facts, lie)
      if (strict.length + mark.length > 0) t.fail(`${lie.kind}: ${out} (${[...strict, ...mark].join(', ')})`)
    }
  })

  t.test(`an honest model, about ${set.name}: hardly anything true is flagged`, async (t) => {
    const rates = ratesOf(set)
    const [honest] = totals(rates)
    t.ok((honest?.count ?? 0) > 200, `${honest?.count ?? 0} true statements`)
    t.ok((honest?.wrong ?? 1) / (honest?.count ?? 1) <= FLAGGED, rates.flatMap(({ examples }) => examples).join('\n'))
  })
}

t.test('two metrics that go together: true where most of the things with both say so', async (t) => {
  const measured = (id: number, model: string, rate: number, wait: number) => [
    fact(`F${id}`, rate, '{token}/s', { metric: 'output_throughput', group: { model }, who: model, stat: 'p50', better: 'higher' }),
    fact(`F${id + 1}`, wait, 's', { metric: 'ttft', group: { model }, who: model, stat: 'p50', better: 'lower' }),
  ]
  const marked = (facts: readonly ReturnType<typeof fact>[], text: string) => {
    const binder = bindFigures(facts).binder()
    return (binder.write(text) + binder.end()).split('[unverified]').length - 1
  }
  const trend = [...measured(1, 'tern:1b', 300, 0.05), ...measured(3, 'wren:3b', 200, 0.07), ...measured(5, 'heron:7b', 100, 0.2)]
  for (const text of ['Higher throughput comes with lower latency.', 'The higher the throughput, the lower the latency.', 'Lower throughput goes hand in hand with higher latency.', 'Better throughput is associated with better latency.']) t.equal(marked(trend, text), 0, text)
  for (const text of ['Higher throughput comes with higher latency.', 'The higher the throughput, the higher the latency.', 'Better throughput is associated with worse latency.', 'Higher throughput comes with lower accuracy.']) t.ok(marked(trend, text) > 0, text)
  const mixed = [...measured(1, 'tern:1b', 300, 0.09), ...measured(3, 'wren:3b', 200, 0.07), ...measured(5, 'heron:7b', 100, 0.2)]
  t.ok(marked(mixed, 'Higher throughput comes with lower latency.') > 0, 'no rule where a third of the pairs say the opposite')
  t.ok(marked(trend.slice(0, 4), 'Higher throughput comes with lower latency.') > 0, 'two things are no trend')
})

t.test('strict: what is left of a line reads as if the dropped sentence had never been there', async (t) => {
  const strict = (text: string) => {
    const binder = bindFigures([], 'strict').binder()
    return binder.write(text) + binder.end()
  }
  t.equal(strict('- **It hits 500 tok/s.** This is fine.\n'), '- This is fine.\n')
  t.equal(strict('- **It hits 500 tok/s.** __So be it.__\n'), '- __So be it.__\n')
  t.equal(strict('It hits 500 tok/s. This is fine. So is this.\n'), 'This is fine. So is this.\n')
  t.equal(strict('This is fine. It hits 500 tok/s. So is this.\n'), 'This is fine. So is this.\n')
  t.equal(strict('**It hits 500 tok/s. And this** is fine.\n'), '**And this** is fine.\n')
  t.equal(strict('- **All fine.** It hits 500 tok/s.\n- It hits 500 tok/s.\n- So is this.\n'), '- **All fine.**\n- So is this.\n')
})

t.test('any cut gives the same text and ledger, lies and truths mixed', async (t) => {
  const [set] = sets
  const facts = set?.facts ?? []
  const texts = [...truths(facts).map(({ text }) => text), ...lies(facts).map(({ text }) => text), ...invented('tern:1b').map(({ text }) => text), ...(handWritten['serving'] ?? [])]
  const joint = fc.constantFrom(' ', '\n', '\n\n', '\n- ', '\n## ', '; ')
  const text = fc.array(fc.tuple(fc.constantFrom(...texts), joint), { minLength: 1, maxLength: 6 }).map((parts) => parts.flat().join(''))
  const read = (pieces: readonly string[], grounding: Grounding) => {
    const binding = bindFigures(facts, grounding)
    const binder = binding.binder()
    return pieces.map((piece) => binder.write(piece)).join('') + binder.end() + JSON.stringify(binding.ledger())
  }
  fc.assert(
    fc.property(text, fc.array(fc.nat(600), { maxLength: 20 }), fc.constantFrom<Grounding>('mark', 'strict', 'off'), (whole, cuts, grounding) => {
      const places = [0, ...cuts.filter((cut) => cut < whole.length).sort((a, b) => a - b), whole.length]
      return read([whole], grounding) === read(places.slice(1).map((to, at) => whole.slice(places[at], to)), grounding)
    }),
    { numRuns: 150 },
  )
  t.pass()
})

t.test('long hostile text: the same in one piece as in many, and no longer than what was typed with its marks', async (t) => {
  const facts = sets[0]?.facts ?? []
  const bind = (whole: string, step: number) => {
    const binder = bindFigures(facts, 'strict').binder()
    let out = ''
    for (let at = 0; at < whole.length; at += step) out += binder.write(whole.slice(at, at + step))
    return out + binder.end()
  }
  for (const piece of ['twenty-', 'one hundred and ', '1,111', 'F1', '{{F1', 'tern:1b ', 'faster than ', 'than than ', '((((', '||||', 'veinte y ', '9.', 'XIV', '&#x', 'of the ', 'a\n']) {
    const whole = piece.repeat(40_000 / piece.length)
    const out = bind(whole, 8)
    t.equal(out, bind(whole, 4096), piece)
    t.ok(out.length <= 5 * whole.length, `${piece}: ${out.length} of ${whole.length}`)
  }
})

t.test('the ledger tells a right figure of something else from one of nothing', async (t) => {
  const facts = [fact('F1', 0.1175, 's', { group: { model: 'gemma3:latest' }, who: 'gemma3:latest', stat: 'mean' }), fact('F2', 0.4321, 's', { subject: 'ttft, model llama3.1:8b', group: { model: 'llama3.1:8b' }, who: 'llama3.1:8b', stat: 'mean' })]
  const binding = bindFigures(facts)
  const binder = binding.binder('Key Findings')
  const text = binder.write('gemma3:latest took 432.1 ms. It took 99.9 ms, and llama3.1:8b 432.1 ms. The TTFT of llama3.1:8b is {{F1.value}}.') + binder.end()
  t.equal(text, 'gemma3:latest took 432.1 ms [wrong subject]. It took 99.9 ms [unverified], and llama3.1:8b 432.1 ms. The TTFT of llama3.1:8b is 117.5 ms. [wrong subject]')
  const ledger = binding.ledger()
  t.match(ledger, { bound: 0, matched: 1, unverifiedCount: 1, wrongSubject: 2, dropped: 0 })
  t.match(ledger.unverified[1], { text: '99.9 ms', reason: 'typed', sentence: 'It took 99.9 ms, and llama3.1:8b 432.1 ms.', section: 'Key Findings' })

  const source = { model: 'm', provider: 'p', stage: 'report', options: {}, file: 'run.ndjson' }
  const records = groundingRecords(ledger, 'mark', source)
  t.strictSame(records.map(({ metric, value }) => [metric, value]), [['grounding_bound', 0], ['grounding_matched', 1], ['grounding_unverified', 1], ['grounding_wrong_subject', 2]])
  t.match(records[0], { unit: '1', stat: 'count', attributes: { grounding: 'mark' } })
  t.strictSame(groundingRecords(ledger, 'off', source).map(({ metric }) => metric), ['grounding_bound'], 'nothing is known of what was not checked')
  t.equal(groundingRecords(ledger, 'strict', source).length, 5)
})

t.test('a sentence is kept short in the ledger', async (t) => {
  const binding = bindFigures([])
  const binder = binding.binder()
  binder.write(`${'word '.repeat(100)}42 ms ${'word '.repeat(100)}.`)
  binder.end()
  const [entry] = binding.ledger().unverified
  t.ok((entry?.sentence.length ?? 999) <= 162)
  t.match(entry?.sentence, '42 ms')
})

t.test('text is given on until something is claimed, then at the end of the sentence', async (t) => {
  const binder = bindFigures(sets[0]?.facts ?? []).binder()
  t.equal(binder.write('We saw {{F4.value}} there, and '), 'We saw 211.4 tok/s there, and ')
  t.equal(binder.write('77 ms for '), '')
  t.equal(binder.write('tern:1b. Then '), '77 ms [unverified] for tern:1b. Then ')
})
