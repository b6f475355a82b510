/** `raw.text` is what stands in the file, and ids tell places apart. */

import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import t from 'tap'
import { records, type Item, type MetricRecord } from '../../lib/record/index.js'
import { artifacts, type Artifact, type FormatName } from '../../lib/source/index.js'
import { fuse } from '../../lib/stage/index.js'
import { corpus } from '../support/paths.js'

async function read(format: FormatName, text: string): Promise<MetricRecord[]> {
  const artifact: Artifact = {
    type: 'artifact',
    name: `a.${format}`,
    format,
    async *open() {
      yield Buffer.from(text)
    },
  }
  const found: MetricRecord[] = []
  for await (const item of Readable.from([artifact]).pipe(records()) as AsyncIterable<Item>) if (item.type === undefined) found.push(item)
  return found
}

t.test('numbers keep their spelling in every format', async (t) => {
  const texts = async (format: FormatName, text: string) => (await read(format, text)).map((record) => record.raw.text)
  t.strictSame(await texts('json', '{"model":"a","ttft_s":0.10,"latency_s":1e-3,"load_s": 2.50 }'), ['0.10', '1e-3', '2.50'])
  t.strictSame(await texts('ndjson', '{"ttft_s":0.10}\n{"ttft_s":1E1}\n'), ['0.10', '1E1'])
  t.strictSame(await texts('csv', 'model,ttft_s\na,0.10\nb, 2.0\n'), ['0.10', ' 2.0'])
  t.strictSame(await texts('markdown', '| model | ttft (s) |\n| --- | --- |\n| a | 0.10 |\n'), ['0.10'])
})

t.test('no two numbers of the corpus share an id, unless the files share their bytes', { skip: corpus('seed') ? false : 'no corpus' }, async (t) => {
  const places = new Map<string, string>()
  const byHash = new Map<string, string>()
  let count = 0
  for await (const item of fuse(artifacts(corpus('seed') ?? ''), records())) {
    if (item.type !== undefined) continue
    const hash = item.id.slice(0, 16)
    const first = byHash.get(hash) ?? item.source.file
    byHash.set(hash, first)
    if (first !== item.source.file) continue
    count += 1
    const place = `${item.source.file}${item.source.pointer ?? `:${item.source.line ?? ''}`} ${item.metric} ${item.stat}`
    if (places.has(item.id)) t.fail(`${item.id}: ${places.get(item.id) ?? ''} and ${place}`)
    places.set(item.id, place)
  }
  t.ok(count > 4000, `${count} records`)
})

t.test('line and column lead to the text', { skip: corpus('seed') ? false : 'no corpus' }, async (t) => {
  let looked = 0
  const wrong: string[] = []
  for await (const item of fuse(artifacts(corpus('seed') ?? ''), records())) {
    if (item.type !== undefined || item.source.format === 'csv' || item.source.line === undefined || item.source.column === undefined) continue
    const line = lineOf(item.source.file, item.source.line)
    looked += 1
    const found = line.slice(item.source.column - 1)
    // A Markdown cell is shown without its markup, and a field starts at its label.
    const plain = item.source.format === 'markdown' ? found.replace(/[*`\\]/g, '') : found
    const wanted = item.raw.text.replace(/[*`\\]/g, '')
    if (!(item.source.format === 'markdown' ? plain.includes(wanted) : plain.replace(/^"/, '').startsWith(wanted))) wrong.push(`${item.source.file}:${item.source.line}:${item.source.column} ${item.raw.text}`)
  }
  t.ok(looked > 1500, `${looked} places`)
  t.strictSame(wrong.slice(0, 5), [])
})

const files = new Map<string, string[]>()

function lineOf(file: string, line: number): string {
  const lines = files.get(file) ?? readFileSync(file, 'utf8').split('\n')
  files.set(file, lines)
  return lines[line - 1] ?? ''
}
