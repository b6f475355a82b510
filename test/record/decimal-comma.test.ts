/** Decimal commas, as spreadsheets write them where `;` parts the cells. */

import t from 'tap'
import { readText } from './read.js'

const values = async (text: string) => (await readText('x.csv', text)).map(({ value }) => value)

t.test('a decimal comma is read, the raw text stays', async (t) => {
  const records = await readText('x.csv', 'model;ttft_s\nm;0,25\nk;1,5\n')
  t.strictSame(records.map(({ value, raw, attributes }) => [value, raw.text, attributes['model']]), [[0.25, '0,25', 'm'], [1.5, '1,5', 'k']])
  t.strictSame(await values('model\tttft_s\nm\t0,25\nk\t1,5\n'), [0.25, 1.5])
})

t.test('settings, units in cells, and tables with a metric in each row', async (t) => {
  const [record] = await readText('x.csv', 'temperature;ttft\n0,2;0,25 s\n0,8;12,5 ms\n')
  t.match(record, { value: 0.25, unit: 's', attributes: { temperature: 0.2 } })
  t.strictSame(await values('metric;value;unit\nttft;0,25;s\nlatency;12,5;ms\n'), [0.25, 0.0125])
})

t.test('thousands are grouped only where nothing else can be meant', async (t) => {
  t.strictSame(await values('model;latency_s\na;1,234\nb;2,5\n'), [1.234, 2.5], 'decimal beside 2,5')
  t.strictSame(await values('model;latency_s\na;1,234\nb;2,345\n'), [1.234, 2.345], 'decimal for want of other signs')
  t.strictSame(await values('model;latency_s\na;1,234\nb;2.5\n'), [1234, 2.5], 'grouped beside a decimal point')
  t.strictSame(await values('model;latency_s;rate_s\na;1,234;0.5\nb;2,345;0.7\n').then((all) => all.filter((value) => value > 1)), [1234, 2345])
  t.strictSame(await values('model\tlatency_s\na\t1,234\nb\t2,345\n'), [1234, 2345], 'tabs alone say nothing')
  t.strictSame(await values('model;latency_s\na;1.234,5\nb;0,5\n'), [1234.5, 0.5], 'a point groups')
  t.strictSame(await values('model;latency_s\na;1,234,567\nb;2\n'), [1234567, 2])
  t.strictSame(await values('model;latency_s\na;0.25\nb;1.5\n'), [0.25, 1.5])
})

t.test('a comma that comes late is not lost', async (t) => {
  const rows = Array.from({ length: 100 }, (_, at) => `m${at};${at + 1}`)
  const all = await values(`model;latency_s\n${rows.join('\n')}\nz;0,25\n`)
  t.equal(all.length, 101)
  t.equal(all.at(-1), 0.25)
})

t.test('between commas only a quoted cell that can be nothing else', async (t) => {
  const rows = async (cells: string) => (await readText('x.csv', `name,duration,channels\n${cells}`)).map(({ raw, value }) => [raw.name, value])
  t.strictSame(await rows('a,"1234,567890",3\nb,"0,250000",3\n'), [['duration', 1234.56789], ['duration', 0.25]])
  t.strictSame(await rows('a,12.5,"1,3"\nb,13.5,"1,3"\n'), [['duration', 12.5], ['duration', 13.5]], 'a list is no number')
  t.strictSame(await rows('a,"1,234",3\nb,"2,500.5",3\n'), [['duration', 1234], ['duration', 2500.5]], 'thousands')
})
