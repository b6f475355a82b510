/** From `-m` and `--option` to a model. */

import t from 'tap'
import { modelFrom } from '../../lib/model/model-from.js'
import { parseOption, parseOptions } from '../../lib/model/model-option.js'

t.test('each form gives its provider', async (t) => {
  const env = { OLLAMA_HOST: 'gpu-box:1', OPENAI_BASE_URL: 'http://other:2/v1', OPENAI_API_KEY: 'k' }
  const options = { num_gpu: 80 }
  t.match(modelFrom('gemma3:latest', { env, options }), { provider: 'ollama', name: 'gemma3:latest', url: 'http://gpu-box:1', options })
  t.match(modelFrom(' qwen3 ', { env, url: 'here:3' }), { provider: 'ollama', name: 'qwen3', url: 'http://here:3' })
  t.match(modelFrom('hf.co/user/Some-Model_GGUF:Q4_K_M', { env }), { provider: 'ollama', name: 'hf.co/user/Some-Model_GGUF:Q4_K_M' })
  t.match(modelFrom('openai:org/model:free', { env, options }), { provider: 'openai', name: 'org/model:free', url: 'http://other:2/v1', options })
  t.match(modelFrom('sim:tokens=3,rate=9', { options }), { provider: 'sim', name: 'sim:tokens=3,rate=9', options })
  t.match(modelFrom('sim'), { provider: 'sim', name: 'sim' })
  t.match(modelFrom('narrator'), { provider: 'narrator' })
})

for (const [spec, found] of [
  ['', 'nothing'],
  ['   ', 'nothing'],
  ['openai:', 'nothing'],
  ['two words', 'two words'],
  ['sim:colour=red', 'colour=red'],
  [':latest', ':latest'],
  ['a:b:c', 'a:b:c'],
] as const) {
  t.test(`"${spec}" is wrong use`, async (t) => {
    t.throws(() => modelFrom(spec, { env: {} }), { code: 'USAGE', message: found })
  })
}

t.test('a URL where there is no server is wrong use', async (t) => {
  t.throws(() => modelFrom('narrator', { url: 'http://x' }), { code: 'USAGE' })
  t.throws(() => modelFrom('sim:tokens=1', { url: 'http://x' }), { code: 'USAGE' })
})

t.test('options get the type that they look like', async (t) => {
  for (const [typed, value] of [
    ['num_gpu=80', 80],
    ['temperature=0.5', 0.5],
    ['min_p=.05', 0.05],
    ['seed=-1', -1],
    ['rate=1e-3', 0.001],
    ['low_vram=true', true],
    ['use_mmap=false', false],
    ['stop=END', 'END'],
    ['stop="80"', '80'],
    ['stop=a=b', 'a=b'],
    ['keep_alive=10m', '10m'],
    ['seed=12345678901234567890', '12345678901234567890'],
    ['x=1e999', '1e999'],
    ['x=0x10', '0x10'],
    ['x=Infinity', 'Infinity'],
  ] as const) {
    t.strictSame(parseOption(typed).value, value, typed)
  }
  t.strictSame(parseOption(' num_ctx = 4096 '), { name: 'num_ctx', value: 4096 })
  t.strictSame(parseOptions(['a=1', 'b=x', 'a=2']), { a: 2, b: 'x' })
})

t.test('what is no option is wrong use', async (t) => {
  for (const typed of ['', 'num_gpu', '=80', 'num_gpu=', '__proto__=1', 'a b=1', '9=1']) t.throws(() => parseOption(typed), { code: 'USAGE', message: 'num_gpu=80' }, typed)
})
