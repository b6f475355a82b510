import fc from 'fast-check'
import t from 'tap'
import { structuredText } from '../../lib/agent/structured-text.js'

const KNOWN = new Set(['F1', 'F2', 'F3'])

function shown(text: string, task: 'analysis' | 'report' = 'report', cuts: readonly number[] = []): string {
  const reading = structuredText(task, KNOWN)
  let out = ''
  let at = 0
  for (const cut of [...cuts.filter((one) => one < text.length), text.length].sort((a, b) => a - b)) {
    out += reading.write(text.slice(at, cut))
    at = cut
  }
  return out + reading.end()
}

const answer = JSON.stringify({
  summary: 'The best is {{F2}}.\n\nIt is far ahead',
  analysis: [{ topic: 'TTFT', text: 'It takes {{F2.value}}.' }],
  findings: [
    { title: 'First one', text: 'It wins with {{F2}}.', facts: ['F2', 'F3'], severity: 'high' },
    { title: '**Second**', text: '- It loses', facts: ['F99', 'no id', 7], severity: 'very' },
  ],
  recommendations: [{ action: 'Run it again', why: 'It helps', facts: ['{{F1}}'], cost: 'a minute' }],
})
const expected = `## Executive Summary

The best is {{F2}}. It is far ahead.

## Performance Analysis

**TTFT.** It takes {{F2.value}}.

## Key Findings

- **First one.** It wins with {{F2}}. Figures: {{F3}}. Severity: high.
- **Second.** It loses. Also: {{F99}}.

## Recommendations

- **Run it again.** It helps. Figures: {{F1}}. Cost: a minute.
`

t.test('a structured report as its sections', async (t) => {
  t.equal(shown(answer), expected)
  for (let cut = 1; cut < answer.length; cut += 1) t.equal(shown(answer, 'report', [cut]), expected, `cut at ${cut}`)
})

t.test('an analysis has no headings', async (t) => {
  t.equal(
    shown('{"summary":"So it is.","findings":[{"title":"A","text":"b"}],"recommendations":["Do it"]}', 'analysis'),
    'So it is.\n\n**Findings**\n\n- **A.** b.\n\n**Recommendations**\n\n- Do it.\n',
  )
})

t.test('each finding is given as soon as it is complete', async (t) => {
  const reading = structuredText('report', KNOWN)
  t.equal(reading.write('{"findings": [{"title": "A", "text": "b"'), '')
  t.equal(reading.write('}'), '## Key Findings\n\n- **A.** b.\n')
  t.equal(reading.write(', {"title": "C", "text": "d"}'), '- **C.** d.\n')
  t.match(reading, { form: 'json', fault: 'its end is missing, what was complete is kept' })
})

t.test('in a fence, and with words behind it', async (t) => {
  for (const open of ['```json\n', '```\n', ' \n', '']) t.equal(shown(`${open}${answer}\n\`\`\`\nHope it helps`), expected, JSON.stringify(open))
})

t.test('plain text stays as it is, whatever it begins with', async (t) => {
  for (const text of ['{{F2}} is best.', '## Executive Summary\nA', '```\ncode\n```', '{ not json', '[1]', '  x', '`code` first', '{', '']) {
    t.equal(shown(text, 'report', [1, 2]), text)
    t.equal(structuredText('report', KNOWN).form, undefined)
  }
  fc.assert(fc.property(fc.string().filter((text) => !/^\s*`*\w*\s*\{\s*["}]/.test(text) && text.trim() !== ''), fc.array(fc.nat(30)), (text, cuts) => shown(text, 'report', cuts) === text), { numRuns: 300 })
})

t.test('what went wrong is said', async (t) => {
  const fault = (text: string) => {
    const reading = structuredText('report', KNOWN)
    reading.write(text)
    reading.end()
    return reading.fault
  }
  t.equal(fault(answer), undefined)
  t.equal(fault('Just text.'), undefined)
  t.equal(fault('{"summary": "x", oops'), 'it stopped being JSON, what was complete before that is kept')
  t.equal(fault('{"answer": "x"}'), 'it holds nothing of what was asked for')
  t.equal(fault('{"summary": "x", "findings": [tru]}'), 'a part of it could not be read')
})

t.test('no key reaches what an object has by itself', async (t) => {
  t.equal(shown('{"constructor": "x", "__proto__": {"a": 1}, "toString": ["y"]}'), '')
})
