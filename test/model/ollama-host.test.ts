/** OLLAMA_HOST in all the forms Ollama knows. */

import t from 'tap'
import { ollamaHost } from '../../lib/model/ollama/host.js'
import { codeOf, messageOf } from './collect.js'

const cases: [value: string | undefined, origin: string, basePath?: string][] = [
  [undefined, 'http://127.0.0.1:11434'],
  ['', 'http://127.0.0.1:11434'],
  ['  "10.0.0.5" ', 'http://10.0.0.5:11434'],
  ['0.0.0.0', 'http://127.0.0.1:11434'],
  ['0.0.0.0:8080', 'http://127.0.0.1:8080'],
  ['http://0.0.0.0:11434/', 'http://127.0.0.1:11434'],
  [':8080', 'http://127.0.0.1:8080'],
  ['gpu-box', 'http://gpu-box:11434'],
  ['gpu-box:1234', 'http://gpu-box:1234'],
  ['gpu-box:1234/', 'http://gpu-box:1234'],
  ['http://gpu-box', 'http://gpu-box'],
  ['https://gpu-box', 'https://gpu-box'],
  ['https://gpu-box:8443/', 'https://gpu-box:8443'],
  ['https://example.org/ollama/', 'https://example.org', '/ollama'],
  ['[::]', 'http://[::1]:11434'],
  ['[::1]:9000', 'http://[::1]:9000'],
  ['::1', 'http://[::1]:11434'],
]

for (const [value, origin, basePath = ''] of cases) {
  t.test(`${value ?? 'not set'} is ${origin}${basePath}`, async (t) => {
    t.strictSame(ollamaHost(value), { origin, basePath })
  })
}

t.test('credentials become a header and are not part of what is shown', async (t) => {
  t.strictSame(ollamaHost('http://ann:p%40ss@gpu-box:1'), {
    origin: 'http://gpu-box:1',
    basePath: '',
    authorization: `Basic ${Buffer.from('ann:p@ss').toString('base64')}`,
  })
})

for (const value of ['ftp://x', 'http://x:99999999', 'http://ann:secret@x:pp', 'a b c:1']) {
  t.test(`${value} is refused`, async (t) => {
    try {
      ollamaHost(value)
      t.fail('it was taken')
    } catch (error) {
      t.equal(codeOf(error), 'USAGE')
      t.match(messageOf(error), 'OLLAMA_HOST')
      t.notMatch(messageOf(error), 'secret')
    }
  })
}
