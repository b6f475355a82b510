import fc from 'fast-check'
import t from 'tap'
import { bindFigures, type Grounding } from '../../lib/report/binding.js'
import { fact, sweep as basic } from './figures.js'

const sweep = [
  ...basic,
  fact('F9', 6.340478, '1', { kind: 'ratio', who: 'gemma3:latest', than: 'llama3.1:8b', among: 'q4*0' }),
  fact('F10', 29.98, 's', { kind: 'outlier', n: 1024, times: 233.38 }),
  fact('F11', 0.42, '1', { kind: 'spread' }),
  fact('F12', 3, '1', { kind: 'failures', stat: 'count', files: ['a/b/c.csv'] }),
  fact('F13', 4360, '1', { kind: 'inventory', stat: 'count' }),
]

function bind(text: string, grounding: Grounding = 'mark', facts = sweep, cuts: readonly number[] = []) {
  const binding = bindFigures(facts, grounding)
  const binder = binding.binder()
  let out = ''
  let at = 0
  for (const cut of [...cuts.filter((cut) => cut < text.length)].sort((a, b) => a - b)) {
    out += binder.write(text.slice(at, cut))
    at = cut
  }
  out += binder.write(text.slice(at)) + binder.end()
  return { out, ledger: binding.ledger() }
}

