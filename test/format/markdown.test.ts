import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { remark } from 'remark'
import remarkGfm from 'remark-gfm'
import t from 'tap'
import { markdown, type FieldFound, type FormatEvent, type TableRow, type TableStart } from '../../lib/format/index.js'
import { markdownTree } from '../../lib/format/markdown-tree.js'
import { corpus } from '../support/paths.js'
import { linesOf } from './support/lines.js'
import { read } from './support/collect.js'

const events = (text: string, windowSize?: number) => read(() => markdown('x.md', windowSize === undefined ? {} : { windowSize }), text)
const fields = (all: readonly FormatEvent[]) => all.filter((event): event is FieldFound => event.type === 'field')
const pairs = (text: string) => fields(events(text)).map((field) => [field.label, field.value])
const tables = (all: readonly FormatEvent[]) => all.filter((event): event is TableStart => event.type === 'table')
const rows = (all: readonly FormatEvent[]) => all.filter((event): event is TableRow => event.type === 'row')

/** What remark makes of the whole document at once. */
function whole(text: string): FormatEvent[] {
  const root = remark().use(remarkGfm).parse(text)
  const lines = linesOf(text)
  return markdownTree('x.md').walk(root.children, text, { lines })
}

t.test('fields', async (t) => {
  t.same(pairs('- Model: gemma3\n- **TTFT:** 0.1 s\n- **Mode**: `fast`\n1. Runs: 3\n'), [['Model', 'gemma3'], ['TTFT', '0.1 s'], ['Mode', 'fast'], ['Runs', '3']])
  t.same(pairs('**Date:** 2025-10-08\n**Host**: a\nGPU: b\n'), [['Date', '2025-10-08'], ['Host', 'a'], ['GPU', 'b']])
  t.same(pairs('- ⚡ **Speed:** 5\n- [Link](http://x): 7 *ms*\n'), [['⚡ Speed', '5'], ['Link', '7 ms']])
  t.same(pairs('- Note: goes on\n  over the line\n'), [['Note', 'goes on over the line']])
})

t.test('what is no field', async (t) => {
  const none = (text: string) => t.same(pairs(text), [], JSON.stringify(text))
  none('- **102.85 tokens/s** average throughput\n')
  none('See http://localhost:11434 at 12:30, q4_0:latest\n')
  none('**Key findings:**\n')
  none(`- Long: ${'x'.repeat(200)}\n`)
  none('All of this is a sentence that ends in a colon: 5\n')
  none('It failed. The reason: 5\n')
  none('- backends: - a: mean=1 - b: mean=2\n')
  none('```\nLabel: 5\n```\n\n~~~~\n~~~\nLabel: 5\n~~~~\n\n    Label: 5\n\n- a\n\n  ```\n  Label: 5\n  ```\n')
  none('<!-- Label: 5\n\nLabel: 6\n-->\n\n<pre>\nLabel: 5\n\nLabel: 6\n</pre>\n\n<div>\nLabel: 5\n</div>\n')
  none('---\ntitle: 5\n---\n')
})

t.test('what is behind a code block is read again', async (t) => {
  t.same(pairs('```\nx\n```\n\nA: 1\n'), [['A', '1']])
  t.same(pairs('- item\n  ```\n  never closed\n\nA: 1\n'), [['A', '1']], 'a fence ends with its list item')
  t.same(pairs('<!-- one line --> \n\nA: 1\n'), [['A', '1']])
})

t.test('tables know the headings above and the fields of their sections', async (t) => {
  const all = events('# One\n\nA: 1\n\n## Two\n\nB: 2\n\n## Three\n\nC: 3\n\n| h | *i* |\n|---|---|\n| 1 | **2** |\n\n# Four\n\n| h | i |\n|---|---|\n| 1 | 2 |\n')
  t.match(tables(all), [{ table: 0, headings: ['One', 'Three'], header: ['h', 'i'], line: 13 }, { table: 1, headings: ['Four'], context: [] }])
  t.same(tables(all)[0]?.context?.map((field) => field.label), ['A', 'C'])
  t.same(rows(all)[0]?.columns, [3, 7])
  t.equal(tables(all)[0]?.recovered, undefined)
})

t.test('a long table comes in slices, and is still one table', async (t) => {
  const body = Array.from({ length: 3333 }, (_, at) => `| row ${at} | **${at}** |`)
  const text = `# T\n\n| a | b |\n|---|---|\n${body.join('\n')}\n\nEnd: 1\n`
  const all = events(text)
  t.equal(tables(all).length, 1)
  t.same(rows(all).map((row) => [row.row, row.line, ...row.cells]), body.map((_, at) => [at, at + 5, `row ${at}`, String(at)]))
  t.match(fields(all), [{ label: 'End', line: 3339 }])
})

