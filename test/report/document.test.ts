import { readFileSync, writeFileSync } from 'node:fs'
import t from 'tap'
import type { FileReport } from '../../lib/record/metric-record.js'
import { ProblemTally, writeReport, type ReportInput } from '../../lib/report/index.js'
import { ChimeraError, problem } from '../../lib/stage/index.js'
import type { SummaryRow } from '../../lib/summary/summary-row.js'
import { pieces, scripted } from '../agent/scripted.js'
import { fixture } from '../support/paths.js'
import { fact, place, sweep } from './figures.js'

const file = (name: string, more: Partial<FileReport> = {}): FileReport => ({
  type: 'file', file: name, format: 'csv', layout: 'generic', bytes: 1200, records: 24, problems: 0, verdict: 'recognised', reason: 'fits', ...more,
})

const row = (metric: string, unit: string, better: SummaryRow['better'], mean: number): SummaryRow => ({
  type: 'summary', metric, unit, better, group: { model: 'gemma3:latest' }, aggregates: [], failed: 1, warmup: 0, varied: { num_gpu: [60, 80] }, files: ['a.csv'], fileCount: 1,
  samples: { count: 24, mean, stddev: mean / 10, min: mean / 2, max: mean * 2, p50: mean, p90: mean, p95: mean * 1.5, p99: mean * 2, quantileError: 0.01, minAt: place('a.csv', 2), maxAt: place('a.csv', 3) },
})

function input(more: Partial<ReportInput> = {}): ReportInput {
  const problems = new ProblemTally()
  problems.add(problem('b.csv', 'ragged-row', 'expected 7 cells, found 6', { line: 3 }))
  problems.add(problem('b.csv', 'ragged-row', 'expected 7 cells, found 5', { line: 9 }))
  return {
    facts: sweep,
    rows: [row('ttft', 's', 'lower', 0.1175), row('output_throughput', '{token}/s', 'higher', 182.4)],
    files: [file('a.csv', { modified: new Date('2025-11-14T18:53:30Z') }), file('b.csv', { records: 0, problems: 2, verdict: 'rejected', reason: 'too ragged' })],
    problems,
    inventoryText: 'Total files analyzed: 2\n\nCSV Files (2)\n  - a.csv\n  - b.csv\n',
    ingestSeconds: 0.3,
    date: new Date('2025-11-15T10:00:00Z'),
    version: '1.2.3',
    now: () => 1000,
    ...more,
  }
}

async function written(given: ReportInput) {
  const run = writeReport(given)
  let text = ''
  for await (const chunk of run) text += chunk
  const { result } = run
  if (!result) throw new Error('expected a result')
  return { text, result }
}

/** The text of a section, up to the next heading of its level. */
function section(text: string, title: string): string {
  return text.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? ''
}

const answer = '## Executive Summary\nHere: {{F2}}.\n\n## Performance Analysis\nThroughput was {{F4.value}}.\n\n## Key Findings\n- {{F5}}\n\n## Recommendations\n- **Run again.** It failed {{F8.value}} times.\n'
const HEADINGS = [
  '1. Executive Summary', '2. Data Ingestion', '3. Performance Analysis', '4. Key Findings', '5. Recommendations', '6. Appendix',
  'Workflow Summary', 'Metrics', 'Key Findings', 'Recommendations', 'Persona Prompt', 'Ledger',
]

t.test('the whole document', async (t) => {
  const { text, result } = await written(input({ model: scripted({ report: pieces(answer), options: { num_gpu: 80, num_ctx: 2048 } }) }))
  const golden = fixture('report', 'scripted.md')
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(golden, text)
  t.equal(text, readFileSync(golden, 'utf8'))
  t.match(result, { ledger: { bound: 4, unverifiedCount: 0 }, stoodIn: [], failure: undefined })
})