const shown: [what: string, input: string, expected: string][] = [
  ['a whole slot is subject, statistic and value', 'Here: {{F2}}.', 'Here: ttft, model gemma3:latest (mean 117.5 ms).'],
  ['a slot of a value', 'It took {{F2.value}} on {{F2.subject}}.', 'It took 117.5 ms on ttft, model gemma3:latest.'],
  ['a slot of a value beside the name of something else', 'It took {{F2.value}} on {{F3.subject}}.', 'It took 117.5 ms on ttft, model llama3.1:8b. [wrong subject]'],
  ['a slot of whom it is about, and of the other side', '{{F9.who}} beats {{F9.than}} for {{F9.among}}', 'gemma3:latest beats llama3.1:8b for q4\\*0'],
  ['whom a count is about is what it counts', '{{F8.who}}', 'failed runs, ttft'],
  ['slots of metric, sample size, distance, share and place', '{{F10.metric}} {{F10.n}} {{F10.times}} {{F11.percent}} {{F2.place}} {{F12.file}}', 'time to first token 1,024 233 42% reports/gemma3_270m_20251002-170837.csv:4 b/c.csv'],
  ['a part that this figure does not have', '{{F2.than}} {{F1.n}} {{F3.place}} {{F2.times}} {{F2.percent}}', '[unknown figure F2.than] [unknown figure F1.n] [unknown figure F3.place] [unknown figure F2.times] [unknown figure F2.percent]'],
  ['a part that no figure has', '{{F2.unit}} {{F2.constructor}}', '[unknown figure F2.unit] [unknown figure F2.constructor]'],
  ['a ratio has three digits and keeps the word behind it', '{{F9.value}} times, {{F5.value}}x', '6.34 times, 1.85x'],
  ['a percent sign said twice', '{{F11.percent}}%', '42%'],
  ['a count has its thousands apart', '{{F13.value}}', '4,360'],
  ['spaces and case in a slot', '{{ f2.value }}', '117.5 ms'],
  ['a slot with one brace', '{F2.value} and {f8.value}', '117.5 ms and 3'],
  ['a slot in a code span', 'It took `{{F2.value}}`.', 'It took 117.5 ms.'],
  ['a unit said twice', '{{F2.value}} ms, {{F4.value}} tokens per second', '117.5 ms, 182.4 tok/s'],
  ['a unit of another dimension behind a slot', '{{F2.value}} tok/s', '117.5 ms tok/s [unverified unit]'],
  ['an unknown figure', 'See {{F99}}.', 'See [unknown figure F99].'],
  ['nonsense in a slot', '{{constructor}} {{__proto__}}', '[unknown figure constructor] [unknown figure \\_\\_proto\\_\\_]'],
  ['a slot that never ends', 'a {{F2 b', 'a \\{\\{F2 b'],
  ['a true number in base and in scaled unit', '0.1175 s is 117.5 ms is 118 ms', '0.1175 s is 117.5 ms is 118 ms'],
  ['a wrong number', 'TTFT was 42 ms on average', 'TTFT was 42 ms [unverified] on average'],
  ['a right number with a wrong unit', 'It made 117.5 tok/s', 'It made 117.5 tok/s [unverified]'],
  ['a number is compared at its printed precision', '117.4 ms, 117 ms, 120 ms', '117.4 ms [unverified], 117 ms, 120 ms [unverified]'],
  ['a bare number with few digits says nothing', 'A score of 42 and 5', 'A score of 42 [unverified] and 5 [unverified]'],
  ['percent and share', '42% or 42 percent, not 43%', '42% or 42 percent, not 43% [unverified]'],
  ['percentage points are not percent', '42 percentage points', '42 percentage points [unverified]'],
  ['multiples', '1.85x, 1.9 times, 2.1x', '1.85x, 1.9 times, 2.1x [unverified]'],
  ['number words', 'It doubled; twice; half; ten-fold', 'It doubled [unverified]; twice [unverified]; half [unverified]; ten-fold [unverified]'],
  ['a count in words', 'three failed runs, seven failed runs', 'three failed runs, seven failed runs [unverified]'],
  ['one is a number before a unit only', 'One of them took one second', 'One of them took one second [unverified]'],
  ['the sample size', 'over 24 runs, over 25 runs', 'over 24 runs, over 25 runs [unverified]'],
  ['thousands and exponents', '1,200 ms and 4.2e-2 s', '1,200 ms [unverified] and 4.2e-2 s [unverified]'],
  ['bytes', '5.36 GB, 5360 MB, 5.36 GiB', '5.36 GB, 5360 MB, 5.36 GiB [unverified]'],
  ['emphasis around a number', '**42** ms and **42 ms**', '**42** ms [unverified] and **42 ms [unverified]**'],
  ['money', 'for $12 a day', 'for $12 [unverified] a day'],
  ['dates, times and versions', 'On 2025-10-02T17:08:37Z, October 2, 2025, at 17:08 with v0.12 and 1.2.3.', 'On 2025-10-02T17:08:37Z, October 2, 2025, at 17:08 with v0.12 and 1.2.3.'],
  ['names from the data', 'gemma3:latest, Llama3.1:8b, q4_0, gemma3, 270m, `gemma3_270m_20251002-170837.csv`', 'gemma3:latest, Llama3.1:8b, q4_0, gemma3, 270m, `gemma3_270m_20251002-170837.csv`'],
  ['names that are not in the data', 'the A100 and gemma4', 'the A100 [unverified] and gemma4 [unverified]'],
  ['settings from the data', 'num_gpu=80, num_gpu of 80, `num_gpu` = 80, num_gpu 81', 'num_gpu=80, num_gpu of 80, `num_gpu` = 80, num_gpu 81 [unverified]'],
  ['percentile names', 'p95, p99.9, the 95th percentile', 'p95, p99.9, the 95th percentile'],
  ['ids of figures', 'F2 and F99', 'F2 and F99 [unverified]'],
  ['list numerals and heading numbers', '1. a\n2) b\n## 3. c\n**4. d**\n7 e', '1. a\n2) b\n## 3. c\n**4. d**\n7 [unverified] e'],
  ['digits of other scripts', '４２ ms, ½ of it', '４２ ms [unverified], ½ [unverified] of it'],
  ['a table', '| model | ttft |\n|---|---|\n| gemma3 | {{F2.value}} |\n', '| model | ttft |\n|---|---|\n| gemma3 | 117.5 ms |\n'],
  ['a mark does not become a link', '42 ms(x) {{F99}}: y', '42 ms [unverified]\\(x) [unknown figure F99]\\: y'],
  ['HTML', '<script>alert(1)</script> <img src=x>', '&lt;script>alert(1 [unverified])&lt;/script> &lt;img src=x>'],
  ['links and images', '![a](https://evil.example/?q) [b](javascript:alert) www.evil.example', '!\\[a\\]((link removed)) \\[b\\]((link removed)) (link removed)'],
  ['a backslash does not undo ours', '\\[a\\](x) \\\\[b] \\<b> \\`c', '\\[a\\](x) \\\\\\[b\\] &lt;b> \\`c'],
  ['code that could become markup is shown as text', '`a | <img src=x>`', 'a | &lt;img src=x>'],
  ['code that never ends', 'a `b\nc', 'a \\`b\nc'],
  ['fences and rules are dropped', '```markdown\ntext\n```\n---\nend', 'text\nend'],
  ['a number in code is checked', '`42 ms`', '42 ms [unverified]'],
  ['control characters', 'a\u001b[31mred\u001b[0m \u202eb', 'ared b'],
]

