import { readFileSync } from 'node:fs'
import path from 'node:path'
import t, { type Test } from 'tap'
import { simServer, type SimServerOptions } from '../../lib/model/index.js'
import { chimera, results } from '../support/cli.js'

async function withServer(t: Test, options: SimServerOptions) {
  const server = await simServer({ models: ['gemma3:latest'], ...options })
  t.teardown(() => server.close())
  const cwd = path.dirname(results(t.testdir({})))
  return { cwd, env: { OLLAMA_HOST: server.url, OPENAI_BASE_URL: `${server.url}/v1` } }
}

t.test('a finding is on stdout before the answer is complete', async (t) => {
  let release: () => void = () => undefined
  const seen = new Promise<void>((resolve) => (release = resolve))
  const { cwd, env } = await withServer(t, {
    reply: function* ({ body }) {
      if (typeof body['format'] !== 'object') throw new Error('expected a schema')
      yield { type: 'text', text: '{"summary": "The start.", "findings": [{"title": "Early", "text": "It is there", "facts": [], "severity": "low"}' }
      // The server waits until the finding was seen on the other side.
      yield { type: 'wait', until: seen }
      yield { type: 'text', text: '], "recommendations": []}' }
      yield { type: 'done' }
    },
  })
  const { code, stdout } = await chimera(['analyze', 'results', '-m', 'gemma3'], {
    cwd,
    env,
    started: (child) => child.stdout?.on('data', (text: string) => text.includes('Early') && release()),
  })
  t.equal(code, 0)
  t.equal(stdout, 'The start.\n\n**Findings**\n\n- **Early.** It is there. Severity: low.\n')
})

t.test('a server that refuses the schema: asked again for text, and the report, the stats and the trace tell', async (t) => {
  const asked: boolean[] = []
  for (const model of ['gemma3', 'openai:gemma3:latest']) {
    const { cwd, env } = await withServer(t, {
      reply: ({ body }) => {
        const format = body['format'] ?? body['response_format']
        asked.push(format !== undefined)
        if (format !== undefined) return { status: 400, body: { error: 'no schemas here' } }
        return [{ type: 'text', text: '## Executive Summary\nThis is what was asked for.' }, { type: 'done' }]
      },
    })
    const { code, stdout, stderr } = await chimera(['report', 'results', '-m', model, '--stats', 'run.ndjson', '--trace', 'run.trace'], { cwd, env })
    t.equal(code, 0, stderr)
    t.strictSame(asked.splice(0), [true, false, false])
    t.match(stdout, 'This is what was asked for.')
    t.match(stdout, /The server refused the schema \(.*no schemas here.*\) and was asked again for text; the \d+\.\d\d s until then are in the time of the analysis, not in its TTFT\./)
    const stats = readFileSync(path.join(cwd, 'run.ndjson'), 'utf8')
    t.notMatch(stats, '"status":"error"', 'the figures are those of the answers')
    t.match(readFileSync(path.join(cwd, 'run.trace'), 'utf8'), /"code":"MODEL_INVALID"/)
    const again = await chimera(['report', 'results', '-m', 'trace:run.trace', '--option', 'speed=max'], { cwd })
    t.match(again.stdout, 'This is what was asked for.', 'the trace replays, with the refusal in it')
  }
})

t.test('--structured never asks for text, always does not settle for it', async (t) => {
  const asked: boolean[] = []
  const { cwd, env } = await withServer(t, {
    reply: ({ body }) => {
      asked.push(body['format'] !== undefined)
      if (body['format'] !== undefined) return { status: 400, body: { error: 'no schemas here' } }
      return [{ type: 'text', text: 'This is the text.' }, { type: 'done' }]
    },
  })
  const run = (structured: string) => chimera(['analyze', 'results', '-m', 'gemma3', '--structured', structured], { cwd, env })
  t.equal((await run('never')).stdout, 'This is the text.\n')
  t.equal((await run('always')).code, 4)
  t.strictSame(asked, [false, true])
  t.equal((await run('sometimes')).code, 2)
})
