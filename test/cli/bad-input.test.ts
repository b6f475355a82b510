/** What goes wrong for users: a clear sentence, the right exit code, and nothing else lost. */

import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import t from 'tap'
import { chimera, results, shell } from '../support/cli.js'

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
  t.strictSame(values('ragged.csv'), [0.1, 50, 0.2], 'a short row keeps its cells, a long one has them under the wrong names')
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

t.test('--strict with --rejects keeps the problem that ended the run, and empties the file when there was none', async (t) => {
  const cwd = t.testdir({ 'x.csv': 'model,ttft_ms\nada,12.5\nbob,1,2\nbob,1,2,\u001b[31m\n', 'y.csv': 'model,ttft_ms\nada,12.5\n', 'r.ndjson': 'old\n' })
  const rejects = () => readFileSync(path.join(cwd, 'r.ndjson'), 'utf8')
  const bad = await chimera(['records', 'x.csv', '--strict', '--rejects', 'r.ndjson'], { cwd })
  t.equal(bad.code, 3)
  t.match(JSON.parse(rejects()), { code: 'ragged-row', file: 'x.csv', line: 3, raw: 'bob,1,2' })
  const at = await chimera(['records', '--at', 'x.csv:2', '--explain', '--strict'], { cwd })
  t.equal(at.code, 3, 'a place is read in its file')
  const clean = await chimera(['records', 'y.csv', '--strict', '--rejects', 'r.ndjson'], { cwd })
  t.strictSame([clean.code, rejects()], [0, ''])
  const lax = await chimera(['records', '--at', 'x.csv:4', '--rejects', 'r.ndjson'], { cwd })
  t.equal(lax.code, 0)
  t.match(lax.stderr, /x\.csv:4: .* \(ragged-row\)/, 'a problem at the place is told beside its records')
  t.equal(rejects().trim().split('\n').length, 2, 'all problems of the file')
  t.notMatch(rejects(), /\u001b/)
})

t.test('files that cannot be written are told before anything is read', async (t) => {
  const cwd = path.dirname(results(t.testdir({})))
  for (const args of [
    ['records', 'results', '--rejects', 'no/such/folder'],
    ['records', 'results', '--rejects', 'results'],
    ['report', 'results', '-o', 'no/such/folder'],
    ['report', 'results', '--stats', 'no/such/folder'],
  ]) {
    const { code, stdout, stderr } = await chimera(args, { cwd })
    t.equal(code, 2, args.join(' '))
    t.equal(stdout, '', 'nothing was begun')
    t.match(stderr, /(no\/such\/folder|results) \((its folder is not there|it is a folder)\): choose another/)
  }
})

t.test('an output never destroys an input or another output', async (t) => {
  const cwd = path.dirname(results(t.testdir({})))
  const sweep = path.join(cwd, 'results', 'sweep.csv')
  const before = readFileSync(sweep, 'utf8')
  for (const args of [
    ['records', 'results/sweep.csv', '--rejects', './results/../results/sweep.csv'],
    ['report', 'results/sweep.csv', '-o', sweep],
    ['report', 'results/sweep.csv', '-o', 'one.md', '--stats', 'one.md'],
  ]) {
    const { code, stderr } = await chimera(args, { cwd })
    t.equal(code, 2, args.join(' '))
    t.match(stderr, /a file of its own/)
    t.equal(readFileSync(sweep, 'utf8'), before)
  }
})

t.test('what a command writes into the folder it reads is not read', async (t) => {
  const cwd = path.dirname(results(t.testdir({})))
  const plain = await chimera(['records', 'results'], { cwd })
  const { stdout, stderr } = await chimera(['records', 'results', '--rejects', 'results/rejects.ndjson'], { cwd })
  t.equal(stdout, plain.stdout)
  t.match(stderr, /1 problem in one file/)
  const again = await chimera(['report', 'results', '-o', 'results/report.md', '--stats', 'results/run.ndjson'], { cwd })
  t.equal(again.code, 0)
  const report = readFileSync(path.join(cwd, 'results', 'report.md'), 'utf8')
  t.match(report, /Files analyzed: 5/, 'the rejects of the run before are, this run is not')
  const redirected = await shell('chimera records results > results/own.ndjson', { cwd })
  t.equal(redirected.code, 0)
  t.notMatch(readFileSync(path.join(cwd, 'results', 'own.ndjson'), 'utf8'), /own\.ndjson/)
})

t.test('a full disk is a failure, a closed pipe is not', { skip: existsSync('/dev/full') ? false : 'no /dev/full' }, async (t) => {
  const cwd = path.dirname(results(t.testdir({})))
  for (const line of ['chimera --help > /dev/full', 'chimera records results > /dev/full', 'chimera report results > /dev/full']) {
    const { code, stderr } = await shell(line, { cwd })
    t.equal(code, 1, line)
    t.notMatch(stderr, /at .*\.js:\d+/, 'no stack')
  }
})

t.test('nothing found is said', async (t) => {
  const cwd = path.dirname(results(t.testdir({ empty: {}, words: { 'a.md': '# Words\n\nOnly words.\n' } })))
  t.match((await chimera(['records', 'empty'], { cwd })).stderr, /no files with results here/)
  t.match((await chimera(['records', 'words'], { cwd })).stderr, /no measurement in this file/)
  t.match((await chimera(['summary', 'results', '--metric', 'speed'], { cwd })).stderr, /no record of speed here; there are .*ttft/)
  t.match((await chimera(['help', 'frob'])).stderr, /expected a command, found "frob": there are scan, records/)
})

t.test('a file that is lost as a whole is told by name', async (t) => {
  const cwd = t.testdir({ 'a.csv': 'model,ttft_s\na,1\n', 'b.csv': '' })
  const { code, stderr } = await chimera(['records', 'a.csv', 'b.csv'], { cwd })
  t.equal(code, 0)
  t.match(stderr, /^chimera: b\.csv: .*empty/m)
})
