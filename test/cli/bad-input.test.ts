/** What goes wrong for users: a clear sentence, the right exit code, and nothing else lost. */

import { symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import t from 'tap'
import { chimera, results } from '../support/cli.js'

t.test('wrong use exits with 2 and says what to do', async (t) => {
  const cwd = path.dirname(results(t.testdir({})))
  const cases: [args: string[], message: RegExp][] = [
    [['records', 'nowhere'], /"nowhere"/],
    [['records', 'results', 'nowhere'], /"nowhere"/],
    [['records', 'results/*.parquet'], /parquet/],
    [['bogus'], /unknown command/],
    [['records', '--bogus'], /unknown option/],
    [['records', '--format', 'xml', 'results'], /Allowed choices are/],
    [['summary', '--by', ',', 'results'], /model,num_gpu/],
    [['report', '--option', 'num_gpu', 'results'], /num_gpu/],
    [['report', '--stall-timeout', 'soon', 'results'], /seconds/],
    [['report', '-m', 'two words', 'results'], /expected a model/],
  ]
  for (const [args, message] of cases) {
    const { code, stdout, stderr } = await chimera(args, { cwd })
    t.equal(code, 2, args.join(' '))
    t.equal(stdout, '', `${args.join(' ')}: no data`)
    t.match(stderr, message)
  }
})

t.test('bad files are told, the rest is read', async (t) => {
  const cwd = path.dirname(results(t.testdir({})))
  const folder = path.join(cwd, 'results')
  const good = await chimera(['records', 'results'], { cwd })
  writeFileSync(path.join(folder, 'empty.csv'), '')
  writeFileSync(path.join(folder, 'image.csv'), Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 7) % 256)))
  writeFileSync(path.join(folder, 'cut.json'), '{"model":"cut","runs":[{"ttft_s":0.5},{"ttft_s":0.')
  writeFileSync(path.join(folder, 'ragged.csv'), 'model,ttft_s,tokens_s\nr,0.1,50\nr,0.2\nr,0.3,52,9\n')
  writeFileSync(path.join(folder, 'quote.csv'), 'model,ttft_s\nq,0.1\n"q,0.2\nq,0.3\nq,0.4\n')
  writeFileSync(path.join(folder, 'latin1.csv'), Buffer.from('modèle,ttft_s\né,0.7\n', 'latin1'))
  symlinkSync('..', path.join(folder, 'loop'))
  const { code, stdout, stderr } = await chimera(['records', 'results', '--rejects', 'rejects.ndjson'], { cwd })
  t.equal(code, 0)
  t.match(stderr, /problems in \d+ files/)
  const ids = new Set(stdout.trimEnd().split('\n').map((line) => (JSON.parse(line) as { id: string }).id))
  for (const line of good.stdout.trimEnd().split('\n')) t.ok(ids.has((JSON.parse(line) as { id: string }).id), 'a good record is still there')
  const records = stdout.trimEnd().split('\n').map((line) => JSON.parse(line) as { value: number; source: { file: string } })
  const values = (file: string) => records.filter((record) => record.source.file === `results/${file}`).map((record) => record.value)
  t.strictSame(values('cut.json'), [0.5], 'what stands before the cut')
  t.strictSame(values('latin1.csv'), [0.7])
  t.ok([0.1, 50, 0.2, 0.3, 52].every((value) => values('ragged.csv').includes(value)), 'ragged rows keep their cells')
  t.ok([0.1, 0.3, 0.4].every((value) => values('quote.csv').includes(value)), 'a broken quote costs its own row only')
})

t.test('a folder without results is no failure, and the report says so', async (t) => {
  const cwd = t.testdir({ empty: {} })
  const records = await chimera(['records', 'empty'], { cwd })
  t.strictSame([records.code, records.stdout], [0, ''])
  const scan = await chimera(['scan', 'empty'], { cwd })
  t.match(scan.stdout, /Total files analyzed: 0/)
  const report = await chimera(['report', 'empty'], { cwd })
  t.equal(report.code, 0)
  t.match(report.stdout, /no |nothing/i)
})

t.test('--strict makes the first problem fatal: exit code 3', async (t) => {
  const cwd = path.dirname(results(t.testdir({})))
  const { code, stderr } = await chimera(['records', 'results', '--strict'], { cwd })
  t.equal(code, 3)
  t.match(stderr, /results\/events\.ndjson:2/)
  const clean = await chimera(['records', 'results/sweep.csv', '--strict'], { cwd })
  t.equal(clean.code, 0)
})

t.test('files that cannot be written are told', async (t) => {
  const cwd = path.dirname(results(t.testdir({})))
  for (const args of [
    ['records', 'results', '--rejects', 'no/such/folder'],
    ['report', 'results', '-o', 'no/such/folder'],
    ['report', 'results', '--stats', 'no/such/folder', '-o', 'fine.md'],
  ]) {
    const { code, stderr } = await chimera(args, { cwd })
    t.equal(code, 1, args.join(' '))
    t.match(stderr, /no\/such\/folder/)
    t.match(stderr, /choose another/)
  }
})
