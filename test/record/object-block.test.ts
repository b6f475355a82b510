/** Objects of one shape are scanned and become columns: the records must be those of reading them one by one. */

import { readFileSync, readdirSync } from 'node:fs'
import fc from 'fast-check'
import t from 'tap'
import { largeJson, ndjson, type FormatEvent } from '../../lib/format/index.js'
import { JsonBlock } from '../../lib/format/json-block.js'
import { walkJson } from '../../lib/format/json-walk.js'
import { extraction } from '../../lib/record/extract.js'
import type { MetricRecord } from '../../lib/record/metric-record.js'
import { RecordBlock } from '../../lib/record/record-block.js'
import { itemsOf, type Batch, type Problem, type Step } from '../../lib/stage/index.js'
import { corpus } from '../support/paths.js'

type Make = () => Step<Uint8Array, FormatEvent>

interface Read {
  readonly items: (MetricRecord | Problem)[]
  /** Records that came in blocks. */
  blocked: number
}

function readAll(make: Make, format: 'json' | 'ndjson', bytes: Uint8Array, size = 65_536): Read {
  const extract = extraction('x', '0123456789abcdef')
  const read: Read = { items: [], blocked: 0 }
  const take = (found: Batch<MetricRecord | Problem>) => {
    if (found instanceof RecordBlock) read.blocked += found.length
    for (const item of itemsOf(found)) read.items.push(item)
  }
  take(extract.event({ type: 'format', format, encoding: 'utf-8', evidence: '', confidence: 0.9 }))
  const step = make()
  const pass = (batches: Iterable<Batch<FormatEvent>>) => {
    for (const batch of batches) {
      if (batch instanceof JsonBlock) extract.block(batch).forEach(take)
      else for (const event of itemsOf(batch)) take(extract.event(event))
    }
  }
  for (let at = 0; at < bytes.length; at += size) pass(step.write([bytes.subarray(at, at + size)]) as Iterable<Batch<FormatEvent>>)
  pass((step.end?.() ?? []) as Iterable<Batch<FormatEvent>>)
  take(extract.end())
  return read
}

function same(found: unknown, wanted: unknown, what: string): void {
  const [one, other] = [found, wanted].map((all) => (all as unknown[]).map((item) => JSON.stringify(item)))
  for (const [at, line] of (other ?? []).entries()) if (one?.[at] !== line) throw new Error(`${what}\nfound    ${one?.[at] ?? 'nothing'}\nexpected ${line}`)
  if (one?.length !== other?.length) throw new Error(`${what}: found ${one?.length} items, expected ${other?.length}`)
}

const row = (at: number): Record<string, unknown> => ({
  timestamp: new Date(Date.UTC(2026, 2, 1) + at * 977).toISOString(),
  model: `m "${at % 3}"`,
  num_gpu: [20, 40, 80][at % 3],
  ttft_ms: at % 7 === 0 ? null : (at * 37) % 1000 / 8,
  tokens_s: (at % 90) + 0.5,
  eval_count: at % 50,
  prompt_eval_count: at % 20,
  total_tokens: (at % 50) + (at % 20) - (at % 11 === 0 ? 9 : 0),
  success: true,
  request_id: `r-${at}-é`,
})
const lines = (objects: readonly unknown[]) => Buffer.from(objects.map((one) => JSON.stringify(one)).join('\n') + '\n')

t.test('records of plain objects come in blocks', async (t) => {
  const objects = Array.from({ length: 6000 }, (_, at) => row(at))
  const fast = readAll(() => ndjson('x'), 'ndjson', lines(objects))
  t.ok(fast.blocked > 29_000, `${fast.blocked} of ${fast.items.length}`)
  same(fast.items, readAll(() => ndjson('x', { lane: 'compatible' }), 'ndjson', lines(objects)).items, 'lines')
  for (const indent of [0, 2]) {
    const document = Buffer.from(JSON.stringify({ run: 5, host: { gpu: 'A100' }, results: objects.slice(0, 600) }, null, indent))
    const walked = readAll(() => walkJson('x'), 'json', document, 5000)
    t.ok(walked.blocked > 2800, `${walked.blocked} of ${walked.items.length}`)
    const unplaced = (items: Read['items']) => items.map((item) => JSON.stringify(item, (name, part: unknown) => (/^(?:line|column|bytes)$/.test(name) ? undefined : part)))
    same(unplaced(walked.items), unplaced(readAll(() => largeJson('x'), 'json', document).items), 'elements')
  }
})

t.test('a layout that tells something of single keys', async (t) => {
  const objects = Array.from({ length: 500 }, (_, at) => ({ model: 'm', ttft_s: at / 8, tokens_s: at + 0.5, eval_s: at % 9, error: at % 100 === 99 ? 'out of memory' : null, seed: at }))
  const document = Buffer.from(JSON.stringify({ results: objects }))
  const walked = readAll(() => walkJson('x'), 'json', document)
  t.ok(walked.blocked > 1400, `${walked.blocked} of ${walked.items.length}`)
  t.match(walked.items[9], { metric: 'ttft', source: { layout: 'ollama-runs', pointer: '/results/3/ttft_s' } })
  same(walked.items, readAll(() => singly(walkJson('x')), 'json', document).items, 'elements')
})

