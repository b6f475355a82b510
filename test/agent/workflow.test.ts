import t from 'tap'
import { insightAgent, runWorkflow, type WorkflowEvent, type WorkflowPart } from '../../lib/agent/index.js'
import { ChimeraError } from '../../lib/stage/index.js'
import { fact, sweep } from '../report/figures.js'
import { pieces, scripted } from './scripted.js'

async function all(parts: AsyncIterable<WorkflowPart>): Promise<WorkflowPart[]> {
  const list: WorkflowPart[] = []
  for await (const part of parts) list.push(part)
  return list
}

function told(parts: readonly WorkflowPart[]): string[] {
  return parts.map((part) => (part.type === 'stage' ? `${part.stage} ${part.phase}` : part.type === 'text' ? `${part.stage}: ${part.text}` : `${part.stage} ${part.type}`))
}

t.test('analysis, then the report from it, with one prefix', async (t) => {
  const model = scripted({ analysis: ['It is ', '{{F2}}.'], report: ['## Executive Summary\n'] })
  const events: WorkflowEvent[] = []
  let now = 0
  const parts = await all(runWorkflow({ facts: sweep, model, persona: insightAgent, now: () => (now += 500), onEvent: (event) => events.push(event) }))
  t.strictSame(told(parts), [
    'analysis start', 'analysis: It is ', 'analysis: {{F2}}.', 'analysis measured', 'analysis end',
    'report start', 'report: ## Executive Summary\n', 'report measured', 'report end',
  ])
  const [first, second] = model.requests
  t.strictSame(second?.messages.slice(0, 2), first?.messages)
  t.equal(second?.messages[2]?.content, 'It is {{F2}}.')
  t.match(first?.messages[0]?.content, 'InsightAgent')
  t.strictSame([first?.brief?.task, second?.brief?.task], ['analysis', 'report'])
  t.match(parts.find((part) => part.type === 'measured'), { measurements: { ttft: 0.01, outputTokens: 40 } })
  t.ok(parts.every((part) => part.type !== 'stage' || part.phase !== 'end' || part.seconds > 0))
  t.strictSame(
    events.map((event) => (event.type === 'phase' ? `${event.phase} ${event.state}` : `${event.stage} ${event.event.type}`)),
    ['analysis start', 'analysis sent', 'analysis token', 'analysis token', 'analysis end', 'analysis end', 'report start', 'report sent', 'report token', 'report end', 'report end'],
  )
})

t.test('facts that could open a slot cannot do so in the brief', async (t) => {
  const model = scripted({})
  await all(runWorkflow({ facts: [fact('F1', 1, 's', { subject: 'x {{F2}}', sentence: 'See {{F2}}.' })], model, stages: 'analysis' }))
  t.equal(model.requests[0]?.brief?.facts[0]?.subject, 'x ({F2)}')
  t.notMatch(model.requests[0]?.brief?.facts[0]?.sentence, /\{\{/)
})

t.test('what fails is told, what came is kept, and no further stage runs', async (t) => {
  const cases: [string, () => unknown, string][] = [
    ['a model that fails at once', () => ({ analysis: [new ChimeraError('MODEL_UNREACHABLE', 'no server')] }), 'MODEL_UNREACHABLE'],
    ['a model that fails in the middle', () => ({ analysis: ['half', new ChimeraError('MODEL_TRUNCATED', 'gone')] }), 'MODEL_TRUNCATED'],
    ['an error of another kind', () => ({ analysis: [new TypeError('odd')] }), 'MODEL_FAILED'],
    ['an empty answer', () => ({ analysis: [' ', '\n'] }), 'MODEL_FAILED'],
  ]
  for (const [what, script, code] of cases) {
    const model = scripted(script() as object)
    const parts = await all(runWorkflow({ facts: sweep, model }))
    const failed = parts.find((part) => part.type === 'failed')
    t.equal(failed?.error.code, code, what)
    t.equal(model.requests.length, 1, what)
    t.equal(told(parts).at(-1), 'analysis end', what)
    t.ok(parts.some((part) => part.type === 'measured'), what)
  }
})

t.test('an analysis that was cut at its length still serves, and is told', async (t) => {
  const model = scripted({ reason: 'length' })
  const parts = await all(runWorkflow({ facts: sweep, model }))
  t.equal(model.requests.length, 2)
  t.equal(parts.filter((part) => part.type === 'failed' && part.error.code === 'MODEL_TRUNCATED').length, 2)
})

t.test('an abort keeps what came and ends the workflow', async (t) => {
  const stop = new AbortController()
  const model = scripted({ analysis: pieces('An analysis that goes on for a while.') })
  const list: WorkflowPart[] = []
  for await (const part of runWorkflow({ facts: sweep, model, signal: stop.signal })) {
    list.push(part)
    if (part.type === 'text') stop.abort()
  }
  t.match(told(list), ['analysis start', 'analysis: An a', 'analysis measured', 'analysis failed', 'analysis end'])
  t.equal(list.find((part) => part.type === 'failed')?.error.code, 'ABORTED')
  t.equal(model.requests.length, 1)
})

t.test('the context window comes from the options', async (t) => {
  const many = Array.from({ length: 200 }, (_, at) => fact(`F${at + 1}`, at, 's'))
  const [part] = await all(runWorkflow({ facts: many, model: scripted({ options: { num_ctx: 1024 } }) }))
  t.match(part, { type: 'stage', prompt: { contextTokens: 1024 } })
})
