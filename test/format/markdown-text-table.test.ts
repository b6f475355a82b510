import t from 'tap'
import { markdown, type FormatEvent, type TableRow, type TableStart } from '../../lib/format/index.js'
import { cutEverywhere, plain, read } from './support/collect.js'

const events = (text: string) => read(() => markdown('x.md'), text)
const tables = (all: readonly FormatEvent[]) => all.filter((event): event is TableStart => event.type === 'table')
const rows = (all: readonly FormatEvent[]) => all.filter((event): event is TableRow => event.type === 'row')
const fence = (text: string, language = '') => `# Head\n\nAbove.\n\n\`\`\`${language}\n${text}\n\`\`\`\n`
const shown = (text: string) => {
  const all = events(text)
  return [tables(all).map(({ header }) => header), rows(all).map(({ cells }) => cells)]
}

t.test('tables with pipes and frames between fences', async (t) => {
  t.same(shown(fence('| Way | Mean |\n|---- |-----:|\n| a | 5 ms |\n| b | 6 ms |\n\nend')), [[['Way', 'Mean']], [['a', '5 ms'], ['b', '6 ms']]])
  t.same(shown(fence('+-----+------+\n| Way | Mean |\n+=====+======+\n| a   | 5 ms |\n+-----+------+\n| b   | 6 ms |\n+-----+------+')), [[['Way', 'Mean']], [['a', '5 ms'], ['b', '6 ms']]])
  t.same(shown(fence('┌─────┬──────┐\n│ Way │ Mean │\n├─────┼──────┤\n│ a   │ 5 ms │\n└─────┴──────┘')), [[['Way', 'Mean']], [['a', '5 ms']]])
  t.same(shown(fence(' way | mean\n-----+------\n a   | 5\n(1 row)')), [[['way', 'mean']], [['a', '5']]])
  const [start] = tables(events(fence('| a | b |\n|---|---|\n| 1 | 2 |')))
  t.match(start, { headings: ['Head'], prose: ['Above.'], line: 6, confidence: Number })
})

t.test('what go test -bench prints, and lines of a name and its values', async (t) => {
  t.same(shown(fence('goos: linux\nBenchmarkA-8   \t 1000\t  12.5 ns/op\t 0 B/op\nPASS', 'go')), [[['Benchmark', 'iterations', 'ns/op', 'B/op']], [['BenchmarkA-8', '1000', '12.5 ns/op', '0 B/op']]])
  t.same(shown(fence('sort    1,234 ops/sec\nfind      567 ops/sec (slow)', 'js')), [[['name', 'ops/sec']], [['sort', '1,234 ops/sec'], ['find', '567 ops/sec']]])
  t.same(shown(fence('sort    1,234 ops/sec')), [[], []], 'one such line may be anything')
})

t.test('aligned columns', async (t) => {
  const text = 'Benchmark   Mode  Cnt   Score    Error  Units\nSort.fast   avgt    5   1.25 ±  0.02  ns/op\nSort.slow   avgt    5  12.50 ±  0.20  ns/op'
  const all = events(fence(text))
  t.same(tables(all)[0]?.header, ['Benchmark', 'Mode', 'Cnt', 'Score', 'Error', 'Units'])
  t.same(rows(all)[0]?.cells, ['Sort.fast', 'avgt', '5', '1.25', '0.02', 'ns/op'])
  t.equal(text.split('\n')[1]?.slice((rows(all)[0]?.columns?.[3] ?? 0) - 1).startsWith('1.25'), true, 'the place is that of the number')
  t.same(shown(fence('name     time (ms)\n-----    ---------\na             1.5\n\nagain:\nb             2.5')), [[['name', 'time (ms)'], ['name', 'time (ms)']], [['a', '1.5'], ['b', '2.5']]], 'rows of the same columns further down')
  t.same(shown(fence('fwd   n   k     ms\n      1   a    1.5\n          b    2.5')), [[['n', 'k', 'ms']], [['1', 'a', '1.5'], ['', 'b', '2.5']]], 'a title over nothing is a caption')
})

