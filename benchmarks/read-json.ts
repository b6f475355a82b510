/** What does it cost to make metric records of a JSON document, over parsing it? */

import { records } from '../lib/index.js'
import type { Question } from './harness.js'
import { countItems, expect, inMemory, isRecord, measuredPerRow, rows } from './input.js'

export async function question(quick: boolean): Promise<Question> {
  const count = quick ? 2_000 : 10_000
  const table = rows(count)
  const array = Buffer.from(JSON.stringify(table))
  const lines = Buffer.from(table.map((row) => JSON.stringify(row)).join('\n') + '\n')
  const wanted = count * measuredPerRow
  return {
    name: 'read-json',
    question: 'What do metric records of JSON cost, over parsing it?',
    scope: `${count} objects of 14 keys, 9 of them measured, from memory; as one array and as one object a line.`,
    workload: { bytes: array.length, items: wanted },
    baseline: 'JSON.parse array',
    cases: [
      { name: 'JSON.parse array', peer: `node@${process.versions.node}`, run: () => expect((JSON.parse(array.toString('utf8')) as unknown[]).length, count) },
      {
        name: 'split and JSON.parse lines',
        peer: `node@${process.versions.node}`,
        run: () => {
          const objects = lines.toString('utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line) as unknown)
          expect(objects.length, count)
        },
      },
      { name: 'chimera records of the array', run: async () => expect(await countItems(inMemory('runs.json', 'json', array), records(), isRecord), wanted) },
      { name: 'chimera records of the lines', run: async () => expect(await countItems(inMemory('runs.ndjson', 'ndjson', lines), records(), isRecord), wanted) },
    ],
  }
}
