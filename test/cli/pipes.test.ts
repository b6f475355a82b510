/** The command between others: closed pipes, piped input, its own records, and nothing but data on stdout. */

import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import t from 'tap'
import { chimera, results, shell } from '../support/cli.js'

/** Far more than a pipe holds, so that the writer notices when its reader is gone. */
function manyRows(folder: string): void {
  const rows = Array.from({ length: 20_000 }, (_, index) => `model-${index % 5},${index / 1000},${index % 90}`)
  writeFileSync(path.join(folder, 'many.csv'), `model,ttft_s,tokens_s\n${rows.join('\n')}\n`)
}

t.test('| head -1 ends quietly with 0, whoever writes', async (t) => {
  const cwd = path.dirname(results(t.testdir({})))
  manyRows(cwd)
  for (const line of [
    'chimera records many.csv',
    'chimera records --format csv many.csv',
    'chimera records --format json many.csv',
    'chimera records --format table many.csv',
    'cat many.csv | chimera records',
    'chimera records many.csv | chimera records',
    'chimera scan --files results',
    'chimera summary many.csv --by ttft',
    'chimera report results',
    'chimera analyze results',
  ]) {
    const { code, stdout, stderr } = await shell(`set -o pipefail; ${line} | head -1`, { cwd })
    t.equal(code, 0, `${line}: exit code`)
    t.equal(stderr, '', `${line}: stderr`)
    t.equal(stdout.split('\n').length, 2, `${line}: one line`)
  }
})

t.test('records flow from one command into the next and mean the same', async (t) => {
  const cwd = path.dirname(results(t.testdir({})))
  const direct = await chimera(['summary', 'results', '--by', 'model', '--format', 'json'], { cwd })
  const piped = await shell('chimera records results 2>/dev/null | chimera summary --by model --format json', { cwd })
  t.equal(piped.code, 0)
  t.strictSame(JSON.parse(piped.stdout), JSON.parse(direct.stdout))

  const once = await chimera(['records', 'results'], { cwd })
  const twice = await shell('chimera records results 2>/dev/null | chimera records | chimera records -', { cwd })
  t.equal(twice.stdout, once.stdout, 'unchanged, ids and places included')
})

t.test('stdin is sniffed, or read as told', async (t) => {
  const csv = 'model,ttft_s\na,0.5\n'
  for (const args of [['records'], ['records', '-'], ['records', '--input-format', 'csv']]) {
    const { code, stdout } = await chimera(args, { input: csv })
    t.equal(code, 0)
    t.match(JSON.parse(stdout), { metric: 'ttft', value: 0.5, unit: 's', attributes: { model: 'a' }, source: { file: '-', format: 'csv', line: 2 } })
  }
  const json = await chimera(['records'], { input: '{"model":"a","ttft_s":0.5}' })
  t.match(JSON.parse(json.stdout), { metric: 'ttft', source: { file: '-', format: 'json', pointer: '/ttft_s' } })
  const markdown = await chimera(['records', '--input-format', 'markdown'], { input: '| model | ttft (ms) |\n| --- | --- |\n| a | 500 |\n' })
  t.match(JSON.parse(markdown.stdout), { metric: 'ttft', value: 0.5, unit: 's', source: { format: 'markdown' } })
})

t.test('a report can be made of piped records', async (t) => {
  const cwd = path.dirname(results(t.testdir({})))
  const { code, stdout } = await shell('chimera records results 2>/dev/null | chimera report', { cwd })
  t.equal(code, 0)
  t.match(stdout, /130 tok\/s/)
})

t.test('progress never reaches stdout', async (t) => {
  const cwd = path.dirname(results(t.testdir({})))
  const plain = await chimera(['records', 'results', '--progress', 'never'], { cwd })
  t.equal(plain.stderr, '')
  for (const mode of ['always', 'plain', 'auto']) {
    const shown = await chimera(['records', 'results', '--progress', mode], { cwd })
    t.equal(shown.stdout, plain.stdout, mode)
    if (mode !== 'auto') t.match(shown.stderr, /4 files/, mode)
    if (mode === 'plain') t.notMatch(shown.stderr, /\x1b/, 'plain lines have no escape codes')
  }
})

t.test('stderr may be closed', async (t) => {
  const cwd = path.dirname(results(t.testdir({})))
  const { code, stdout } = await shell('chimera records results --progress plain 2> >(true) | wc -l', { cwd })
  t.equal(code, 0)
  t.ok(Number(stdout) > 10)
})

t.test('--rejects keeps each problem as one JSON line; without it they are counted', async (t) => {
  const cwd = path.dirname(results(t.testdir({})))
  const { code, stderr } = await chimera(['records', 'results', '--rejects', 'rejects.ndjson'], { cwd })
  t.equal(code, 0)
  t.match(stderr, /1 problem in one file, written to rejects\.ndjson/)
  const lines = readFileSync(path.join(cwd, 'rejects.ndjson'), 'utf8').trimEnd().split('\n')
  t.equal(lines.length, 1)
  t.match(JSON.parse(lines[0] ?? ''), { code: 'bad-json-line', file: 'results/events.ndjson', line: 2, raw: /gpu_memory_mb/ })
})

t.test('hostile names and cells reach a terminal only without their control characters', async (t) => {
  const cwd = t.testdir({})
  writeFileSync(path.join(cwd, 'a.csv'), 'model,ttft_s\n"\u001b]0;owned\u0007\u001b[31mred",0.5\n=cmd(),0.25\n')
  for (const args of [['summary', 'a.csv', '--by', 'model'], ['records', 'a.csv'], ['records', 'a.csv', '--format', 'csv'], ['report', 'a.csv']]) {
    const { code, stdout, stderr } = await chimera(args, { cwd })
    t.equal(code, 0)
    t.notMatch(stdout + stderr, /[\u001b\u0007]/, args.join(' '))
  }
})
