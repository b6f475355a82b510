/** What each file turned out to be, how sure that is, and why. */

import t from 'tap'
import type { FileReport } from '../../lib/record/metric-record.js'
import { read, textFile } from './read.js'

async function verdict(name: string, text: string): Promise<FileReport | undefined> {
  return (await read([textFile(name, text)])).files[0]
}

t.test('a known tool is recognised, with the middle of its records as confidence', async (t) => {
  const run = { ttft_s: 0.5, tokens_s: 40, eval_s: 3, load_s: 1 }
  t.match(await verdict('x.json', JSON.stringify({ results: [run] })), { verdict: 'recognised', confidence: 1, reason: 'the content is that of ollama-runs' })
})

t.test('another is guessed; the reason says what it was read as and by what', async (t) => {
  const found = await verdict('x.csv', 'model,ttft_ms,tpot_ms,blorb\na,1.5,2.5,3.5\nb,1.5,2.5,4.5\n')
  t.match(found, { verdict: 'guessed', confidence: 0.95, weak: 2, reason: /^read as csv \(3 of 3 rows .*\); names, units and cells told what is measured$/ })
})

t.test('a file whose numbers are mostly weak says so', async (t) => {
  const found = await verdict('x.csv', 'model,blorb,glorp,ttft_ms\na,1.5,2.5,3.5\nb,1.75,2.5,4.5\n')
  t.match(found, { verdict: 'guessed', confidence: 0.5, weak: 4, records: 6, reason: /; 4 of 6 are weak: no known name with a unit$/ })
})

t.test('a file without a measurement says why; its confidence is the format\'s', async (t) => {
  t.match(await verdict('a.csv', 'model,seed,note\na,1,x\nb,2,y\n'), { records: 0, confidence: 1, reason: /no column of its 2 rows holds numbers that were measured$/ })
  t.match(await verdict('a.json', '{"model":"a","seed":1}'), { records: 0, confidence: 1, reason: /no number in its 1 value has a name that is measured$/ })
  t.match(await verdict('a.md', '# A\n\n## B\n\nProse.\n'), { records: 0, reason: /it has no table and no line "label: value"$/ })
  t.match(await verdict('a.md', '# A\n\n## B\n\n- Seed: 4\n'), { records: 0, reason: /no line "label: value" gives a measured number$/ })
  const tool = await verdict('b.json', JSON.stringify({ results: [{ ttft_s: null, tokens_s: null, eval_s: null }] }))
  t.match(tool, { verdict: 'recognised', records: 0, reason: /^the content is that of ollama-runs, but no number in its 1 value has a name that is measured there$/ })
})

t.test('a file that cannot be read is rejected, by its first problem', async (t) => {
  const empty = await verdict('a.csv', '')
  t.match(empty, { verdict: 'rejected', reason: /^expected results, found an empty file/ })
  t.notOk(empty && 'confidence' in empty)
})