t.test('program text, listings and settings are no tables', async (t) => {
  const none = (text: string, language?: string) => t.same(shown(fence(text, language)), [[], []], text)
  none('NAME     READY   RESTARTS   AGE\nweb-1    1/1     0          5d\nweb-2    1/1     2          5d')
  none('total 12\n-rw-r--r--  1 me  staff  512 Jan  1 10:00 a.txt\n-rw-r--r--  1 me  staff  600 Jan  1 10:00 b.txt')
  none('int a = 5;     // time ms\nint bb = 66;   // time ms\nint cc = 77;   // time ms', 'c')
  none('time    mean    ms\n1       2       3\n4       5       6', 'python')
  none('timeout:   30 s\nretry:     10 s', 'yaml')
  none('Package      Version\n------------ -------\nnumpy        1.26.4\nscipy        1.11.0')
  none('a | b | c\nd | e | f', 'sh')
})

const HTML = `<table>
<thead>
  <tr><th rowspan="2">Model</th><th colspan="2">Batch size</th></tr>
  <tr><th>1</th><th>8</th></tr>
</thead>
<tbody>
  <tr><td colspan="3">small ones</td></tr>
  <tr>
    <td rowspan="2"><b>tiny</b>&nbsp;one</td>
    <td align="right">1.5 ms</td>
    <td>2.5 ms</td>
  </tr>
  <tr><td>3.5&nbsp;ms</td><td>4.5 ms</td></tr>
</tbody>
</table>`

t.test('HTML tables', async (t) => {
  const all = events(`# H\n\n${HTML}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n`)
  t.same(tables(all).map(({ header, table }) => [table, header]), [[0, ['Model', 'Batch size 1', 'Batch size 8']], [1, ['a', 'b']]])
  t.same(rows(all).map(({ cells }) => cells), [['tiny one', '1.5 ms', '2.5 ms'], ['tiny one', '3.5 ms', '4.5 ms'], ['1', '2']])
  const row = rows(all)[0]
  t.same(row?.lines?.map(({ line }) => line), [11, 12, 13])
  const lines = `# H\n\n${HTML}`.split('\n')
  t.same(row?.columns?.map((column, index) => lines[(row.lines?.[index]?.line ?? 0) - 1]?.slice(column - 1, column + 3)), ['tiny', '1.5 ', '2.5 '])
  t.same(shown('<table><tr><td>A</td><td>B</td></tr><tr><td>x</td><td>5</td></tr></table>\n'), [[['A', 'B']], [['x', '5']]])
})

t.test('HTML tables that lay out a page', async (t) => {
  t.same(shown('<table>\n<tr><td>\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n</td><td>x</td></tr>\n<tr><td>1</td><td>2</td></tr>\n</table>\n'), [[['a', 'b']], [['1', '2']]])
  t.same(shown('<table><tr><td>\n<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>\n</td></tr></table>\n'), [[], []])
  t.same(shown('<table><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>\n'), [[], []], 'no header')
  t.same(shown('<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr>\n'), [[], []], 'never closed')
})

t.test('the same at every cut, and bounded', async (t) => {
  const text = `${fence('BenchmarkA-8  10  5 µs/op\nBenchmarkB-8  10  6 µs/op')}\n${HTML}\n`
  const all = plain(events(text))
  cutEverywhere(() => markdown('x.md'), Buffer.from(text), (found, how) => t.same(found, all, how))
  t.same(shown(fence('BenchmarkA-8  10  5 ns/op\n'.repeat(3000)))[1], [], 'longer blocks are logs')
  for (const bad of ['<table '.repeat(20_000), `<table>${'<td '.repeat(50_000)}</table>`, `<table>${'<td colspan=100 rowspan=9999><tr>'.repeat(3000)}</table>`, fence(`${'a  1 ns  '.repeat(100)}\n`.repeat(500)), fence(`|${'-+'.repeat(2000)}\n`.repeat(500))]) t.same(shown(`${bad}\n`).flat(), [], bad.slice(0, 20))
})
