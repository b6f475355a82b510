/** Each fixture `x` gives the events in `x.events.json`, however its bytes are cut. `UPDATE_GOLDEN=1` writes them anew. */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import t from 'tap'
import { readerStep } from '../../lib/format/index.js'
import type { FormatName } from '../../lib/source/artifact.js'
import { fixture } from '../support/paths.js'
import { cutEverywhere, plain, read } from './support/collect.js'

const HINTS: Record<string, FormatName> = { csv: 'csv', json: 'json', ndjson: 'ndjson', md: 'markdown' }
const names = readdirSync(fixture('format')).filter((name) => !name.endsWith('.events.json'))

for (const name of names) {
  t.test(name, async (t) => {
    const bytes = readFileSync(fixture('format', name))
    const golden = fixture('format', `${name}.events.json`)
    const hint = HINTS[name.split('.').at(-1) ?? '']
    const make = () => readerStep(name, hint ? { format: hint } : {})
    const found = plain(read(make, bytes))
    if (process.env['UPDATE_GOLDEN']) writeFileSync(golden, `[\n${found.map((event) => `  ${JSON.stringify(event)}`).join(',\n')}\n]\n`)
    const wanted = JSON.parse(readFileSync(golden, 'utf8')) as unknown
    t.same(found, wanted, 'whole')
    const text = JSON.stringify(wanted)
    const differing: string[] = []
    // remark reads all of it anew for each cut.
    const stride = hint === 'markdown' ? 17 : 1
    cutEverywhere(make, bytes, (events, how) => JSON.stringify(events) === text || differing.push(how), stride)
    t.same(differing, [], 'however it is cut')
  })
}