for (const [what, input, expected] of shown) {
  t.test(what, async (t) => {
    t.equal(bind(input).out, expected)
    for (let cut = 1; cut < input.length; cut += 1) t.equal(bind(input, 'mark', sweep, [cut]).out, expected, `cut at ${cut}`)
    t.equal(bind(input, 'mark', sweep, Array.from({ length: input.length }, (_, at) => at)).out, expected, 'cut everywhere')
  })
}

t.test('any cut gives the same text and the same ledger, in every mode', async (t) => {
  const pieces = fc.constantFrom(
    ...shown.map(([, input]) => input),
    ' ', '\n', '\n\n', '. ', '- ', '{', '}', '`', '*', '\\', '{{F2}}', '42', ' ms', 'twenty-five', 'May 2', '2025-1', 'num_gpu', '=80', 'tokens per second', '1. ', '```\n', 'e.g.',
  )
  const text = fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(''))
  fc.assert(
    fc.property(text, fc.array(fc.nat(300), { maxLength: 12 }), fc.constantFrom<Grounding>('mark', 'strict', 'off'), (input, cuts, mode) => {
      const whole = bind(input, mode)
      const cut = bind(input, mode, sweep, cuts)
      return whole.out === cut.out && JSON.stringify(whole.ledger) === JSON.stringify(cut.ledger)
    }),
    { numRuns: 400 },
  )
  t.pass()
})

t.test('the ledger counts and names', async (t) => {
  const { ledger } = bind('{{F2}} and {{F4.value}}, 117.5 ms, then 42 ms and {{F99}}.')
  t.match(ledger, { bound: 2, matched: 1, unverifiedCount: 2, dropped: 0, facts: ['F2', 'F4'] })
  t.strictSame(
    ledger.unverified.map(({ text, reason }) => [text, reason]),
    [['42 ms', 'typed'], ['F99', 'id']],
  )
  t.equal(ledger.unverified[0]?.sentence, 'ttft, model gemma3:latest (mean 117.5 ms) and 182.4 tok/s, 117.5 ms, then 42 ms and [unknown figure F99].')
})

t.test('strict leaves out the sentence, and nothing else', async (t) => {
  const cases: [string, string][] = [
    ['Good {{F2.value}}. Bad 42 ms here. Good again.\n', 'Good 117.5 ms. Good again.\n'],
    ['- Good.\n- Bad 42 ms.\n- Good {{F4.value}}. Bad 7 s.\n', '- Good.\n- Good 182.4 tok/s.\n'],
    ['Bad 42 ms,\nwhich goes on.\n\nGood.', '\n\nGood.'],
    ['| a | b |\n|---|---|\n| ttft | 42 ms |\n| x | {{F2.value}} |\n', '| a | b |\n|---|---|\n| x | 117.5 ms |\n'],
    ['All of {{F77}} is unknown. Fine.', 'Fine.'],
  ]
  for (const [input, expected] of cases) t.equal(bind(input, 'strict').out, expected, input)
  t.equal(bind('- Bad 42 ms.\n- Good. Bad 7 s.\n', 'strict').ledger.dropped, 2)
})

t.test('off fills slots and leaves numbers alone, but disarms all the same', async (t) => {
  const { out, ledger } = bind('{{F2.value}} and 42 ms <b>', 'off')
  t.equal(out, '117.5 ms and 42 ms &lt;b>')
  t.match(ledger, { bound: 1, unverifiedCount: 0 })
})

t.test('a subject from a file cannot become markup or a slot', async (t) => {
  const hostile = fact('F1', 0.5, 's', { subject: '{{F2}} </script> [x](https://evil.example) `code` | \u001b[31m *b*' })
  const { out } = bind('{{F1}}', 'mark', [hostile, fact('F2', 7, 's')])
  t.equal(out, '\\{\\{F2\\}\\} &lt;/script> \\[x\\](https&#58;//evil.example) \\`code\\` \\| \\*b\\* (500 ms)')
})

t.test('text is given on as soon as it is decided', async (t) => {
  const binder = bindFigures(sweep).binder()
  t.equal(binder.write('Hello '), 'Hello ')
  t.equal(binder.write('wor'), '')
  t.equal(binder.write('ld, it took {{F2.va'), 'world, it took ')
  t.equal(binder.write('lue}} '), '117.5 ms', 'a unit may follow, which would be said twice')
  t.equal(binder.write('now '), ' now ')
})

t.test('a number in a text without facts is unverified', async (t) => {
  t.equal(bind('42 ms', 'mark', []).out, '42 ms [unverified]')
})

t.test('a grounding that does not exist is refused', async (t) => {
  t.throws(() => bindFigures(sweep, 'loose' as Grounding), { code: 'USAGE', message: /mark, strict, off/ })
})
