/** From what is typed after `-m` to a model. */

import { ChimeraError } from '../stage/index.js'
import type { Model, ModelOptions } from './model.js'
import { modelName } from './model-name.js'
import { narrator } from './narrator/narrator.js'
import { ollama } from './ollama/ollama.js'
import { openai } from './openai/openai.js'
import { sim } from './simulator/sim.js'
import { parseSpec } from './simulator/spec.js'
import { replay } from './trace/replay.js'
import { limits, type Limits, type Retries } from './wire/reader.js'

export interface ModelFromOptions extends Limits, Retries {
  /** Where the server is; wins over the environment. */
  readonly url?: string
  readonly options?: ModelOptions
  /** Where `OLLAMA_HOST`, `OPENAI_BASE_URL` and `OPENAI_API_KEY` are looked up; default `process.env`. */
  readonly env?: NodeJS.ProcessEnv
}

const FORMS = 'gemma3:latest (Ollama), openai:NAME, narrator, sim:tokens=200,rate=80 or trace:FILE'
/** `gemma3`, `gemma3:latest`, `hf.co/user/model:Q4_K_M`. */
const OLLAMA_NAME = /^[A-Za-z0-9][\w.\-/@]*(?::[\w.-]+)?$/

/**
 * `narrator`: the built-in writer. `sim` or `sim:...`: the simulator. `trace:FILE`: what --trace wrote. `openai:NAME`: an OpenAI-compatible server. Everything else is
 * the name of a model on Ollama.
 *
 * @throws {ChimeraError} `USAGE` when it is none of them, and for a URL where there is no server.
 */
export function modelFrom(spec: string, options: ModelFromOptions = {}): Model {
  const text = spec.trim()
  const { url, options: settings, env, firstTokenTimeoutMs, stallTimeoutMs } = options
  const shared = {
    ...(url === undefined ? {} : { url }),
    ...(settings === undefined ? {} : { options: settings }),
    ...(env === undefined ? {} : { env }),
    ...limits(options),
  }
  if (text === 'narrator' || text === 'sim' || text.startsWith('sim:') || text.startsWith('trace:')) {
    if (url !== undefined) throw new ChimeraError('USAGE', `expected no URL for "${text.split(':')[0] ?? text}", which has no server, found ${url}: leave it out`)
    if (text === 'narrator') return narrator()
    if (text.startsWith('trace:')) return traced(text.slice('trace:'.length), settings)
    return sim({
      ...parseSpec(text),
      name: text,
      ...(settings === undefined ? {} : { options: settings }),
      ...(firstTokenTimeoutMs === undefined ? {} : { firstTokenTimeoutMs }),
      ...(stallTimeoutMs === undefined ? {} : { stallTimeoutMs }),
    })
  }
  if (text.startsWith('openai:')) return openai(modelName(text.slice('openai:'.length), 'openai:gpt-4o-mini'), shared)
  if (!OLLAMA_NAME.test(text)) {
    throw new ChimeraError('USAGE', `expected a model such as ${FORMS}, found ${text === '' ? 'nothing' : JSON.stringify(text.slice(0, 60))}`)
  }
  return ollama(text, shared)
}

/** `speed` is its only option: a number, or `max`. */
function traced(file: string, { speed = 1, ...others }: ModelOptions = {}): Model {
  const [other] = Object.keys(others)
  if (file === '' || other !== undefined) {
    throw new ChimeraError('USAGE', `expected a replay such as trace:run.trace, with no option but speed, found ${other === undefined ? 'no file' : `the option ${other}`}`)
  }
  if (speed !== 'max' && typeof speed !== 'number') throw new ChimeraError('USAGE', `expected the option speed to be a number or max, found "${String(speed)}"`)
  return replay(file, { speed })
}
