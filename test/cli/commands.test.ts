/** Golden stdout and stderr of each command on a small folder of results. */

import { readFileSync } from 'node:fs'
import path from 'node:path'
import t from 'tap'
import { chimera, results } from '../support/cli.js'
import { golden } from '../support/golden.js'

const CASES: Readonly<Record<string, readonly string[]>> = {
  'help.txt': ['--help'],
  'help-summary.txt': ['help', 'summary'],
  'scan.txt': ['scan', 'results'],
  'scan-files.txt': ['scan', '--files', 'results'],
  'scan.ndjson': ['scan', '--format', 'ndjson', 'results'],
  'scan-quick.txt': ['scan', '--quick', 'results'],
  'records.ndjson': ['records', 'results'],
  'records.csv': ['records', '--format', 'csv', 'results/sweep.csv'],
  'records.json': ['records', '--format', 'json', 'results/backends.json'],
  'records-table.txt': ['records', '--format', 'table', 'results/notes'],
  'summary.txt': ['summary', 'results'],
  'summary-by-model.txt': ['summary', '--by', 'model', 'results'],
  'summary-by-two.csv': ['summary', '--by', 'model,num_gpu', '--metric', 'ttft,output_throughput', '--format', 'csv', 'results'],
  'summary.md': ['summary', '--by', 'model', '--format', 'md', 'results'],
  'summary.ndjson': ['summary', '--by', 'model', '--metric', 'ttft', '--format', 'ndjson', 'results'],
  'summary.json': ['summary', '--metric', 'ttft', '--format', 'json', 'results'],
}

for (const [name, args] of Object.entries(CASES)) {
  t.test(`chimera ${args.join(' ')}`, async (t) => {
    const cwd = path.dirname(results(t.testdir({})))
    const { code, stdout, stderr } = await chimera(args, { cwd })
    t.equal(code, 0)
    golden(t, stdout, 'cli', 'golden', name)
    golden(t, stderr, 'cli', 'golden', `${name}.stderr`)
  })
}

t.test('chimera --version prints the version of the package', async (t) => {
  const { code, stdout, stderr } = await chimera(['--version'])
  t.match(stdout, /^\d+\.\d+\.\d+\n$/)
  t.strictSame([code, stderr], [0, ''])
})

t.test('chimera report: the narrator needs no model, and its figures are those of the files', async (t) => {
  const cwd = path.dirname(results(t.testdir({})))
  const { code, stdout } = await chimera(['report', 'results', '--title', 'Evening'], { cwd })
  t.equal(code, 0)
  for (const heading of ['# Technical Report: Evening', '## 1. Executive Summary', '## 2. Data Ingestion', '## 3. Performance Analysis', '## 4. Key Findings', '## 5. Recommendations', '## 6. Appendix', '## Workflow Summary', '## Metrics', '## Persona Prompt', '## Ledger']) {
    t.ok(stdout.includes(`${heading}\n`), heading)
  }
  t.match(stdout, /ada:7b/)
  t.match(stdout, /2\.5 s/, 'the cold start is told')
  t.match(stdout, /130 tok\/s/)
  t.notMatch(stdout, /\{\{F/, 'no slot is left')
  t.match(stdout, /Unverified: 0/)
  golden(t, timeless(stdout), 'cli', 'golden', 'report.md')
})

t.test('chimera report -o writes the same to a file', async (t) => {
  const cwd = path.dirname(results(t.testdir({})))
  const { code, stdout } = await chimera(['report', 'results', '-o', 'report.md', '--title', 'Evening'], { cwd })
  t.strictSame([code, stdout], [0, ''])
  golden(t, timeless(readFileSync(path.join(cwd, 'report.md'), 'utf8')), 'cli', 'golden', 'report.md')
})

t.test('--as-of: how old the newest measurement is, on the date that is given and on no other', async (t) => {
  const cwd = t.testdir({ 'runs.csv': 'timestamp,model,ttft_s\n2026-03-01T10:00:00Z,ada:7b,0.2\n2026-03-02T10:00:00Z,ada:7b,0.3\n' })
  const dated = await chimera(['report', 'runs.csv', '--as-of', '2026-03-05'], { cwd })
  t.match(dated.stdout, /At 2026-03-05 00:00, the newest measurement, of 2026-03-02 10:00, was 62 h old\./)
  const { stdout } = await chimera(['report', 'runs.csv'], { cwd })
  t.notMatch(stdout, / old\./, 'no clock is asked')
  const wrong = await chimera(['report', 'runs.csv', '--as-of', 'yesterday'], { cwd })
  t.strictSame([wrong.code, wrong.stdout], [2, ''])
  t.match(wrong.stderr, /expected --as-of .* found "yesterday"/)
})

t.test('chimera analyze: the analysis alone', async (t) => {
  const cwd = path.dirname(results(t.testdir({})))
  const { code, stdout } = await chimera(['analyze', 'results'], { cwd })
  t.equal(code, 0)
  golden(t, stdout, 'cli', 'golden', 'analysis.md')
})

/** Without what differs from run to run: the day and how long it took. */
function timeless(report: string): string {
  return report
    .replace(/\*\*Date:\*\* [\d-]+/, '**Date:** today')
    .replace(/Execution time: .*/, 'Execution time: some')
    .replace(/wrote the text in [\d.]+ \S+\./, 'wrote the text in no time.')
    .replace(/Program: chimera [\d.]+\./, 'Program: chimera.')
}
