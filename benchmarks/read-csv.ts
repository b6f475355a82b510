/** What does it cost to make metric records of a CSV, over splitting it into cells? */

import { finished } from 'node:stream/promises'
import { parse } from 'csv-parse'
import { records } from '../lib/index.js'
import { peer, type Question } from './harness.js'
import { countItems, csvText, expect, inMemory, isRecord, measuredPerRow, rows } from './input.js'

export async function question(quick: boolean): Promise<Question> {
  const count = quick ? 2_000 : 20_000
  const bytes = Buffer.from(csvText(rows(count)))
  const artifact = inMemory('sweep.csv', 'csv', bytes)
  const csvParse = await peer('csv-parse')
  return {
    name: 'read-csv',
    question: 'What do metric records of a CSV cost, over splitting it into cells?',
    scope: `${count} rows of 14 columns, 9 of them measured, quoted text in every row, from memory. csv-parse gives arrays of text, or objects; chimera gives ${measuredPerRow} records a row, each with unit, attributes and place.`,
    workload: { bytes: bytes.length, items: count * measuredPerRow },
    baseline: 'csv-parse objects',
    cases: [
      { name: 'csv-parse arrays', peer: csvParse, run: async () => expect(await parsed(bytes, {}), count + 1) },
      { name: 'csv-parse objects', peer: csvParse, run: async () => expect(await parsed(bytes, { columns: true }), count) },
      { name: 'chimera records', run: async () => expect(await countItems(artifact, records(), isRecord), count * measuredPerRow) },
    ],
  }
}

async function parsed(bytes: Buffer, options: { columns?: boolean }): Promise<number> {
  let count = 0
  const parser = parse(options)
  for (let at = 0; at < bytes.length; at += 65_536) {
    if (!parser.write(bytes.subarray(at, at + 65_536))) while (parser.read() !== null) count += 1
  }
  parser.end()
  parser.on('data', () => (count += 1))
  await finished(parser)
  return count
}
