import { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import t from 'tap'
import { analysisText, analyst, type AnalysisResult } from '../../lib/report/index.js'
import { ChimeraError } from '../../lib/stage/index.js'
import type { SummaryRow } from '../../lib/summary/summary-row.js'
import { pieces, scripted } from '../agent/scripted.js'
import { place, sweep } from './figures.js'

async function text(run: AsyncIterable<string>): Promise<string> {
  let out = ''
  for await (const chunk of run) out += chunk
  return out
}

t.test('the embedding way: facts in, bound text out as it arrives', async (t) => {
  const out: string[] = []
  const results: AnalysisResult[] = []
  const model = scripted({ analysis: pieces('Here is {{F2}}, not 42 ms.') })
  await pipeline(
    Readable.from(sweep),
    analyst({ model, onResult: (result) => results.push(result) }),
    new Writable({ objectMode: true, write(chunk: string, _, done) {
        out.push(chunk)
        done()
      },
    }),
  )
  t.equal(out.join(''), 'Here is ttft, model gemma3:latest (mean 117.5 ms), not 42 ms [unverified].\n')
  t.ok(out.length > 3, 'in pieces')
  t.match(results, [{ ledger: { bound: 1, unverifiedCount: 1 } }])
  t.equal(results[0]?.failure, undefined)
})

t.test('summaries become facts', async (t) => {
  const row: SummaryRow = {
    type: 'summary', metric: 'ttft', unit: 's', better: 'lower', group: { model: 'gemma3:latest' }, aggregates: [], failed: 0, warmup: 0, varied: {}, files: [], fileCount: 0,
    samples: { count: 3, mean: 0.1, min: 0.1, max: 0.1, p50: 0.1, p90: 0.1, p95: 0.1, p99: 0.1, quantileError: 0, minAt: place('a.csv', 2), maxAt: place('a.csv', 2) },
  }
  const model = scripted({})
  const stage = analyst({ model })
  stage.end(row)
  t.equal(await text(stage), 'An analysis.\n')
  t.match(model.requests[0]?.messages[1]?.content, /F1 \| ttft \| .*gemma3:latest.* \| 100 \| ms \| lower \| 3/)
})

t.test('a reader that stops reading stops the model', async (t) => {
  let given = 0
  const model = scripted({})
  const stage = analyst({
    highWaterMark: 4,
    model: {
      ...model,
      async *generate() {
        yield { type: 'sent', at: 0 }
        for (;;) {
          given += 1
          yield { type: 'token', at: given, text: 'word ', kind: 'text' }
        }
      },
    },
  })
  stage.end()
  await new Promise((resolve) => stage.once('readable', resolve))
  for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve))
  t.ok(given < 20, `${given} pieces were taken`)
  stage.destroy()
  await new Promise((resolve) => stage.once('close', resolve))
})

t.test('destroying the stage aborts the model', async (t) => {
  let signal: AbortSignal | undefined
  const stage = analyst({
    model: {
      ...scripted({}),
      async *generate(_, context) {
        signal = context?.signal
        yield { type: 'sent', at: 0 }
        yield { type: 'token', at: 1, text: 'some text ', kind: 'text' }
        await new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new ChimeraError('ABORTED', 'aborted'))))
      },
    },
  })
  stage.end(sweep[0])
  await new Promise((resolve) => stage.once('data', resolve))
  t.equal(signal?.aborted, false)
  stage.destroy()
  await new Promise((resolve) => stage.once('close', resolve))
  t.equal(signal?.aborted, true)
})

t.test('a model that fails: kept and marked, or the narrator stands in', async (t) => {
  const half = analysisText({ facts: sweep, model: scripted({ analysis: ['So far so good', new ChimeraError('MODEL_TRUNCATED', 'the server went away')] }) })
  t.equal(await text(half), "So far so good\n\n> **The model's analysis ends here**: the server went away. What came until then is kept.\n")
  t.equal(half.result?.failure?.code, 'MODEL_TRUNCATED')

  const none = analysisText({ facts: sweep, model: scripted({ analysis: [new ChimeraError('MODEL_UNREACHABLE', 'no server')] }) })
  const shown = await text(none)
  t.match(shown, 'did not come**: no server. The built-in narrator stands in:')
  t.match(shown, '117.5 ms')
  t.equal(none.result?.failure?.code, 'MODEL_UNREACHABLE')
})

t.test('an interrupted analysis is marked', async (t) => {
  const stop = new AbortController()
  const run = analysisText({ facts: sweep, model: scripted({ analysis: pieces('A long analysis of all this.') }), signal: stop.signal })
  let out = ''
  for await (const chunk of run) {
    out += chunk
    stop.abort()
  }
  t.match(out, /^A l.*\n\n> \*\*The run was interrupted here\.\*\*/s)
  t.equal(run.result?.failure?.code, 'ABORTED')
})
