import fc from 'fast-check'
import t from 'tap'
import { csv, type CsvOptions, type FormatEvent, type TableRow } from '../../lib/format/index.js'
import { sniffDialect } from '../../lib/format/csv-dialect.js'
import type { Problem } from '../../lib/stage/index.js'
import { collect, cutEverywhere, plain, read } from './support/collect.js'

const events = (text: string, options: CsvOptions = {}) => read(() => csv('x.csv', options), text)
const rows = (all: readonly FormatEvent[]) => all.filter((event): event is TableRow => event.type === 'row')
const cells = (all: readonly FormatEvent[]) => rows(all).map((row) => row.cells)
const problems = (all: readonly FormatEvent[]) => all.filter((event): event is Problem => event.type === 'problem')
const codes = (all: readonly FormatEvent[]) => problems(all).map((problem) => problem.code)

t.test('the delimiter is the one the lines agree on', async (t) => {
  const of = (text: string) => sniffDialect(text, true)?.delimiter
  t.equal(of('a,b\n1,2\n'), ',')
  t.equal(of('a;b\n1,5;2,5\n'), ';', 'decimal commas')
  t.equal(of('1,5;2,5\n3,5;4,5\n'), ';', 'decimal commas without a header')
  t.equal(of('a\tb, c\n1\t2\n'), '\t')
  t.equal(of('a|b\n1|2\n'), '|')
  t.equal(of('a,"x;y;z"\n1,"u;v;w"\n'), ',', 'delimiters in quotes do not count')
  t.equal(of('one line of prose without any'), undefined)
  t.match(sniffDialect('a;b\n1;"x\n2;3\n4;5\n6;7\n', true), { delimiter: ';', rows: 5, confidence: 1 }, 'a broken quote costs one row of the sample')
})

t.test('the header', async (t) => {
  const of = (text: string) => sniffDialect(text, true)?.header
  t.equal(of('a,b\n1,2\n'), 'first')
  t.equal(of('model,note\nx,good\ny,bad\n'), 'first', 'text below text')
  t.equal(of('1,2\n3,4\n'), 'none')
  t.equal(of('n-body,1.5,2\nfasta,2.5,3\n'), 'none')
  t.equal(of(',1,2,4,8\nfast,0.5,0.25,0.1,0.1\n'), 'first', 'a pivoted table, whose names are numbers')
  t.equal(of('# t,v\n1,2\n'), 'comment')
  t.equal(of('#,v\n1,2\n'), 'first', 'a column whose name is #')
})

t.test('a broken quote costs its own line only', async (t) => {
  const all = events('a,b\n1,2\n3,"x\n4,5\n6,7\n')
  t.same(cells(all), [['1', '2'], ['4', '5'], ['6', '7']])
  t.match(problems(all), [{ code: 'broken-quote', line: 3, byte: 8, raw: '3,"x' }])
})

t.test('a broken line of bytes that are no UTF-8 keeps its bytes', async (t) => {
  const bytes = Buffer.concat([Buffer.from('a,b\n1,2\n3,"'), Buffer.from([0xff, 0x78]), Buffer.from('\n4,5\n')])
  const [found] = problems(read(() => csv('x.csv'), bytes))
  t.match(found, { code: 'broken-quote', raw: '3,"\ufffdx', rawBase64: Buffer.concat([Buffer.from('3,"'), Buffer.from([0xff, 0x78])]).toString('base64') })
  t.notOk(problems(events('a,b\n1,"é\n'))[0]?.rawBase64, 'text needs none')
})

t.test('every line broken: every line told, none taken', async (t) => {
  const text = `a,b\n${'1,"x\n'.repeat(500)}`
  const all = events(text)
  t.equal(problems(all).length + rows(all).length, 500)
  t.ok(problems(all).every((problem) => problem.code === 'broken-quote'))
})

t.test('a quote that never closes holds no more than the limit', async (t) => {
  const text = `a,b\n1,"x\n${'2,3\n'.repeat(400)}`
  const all = events(text, { recordLimit: 100 })
  t.equal(rows(all).length, 400)
  t.match(problems(all), [{ code: 'broken-quote', line: 2 }])
})

t.test('a row that is too long is left out, whatever the chunks', async (t) => {
  const bytes = Buffer.from(`a,b\n1,2\n${'x'.repeat(150)},3\n4,5\n`)
  const make = () => csv('x.csv', { recordLimit: 100 })
  const whole = plain(read(make, bytes))
  t.match(whole, [{ type: 'table' }, { cells: ['1', '2'] }, { code: 'record-too-long', line: 3 }, { cells: ['4', '5'], line: 4 }])
  cutEverywhere(make, bytes, (cut, how) => {
    if (JSON.stringify(cut) !== JSON.stringify(whole)) t.fail(how)
  })
  const last = events(`a,b\n1,2\n${'x'.repeat(150)}`, { recordLimit: 100 })
  t.same(codes(last), ['record-too-long'], 'also without a line end')
})

