import { readFile } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import t from 'tap'
import { artifacts, countInventory, formatInventory, inventory, inventoryLines, type Artifact, type Inventory } from '../../lib/source/index.js'
import { problem, type Problem } from '../../lib/stage/index.js'
import { corpus, fixture } from '../support/paths.js'

async function run<T>(items: AsyncIterable<T> | Iterable<T>): Promise<T[]> {
  const out: T[] = []
  for await (const item of items) out.push(item)
  return out
}

function artifact(name: string, more: Partial<Artifact> = {}): Artifact {
  return { type: 'artifact', name, open: () => (async function* () {})(), ...more }
}

const items: (Artifact | Problem)[] = [
  ...Array.from({ length: 7 }, (_, at) =>
    artifact(`runs/${at}.csv`, { format: 'csv', bytes: 12_614, modified: new Date(Date.UTC(2025, 10, 14, 18, 53, at === 3 ? 59 : 30)) }),
  ),
  problem('runs/loop', 'symlink-loop', 'expected a file'),
  artifact('b.json.gz', { format: 'json', compression: 'gzip', bytes: 999, modified: new Date('2025-10-08T17:20:51.123Z') }),
  artifact('r\x1b[31med\n.md', { format: 'markdown', bytes: 999_950, modified: new Date('2025-11-14T18:54:07Z') }),
  artifact('-', { named: true }),
]

t.test('as text', async (t) => {
  const stage = inventory()
  for (const item of items) stage.write(item)
  stage.end()
  const [counted] = await run<Inventory>(stage)
  t.equal(counted && formatInventory(counted), await readFile(fixture('source', 'inventory.txt'), 'utf8'))
})

t.test('as ndjson, line by line', async (t) => {
  const stage = inventoryLines()
  for (const item of items) stage.write(item)
  stage.end()
  t.equal((await run(stage)).join(''), await readFile(fixture('source', 'inventory.ndjson'), 'utf8'))
})

t.test('nothing', async (t) => {
  t.equal(formatInventory(countInventory().result()), 'Total files analyzed: 0\n')
  const stage = inventoryLines()
  stage.end()
  t.same(await run(stage), ['{"total":{"files":0,"bytes":0,"problems":0,"formats":{}}}\n'])
})

for (const [name, make] of [['inventory', inventory], ['inventoryLines', inventoryLines]] as const) {
  t.test(`${name} reads no faster than its reader`, async (t) => {
    let given = 0
    const endless = (async function* () {
      for (;;) {
        given += 1
        yield artifact(`${given}.csv`, { format: 'csv' })
        if (given === 5000) return
      }
    })()
    const stage = make({ highWaterMark: 8 })
    const piped = pipeline(endless, stage)
    if (name === 'inventory') {
      // It gives nothing before its end, so it reads on; it keeps five names of them.
      const [counted] = await run(stage as AsyncIterable<Inventory>)
      t.match(counted, { files: 5000, formats: [{ first: { length: 5 } }] })
    } else {
      for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve))
      t.ok(given < 100, `${given} taken while nobody reads`)
      t.equal((await run(stage as AsyncIterable<string>)).length, 5001)
    }
    await piped
  })
}

const seed = corpus('seed')
t.test('the seed corpus', { skip: seed ? false : 'no corpus' }, async (t) => {
  const stage = inventory()
  await Promise.all([
    pipeline(artifacts(['reports', 'csv_data'], { cwd: seed ?? '' }), stage),
    run<Inventory>(stage).then(([counted]) => {
      t.match(counted, { files: 101, problems: 0, formats: [{ format: 'csv', files: 28 }, { format: 'json', files: 44 }, { format: 'markdown', files: 29 }] })
      const shown = counted ? formatInventory(counted) : ''
      t.match(shown, 'Total files analyzed: 101\n\nCSV Files (28)\n  - reports/gemma3/gemma3_1b-it-qat_baseline.csv\n')
      t.match(shown, /\n {2}\.\.\. and 23 more\n/)
      t.match(shown, '\n\nMARKDOWN Files (29)\n')
    }),
  ])
})
