import t from 'tap'
import { compare, type Pass, type PassMode } from '../../../lib/agent/scenario/index.js'
import type { AgentAnswer } from '../../../lib/agent/scenario/agent.js'
import type { Measurements } from '../../../lib/model/measurements.js'
import { ChimeraError } from '../../../lib/stage/index.js'

function answered(seconds: number, more: Partial<Measurements> = {}, failure?: ChimeraError): AgentAnswer {
  const measurements: Measurements = { status: 'ok', reason: 'stop', chunks: 9, textLength: 9, thinkingLength: 0, doubts: [], ...more }
  return { text: 'x', measurements, seconds, prompt: undefined as never, readOther: false, ...(failure ? { failure } : {}) }
}

function pass(mode: PassMode, seconds: number, A?: AgentAnswer, B?: AgentAnswer): Pass {
  return { mode, order: ['A', 'B'], seconds, answers: { ...(A ? { A } : {}), ...(B ? { B } : {}) } }
}

t.test('hand-computed: speedup, efficiency, the ideal, deltas and contention', async (t) => {
  const together = pass('concurrent', 10, answered(8, { ttft: 0.5, decodeThroughput: 20 }), answered(10, { ttft: 0.75, decodeThroughput: 16 }))
  const alone = pass('alone', 15, answered(5, { ttft: 0.25, decodeThroughput: 40 }), answered(10, { ttft: 0.5, decodeThroughput: 20 }))
  t.strictSame(compare(together, alone), {
    seconds: 10,
    sequentialSeconds: 15,
    speedup: 1.5,
    efficiency: 0.75,
    idealSpeedup: 1.5,
    delta: { ttft: 0.25, rate: { value: -4, unit: '{token}/s' } },
    contention: { A: { ttft: 1, rate: 1 }, B: { ttft: 0.5, rate: 0.25 } },
  })
})

t.test('where nobody answered alone there is no speedup, efficiency or contention', async (t) => {
  const found = compare(pass('concurrent', 10, answered(8, { ttft: 0.5 }), answered(10, { ttft: 0.25 })))
  t.strictSame(found, { seconds: 10, delta: { ttft: -0.25 }, contention: {} })
})

t.test('a failed answer is in no comparison, the other agent keeps its contention', async (t) => {
  const broken = answered(3, { status: 'error', failure: 'MODEL_TRUNCATED', ttft: 0.1 }, new ChimeraError('MODEL_TRUNCATED', 'gone'))
  const alone = pass('alone', 15, answered(5, { ttft: 0.25 }), answered(10, { ttft: 0.5 }))
  t.strictSame(compare(pass('concurrent', 10, broken, answered(10, { ttft: 0.75 })), alone), { sequentialSeconds: 15, delta: {}, contention: { B: { ttft: 0.5 } } })
  t.strictSame(compare(pass('concurrent', 10, answered(8), answered(10)), pass('alone', 15, broken, answered(10))), { seconds: 10, delta: {}, contention: { B: {} } })
  t.strictSame(compare(pass('concurrent', 4, answered(3)), undefined), { delta: {}, contention: {} }, 'B did not get to answer')
})

t.test('an empty answer is no measurement, one that was cut at its length is', async (t) => {
  const empty = answered(1, {}, new ChimeraError('MODEL_FAILED', 'empty'))
  const cut = answered(2, { reason: 'length', ttft: 1 }, new ChimeraError('MODEL_TRUNCATED', 'cut'))
  t.strictSame(compare(pass('concurrent', 2, empty, cut)), { delta: {}, contention: {} })
  t.strictSame(compare(pass('concurrent', 2, cut, cut)), { seconds: 2, delta: { ttft: 0 }, contention: {} })
})

t.test('rates are compared only when they count the same', async (t) => {
  const [chunks, tokens] = [answered(2, { chunkThroughput: 10 }), answered(2, { chunkThroughput: 10, outputTokens: 30, decodeThroughput: 15 })]
  t.strictSame(compare(pass('concurrent', 2, chunks, tokens)).delta, {})
  t.strictSame(compare(pass('concurrent', 2, chunks, chunks)).delta, { rate: { value: 0, unit: '{chunk}/s' } })
  t.strictSame(compare(pass('concurrent', 2, chunks, chunks), pass('alone', 4, tokens, chunks)).contention, { A: {}, B: { rate: 0 } })
})

t.test('one after the other has no speedup', async (t) => {
  t.strictSame(compare(pass('sequential', 10, answered(4, { ttft: 1 }), answered(6, { ttft: 3 }))), { seconds: 10, delta: { ttft: 2 }, contention: {} })
})