t.test('links find their definitions in other pieces', async (t) => {
  const text = 'Intro\n\n- [Speed][s]: 5\n\n[s]: http://x\n'
  t.match(fields(events(text)), [{ label: 'Speed', value: '5' }])
  t.same(events(text), whole(text))
})

t.test('documents larger than the window give the same', async (t) => {
  const text = `# A\n\n${Array.from({ length: 40 }, (_, at) => `## S${at}\n\n- Value: ${at}\n\n| a | b |\n|---|---|\n| ${at} | x |\n`).join('\n')}`
  t.same(events(text, 200), events(text))
  const long = `# T\n\n| a | b |\n|---|---|\n${'| 1 | 2 |\n'.repeat(300)}| end | 2 |\n\nA: 1\n\n| c |\n|---|\n| 3 |\n`
  t.same(events(long, 500), whole(long), 'also a table that is longer than the window')
  t.equal(fields(events(text)).length, 40)
})

t.test('tables whose header was glued to other text', async (t) => {
  const all = events('- DType: float32 | Backend | Mean (ms) |\n| --- | --- |\n| eager | 3.8 |\n')
  t.match(fields(all), [{ label: 'DType', value: 'float32', line: 1, column: 3 }])
  t.match(tables(all), [{ header: ['Backend', 'Mean (ms)'], line: 1, recovered: true }])
  t.match(rows(all), [{ cells: ['eager', '3.8'], line: 3, columns: [3, 11] }])
})

t.test('text glued behind the last row', async (t) => {
  const all = events('| a | b |\n|---|---|\n| 1 | 2 | Plots: x.png ## Next\nRuns: 5\n')
  t.match(rows(all), [{ cells: ['1', '2'] }])
  t.match(fields(all), [{ label: 'Plots', value: 'x.png', line: 3, column: 11, headings: [] }, { label: 'Runs', headings: ['Next'], line: 4, column: 1 }])
  t.same(rows(events('| a | b |\n|---|---|\n| 1 | 2 | 3\n| 4 | 5 |\n'))[0]?.cells, ['1', '2', '3'], 'not in the middle of a table')
})

t.test('a table directly below another', async (t) => {
  const all = events('| a | b |\n|---|---|\n| 1 | 2 |\n| c | d | e |\n|---|---|---|\n| 3 | 4 | 5 |\n')
  t.match(tables(all), [{ header: ['a', 'b'] }, { header: ['c', 'd', 'e'], line: 4, recovered: true }])
  t.same(rows(all).map((row) => row.cells.length), [2, 3])
  const rule = events('| a | b |\n|---|---|\n| 1 | 2 |\n|---|---|\n| 3 | 4 |\n')
  t.equal(tables(rule).length, 1, 'a rule between rows of numbers starts none')
})

t.test('headings in the middle of a line', async (t) => {
  t.match(fields(events('# A ## B\nX: 1 ### C\nY: 2\n')), [{ label: 'X', value: '1', headings: ['A', 'B'] }, { label: 'Y', headings: ['A', 'B', 'C'] }])
  t.match(fields(events('Use: `a ## B` and ## c\n')), [{ value: 'a ## B and ## c' }], 'but not in code, nor without a capital')
})

t.test('lines nobody writes are passed over', async (t) => {
  for (const line of ['>'.repeat(20_000), '- '.repeat(20_000), '['.repeat(40_000), `A: ${'*a '.repeat(20_000)}`, '|'.repeat(50_000), 'A: **a'.repeat(400), '[a]('.repeat(1000)]) {
    t.same(pairs(`${line}\n\nB: 2\n`), [['B', '2']], line.slice(0, 5))
  }
})

const root = corpus()
t.test('pieces give what remark makes of the whole document', { skip: root ? false : 'no corpus' }, async (t) => {
  const files = readdirSync(root ?? '', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'))
  let compared = 0
  for (const name of files) {
    const text = readFileSync(path.join(root ?? '', name), 'utf8').replace(/^\ufeff/, '').replaceAll('\r\n', '\n')
    // Front matter, what was mended, and tables and labels in fences and HTML, are read on purpose otherwise than remark reads them.
    if (text.length > 12_000 || text.startsWith('---')) continue
    const ours = events(text).filter(({ type }) => type !== 'value')
    if (tables(ours).some((table) => table.recovered || table.confidence !== undefined) || / #{2,6} [A-Z0-9]/.test(text)) continue
    compared += 1
    t.same(ours, whole(text), name)
  }
  t.ok(compared > 25, `${compared} documents compared`)
})
