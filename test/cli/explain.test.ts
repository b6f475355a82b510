/** Golden stdout and stderr of `records --at` and `--explain`. */

import path from 'node:path'
import t from 'tap'
import { chimera, results } from '../support/cli.js'
import { golden } from '../support/golden.js'

const CASES: Readonly<Record<string, readonly string[]>> = {
  'records-at.ndjson': ['records', '--at', 'results/sweep.csv:3'],
  'records-at-cell.txt': ['records', '--at', 'results/notes/report.md:10:18', '--format', 'table'],
  'explain-row.txt': ['records', '--at', 'results/sweep.csv:7', '--explain'],
  'explain-row.ndjson': ['records', '--at', 'results/sweep.csv:7', '--explain', '--format', 'ndjson'],
  'explain-pointer.txt': ['records', '--at', 'results/backends.json#/backends/eager', '--explain'],
  'explain-problem.txt': ['records', '--at', 'results/events.ndjson:2', '--explain'],
  'explain-nothing.txt': ['records', '--at', 'results/notes/report.md:1', '--explain'],
  'explain-files.txt': ['records', '--explain', 'results'],
  'help-records.txt': ['help', 'records'],
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

t.test('a place that is none is wrong use, and says what one looks like', async (t) => {
  const cwd = path.dirname(results(t.testdir({})))
  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [['--at', 'results/sweep.csv'], /write FILE:LINE, FILE:LINE:COLUMN or FILE#\/json\/pointer/],
    [['--at', 'results/sweep.csv:0'], /from 1/],
    [['--at', 'results/none.csv:3'], /results\/none\.csv/],
    [['--at', 'results/sweep.csv:3', 'results'], /names its file/],
    [['--explain', '--format', 'csv', 'results'], /text, ndjson or json/],
    [['--format', 'text', 'results'], /--explain/],
  ]
  for (const [args, message] of wrong) {
    const { code, stdout, stderr } = await chimera(['records', ...args], { cwd })
    t.strictSame([code, stdout], [2, ''], args.join(' '))
    t.match(stderr, message, args.join(' '))
  }
})

t.test('standard input has places, too, but no bytes to show again', async (t) => {
  const { code, stdout } = await chimera(['records', '--at', '-:2', '--explain'], { input: 'model,ttft_ms\nada,12.5\n' })
  t.equal(code, 0)
  t.match(stdout, /^-:2 {2}csv, layout generic, bytes 14-22\n\n {2}model .*\n {2}ttft_ms .* ttft value 12\.5 ms\n/)
})

t.test('what stands in a file steers no terminal', async (t) => {
  const cwd = t.testdir({ 'x.csv': 'mo\u001b[31mdel,ttft_ms\nad\u001b]0;title\u0007a,12.5\n' })
  const { stdout } = await chimera(['records', '--at', 'x.csv:2', '--explain'], { cwd })
  t.match(stdout, /ada/)
  t.notMatch(stdout, /[\u0000-\u0009\u000b-\u001f]/)
})
