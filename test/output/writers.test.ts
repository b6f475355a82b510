import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import t from 'tap'
import { remark } from 'remark'
import remarkGfm from 'remark-gfm'
import * as measured from '../../lib/output/cell-width.js'
import { csv, json, markdownTable, ndjson, table } from '../../lib/output/index.js'
import * as narrow from '../../lib/output/narrow-width.js'
import type { Stage } from '../../lib/stage/index.js'
import { fixture } from '../support/paths.js'
import { beside, record, records, row, rows } from './samples.js'

async function write(stage: Stage<never, string>, items: Iterable<unknown>): Promise<string> {
  const [text] = await Promise.all([collect(stage), pipeline(items, stage)])
  return text
}

async function collect(stage: Stage<never, string>): Promise<string> {
  let text = ''
  for await (const piece of stage) text += piece
  return text
}

type Make = () => Stage<never, string>
const by = ['model']
const golden: [file: string, make: Make, items: readonly unknown[]][] = [
  ['records.ndjson', ndjson, [...records, beside]],
  ['records.json', json, records],
  ['records.csv', csv, [beside, ...records]],
  ['records-fields.csv', () => csv({ fields: ['value', 'metric', 'raw_name'] }), records],
  ['records.txt', table, [beside, ...records]],
  ['records-60.txt', () => table({ columns: 60, color: true }), records],
  ['records.md', markdownTable, records],
  ['summary.ndjson', ndjson, rows],
  ['summary.json', json, rows],
  ['summary.csv', () => csv({ by }), rows],
  ['summary-group.csv', csv, rows],
  ['summary.txt', () => table({ by }), rows],
  ['summary-group.txt', table, rows],
  ['summary.md', () => markdownTable({ by }), rows],
]

for (const [file, make, items] of golden) {
  t.test(file, async (t) => {
    const text = await write(make(), items)
    t.equal(text, readFileSync(fixture('output', file), 'utf8'))
  })
}

t.test('without items', async (t) => {
  t.equal(await write(ndjson(), []), '')
  t.equal(await write(json(), []), '[]\n')
  t.equal(await write(table(), [beside]), '')
  t.match(await write(csv(), [beside]), /^metric,value,unit,stat,better,status,time,file,line,.*\n$/)
  t.match(await write(csv({ by }), []), /^metric,unit,better,model,stat,n,mean,.*\n$/)
  t.match(await write(markdownTable(), []), /^\| metric \| value .*\n\| --- \| ---: .*\n$/)
})

t.test('bad use', async (t) => {
  for (const make of [csv, table, markdownTable]) {
    await t.rejects(write(make(), [record(), row()]), { code: 'USAGE', message: /expected record rows only, found a summary row/ })
  }
  await t.rejects(write(csv({ fields: ['nope'] }), [record()]), { code: 'USAGE', message: /expected fields among metric, .*"nope"/ })
})

t.test('the keys of a record stand in one order, and what is unknown is absent', async (t) => {
  const [, timeless] = records
  if (!timeless) throw new Error('expected a record')
  const keys = async (item: unknown) => Object.keys(JSON.parse(await write(ndjson(), [item])) as object)
  t.same(await keys(record()), ['metric', 'value', 'unit', 'stat', 'better', 'status', 'attributes', 'time', 'raw', 'source', 'id'])
  t.same(await keys(timeless), ['metric', 'value', 'unit', 'stat', 'better', 'status', 'attributes', 'raw', 'source', 'id'])
  t.same(JSON.parse(await write(ndjson(), [record()])), record(), 'nothing is lost')
})

t.test('ndjson passes over what JSON cannot say', async (t) => {
  t.equal(await write(ndjson(), [undefined, 1, () => 1, 'a'].filter((item) => item !== undefined)), '1\n"a"\n')
  t.equal(await write(json(), [() => 1]), '[]\n')
})

t.test('CSV cells', async (t) => {
  const cells = async (text: string) => {
    const out = await write(csv({ fields: ['raw_text'] }), [record({ raw: { name: 'x', text } })])
    return parse(out, { from_line: 2, skip_empty_lines: false })[0]?.[0]
  }
  const cases: [string, string][] = [
    ['=1+1', "'=1+1"], ["'=1+1", "''=1+1"], ['＝1', "'＝1"], ['+1+1', "'+1+1"], ['-1+1', "'-1+1"], ['@SUM(A1)', "'@SUM(A1)"], ['\tx', "'\tx"], ['\rx', "'x"], ['\r=x', "'=x"], ['\x1b[0m=x', "'=x"],
    ['-5', '-5'], ['+5', '+5'], ['-5.25e-3', '-5.25e-3'], ['-.5', '-.5'], ['-', "'-"], ['-5%', '-5%'], ['-0.5 ms', '-0.5 ms'], ['-1,234.5', '-1,234.5'],
    ['-5+A1', "'-5+A1"], ['-5|x', "'-5|x"], ['-5 A1', "'-5 A1"], ['-x(1)', "'-x(1)"], ['＝1+1', "'＝1+1"], ['＠x', "'＠x"],
    ['a,b', 'a,b'], ['say "x"', 'say "x"'], ['two\nlines', 'two\nlines'], [' x ', ' x '], ['\x07\x9b31m', ''],
  ]
  for (const [text, expected] of cases) t.equal(await cells(text), expected, JSON.stringify(text))
})

