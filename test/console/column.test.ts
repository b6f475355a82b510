import stringWidth from 'string-width'
import t from 'tap'
import { column } from '../../lib/console/column.js'

const cells = (columns: number, ...texts: string[]) => {
  const cursor = column()
  for (const text of texts) cursor.feed(text)
  return cursor.cells(stringWidth, columns)
}

t.test('the column in which text leaves the cursor', async (t) => {
  t.equal(cells(80), 0)
  t.equal(cells(80, 'abc'), 3)
  t.equal(cells(80, 'abc', 'de\nf'), 1)
  t.equal(cells(80, 'abc\r'), 0)
  t.equal(cells(80, 'ab\u001b[31mc\u001b[0m'), 3)
  t.equal(cells(80, '漢字'), 4)
  t.equal(cells(10, 'x'.repeat(25)), 25, 'cells, not columns')
  t.equal(cells(5, 'abcd漢'), 7, 'a wide character does not fit into the last cell')
  t.equal(cells(80, 'a\tb'), 9)
  t.equal(cells(10, 'abcdefghi\tb'), 10, 'a tab stops at the edge')
})

t.test('asking in between changes nothing', async (t) => {
  const cursor = column()
  t.ok(cursor.isStart())
  cursor.feed('ab')
  t.notOk(cursor.isStart())
  t.equal(cursor.cells(stringWidth, 80), 2)
  cursor.feed('cd')
  t.equal(cursor.cells(stringWidth, 80), 4)
  cursor.feed('\n')
  t.ok(cursor.isStart())
})

t.test('a line without end does not fill the memory', async (t) => {
  const cursor = column()
  for (let index = 0; index < 100; index++) cursor.feed('x'.repeat(10_000))
  t.ok(cursor.cells(stringWidth, 80) < 100_000)
})