const text = fc.oneof(fc.constantFrom('', 'ok', 'failed', 'warmup', 'none', '12 ms', '12', '3.5 GB', '~5', '7B', '<3', '5 ± 1', 'ttft', 'ms', 's', 'furlong', '2026-03-01T10:00:00Z', '2026-02-30T10:00:00Z', '2026-13-01T10:00:00Z', '2026-03-01 10:00', 'summary', 'chimera-plan', 'true', 'é\u2028🎉', 'a"\\b\n', 'x'.repeat(250)), fc.string({ maxLength: 6 }))
const number = fc.oneof(fc.constantFrom(0, 1, 2, 0.5, 7, 42, 1e3, -0, -1.5, 1e-7, 0.0000123, 1e21, 123456789012345, 12345678901234567890, 1_772_000_000, 1_772_000_000_123, 9.99e8), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.integer().map((whole) => whole / 1000))
const leaf = fc.oneof({ weight: 6, arbitrary: number }, { weight: 3, arbitrary: text }, fc.constantFrom(null, true, false))
const key = fc.constantFrom(
  'ttft_ms', 'tokens_s', 'accuracy', 'score', 'temperature', 'temp', 'top_p', 'num_gpu', 'batch', 'model', 'name', 'metric', 'value', 'unit', 'stat', 'count', 'mean', 'p99', 'min', 'success', 'status', 'error', 'warmup', 'phase',
  'timestamp', 'started_at', 'time', 'date', 'created', 'type', 'note', 'answer', 'duration', 'latency', 'memory_mb', 'size', 'tokens', 'precision', 'recall', 'f1', 'id', 'seed', 'label', 'percentile', 'speedup', 'delta', 'duration_std', 'temp_f', '__proto__', 'é', 'a/b~c', 'total', 'ok', 'variance', 'rate', 'iterations', 'power', 'cost_usd',
)
/** The second is one of a layout, as an element of `results`. */
const shape = fc.oneof({ weight: 4, arbitrary: fc.uniqueArray(key, { minLength: 1, maxLength: 7 }) }, { weight: 1, arbitrary: fc.uniqueArray(key, { maxLength: 3 }).map((more) => ['model', 'ttft_s', 'tokens_s', 'eval_s', ...more.filter((name) => name !== 'model')]) })
/** Rows that mostly hold the same kind of value under a key, and now and then another. */
const rows = shape.chain((keys) =>
  fc.tuple(fc.constant(keys), fc.array(fc.boolean(), { minLength: keys.length, maxLength: keys.length }), fc.integer({ min: 5, max: 50 })).chain(([names, numeric, count]) =>
    fc.array(fc.tuple(...names.map((_, at) => fc.oneof({ weight: 24, arbitrary: numeric[at] === true ? number : text }, { weight: 1, arbitrary: leaf }))), { minLength: count, maxLength: count }).map((values) => ({ names, values })),
  ),
)
const written = fc.record({ parts: fc.array(rows, { minLength: 1, maxLength: 3 }), colon: fc.constantFrom(':', ': '), comma: fc.constantFrom(',', ', '), newline: fc.constantFrom('\n', '\r\n', '\n\n', ' \n') })

function objectsOf({ parts, colon, comma }: { parts: { names: string[]; values: unknown[][] }[]; colon: string; comma: string }): string[] {
  return parts.flatMap(({ names, values }) => values.map((row) => `{${names.map((name, at) => `${JSON.stringify(name)}${colon}${Object.is(row[at], -0) ? '-0' : JSON.stringify(row[at])}`).join(comma)}}`))
}

t.test('lines: the same records, problems and places from both lanes', async (t) => {
  let blocked = 0
  fc.assert(
    fc.property(written, fc.constantFrom(65_536, 700, 61), (all, size) => {
      const bytes = Buffer.from(objectsOf(all).join(all.newline) + all.newline)
      const fast = readAll(() => ndjson('x'), 'ndjson', bytes, size)
      blocked += fast.blocked
      same(fast.items, readAll(() => ndjson('x', { lane: 'compatible' }), 'ndjson', bytes).items, bytes.toString())
    }),
    { numRuns: 300 },
  )
  t.ok(blocked > 1500, `${blocked} came in blocks`)
})

t.test('elements: the same records from blocks as from single values', async (t) => {
  let blocked = 0
  const head = fc.constantFrom('', '"unit": "ms", ', '"model": "m", "results_of": {"temperature": 0.5}, ')
  const list = fc.constantFrom('results', 'latency_ms', 'warmup', 'metrics', 'configs')
  fc.assert(
    fc.property(written, head, list, fc.constantFrom(65_536, 700, 61), (all, before, name, size) => {
      const bytes = Buffer.from(`{${before}"${name}": [${objectsOf(all).join(`,${all.newline}`)}]}`)
      // Without a template each element is read by JSON.parse, with the same places.
      const single = readAll(() => singly(walkJson('x')), 'json', bytes)
      const fast = readAll(() => walkJson('x'), 'json', bytes, size)
      blocked += fast.blocked
      same(fast.items, single.items, bytes.toString())
    }),
    { numRuns: 200 },
  )
  t.ok(blocked > 1000, `${blocked} came in blocks`)
})

function singly(step: Step<Uint8Array, FormatEvent>): Step<Uint8Array, FormatEvent> {
  const flat = function* (batches: Iterable<Batch<FormatEvent>>) {
    for (const batch of batches) yield itemsOf(batch)
  }
  return { write: (batch) => flat(step.write(batch) as Iterable<Batch<FormatEvent>>), end: () => flat((step.end?.() ?? []) as Iterable<Batch<FormatEvent>>) }
}

const root = corpus()

t.test('event logs of the corpus', { skip: root === undefined }, async (t) => {
  const files = root === undefined ? [] : (readdirSync(root, { recursive: true }) as string[]).filter((name) => /\.(?:jsonl|ndjson)$/.test(name))
  for (const name of files) {
    const bytes = readFileSync(`${root ?? ''}/${name}`)
    same(readAll(() => ndjson('x'), 'ndjson', bytes, 4096).items, readAll(() => ndjson('x', { lane: 'compatible' }), 'ndjson', bytes).items, name)
  }
  t.pass(`${files.length} files`)
})