t.test('CSV is read back by csv-parse', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.string(), fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true })), { minLength: 1 }), async (triples) => {
      const items = triples.map(([name, text, value]) => record({ metric: `m${name}`, value, raw: { name: 'x', text: `t${text}` } }))
      const out = parse(await write(csv({ fields: ['metric', 'value', 'raw_text'] }), items), { columns: true })
      return out.every((cells, at) => {
        const [name, text, value] = triples[at] ?? []
        const found = cells as Record<string, string>
        return found['metric'] === `m${plain(name)}` && Number(found['value']) === value && found['raw_text'] === `t${plain(text)}`
      }) && out.length === items.length
    }),
    { numRuns: 50 },
  )
})

/** `fc.string()` is printable ASCII. */
function plain(text: string | undefined): string {
  return text ?? ''
}

t.test('a Markdown table holds text only, whatever the names', async (t) => {
  const hostile = fc.string({ unit: fc.constantFrom(...Array.from('|\\`*_[]()<>!~&#-@:/.aw1 \n\t"\'=+'), 'http://', 'www.', '![x](y)', '<b>', '\x1b[1m', '\u200b') })
  await fc.assert(
    fc.asyncProperty(hostile, hostile, async (name, value) => {
      const markdown = await write(markdownTable({ by: ['k'] }), [row({ metric: name, group: { k: value } }), row()])
      const tree = remark().use(remarkGfm).parse(markdown)
      const [node, ...more] = tree.children
      if (node?.type !== 'table' || more.length > 0 || node.children.length !== 3) return false
      return node.children.every((line) => line.children.length === 14 && line.children.every((cell) => cell.children.every((part) => part.type === 'text' || part.type === 'inlineCode')))
    }),
    { numRuns: 80 },
  )
  t.pass('checked with remark')
})

t.test('a table fits its terminal, and cuts no number', async (t) => {
  const text = await write(table({ columns: 60 }), records)
  for (const line of text.trimEnd().split('\n')) t.ok(line.length <= 60, line)
  t.match(text, '42.83')
})

t.test('what is taken to be as wide as its letters is so', async (t) => {
  const plain = Array.from({ length: 0x10000 - 0x20 }, (_, at) => String.fromCharCode(at + 0x20)).filter(narrow.isNarrow)
  t.ok(plain.length > 1000 && plain.includes('é') && plain.includes('µ'))
  t.same(plain.filter((char) => measured.widthOf(char) !== 1), [])
  const text = fc.array(fc.constantFrom(...plain), { maxLength: 12 }).map((chars) => chars.join(''))
  fc.assert(
    fc.property(text, fc.nat({ max: 14 }), fc.boolean(), (one, width, right) => {
      const each = [narrow, measured].map(({ widthOf, truncate, pad }) => [widthOf(one), truncate(one, width), pad(one, width, right)].join('|'))
      return each[0] === each[1]
    }),
    { numRuns: 2000 },
  )
})

t.test('wide text is measured also behind rows that were written before it', async (t) => {
  const text = await write(table(), [...Array.from({ length: 600 }, () => record({ metric: 'latency' })), record({ metric: '量子' })])
  const last = text.trimEnd().split('\n').at(-1) ?? ''
  // Two characters as wide as four: the rest of the line moves two characters to the left, and is where it was.
  const where = (text.split('\n')[1] ?? '').indexOf('117.5')
  t.ok(where > 0)
  t.equal(last.indexOf('117.5'), where - 2)
})

t.test('a table of any length is written as it comes', async (t) => {
  const stage = table()
  let given = 0
  const many = (function* () {
    for (; given < 5000; given += 1) yield record({ metric: given > 4000 ? 'a_much_longer_name_than_before' : 'ttft' })
  })()
  let lines = 0
  const piped = pipeline(many, stage)
  for await (const piece of stage) {
    if (lines === 0) t.ok(given < 2000, `${given} rows were needed before the first came`)
    lines += piece.split('\n').length - 1
  }
  await piped
  t.equal(lines, 5001)
})

for (const [name, make] of Object.entries({ ndjson, json, csv, table, markdownTable })) {
  t.test(`${name} waits for its reader`, async (t) => {
    const stage = make({ highWaterMark: 4 })
    let given = 0
    const endless = (async function* () {
      for (; given < 3000; given += 1) yield record()
    })()
    const piped = pipeline(endless, stage)
    for (let turn = 0; turn < 500; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    t.ok(given < 600, `${given} taken while nobody reads`)
    let lines = 0
    for await (const piece of stage) lines += piece.split('\n').length - 1
    await piped
    t.ok(lines >= 3000)
  })
}
