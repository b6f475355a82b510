import t from 'tap'
import { analysisText, writeReport } from '../../lib/report/index.js'
import { ChimeraError } from '../../lib/stage/index.js'
import { pieces, scripted, type Script } from '../agent/scripted.js'
import { sweep } from './figures.js'

/** The sections as they stand in the document, by their titles without numbers. */
async function report(script: Script, more: Partial<Parameters<typeof writeReport>[0]> = {}) {
  const run = writeReport({ facts: sweep, rows: [], files: [], model: scripted(script), ...more })
  let text = ''
  for await (const piece of run) text += piece
  const section = (title: string) => text.split(new RegExp(`^## \\d\\. ${title}$`, 'm'))[1]?.split(/^## /m)[0] ?? ''
  return { text, section, result: run.result }
}

const good = {
  'Executive Summary': 'The time to first token is {{F2}}, of all that were measured.',
  'Performance Analysis': 'The throughput was {{F4}} and the memory in use {{F7.value}}.',
  'Key Findings': '- The figure is {{F2}}.\n- The rate is {{F4}}.',
  Recommendations: '- Run it again, and look at the {{F8}} that failed.',
}
type Heading = keyof typeof good
const whole = (changed: Partial<Record<Heading, string>>) => pieces(Object.entries({ ...good, ...changed }).map(([heading, body]) => `## ${heading}\n${body}\n\n`).join(''))

const GERMAN = 'Die Ergebnisse zeigen, dass das Modell gut antwortet und bei langen Texten auch mehr Speicher braucht als die anderen.'
const WAFFLE = 'The results are very good in general and it can be seen that the system performs as it should under most conditions, which is why there is no reason to doubt that it will also do well in the future, with all of the other settings that could be tried.'

const cases: [what: string, body: string, note: RegExp, kept?: RegExp][] = [
  ['in another language', GERMAN, /\*Written by the built-in narrator: the model wrote in another language than asked, German as it seems\.\*/],
  ['in another script', '测试结果显示，该模型的速度最快。', /another language than asked, another script as it seems/],
  ['in a loop', `The rate is {{F4}}. ${'It is fast and '.repeat(30)}`, /The model's text ends here\*\*: the model repeated itself\. What follows was written by the built-in narrator/, /^\s*The rate is output_throughput/],
  ['of slots alone', '{{F1}} {{F2}} {{F3}} {{F4}} {{F5}} {{F6}} {{F7}} {{F8}} {{F1}} {{F2}}', /figures without words/],
  ['of JSON', '[{"title": "x", "text": "y", "facts": [1], "severity": "z"}, {"title": "x", "text": "y"}]', /the model wrote JSON where text was asked for/],
  ['without a figure', WAFFLE, /\*Added by the built-in narrator: the model named no figure that was measured\.\*/, /^\s*The results are very good/],
  ['that is empty', '', /the model did not write this section/],
]
for (const [what, body, note, kept] of cases) {
  t.test(`a section ${what}: the narrator stands in, there and nowhere else`, async (t) => {
    const { section, result } = await report({ report: whole({ 'Key Findings': body }) })
    const text = section('Key Findings')
    t.match(text, note)
    t.match(text, /^- Nothing stands out: /m, "the narrator's words are there")
    if (kept) t.match(text, kept)
    else t.notMatch(text, body === '' ? /never/ : body.slice(0, 12))
    if (what !== 'in a loop') {
      t.strictSame(result?.stoodIn, ['Key Findings'])
      t.equal(result?.failure, undefined)
      t.match(section('Recommendations'), 'Run it again')
    } else {
      t.strictSame(result?.stoodIn, ['Key Findings', 'Recommendations'], 'the answer was ended there')
      t.match(result?.failure, { code: 'MODEL_FAILED', message: /repeated itself/ })
    }
    t.match(section('Performance Analysis'), /throughput was output_throughput/)
  })
}

t.test('a report of no use at all is a failure of the model', async (t) => {
  const { result, text } = await report({ report: whole({ 'Executive Summary': GERMAN, 'Performance Analysis': GERMAN, 'Key Findings': GERMAN, Recommendations: GERMAN }) })
  t.equal(result?.stoodIn.length, 4)
  t.match(result?.failure, { code: 'MODEL_FAILED' })
  t.notMatch(text, 'Ergebnisse')
})

t.test('what was asked for in German may be German', async (t) => {
  const persona = { name: 'X', title: 'X', version: 'x@1', text: 'Antworte auf Deutsch.', language: 'de' }
  const { result, section } = await report({ report: whole({ 'Executive Summary': GERMAN }) }, { persona })
  t.match(section('Executive Summary'), GERMAN)
  t.notOk(result?.stoodIn.includes('Executive Summary'))
})

t.test('the narrator itself is not judged', async (t) => {
  const { result } = await report({}, { model: (await import('../../lib/model/index.js')).narrator(), facts: [] })
  t.strictSame(result?.stoodIn, [])
})

t.test('a structured report: findings are bound and checked like any other text', async (t) => {
  const answer = JSON.stringify({
    summary: 'The figure is {{F2}}.',
    analysis: [{ topic: 'Throughput', text: 'It was {{F4}}.' }],
    findings: [{ title: 'Fast', text: 'It takes 42 ms.', facts: ['F2', 'F77'], severity: 'high' }],
    recommendations: [{ action: 'Run it again', why: 'There were {{F8}}', facts: [], cost: 'an hour' }],
  })
  const model = { ...scripted({ report: pieces(answer) }), provider: 'ollama' }
  const { section, result } = await report({}, { model })
  t.match(section('Key Findings'), '- **Fast.** It takes 42 ms [unverified]. Figures: ttft, model gemma3:latest (mean 117.5 ms). Also: [unknown figure F77]. Severity: high.')
  t.match(result?.ledger, { unverifiedCount: 2 })
  t.strictSame(result?.stoodIn, [])
  const strict = await report({}, { model, grounding: 'strict' })
  const findings = strict.section('Key Findings')
  t.notMatch(findings, /42|F77/)
  t.match(findings, 'Figures: ttft, model gemma3:latest (mean 117.5 ms).')
})

t.test('a structured report that is cut off keeps what was complete, and the narrator writes the rest', async (t) => {
  const answer = '{"summary": "The figure is {{F2}}.", "analysis": [{"topic": "Rate", "text": "It was {{F4}}."}, {"topic": "Cut'
  const { section, result } = await report({ report: [...pieces(answer), new ChimeraError('MODEL_TRUNCATED', 'the server went away')] })
  t.match(section('Executive Summary'), 'The figure is ttft')
  t.match(section('Performance Analysis'), /\*\*Rate\.\*\* It was output_throughput.*\n\n> \*\*The model's report ends here\*\*/)
  t.strictSame(result?.stoodIn, ['Key Findings', 'Recommendations'])
})

t.test('JSON that is not what was asked for: the narrator stands in, and it is said', async (t) => {
  const { section, result, text } = await report({ report: pieces('{"answer": "42", "thoughts": ["none"]}') })
  t.equal(result?.stoodIn.length, 4)
  t.match(section('Executive Summary'), 'Written by the built-in narrator')
  t.match(text, "The model's report came as JSON, but it holds nothing of what was asked for.")
})

t.test('the analysis alone', async (t) => {
  const read = async (script: Script) => {
    const run = analysisText({ facts: sweep, model: scripted(script) })
    let text = ''
    for await (const piece of run) text += piece
    return { text, result: run.result }
  }
  const german = await read({ analysis: pieces(GERMAN) })
  t.match(german.text, /^\*Written by the built-in narrator: the model wrote in another language than asked, German as it seems\.\*\n\n.*117\.5 ms/s)
  t.match(german.result?.failure, { code: 'MODEL_FAILED', message: /expected an analysis that can be read, found none in what the model wrote/ })
  const waffle = await read({ analysis: pieces(WAFFLE) })
  t.match(waffle.text, /^The results.*\n\n\*Added by the built-in narrator: .*117\.5 ms/s)
  t.equal(waffle.result?.failure, undefined)
  const refused = await read({ analysis: pieces('{"summary": "The figure is {{F2}}.", oops') })
  t.match(refused.text, /^The figure is ttft.*\n\n> The model's analysis came as JSON, but it stopped being JSON/s)
})
