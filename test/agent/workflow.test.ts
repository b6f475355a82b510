import t from 'tap'
import { insightAgent, prompts, runWorkflow, type PromptName, type WorkflowEvent, type WorkflowPart } from '../../lib/agent/index.js'
import { ChimeraError } from '../../lib/stage/index.js'
import { fact, sweep } from '../report/figures.js'
import type { Model, ModelRequest, TokenEvent } from '../../lib/model/model.js'
import { pieces, scripted, type Scripted } from './scripted.js'

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

/** Asked for JSON, it gives these, in turn. */
function server(answers: readonly (readonly (string | Error)[])[], more: Partial<Model> = {}): Scripted {
  const requests: ModelRequest[] = []
  return {
    ...scripted({}),
    provider: 'ollama',
    ...more,
    requests,
    async *generate(request): AsyncGenerator<TokenEvent, void, undefined> {
      const lines = answers[requests.length] ?? []
      requests.push(request)
      yield { type: 'sent', at: requests.length * 1000 }
      let at = requests.length * 1000 + 10
      for (const line of lines) {
        if (typeof line !== 'string') throw line
        yield { type: 'token', at: (at += 1), text: line, kind: 'text' }
      }
      yield { type: 'end', at: at + 1, reason: 'stop', usage: {} }
    },
  }
}

const json = JSON.stringify({ summary: 'So.', findings: [{ title: 'A', text: 'b', facts: ['F2'], severity: 'low' }], recommendations: [] })

t.test('a server that knows schemas is asked for JSON, and each finding is given when it is complete', async (t) => {
  const model = server([pieces(json), pieces(json)])
  const parts = await all(runWorkflow({ facts: sweep, model }))
  t.match(model.requests[0]?.format, { required: ['summary', 'findings', 'recommendations'] })
  t.match(model.requests[1]?.format, { required: ['summary', 'analysis', 'findings', 'recommendations'] })
  const texts = parts.flatMap((part) => (part.type === 'text' && part.stage === 'report' ? [part.text] : []))
  t.strictSame(texts, ['## Executive Summary\n\nSo.\n\n', '## Key Findings\n\n- **A.** b. Figures: {{F2}}. Severity: low.\n'])
  t.equal(model.requests[1]?.messages[2]?.content, json, 'the next request holds what the model said, byte for byte')
})

t.test('a server that refuses the schema is asked again without: that is said, and in the time of the stage', async (t) => {
  const refusal = new ChimeraError('MODEL_INVALID', 'expected a request, found format unknown.')
  const model = server([[refusal], ['Plain text.'], ['## Executive Summary\nSo.']])
  let now = 0
  const parts = await all(runWorkflow({ facts: sweep, model, now: () => (now += 250) }))
  t.strictSame(told(parts).filter((part) => !part.startsWith('report')), ['analysis start', 'analysis said', 'analysis: Plain text.', 'analysis measured', 'analysis end'])
  t.match(parts.find((part) => part.type === 'said'), { message: /^The server refused the schema \(expected a request, found format unknown\) and was asked again for text; the \d\.\d\d s until then are in the time of the analysis, not in its TTFT\.$/, prompt: { carried: true } })
  t.strictSame(model.requests.map(({ format }) => format !== undefined), [true, false, false], 'the second stage does not ask for it again')
  t.match(parts.find((part) => part.type === 'measured'), { measurements: { ttft: 0.011, status: 'ok' } }, 'of the answer that came')
  t.match(model.requests[2]?.messages[0], model.requests[1]?.messages[0])
})

