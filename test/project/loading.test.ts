/** What a command loads: only what it needs, for everything else is paid by the one who waits for the first line. */

import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import t, { type Test } from 'tap'
import { bin, shell } from '../support/cli.js'

t.test('--version loads one file', async (t) => {
  t.same(await loaded(t, ['--version']), ['bin/chimera.js'])
})

t.test('--help reads nothing and writes nothing', async (t) => {
  const modules = await loaded(t, ['--help'])
  t.ok(modules.includes('lib/cli/program.js'))
  t.same(foldersOf(modules), ['bin', 'lib/cli', 'lib/stage', 'node_modules/commander'])
})

for (const command of ['records', 'scan', 'summary']) {
  t.test(`${command} of a table loads the reader of tables alone`, async (t) => {
    const modules = await loaded(t, [command, 'run.csv'], { 'run.csv': 'model,ttft_s\na,0.25\n' })
    t.ok(modules.includes('lib/format/csv.js'))
    t.same(modules.filter((name) => /^lib\/format\/(markdown|json|json-large|openmetrics|text)\.js$/.test(name)), [])
    t.same(foldersOf(modules).filter((name) => !READING.test(name)), [])
  })
}

t.test('a document in Markdown brings its parser, and nothing that writes', async (t) => {
  const modules = await loaded(t, ['records', 'run.md'], { 'run.md': '# Run\n\n| model | ttft_s |\n| --- | --- |\n| a | 0.25 |\n' })
  t.ok(modules.includes('lib/format/markdown.js'))
  t.same(foldersOf(modules).filter((name) => /lib\/(report|agent|fact)|node_modules\/(d3-.*|hast-.*|rehype-.*|string-width)/.test(name)), [])
})

t.test('text that is wider than its letters brings what measures it', async (t) => {
  const modules = await loaded(t, ['summary', '--by', 'model', 'run.csv'], { 'run.csv': 'model,ttft_s\n量子,0.25\n' })
  t.ok(foldersOf(modules).includes('node_modules/string-width'))
})

/** Stations and packages that a command may load which reads a table. */
const READING = /^(bin|lib\/(cli|console|format|layout|model|output|record|source|stage|summary)|node_modules\/(commander|csv-parse|picocolors|picomatch))$/

/** The modules that a command was made of, as far as it loaded them: V8 tells the files, the bundler wrote into them what they hold. */
async function loaded(t: Test, args: readonly string[], files: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const folder = t.testdir({ ...files, coverage: {} })
  const coverage = path.join(folder, 'coverage')
  // Whoever measures the coverage of the tests asks V8 to write it elsewhere.
  const { code, stderr } = await shell(`NODE_OPTIONS= NODE_V8_COVERAGE=coverage chimera ${args.join(' ')}`, { cwd: folder })
  t.equal(code, 0, stderr)
  const scripts = readdirSync(coverage).flatMap((file) => (JSON.parse(readFileSync(path.join(coverage, file), 'utf8')) as { result: readonly { url: string }[] }).result)
  const own = scripts.filter(({ url }) => url.startsWith('file:')).map(({ url }) => fileURLToPath(url))
  return [...new Set(own)].filter((file) => file.startsWith(path.dirname(bin))).flatMap(modulesOf)
}

function modulesOf(file: string): string[] {
  const modules = [...readFileSync(file, 'utf8').matchAll(/^\s*\/\/ (?:.*\/)?(?:dist\/|(?=node_modules\/))(\S+\.[cm]?js)$/gm)]
  return modules.map(([, module = '']) => module)
}

/** `lib/cli`, `node_modules/commander`. */
function foldersOf(modules: readonly string[]): string[] {
  const folders = modules.map((module) => /^(?:node_modules\/(?:@[^/]+\/)?[^/]+|lib\/[^/]+|bin)/.exec(module)?.[0] ?? module)
  return [...new Set(folders)].sort()
}