t.test('the narrator writes all of it', async (t) => {
  const { text, result } = await written(input())
  t.strictSame([...text.matchAll(/^## (.*)$/gm)].map((found) => found[1]), HEADINGS)
  t.match(section(text, 'Metrics'), 'No language model was used')
  t.match(text, '**Model:** built-in narrator')
  t.equal(result.failure, undefined)
  t.equal(result.ledger.unverifiedCount, 0, JSON.stringify(result.ledger.unverified))
  t.ok(result.ledger.bound > 3)
  t.notMatch(text, /\{\{|undefined|NaN/)
})

t.test('a token is in the output before the answer is complete', async (t) => {
  let more = () => undefined as unknown
  const wait = new Promise((resolve) => (more = () => resolve(undefined)))
  const run = writeReport(input({ model: scripted({ report: ['## Executive Summary\n', 'Hello there ', wait, answer] }) }))
  let text = ''
  for await (const chunk of run) {
    text += chunk
    if (!text.includes('Hello there')) continue
    t.notOk(run.result)
    more()
    break
  }
  t.match(text, 'Hello there')
})

t.test('a lying model: wrong numbers are marked, or never shown', async (t) => {
  const lies = '## Executive Summary\nTTFT was 42 ms. It made {{F4}}.\n## Performance Analysis\nllama3.1:8b had a TTFT of 117.5 ms. GPU use doubled.\n## Key Findings\n- Target below 10 ms.\n## Recommendations\n- See {{F77}}.\n'
  const marked = await written(input({ model: scripted({ report: pieces(lies) }) }))
  t.match(marked.text, 'TTFT was 42 ms [unverified].')
  t.match(marked.text, '117.5 ms [wrong subject]', 'a right number of something else')
  t.match(marked.text, 'doubled [unverified]')
  t.match(marked.text, 'unknown figure F77')
  t.match(marked.result.ledger, { unverifiedCount: 4, wrongSubject: 1 })
  t.equal([...section(marked.text, 'Ledger').matchAll(/^ {2}- /gm)].length, 5)

  const strict = await written(input({ model: scripted({ report: pieces(lies) }), grounding: 'strict' }))
  for (const lie of ['42 ms', '117.5 ms.', 'doubled', '10 ms', 'F77']) t.notOk(strict.text.split('## 6.')[0]?.includes(lie), lie)
  t.match(strict.text, 'It made output_throughput, model gemma3:latest (mean 182.4 tok/s)')
  t.match(section(strict.text, '4. Key Findings'), 'no figure backs what the model wrote here')
  t.match(section(strict.text, 'Ledger'), 'Left out: 5 sentences')
  t.notMatch(section(strict.text, 'Ledger'), '42')
})

t.test('a model that fails: what came is kept, the narrator stands in, and the report says so', async (t) => {
  const gone = new ChimeraError('MODEL_TRUNCATED', 'expected the answer to end, found the connection closed')
  const half = await written(input({ model: scripted({ report: [...pieces('## Executive Summary\nHere: {{F2}}.\n\n## Performance Analysis\nCut off in the mid'), gone] }) }))
  t.match(section(half.text, '3. Performance Analysis'), /Cut off in the mid\n\n> \*\*The model's report ends here\*\*: .*found the connection closed/)
  t.match(section(half.text, '4. Key Findings'), 'Written by the built-in narrator')
  t.strictSame(half.result.stoodIn, ['Key Findings', 'Recommendations'])
  t.equal(half.result.failure?.code, 'MODEL_TRUNCATED')

  const none = await written(input({ model: scripted({ analysis: ['Cut off in the ana', new ChimeraError('MODEL_UNREACHABLE', 'no server')] }) }))
  t.match(section(none.text, '1. Executive Summary'), "The model's analysis ends here")
  t.equal(none.result.stoodIn.length, 4)
  t.match(none.text, "### The Model's Unfinished Analysis\n\nCut off in the ana")

  const empty = await written(input({ model: scripted({ report: [' \n'] }) }))
  t.match(section(empty.text, '1. Executive Summary'), 'found an empty answer')
  t.equal(empty.result.stoodIn.length, 4)
  for (const { text } of [half, none, empty]) t.strictSame([...text.matchAll(/^## (.*)$/gm)].map((found) => found[1]), HEADINGS)
})

t.test('an interrupted run is completed and marked', async (t) => {
  const stop = new AbortController()
  const run = writeReport(input({ model: scripted({ report: pieces(answer.replace('Best', 'Best')) }), signal: stop.signal }))
  let text = ''
  for await (const chunk of run) {
    text += chunk
    if (text.includes('Here')) stop.abort()
  }
  t.match(section(text, '1. Executive Summary'), /Here.*\n\n> \*\*The run was interrupted here\*\*/s)
  t.equal(run.result?.failure?.code, 'ABORTED')
  t.match(text, '## Ledger')
})

t.test('the key figures: samples before averages, data before reports, no more than fit', async (t) => {
  const rows = ['ttft', 'itl', 'latency', 'duration', 'compile_time', 'load_duration', 'power', 'energy'].flatMap((metric) => Array.from({ length: 12 }, (_, i) => {
    const { samples, ...rest } = { ...row(metric, 's', 'lower', i + 1), group: { model: `${metric}-${i}` } }
    if (!samples) throw new Error('expected samples')
    const minAt = { ...samples.minAt, source: { ...samples.minAt.source, format: i > 8 ? ('markdown' as const) : ('csv' as const) } }
    return i > 8 || i % 2 === 0 ? { ...rest, samples: { ...samples, minAt } } : { ...rest, aggregates: [{ stat: 'mean' as const, count: 2, mean: 1, min: 1, max: 1, minAt, maxAt: minAt }] }
  }))
  const { text } = await written(input({ rows }))
  const shown = section(text, '3. Performance Analysis').split('\n').filter((line) => /^\| (?!Metric|---)/.test(line)).map((line) => line.split(' | '))
  t.equal(shown.length, 24)
  t.strictSame([...new Set(shown.map(([metric]) => metric))], ['| ttft', '| itl', '| latency', '| duration'])
  t.strictSame(shown.slice(0, 8).map((cells) => cells[2]?.includes('(a)') ?? false), [false, false, false, false, false, true, true, true])
  t.match(section(text, '3. Performance Analysis'), '72 further rows')
})

t.test('recommendations are repeated as whole sentences', async (t) => {
  const long = `Measure ${Array.from({ length: 60 }, (_, at) => `${String.fromCharCode(97 + (at % 26))}${at % 7 < 3 ? ' and' : ' or'}`).join(' ')} until it is long.`
  const advice = `- **Warm up.** Give every series a first run that is not counted. Then measure.\n- ${long}\n- Look at the errors of the run that failed before anything else, it explains most.\n`
  const { text } = await written(input({ model: scripted({ report: pieces(answer.replace(/- \*\*Run again.*\n/, advice)) }) }))
  t.equal(section(text, 'Recommendations').trim(), '- Warm up. Give every series a first run that is not counted.\n- Look at the errors of the run that failed before anything else, it explains most.')
  t.notMatch(section(text, 'Recommendations'), '…')
})

t.test('nothing was read', async (t) => {
  const { text } = await written(input({ facts: [], rows: [], files: [], problems: new ProblemTally(), inventoryText: '' }))
  t.match(text, 'No file was read.')
  t.match(text, 'No figure with a unit was measured.')
  t.strictSame([...text.matchAll(/^## (.*)$/gm)].map((found) => found[1]), HEADINGS)
})

t.test('names from files are text, wherever they stand', async (t) => {
  const name = '</script><img src=x onerror=alert(1)> {{F2}} [x](https://evil.example) \u001b[31m\u202e `'
  const facts = [fact('F1', 1, 's', { subject: name, sentence: name, kind: 'failures', files: [name], records: [place(name, 1)] }), fact('F2', 7, 's')]
  const hostile = { ...row('ttft', 's', 'lower', 1), group: { model: name }, varied: { [name]: [1, 2] } }
  const problems = new ProblemTally()
  problems.add(problem(name, 'ragged-row', name))
  const { text } = await written(
    input({ facts, rows: [hostile], files: [file(name, { verdict: 'rejected', reason: name, modified: new Date(0) })], problems, title: name, model: scripted({ report: ['{{F1}}'], analysis: ['x'] }) }),
  )
  t.notMatch(text, /[\u0000-\u0008\u000b-\u001f\u202e]/)
  t.notMatch(text, /<(?:script|\/script|img)/)
  t.notMatch(text, /(?<!\\)\]\(|https:/)
  const summary = section(text, '1. Executive Summary')
  t.match(summary, '\\{\\{F2\\}\\}', 'the slot in the name was not filled')
  t.notMatch(summary, '7 s')
})

t.test('every figure that is shown has its records and their places', async (t) => {
  const { text } = await written(input({ model: scripted({ report: pieces(answer) }) }))
  const places = text.split('### Where the Figures Stand')[1]?.split('###')[0] ?? ''
  t.match(places, '| F2 | ttft, model gemma3:latest | mean | 117.5 ms | 24 | reports/gemma3_270m_20251002-170837.csv:4 | reports/gemma3_270m_20251002-170837.csv-4 |')
  for (const id of section(text, 'Key Findings').match(/F\d+/g) ?? []) t.match(places, `| ${id} |`)
  const rows = text.split('### Where the Key Figures Stand')[1]?.split('###')[0] ?? ''
  t.match(rows, '| ttft | model gemma3:latest | a.csv:2 | a.csv:3 | a.csv |')
})

t.test('figures as links to their places: the same text otherwise', async (t) => {
  const typed = answer.replace('Here: {{F2}}.', 'Here: {{F2}}. !{{F4.value}} and 182.4 tok/s, 42 ms.')
  const [plainly, linked] = [await written(input({ model: scripted({ report: pieces(typed) }) })), await written(input({ model: scripted({ report: pieces(typed) }), links: true }))]
  const summary = section(linked.text, '1. Executive Summary')
  t.match(summary, 'Here: [ttft, model gemma3:latest (mean 117.5 ms)](#F2).')
  t.match(summary, '!182.4 tok/s and [182.4 tok/s](#F4), 42 ms [unverified]')
  t.match(section(linked.text, 'Key Findings'), '([F5](#F5))')
  t.notMatch(section(linked.text, 'Recommendations'), '](')
  t.equal(linked.text.replace(/\[([^\]]*)\]\(#F\d+\)/g, '$1'), plainly.text)
})

t.test('when the pieces of an answer arrived is kept', async (t) => {
  const { result } = await written(input({ model: scripted({ report: pieces(answer) }) }))
  t.strictSame(result.timelines.map(({ stage }) => stage), ['analysis', 'report'])
  t.equal(result.timelines[1]?.pieces, pieces(answer).length)
  t.equal(result.timelines[1]?.arrivals.length, pieces(answer).length)
})

t.test('whoever stops reading ends the model', async (t) => {
  let ended = false
  const model = scripted({})
  const run = writeReport(
    input({
      model: {
        ...model,
        async *generate(request, context) {
          try {
            yield* model.generate(request, context)
          } finally {
            ended = true
          }
        },
      },
    }),
  )
  for await (const chunk of run) if (chunk.includes('Executive Summary')) break
  t.ok(ended)
})

t.test('a grounding that does not exist is refused at once', async (t) => {
  t.throws(() => writeReport(input({ grounding: 'loose' as 'mark' })), { code: 'USAGE' })
})
