/** Answers that are kept must be the answers that would be given anew. */

import t from 'tap'
import { remembered } from '../../lib/record/remembered.js'
import { readText } from './read.js'

t.test('an answer is worked out once, and memory stays bounded', async (t) => {
  let asked = 0
  const length = remembered((name) => {
    asked += 1
    return name === '' ? undefined : name.length
  })
  t.strictSame([length('a'), length('a'), length(''), length('')], [1, 1, undefined, undefined])
  t.equal(asked, 2, 'also where the answer is undefined')
  for (let at = 0; at < 5000; at += 1) length(`name ${at}`)
  asked = 0
  length('a')
  t.equal(asked, 1, 'old answers make room')
})

t.test('one key under different keys and units keeps its meanings apart', async (t) => {
  const lines = [
    { latency: { mean: 5, unit: 'ms' } },
    { ttft: { mean: 7, unit: 's' } },
    { latency: { mean: 2, unit: 's' } },
    { latency: { mean: 0.5, unit: 'ms' } },
    { latency: { mean: 5, unit: 'ms' } },
  ]
  const alone = await Promise.all(lines.map((line) => readText('x.ndjson', `${JSON.stringify(line)}\n`)))
  const together = await readText('x.ndjson', lines.map((line) => JSON.stringify(line)).join('\n'))
  const short = (all: typeof together) => all.map(({ metric, stat, value, unit }) => [metric, stat, value, unit])
  t.strictSame(short(together), alone.flatMap(short))
  t.strictSame(together.map(({ value }) => value), [0.005, 7, 2, 0.0005, 0.005])
})
