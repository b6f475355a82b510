/** Our own clients against every fault of the simulated server: each has its own end, keeps what came, and leaves no socket. */

import t from 'tap'
import type { Model } from '../../lib/model/model.js'
import { ollama } from '../../lib/model/ollama/ollama.js'
import { openai } from '../../lib/model/openai/openai.js'
import { serve } from './asking.js'
import { ask, codeOf } from './collect.js'

/** The limit is waited for in one case only; in the others it must not be met on a busy machine. */
const MAKERS: Readonly<Record<string, (url: string, stallTimeoutMs?: number) => Model>> = {
  ollama: (url, stallTimeoutMs = 20_000) => ollama('gemma3', { url, stallTimeoutMs }),
  openai: (url, stallTimeoutMs = 20_000) => openai('gemma3', { url: `${url}/v1`, stallTimeoutMs }),
}

const CASES: Readonly<Record<string, string>> = {
  'busy 429 503': 'MODEL_BUSY 0',
  'refuse 401': 'MODEL_REFUSED 0',
  '404': 'MODEL_UNKNOWN 0',
  '400 422 html': 'MODEL_INVALID 0',
  '500 502-html 500-text 500-empty error-body': 'MODEL_FAILED 0',
  'cut@2 close@2 reset@2': 'MODEL_TRUNCATED 2',
  'cut@0': 'MODEL_TRUNCATED 0',
  'error@2 error-field@2': 'MODEL_FAILED 2',
  'stall@2': 'MODEL_STALLED 2',
  'garbage@2 huge@2': 'MODEL_INVALID 2',
  'linger units no-usage no-finish bare-done slow-headers': 'stop 6',
}

for (const [name, make] of Object.entries(MAKERS)) {
  for (const dialect of name === 'openai' ? ['openai', 'vllm', 'sglang', 'llama-server', 'ollama-v1'] : ['openai']) {
    t.test(`${name}, ${dialect}`, async (t) => {
      for (const [faults, usual] of Object.entries(CASES)) {
        for (const fault of faults.split(' ')) {
          // Its error gets lost on the way, so only the missing end is seen.
          const end = dialect === 'ollama-v1' && fault === 'error@2' ? 'MODEL_TRUNCATED 2' : usual
          const server = await serve(t, { spec: `tokens=6,ttft=0ms,rate=100000,dialect=${dialect},fault=${fault}` })
          const model = make(server.url, fault === 'stall@2' ? 300 : undefined)
          const { events, error } = await ask(model)
          t.equal(`${error === undefined ? 'stop' : codeOf(error)} ${events.filter((event) => event.type === 'token').length}`, end, fault)
          await model.close?.()
          for (let turn = 0; turn < 10_000 && server.connections.open > 0; turn += 1) await new Promise(setImmediate)
          t.equal(server.connections.open, 0, `${fault}: no socket is left`)
        }
      }
    })
  }
}

t.test('however the bytes travel, the same answer comes', async (t) => {
  const text = 'Größe 3 µs 🏮 heißt viel'
  for (const [name, make] of Object.entries(MAKERS)) {
    for (const wire of ['bytes', 'split', 'utf8', 'frames']) {
      const server = await serve(t, { spec: `ttft=0ms,rate=100000,chunk=1-3,wire=${wire},text=${text}` })
      const model = make(server.url)
      const { events, error } = await ask(model)
      t.equal(error, undefined)
      t.equal(events.map((event) => (event.type === 'token' ? event.text : '')).join(''), text, `${name}, ${wire}`)
      await model.close?.()
    }
  }
})
