/** Both dialects against lines that nobody would send: they end in an error of ours, or in nothing, and leave no trace. */

import fc from 'fast-check'
import t from 'tap'
import { chatDialect as ollamaDialect } from '../../lib/model/ollama/chat-chunk.js'
import { chatDialect as openaiDialect } from '../../lib/model/openai/chat-event.js'
import type { Dialect, Reading } from '../../lib/model/wire/dialect.js'
import { ChimeraError } from '../../lib/stage/index.js'

const KEYS = ['message', 'content', 'thinking', 'done', 'done_reason', 'created_at', 'eval_count', 'eval_duration', 'error', 'choices', 'delta', 'finish_reason', 'usage', 'completion_tokens', 'timings', '__proto__', 'constructor']

const json = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, fc.constantFrom(null, true, false, -1, 0, 1e300, '', 'x', 'stop', 'length'), fc.array(tie('value'), { maxLength: 3 }), tie('object')),
  object: fc.dictionary(fc.constantFrom(...KEYS), tie('value'), { maxKeys: 5 }),
})).value
const line = fc.oneof(json.map((value) => JSON.stringify(value)), fc.string(), fc.string({ unit: 'binary' }))

function sane(reading: Reading | undefined): boolean {
  if (!reading) return true
  const numbers = Object.values(reading.end?.usage ?? {}) as unknown[]
  return (
    reading.pieces.every((piece) => typeof piece.text === 'string' && piece.text !== '') &&
    numbers.every((value) => typeof value === 'number' && Number.isFinite(value) && value >= 0)
  )
}

function survives(dialect: Dialect, texts: readonly string[]): boolean {
  try {
    for (const text of texts) if (!sane(dialect.line(text))) return false
    return sane(dialect.finish(''))
  } catch (error) {
    return error instanceof ChimeraError && error.code.startsWith('MODEL_')
  }
}

t.test('ollama', async (t) => {
  fc.assert(fc.property(fc.array(line, { maxLength: 5 }), (texts) => survives(ollamaDialect('it'), texts)), { numRuns: 500 })
  t.equal(Object.hasOwn(Object.prototype, 'content'), false)
})

t.test('openai', async (t) => {
  const event = fc.oneof(line.map((text) => `data: ${text}`), line, fc.constantFrom('', 'data: [DONE]', 'event: error', ': ping'))
  fc.assert(fc.property(fc.array(event, { maxLength: 8 }), (texts) => survives(openaiDialect('it'), texts)), { numRuns: 500 })
  t.equal(Object.hasOwn(Object.prototype, 'content'), false)
})

t.test('a server that repeats the key, and one that writes a novel', async (t) => {
  try {
    openaiDialect('it', 'sk-1').line(`error: {"message":"key sk-1 ${'long '.repeat(500)}\\u001b[2J"}`)
    t.fail('no error')
  } catch (error) {
    const message = error instanceof Error ? error.message : ''
    t.match(message, /key \*\*\* long/)
    t.ok(message.length < 500)
    t.notMatch(message, 'sk-1')
  }
})