t.test('a quoted cell over many lines keeps the line numbers right', async (t) => {
  const all = events('a,b\n1,"x\n\ny"\n2,z\n')
  t.match(rows(all), [{ cells: ['1', 'x\n\ny'], line: 2 }, { cells: ['2', 'z'], line: 5 }])
})

t.test('ragged rows stay rows where their cells stand under the right names', async (t) => {
  const all = events('a,b,c\n1,2,3\n4,5\n6,7,8,too late\n10,11,12,\n')
  t.equal(rows(all).length, 4)
  t.same(codes(all), ['ragged-row', 'ragged-row'], 'an empty cell too many is none')
})

t.test('a row that a delimiter inside a text shifted is a problem, and no row of wrong values', async (t) => {
  const all = events('case,ms,rows\nwarm,1.5,10\ncold,start,2.5,20\nlast,0,7,30\n')
  t.same(rows(all).map(({ cells }) => cells), [['warm', '1.5', '10']])
  t.same(codes(all), ['ragged-row', 'ragged-row'])
  t.match(problems(all)[0]?.message ?? '', 'the row is left out')
})

t.test('cells are joined that a sentence with a comma was parted into', async (t) => {
  const all = events('case,ms,rows\ncold, without cache,2.5,20\nwarm,1.5,10\n')
  t.same(rows(all).map(({ cells }) => cells), [['cold, without cache', '2.5', '20'], ['warm', '1.5', '10']])
  t.same(codes(all), ['ragged-row'])
})

t.test('where all rows have a cell more than the header, the first ones are kept', async (t) => {
  const all = events('case,ms\nwarm,1.5,7\ncold,2.5,8\n')
  t.equal(rows(all).length, 2)
})

t.test('numbers alone, two on each line, are columns without a name', async (t) => {
  const all = events('8 12.5\n32 13.25\n128 14\n')
  t.same(rows(all).map(({ cells }) => cells), [['8', '12.5'], ['32', '13.25'], ['128', '14']])
  t.same(codes(all), ['no-header'])
})

t.test('tables one below the other', async (t) => {
  const all = events('a,b\n1,2\n\nc,d,e\n3,4,5\n\na,b\n6,7\n')
  t.match(
    all.filter((event) => event.type === 'table'),
    [{ header: ['a', 'b'], line: 1 }, { table: 1, header: ['c', 'd', 'e'], line: 4 }, { table: 2, header: ['a', 'b'], line: 7 }],
  )
  t.same(rows(all).map((row) => [row.table, row.row]), [[0, 0], [1, 0], [2, 0]])
  t.same(codes(all), [])
})

t.test('a blank line within a table of text is no end', async (t) => {
  const all = events('name,note\nx,good\n\ny,bad\n')
  t.equal(all.filter((event) => event.type === 'table').length, 1)
  t.equal(rows(all).length, 2)
})

t.test('a repeated header starts its table anew', async (t) => {
  const all = events('a,b\n1,2\na,b\n3,4\n')
  t.same(rows(all).map((row) => row.table), [0, 1])
})

t.test('a short last row after a blank line is not lost', async (t) => {
  const all = events('a,b\n1,2\n\ntotal\n')
  t.same(cells(all), [['1', '2'], ['total']])
  t.same(codes(all), ['ragged-row'])
})

t.test('what is written by the book is read as it was written', async (t) => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', '\n', ' ', ';', '7', '🎉'), maxLength: 8 })
  const table = fc.array(fc.tuple(cell, cell, cell), { maxLength: 8 })
  const quoted = (row: readonly string[]) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(',')
  fc.assert(
    fc.property(table, fc.constantFrom('\n', '\r\n'), fc.nat(), (body, newline, cut) => {
      const text = Buffer.from(['at,one,two,three', ...body.map((row, at) => quoted([String(at), ...row])), ''].join(newline))
      const at = cut % text.length
      const dialect = { delimiter: ',', quote: '"', newline: '\n', padded: false, framed: false, numeric: 0.5, score: 1, preamble: 0, header: 'first', width: 4, rows: 9, confidence: 1, evidence: '' } as const
      const all = collect(csv('x.csv', { dialect }), [text.subarray(0, at), text.subarray(at)])
      t.same(cells(all), body.map((row, at) => [String(at), ...row]))
      t.same(rows(all).map((row) => text.subarray(...(row.bytes ?? [0, 0])).toString()), body.map((row, at) => quoted([String(at), ...row])))
    }),
    { numRuns: 200 },
  )
})
