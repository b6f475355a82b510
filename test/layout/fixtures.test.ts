/**
 * What each layout reads: `test/fixtures/layout/LAYOUT/INPUT` beside `INPUT.expected`, in which a line is one record and the
 * first line says what the file turned out to be. `UPDATE_GOLDEN=1` writes the expected lines; read them before keeping them.
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import t, { type Test } from 'tap'
import { LAYOUTS } from '../../lib/layout/index.js'
import type { MetricRecord } from '../../lib/record/metric-record.js'
import { read, textFile, type ReadResult } from '../record/read.js'
import { golden } from '../support/golden.js'
import { fixture } from '../support/paths.js'

const EXPECTED = '.expected'
/** Many lines of prose before a short table are looked past only where the name says that it is a table. */
const NEEDS_ITS_NAME = new Set(['google-benchmark/run.csv'])
/** Bigger inputs are cut at fewer places: reading them byte by byte shows nothing more. */
const SMALL = 8192

for (const tool of readdirSync(fixture('layout')).sort()) {
  const folder = fixture('layout', tool)
  t.test(tool, async (t) => {
    t.ok(LAYOUTS.some((layout) => layout.name === tool), 'the folder has the name of a layout')
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => file.split(path.sep).join('/'))
    for (const file of files.filter((name) => name.includes('.') && !name.endsWith(EXPECTED)).sort()) {
      await t.test(file, (t) => reads(t, tool, file, readFileSync(path.join(folder, file))))
    }
    for (const file of files.filter((name) => name.endsWith(EXPECTED))) {
      t.ok(existsSync(path.join(folder, file.slice(0, -EXPECTED.length))), `${file} has an input`)
    }
  })
}

async function reads(t: Test, tool: string, file: string, bytes: Uint8Array): Promise<void> {
  const whole = await read([textFile(file, bytes)])
  golden(t, lines(whole), 'layout', tool, `${file}${EXPECTED}`)
  // What is known anywhere in a document does not make the document known.
  t.equal(whole.files[0]?.layout ?? whole.records[0]?.source.layout, tool, 'recognised')
  // Folders, and what a file in them is called, may say what was measured; never what the file is.
  const unnamed = { ...textFile('result', bytes), ...(file.includes('/') ? { name: file } : {}) }
  t.equal(lines(await read([unnamed])), lines(whole), 'the same under a name that says nothing', { skip: NEEDS_ITS_NAME.has(`${tool}/${file}`) })
  const cut = await read([textFile(file, bytes, bytes.length > SMALL ? 97 : 1)])
  t.equal(lines(cut), lines(whole), 'the same when it comes in pieces')
}

function lines({ files, records, problems }: ReadResult): string {
  const [file] = files
  const head = JSON.stringify({ layout: file?.layout ?? null, format: file?.format ?? null, records: records.length })
  const bad = problems.map(({ code, line }) => JSON.stringify({ problem: code, ...(line === undefined ? {} : { line }) }))
  return [head, ...bad, ...records.map(compact)].join('\n') + '\n'
}

/** In the order in which they are read by eye; the place at the end. */
function compact({ metric, value, unit, stat, better, status, attributes, time, source }: MetricRecord): string {
  const at = source.pointer ?? `${source.line ?? ''}:${source.column ?? ''}`
  return JSON.stringify({ metric, value, unit, stat, better, ...(status === 'ok' ? {} : { status }), attributes, ...(time === undefined ? {} : { time }), at })
}