t.test('a server that fails for other reasons is not asked again', async (t) => {
  for (const [code, message] of [['MODEL_FAILED', 'out of memory'], ['MODEL_UNREACHABLE', 'no format']] as const) {
    const model = server([[new ChimeraError(code, message)]])
    const parts = await all(runWorkflow({ facts: sweep, model }))
    t.equal(model.requests.length, 1)
    t.equal(parts.find((part) => part.type === 'failed')?.error.code, code)
  }
  const model = server([['{"summary": "x"', new ChimeraError('MODEL_INVALID', 'odd line')]])
  t.match(told(await all(runWorkflow({ facts: sweep, model }))), ['analysis start', 'analysis: x.\n\n', 'analysis measured', 'analysis failed'])
  t.equal(model.requests.length, 1, 'an answer had begun')
  const named = server([[new ChimeraError('MODEL_FAILED', 'failed to load vocabulary required for format')], ['Text.'], ['Text.']])
  await all(runWorkflow({ facts: sweep, model: named }))
  t.equal(named.requests.length, 3, 'servers that fail over the schema')
})

t.test('always, never, and a form that the user chose', async (t) => {
  const asked = async (structured: 'always' | 'never' | undefined, more: Partial<Model>) => {
    const model = server([['Text.'], ['Text.']], more)
    await all(runWorkflow({ facts: sweep, model, ...(structured ? { structured } : {}) }))
    return model.requests.map(({ format }) => format !== undefined)
  }
  t.strictSame(await asked(undefined, { provider: 'sim' }), [false, false])
  t.strictSame(await asked('always', { provider: 'sim' }), [true, true])
  t.strictSame(await asked('never', {}), [false, false])
  t.strictSame(await asked(undefined, { options: { format: 'json' } }), [false, false])
  t.strictSame(await asked(undefined, { options: { num_ctx: 700 } }), [false, false], 'no room for it')
  const model = server([[new ChimeraError('MODEL_INVALID', 'no schemas here')]])
  t.equal((await all(runWorkflow({ facts: sweep, model, structured: 'always' }))).find((part) => part.type === 'failed')?.error.code, 'MODEL_INVALID')
  await t.rejects(all(runWorkflow({ facts: sweep, model, structured: 'sometimes' as 'auto' })), { code: 'USAGE' })
})

t.test('a task for text that a user wrote is used', async (t) => {
  const asked = async (...names: PromptName[]) => {
    const model = server([['Text.'], ['Text.']])
    await all(runWorkflow({ facts: sweep, model, prompts: prompts(new Map(names.map((name) => [name, `---\nname: x\n---\nMine.${name === 'report-task' ? ' [[headings]]' : ''}`]))) }))
    return [model.requests[1]?.format !== undefined, model.requests[1]?.messages.at(-1)?.content.split('\n')[0]]
  }
  t.strictSame(await asked('report-task'), [false, 'Mine. ## Executive Summary'])
  t.strictSame(await asked('report-task', 'structured-report'), [true, 'Mine.'])
})

t.test('plain text for an answer, and JSON that nobody asked for', async (t) => {
  const text = await all(runWorkflow({ facts: sweep, model: server([['Plain ', 'text.']]), stages: 'analysis' }))
  t.strictSame(text.flatMap((part) => (part.type === 'text' ? [part.text] : [])), ['Plain ', 'text.'])
  const model = server([pieces(json)], { provider: 'sim' })
  t.match(told(await all(runWorkflow({ facts: sweep, model, stages: 'analysis' })))[1], 'analysis: So.')
  const broken = await all(runWorkflow({ facts: sweep, model: server([['{"summary": "So.", oops']]), stages: 'analysis' }))
  t.match(told(broken), ['analysis start', 'analysis: So.\n\n', 'analysis measured', 'analysis said', 'analysis end'])
  t.match(broken.find((part) => part.type === 'said'), { message: /^The model's analysis came as JSON, but it stopped being JSON/ })
})

t.test('a model that does not listen to an abort is left', async (t) => {
  const stop = new AbortController()
  let given = 0
  const model: Model = {
    ...scripted({}),
    async *generate() {
      yield { type: 'sent', at: 0 }
      for (;;) yield { type: 'token', at: (given += 1), text: 'on and ', kind: 'text' }
    },
  }
  const parts: WorkflowPart[] = []
  for await (const part of runWorkflow({ facts: sweep, model, signal: stop.signal })) {
    parts.push(part)
    if (given > 5) stop.abort()
  }
  t.equal(parts.find((part) => part.type === 'failed')?.error.code, 'ABORTED')
  t.ok(given < 10)
})
