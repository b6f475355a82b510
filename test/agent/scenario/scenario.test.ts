import t from 'tap'
import { checkScenario, type Scenario } from '../../../lib/agent/index.js'
import type { ModelOptions } from '../../../lib/model/model.js'

t.test('what makes sense in each scenario, and how the error says what does not', async (t) => {
  const tuned = { num_gpu: 80, num_ctx: 1024 }
  const cases: [Scenario, ModelOptions, ModelOptions, RegExp | undefined, string?][] = [
    ['baseline-vs-chimera', {}, tuned, undefined],
    ['baseline-vs-chimera', tuned, {}, /agent A without options, found num_ctx=1024, num_gpu=80: .*--option-b/],
    ['baseline-vs-chimera', {}, {}, /tuned options for agent B, found none: .*--option-b/],
    ['baseline-vs-chimera', {}, tuned, /one model for both agents, found m and n/, 'n'],
    ['heterogeneous', { num_gpu: 60 }, tuned, undefined],
    ['heterogeneous', tuned, tuned, undefined, 'n'],
    ['heterogeneous', tuned, { num_ctx: 1024, num_gpu: 80 }, /options that differ, found num_ctx=1024, num_gpu=80 for both/],
    ['heterogeneous', {}, tuned, /none for A: give them with --option-a/],
    ['heterogeneous', tuned, {}, /none for B: give them with --option-b/],
    ['homogeneous', tuned, { num_ctx: 1024, num_gpu: 80 }, undefined],
    ['homogeneous', tuned, { num_gpu: 80 }, /the same options .* num_gpu=80 for B: give them once, with --option/],
    ['homogeneous', {}, {}, /tuned options, found none/],
    ['homogeneous', tuned, tuned, /one model/, 'n'],
  ]
  for (const [scenario, a, b, message, other = 'm'] of cases) {
    const check = () => checkScenario(scenario, { A: { provider: 'ollama', name: 'm', options: a }, B: { provider: 'ollama', name: other, options: b } })
    const what = `${scenario}: ${JSON.stringify(a)} ${JSON.stringify(b)}`
    if (message) t.throws(check, { code: 'USAGE', message }, what)
    else t.doesNotThrow(check, what)
  }
})
