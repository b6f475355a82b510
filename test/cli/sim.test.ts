/** `chimera sim`: a server until it is told to stop, until enough was answered, or for one command. */

import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Readable } from 'node:stream'
import t from 'tap'
import type { SimTruth } from '../../lib/model/simulator/truth.js'
import { bin, chimera, results } from '../support/cli.js'

const FAST = 'tokens=3,ttft=0ms,rate=1000000'
const ASK = JSON.stringify({ model: 'gemma3', messages: [{ role: 'user', content: 'hi' }] })

t.test('for one command, which finds it; the exit code is the command\'s', async (t) => {
  const cwd = path.dirname(results(t.testdir({})))
  const run = (spec: string, ...command: string[]) => chimera(['sim', spec, '--truth', 'truth.ndjson', '--', process.execPath, bin, ...command], { cwd })
  for (const model of ['gemma3', 'openai:gemma3']) {
    const good = await run(FAST, 'analyze', 'results', '-m', model)
    t.equal(good.code, 0)
    t.match(good.stdout, /^The keeper of/, model)
    t.match(good.stderr, /^simulator at http:\/\/127\.0\.0\.1:\d+: .*gemma3:latest, llama3\.2:1b\n/)
    const truth = told(readFileSync(path.join(cwd, 'truth.ndjson'), 'utf8'))
    t.match(truth.map((one) => one.type).join(' '), /^server request( chunk){4,6} end$/)
    t.match(truth.at(-1), { tokens: 3 })
  }
  t.equal((await run(`${FAST},fault=error@1`, 'analyze', 'results', '-m', 'gemma3')).code, 4)
  const missing = await chimera(['sim', FAST, '--', 'no-such-command-here'])
  t.equal(missing.code, 2)
  t.match(missing.stderr, 'no-such-command-here')
})

t.test('so many answers, with the truth on stdout', async (t) => {
  const { code, stdout } = await chimera(['sim', FAST, '--requests', '2', '--model', 'a', 'b', '--truth', '-'], {
    started: (child) => whenAt(child.stderr, (url) => {
      for (const model of ['a', 'b']) void fetch(`${url}/api/chat`, { method: 'POST', body: ASK.replace('gemma3', model) }).then((response) => response.text())
    }),
  })
  t.equal(code, 0)
  const truth = told(stdout)
  t.strictSame(truth.flatMap((one) => (one.type === 'request' ? [one.model] : [])).sort(), ['a', 'b'])
  t.equal(truth.filter((one) => one.type === 'end').length, 2)
})

t.test('until it is told to stop, also in the middle of an answer', async (t) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    const { code, stdout } = await chimera(['sim', 'fault=stall@0'], {
      started: (child) => whenAt(child.stderr, (url) => {
        fetch(`${url}/v1/chat/completions`, { method: 'POST', body: JSON.stringify({ ...JSON.parse(ASK), stream: true }) }).then(() => child.kill(signal), () => undefined)
      }),
    })
    t.equal(code, 0, signal)
    t.equal(stdout, '')
  }
})

t.test('wrong use', async (t) => {
  for (const [args, says] of [
    [['sim', 'tokens=many'], 'tokens=many'],
    [['sim', '--port', '70000'], '65535'],
    [['sim', '--host', '203.0.113.1'], '203.0.113.1 is not this machine'],
    [['sim', '--requests', '0'], 'whole number'],
    [['sim', '--truth', 'no/such/folder'], '--truth'],
    [['sim', 'file=no-such-file'], 'no-such-file'],
  ] as const) {
    const { code, stderr } = await chimera(args, { cwd: t.testdir({}) })
    t.not(code, 0)
    t.match(stderr, says)
  }
})

function told(text: string): SimTruth[] {
  return text.trimEnd().split('\n').map((line) => JSON.parse(line) as SimTruth)
}

/** Calls when the server has said where it is. */
function whenAt(stderr: Readable | null, then: (url: string) => void): void {
  let text = ''
  let told = false
  stderr?.on('data', (more: string) => {
    text += more
    const [, url] = /simulator at (\S+):/.exec(text) ?? []
    if (url === undefined || told) return
    told = true
    then(url)
  })
}
