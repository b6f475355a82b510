/** What a token costs the client that reads it: processor time, for the same streams read by each client. */

import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { streamText } from 'ai'
import { Ollama } from 'ollama'
import OpenAI from 'openai'
import { Agent, request } from 'undici'
import { generation, ollama, openai, timing, type Model } from '../lib/model/index.js'
import { startSimProcess } from '../lib/model/simulator/sim-process.js'
import { peer } from './peer.js'
import type { Case, Question } from './question.js'

const MODEL = 'gemma3:latest'
const MESSAGES: { role: 'user'; content: string }[] = [{ role: 'user', content: 'Say something.' }]
const STREAMS = 50
const RATE = 50

export async function question(quick: boolean): Promise<Question> {
  const tokens = quick ? 25 : 100
  const server = await startSimProcess({ spec: { tokens, ttftMs: 50, rate: RATE }, keep: STREAMS })
  const all = (one: () => Promise<number>) => async () => {
    const counts = await Promise.all(Array.from({ length: STREAMS }, one))
    if (counts.some((count) => count !== tokens)) throw new Error(`expected ${tokens} tokens of each stream, found ${counts.join(' ')}`)
  }
  const cases: Case[] = [
    { name: 'undici, dispatch only', peer: peer('undici'), run: all(() => chunksOnly(server.url, tokens)) },
    { name: 'undici loop', peer: peer('undici'), run: all(() => plainLoop(server.url)) },
    { name: 'chimera, OpenAI protocol', run: all(() => measured(openai(MODEL, { url: `${server.url}/v1`, dispatcher }))) },
    { name: 'chimera, Ollama protocol', run: all(() => measured(ollama(MODEL, { url: server.url, dispatcher }))) },
    { name: 'ollama-js', peer: peer('ollama'), run: all(() => ollamaJs(server.url)) },
    { name: 'openai-node', peer: peer('openai'), run: all(() => openaiNode(server.url)) },
    { name: 'ai sdk', peer: peer('ai'), run: all(() => aiSdk(server.url)) },
  ]
  return {
    name: 'client-cost',
    question: 'What does a token cost the client?',
    scope: `Processor time of the client (all its threads) for ${STREAMS} streams at once of ${tokens} tokens at ${RATE} tokens/s, from a simulated server in another process, one chunk a token. Chimera's rows stamp each chunk at the socket and keep all figures of the run; "dispatch only" counts chunks without looking into them.`,
    workload: { items: STREAMS * tokens },
    measure: 'cpu',
    // What it takes is set by the rate of the streams: more rounds would take minutes.
    rounds: { rounds: quick ? 3 : 5, warmup: 1 },
    cases,
    baseline: 'ollama-js',
  }
}

const dispatcher = new Agent({ headersTimeout: 0, bodyTimeout: 0 })
const HEADERS = { 'content-type': 'application/json' }
const BODY = JSON.stringify({ model: MODEL, messages: MESSAGES, stream: true })

async function measured(model: Model): Promise<number> {
  const run = timing()
  let count = 0
  for await (const event of generation(model, { messages: MESSAGES }, { stage: 'bench', timing: run })) if (event.type === 'token') count += 1
  if (run.measurements().status !== 'ok') throw new Error('a run failed')
  return count
}

/** The floor: reads may hold several chunks, so what is counted is not compared. */
function chunksOnly(origin: string, tokens: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let reads = 0
    dispatcher.dispatch(
      { origin, path: '/v1/chat/completions', method: 'POST', headers: HEADERS, body: BODY },
      {
        onRequestStart() {
          reads = 0
        },
        onResponseStart() {
          reads = 0
        },
        onResponseData() {
          reads += 1
        },
        onResponseEnd: () => resolve(reads > 0 ? tokens : 0),
        onResponseError: (_controller, error) => reject(error),
      },
    )
  })
}

async function plainLoop(origin: string): Promise<number> {
  const { body } = await request(`${origin}/v1/chat/completions`, { method: 'POST', headers: HEADERS, body: BODY, dispatcher })
  const decoder = new TextDecoder()
  let rest = ''
  let count = 0
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    rest += decoder.decode(chunk, { stream: true })
    const lines = rest.split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (!line.startsWith('data: ') || line === 'data: [DONE]') continue
      const value = JSON.parse(line.slice(6)) as { choices: { delta?: { content?: string } }[] }
      if (value.choices[0]?.delta?.content) count += 1
    }
  }
  return count
}

async function ollamaJs(host: string): Promise<number> {
  let count = 0
  for await (const part of await new Ollama({ host }).chat({ model: MODEL, messages: MESSAGES, stream: true })) if (part.message.content) count += 1
  return count
}

async function openaiNode(origin: string): Promise<number> {
  const client = new OpenAI({ apiKey: 'none', baseURL: `${origin}/v1` })
  let count = 0
  for await (const chunk of await client.chat.completions.create({ model: MODEL, messages: MESSAGES, stream: true })) if (chunk.choices[0]?.delta.content) count += 1
  return count
}

async function aiSdk(origin: string): Promise<number> {
  const provider = createOpenAICompatible({ name: 'sim', baseURL: `${origin}/v1` })
  let count = 0
  for await (const text of streamText({ model: provider(MODEL), messages: MESSAGES }).textStream) count += text === '' ? 0 : 1
  return count
}
