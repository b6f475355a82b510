/** What is read of a user and of a server's counts: limits, prompts, the state of a cache. */

import t from 'tap'
import { contradiction, marked } from '../../lib/bench/cache.js'
import { parsePrompts, prompt } from '../../lib/bench/prompts.js'
import { meets, parseSlo, sloText } from '../../lib/bench/slo.js'

t.test('limits', async (t) => {
  const slo = parseSlo('ttft=500ms, tpot=50ms,e2e=10s')
  t.strictSame(slo, { ttft: 0.5, tpot: 0.05, e2e: 10 })
  t.equal(sloText(slo), 'ttft=500ms,tpot=50ms,e2e=10s')
  for (const bad of ['', 'ttft', 'ttft=500', 'ttft=-1ms', 'ttft=0ms', 'itl=5ms', 'ttft=1s,ttft=2s', 'ttft=5 ms', 'constructor=5ms']) t.throws(() => parseSlo(bad), { code: 'USAGE' }, bad)
  t.ok(meets(slo, { ttft: 0.5, tpot: 0.05, e2e: 10 }), 'a limit itself is met')
  t.notOk(meets(slo, { ttft: 0.5001, tpot: 0.05, e2e: 10 }))
  t.notOk(meets(slo, { ttft: 0.1, tpot: 0.06, e2e: 1 }))
  t.notOk(meets(slo, { ttft: 0.1, e2e: 1 }), 'what is not known is not met')
  t.ok(meets(parseSlo('ttft=1s'), { ttft: 0.9 }), 'nobody asked for the others')
})

t.test('prompts: a line each', async (t) => {
  t.strictSame(parsePrompts('\ufeffOne?\r\n\r\n  Two?  \n', 'p.txt'), [prompt('One?'), prompt('Two?')])
  t.throws(() => parsePrompts('\n \n', 'p.txt'), { code: 'USAGE', message: /p\.txt/ })
})

t.test('prompts: NDJSON', async (t) => {
  const text = ['{"prompt":"One?","max_tokens":5}', '', '{"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Two?","name":"x"}]}'].join('\n')
  t.strictSame(parsePrompts(text, 'p.ndjson'), [
    { ...prompt('One?'), maxTokens: 5 },
    { messages: [{ role: 'system', content: 'Be brief.' }, { role: 'user', content: 'Two?' }] },
  ])
  const bad: [string, RegExp][] = [
    ['{"prompt":"a"}\n{"prompt":', /p\.jsonl:2/],
    ['{"question":"a"}', /"prompt" or "messages"/],
    ['"text"', /p\.jsonl:1/],
    ['{"prompt":""}', /p\.jsonl:1/],
    ['{"messages":[]}', /p\.jsonl:1/],
    ['{"messages":[{"role":"robot","content":"x"}]}', /role/],
    ['{"messages":[null]}', /role/],
    ['{"prompt":"a","max_tokens":0}', /max_tokens/],
    ['{"prompt":"a","max_tokens":"5"}', /max_tokens/],
  ]
  for (const [lines, message] of bad) t.throws(() => parsePrompts(lines, 'p.jsonl'), { code: 'USAGE', message }, lines)
})

t.test('prompts: CSV', async (t) => {
  const text = 'id,Prompt,system,max_tokens\n1,"One, or\ntwo?",,\n2,Three?,Be brief.,7\n'
  t.strictSame(parsePrompts(text, 'p.csv'), [
    prompt('One, or\ntwo?'),
    { messages: [{ role: 'system', content: 'Be brief.' }, { role: 'user', content: 'Three?' }], maxTokens: 7 },
  ])
  t.throws(() => parsePrompts('question\nOne?\n', 'p.csv'), { code: 'USAGE', message: /column "prompt"/ })
  t.throws(() => parsePrompts('prompt,max_tokens\nOne?,few\n', 'p.csv'), { code: 'USAGE', message: /max_tokens/ })
  t.throws(() => parsePrompts('prompt\n"One?\n', 'p.csv'), { code: 'USAGE', message: /CSV/ })
})

t.test('a mark comes before everything', async (t) => {
  t.strictSame(marked([{ role: 'system', content: 'Long rules.' }, { role: 'user', content: 'Hello' }], 'x1'), [
    { role: 'system', content: '[x1] Long rules.' },
    { role: 'user', content: 'Hello' },
  ])
})

t.test('a cache that is not as asked for', async (t) => {
  const found = (wish: 'cold' | 'warm' | 'any', promptTokens?: number, cachedPromptTokens?: number) =>
    contradiction(wish, { ...(promptTokens === undefined ? {} : { promptTokens }), ...(cachedPromptTokens === undefined ? {} : { cachedPromptTokens }) }) !== undefined
  t.ok(found('cold', 1000, 900), 'cold, and nearly all came from it')
  t.notOk(found('cold', 1000, 0))
  t.notOk(found('cold', 60, 25), "a template's own words are the same in every prompt")
  t.ok(found('warm', 1000, 0), 'warm, and nothing came from it')
  t.notOk(found('warm', 1000, 992), 'the last block is always read')
  t.notOk(found('warm', 30, 0), 'shorter than what a server caches by')
  t.notOk(found('any', 1000, 900))
  t.notOk(found('cold', 1000), 'a server that does not say contradicts nothing')
  t.match(contradiction('warm', { promptTokens: 1000, cachedPromptTokens: 16 }), /16 of 1000/)
})
