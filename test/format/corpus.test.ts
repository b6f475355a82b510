/** Real files: nothing throws, and the counts are what a careful reader counts. */

import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import t from 'tap'
import { readerStep, type FormatEvent } from '../../lib/format/index.js'
import type { FormatName } from '../../lib/source/artifact.js'
import { corpus } from '../support/paths.js'
import { collect } from './support/collect.js'

const HINTS: Record<string, FormatName> = { '.csv': 'csv', '.tsv': 'csv', '.json': 'json', '.jsonl': 'ndjson', '.md': 'markdown' }

function readAll(folder: string): Map<string, FormatEvent[]> {
  const all = new Map<string, FormatEvent[]>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = path.join(entry.parentPath, entry.name)
    const name = path.relative(folder, file)
    const bytes = readFileSync(file)
    // The largest Markdown files are what remark is slow at, and no different.
    if (name.endsWith('.md') && bytes.length > 40_000) continue
    const hint = HINTS[path.extname(name)]
    const chunks = Array.from({ length: Math.ceil(bytes.length / 65_536) }, (_, at) => bytes.subarray(at * 65_536, (at + 1) * 65_536))
    all.set(name, collect(readerStep(name, hint ? { format: hint } : {}), chunks))
  }
  return all
}

const count = (events: readonly FormatEvent[] | undefined, type: FormatEvent['type']) => (events ?? []).filter((event) => event.type === type).length
const codes = (all: ReadonlyMap<string, FormatEvent[]>) =>
  [...all].flatMap(([name, events]) => events.flatMap((event) => (event.type === 'problem' ? [`${path.basename(name)}: ${event.code}`] : [])))

const seed = corpus('seed')
t.test('the seed corpus', { skip: seed ? false : 'no corpus' }, async (t) => {
  const all = readAll(seed ?? '')
  t.same(codes(all), ['ncu_summary.csv: unknown-format'], 'one file cannot be read, everything else has no problem')
  t.equal(count(all.get('csv_data/ollama_param_tuning.csv'), 'row'), 36)
  t.equal(count(all.get('reports/ncu_ollama_raw.csv'), 'row'), 2, 'the row of units is a row')
  t.equal(count(all.get('reports/compilation/compilation_benchmark_lessons_20251002.md'), 'row'), 30)
  const glued = [...all].flatMap(([name, events]) => events.flatMap((event) => (event.type === 'table' && event.recovered ? [path.basename(name)] : [])))
  t.equal(glued.length, 14, 'tables that were glued to other text')
  for (const [name, events] of all) {
    const [first] = events
    if (first?.type === 'format') t.equal(first.format, HINTS[path.extname(name)], name)
    if (name.endsWith('.json')) t.equal(count(events, 'value'), 1, name)
  }
})

const wild = corpus('wild')
t.test('files of other tools', { skip: wild ? false : 'no corpus' }, async (t) => {
  const all = readAll(wild ?? '')
  t.equal(count(all.get('ai-dynamo__aiperf/examples/artifacts/run1/profile_export_aiperf.csv'), 'table'), 2)
  t.equal(count(all.get('ai-dynamo__aiperf/examples/artifacts/run1/profile_export.jsonl'), 'value'), 100)
  t.equal(codes(all).filter((code) => !/(?:\.md|GraalVM\.csv): ragged-row$/.test(code)).join(), 'C.csv: no-header,Python.csv: no-header,Rust.csv: no-header,system_descriptions.tsv: no-header', 'rows with more cells than their header: of Markdown tables, and of one CSV file whose every row is so')
})

const dirty = corpus('dirty')
t.test('files with something wrong', { skip: dirty ? false : 'no corpus' }, async (t) => {
  const found = codes(readAll(dirty ?? '')).sort()
  t.same(found, [
    'SMC_H100_SXM_80GBX8_TRT.json: duplicate-key',
    'fugaku_82944xA64FX_tensorflow_closed_implementation_fugaku_closed.json: lenient-json',
    'mlperf_log_accuracy.json: broken-json',
    'mlperf_log_accuracy.json: truncated-json',
    'mlperf_log_trace.json: empty-file',
    'mlperf_log_trace.json: empty-file',
    'openimages-mlperf-v21.json: git-lfs-pointer',
    'rust-regex-sparse.csv: empty-file',
  ])
})
