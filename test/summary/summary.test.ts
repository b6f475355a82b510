import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import t from 'tap'
import type { Item } from '../../lib/record/item.js'
import { problem } from '../../lib/stage/index.js'
import { distinct } from '../../lib/summary/distinct.js'
import { summary } from '../../lib/summary/summary.js'
import { hashOf, record } from './record.js'

const report = (file: string): Item => ({ type: 'file', file, hash: hashOf(file), records: 1, problems: 0, verdict: 'guessed', reason: 'a table' })

t.test('problems and file reports pass at once, rows come at the end', async (t) => {
  const stage = summary({ by: ['model'] })
  stage.write(record({ attributes: { model: 'a' } }))
  stage.write(problem('x.csv', 'ragged-row', 'expected 3 cells, found 2: see the line'))
  stage.write(report('x.csv'))
  const early = [await next(stage), await next(stage)]
  t.match(early, [{ type: 'problem', code: 'ragged-row' }, { type: 'file', file: 'x.csv' }])
  stage.end(record({ attributes: { model: 'b' } }))
  const rows = await stage.toArray()
  t.match(rows, [{ type: 'summary', group: { model: 'a' } }, { type: 'summary', group: { model: 'b' } }])
  t.equal(rows.length, 2)
})

t.test('nothing in, nothing out', async (t) => {
  t.strictSame(await Readable.from([]).pipe(summary()).toArray(), [])
})

t.test('the groups that found no room are told before the rows', async (t) => {
  const stage = summary({ by: ['model'], maxGroups: 1 })
  stage.write(record({ attributes: { model: 'a' } }))
  stage.end(record({ attributes: { model: 'b' } }))
  t.match(await stage.toArray(), [{ type: 'problem', code: 'too-many-groups' }, { type: 'summary', group: { model: 'a' } }])
})

t.test('a wrong option fails where it is written', (t) => {
  t.throws(() => summary({ maxGroups: 1.5 }), { code: 'USAGE' })
  t.end()
})

t.test('a reader that stops stops the source', async (t) => {
  for (const stage of [summary(), distinct({ report: true })]) {
    let made = 0
    const source = Readable.from(
      (function* () {
        for (;;) {
          made += 1
          yield problem(`f${made}`, 'ragged-row', 'expected 3 cells, found 2: see the line')
        }
      })(),
    )
    const running = pipeline(source, stage).catch((error: unknown) => error)
    await next(stage)
    // Nobody reads on. When every buffer on the way is full, the source is asked no more.
    let before = -1
    while (before !== made) {
      before = made
      await new Promise((resolve) => setImmediate(resolve))
    }
    t.ok(made > 0 && made < 2000, `${stage.stageName}: ${made} items for a reader that took one`)
    stage.destroy()
    t.match(await running, { code: 'ERR_STREAM_PREMATURE_CLOSE' })
    t.equal(source.destroyed, true)
  }
})

t.test('distinct: records of copied files are dropped, everything else passes', async (t) => {
  const hash = hashOf('same')
  const items: Item[] = [
    record({ file: 'a.csv', hash, line: 2 }),
    record({ file: 'a.csv', hash, line: 3 }),
    report('a.csv'),
    record({ file: 'copy.csv', hash, line: 2 }),
    record({ file: 'copy.csv', hash, line: 3 }),
    report('copy.csv'),
    record({ file: 'b.csv' }),
    record({ file: 'of-another-kind.csv', id: 'by-hand' }),
    record({ file: 'of-another-kind-2.csv', id: 'by-hand' }),
  ]
  const names = (list: Item[]) => list.map((item) => (item.type === undefined ? item.source.file : `${item.type} ${item.file}`))
  const expected = ['a.csv', 'a.csv', 'file a.csv', 'file copy.csv', 'b.csv', 'of-another-kind.csv', 'of-another-kind-2.csv']
  t.strictSame(names(await run(items, distinct())), expected)
  const reported = await run(items, distinct({ report: true }))
  t.strictSame(names(reported), [...expected.slice(0, 3), 'problem copy.csv', ...expected.slice(3)])
  t.match(reported[3], { code: 'copied-file', message: /a\.csv/ })
})

async function run(items: readonly Item[], stage: ReturnType<typeof distinct>): Promise<Item[]> {
  await Promise.all([pipeline(Readable.from(items), stage), stage.toArray().then((list) => (items = list as Item[]))])
  return [...items]
}

async function next(stage: Readable): Promise<unknown> {
  for (;;) {
    const item: unknown = stage.read()
    if (item !== null) return item
    await new Promise((resolve) => stage.once('readable', resolve))
  }
}
