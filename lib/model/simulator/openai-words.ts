/** Server-sent events of `/v1/chat/completions`, as each kind of server words them. */

import type { ServerUsage } from '../model.js'
import type { Encoder, EncoderOptions, Ending, Said } from './encoder.js'
import type { SimDialect } from './spec.js'
import { logprob, tokenId } from './tokens.js'

interface Manners {
  readonly early: boolean
  /** `delta`: in the first piece; `each`: in every piece; `ahead`: a message of its own before there is a token; `first`: a message of its own with the first token, its content null. */
  readonly role: 'delta' | 'each' | 'ahead' | 'first'
  readonly thinking: 'reasoning' | 'reasoning_content'
  /** `usage: null` beside the pieces when usage was asked for. */
  readonly nulls: boolean
  /** The delta of the message with the reason. */
  readonly last: object
  readonly error: (message: string) => string
}

const DONE = 'data: [DONE]\n\n'
const event = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`
const failure = (message: string) => event({ error: { message, type: 'server_error', param: null, code: 500 } })

const MANNERS: Readonly<Record<SimDialect, Manners>> = {
  openai: { early: true, role: 'delta', thinking: 'reasoning', nulls: true, last: {}, error: failure },
  vllm: { early: true, role: 'ahead', thinking: 'reasoning', nulls: false, last: { content: '' }, error: (message) => failure(message) + DONE },
  sglang: { early: true, role: 'ahead', thinking: 'reasoning_content', nulls: true, last: { content: '' }, error: (message) => failure(message) + DONE },
  'llama-server': {
    early: false,
    role: 'first',
    thinking: 'reasoning_content',
    nulls: false,
    last: {},
    error: (message) => event({ error: { code: 500, message, type: 'server_error' } }),
  },
  // Its errors inside a stream get lost on the way: what comes is an empty piece, then the end of the body.
  'ollama-v1': { early: false, role: 'each', thinking: 'reasoning', nulls: false, last: { role: 'assistant', content: '' }, error: () => '' },
}

export function openaiEncoder(options: EncoderOptions): Encoder {
  const { model, date, dialect, wishes, promptTokens, cachedTokens } = options
  const manners = MANNERS[dialect]
  const llama = dialect === 'llama-server'
  let opened = false
  let output = 0
  let reasoning = 0
  let called = false
  let drafted = 0
  let accepted = 0
  let firstAt: number | undefined
  let promptMs = 0
  const startedAt = date()

  const common = (object: string) => ({ id: `chatcmpl-${options.id}`, object, created: Math.floor(date() / 1000), model })
  const counted = (usage: ServerUsage = {}): object => {
    const prompt = usage.promptTokens ?? promptTokens
    const cached = usage.cachedPromptTokens ?? cachedTokens
    return {
      prompt_tokens: prompt,
      completion_tokens: output,
      total_tokens: prompt + output,
      ...(cached === undefined ? {} : { prompt_tokens_details: { cached_tokens: cached } }),
      ...(reasoning === 0 ? {} : { completion_tokens_details: { reasoning_tokens: reasoning } }),
    }
  }
  const timings = (usage?: ServerUsage) => {
    const predictedMs = usage?.evalDuration === undefined ? date() - (firstAt ?? date()) : usage.evalDuration * 1000
    const readMs = usage?.promptEvalDuration === undefined ? promptMs : usage.promptEvalDuration * 1000
    const cached = usage?.cachedPromptTokens ?? cachedTokens ?? 0
    const read = (usage?.promptTokens ?? promptTokens) - cached
    const per = (ms: number, count: number) => (count === 0 ? 0 : ms / count)
    const rate = (ms: number, count: number) => (ms === 0 ? 0 : (count * 1000) / ms)
    return {
      timings: {
        cache_n: cached,
        prompt_n: read,
        prompt_ms: readMs,
        prompt_per_token_ms: per(readMs, read),
        prompt_per_second: rate(readMs, read),
        predicted_n: output,
        predicted_ms: predictedMs,
        predicted_per_token_ms: per(predictedMs, output),
        predicted_per_second: rate(predictedMs, output),
        ...(options.draft === 0 ? {} : { draft_n: drafted, draft_n_accepted: accepted }),
      },
    }
  }
  const chunk = (delta: object, finish: string | null, more: object = {}, choice: object = {}) => {
    const usage = wishes.continuousUsage && (dialect === 'vllm' || dialect === 'sglang') ? { usage: counted() } : wishes.includeUsage && manners.nulls ? { usage: null } : {}
    return event({ ...common('chat.completion.chunk'), choices: [{ index: 0, delta, ...choice, finish_reason: finish }], ...usage, ...more })
  }
  const role = () => {
    opened = true
    return chunk({ role: 'assistant', content: llama ? null : '' }, null, {}, dialect === 'vllm' && wishes.tokenIds ? { token_ids: null } : {})
  }
  const deltaOf = (said: Said): object => {
    switch (said.kind) {
      case 'text':
        return { content: said.text }
      case 'thinking':
        return { [manners.thinking]: said.text }
      case 'tool': {
        const { index, first } = said.call ?? { index: 0, first: true }
        const name = first ? { id: `call_${options.id}_${index}`, type: 'function' } : {}
        return { tool_calls: [{ index, ...name, function: { ...(first ? { name: 'look_up' } : {}), arguments: said.text } }] }
      }
    }
  }
  const note = (said: Said) => {
    firstAt ??= date()
    if (output === 0) promptMs = firstAt - startedAt
    output += said.tokens.length
    if (said.kind === 'thinking') reasoning += said.tokens.length
    called ||= said.kind === 'tool'
    if (options.draft > 0) {
      drafted += options.draft
      accepted += said.tokens.length - 1
    }
  }
  const piece = (said: Said) => {
    const own = !opened && (manners.role === 'ahead' || manners.role === 'first') ? role() : ''
    const withRole = manners.role === 'each' || (manners.role === 'delta' && !opened)
    opened = true
    note(said)
    const choice = {
      ...(wishes.logprobs ? { logprobs: { content: said.tokens.map((token) => ({ ...logprob(token), top_logprobs: [] })) } } : {}),
      ...(wishes.tokenIds && dialect === 'vllm' ? { token_ids: said.tokens.map(tokenId) } : {}),
    }
    const delta = { ...(withRole ? { role: 'assistant', ...(said.kind === 'text' ? {} : { content: '' }) } : {}), ...deltaOf(said) }
    return own + chunk(delta, null, llama && wishes.timingsPerToken ? timings() : {}, choice)
  }
  const finish = ({ reason, without }: Ending) => (without === 'finish' ? null : called && reason === 'stop' ? 'tool_calls' : reason)

  return {
    contentType: dialect === 'vllm' ? 'text/event-stream; charset=utf-8' : 'text/event-stream',
    early: manners.early,
    roleAhead: manners.role === 'ahead',
    tellsProgress: llama && wishes.progress,
    role,
    progress(processed, ms) {
      const delta = { role: 'assistant', content: null }
      return chunk(delta, null, { prompt_progress: { total: promptTokens, cache: cachedTokens ?? 0, processed, time_ms: Math.round(ms) } })
    },
    comment: () => ': ping\n\n',
    piece,
    done(ending) {
      const { usage, text, without } = ending
      // A script counts in its last message only.
      const rest = text === '' ? '' : piece({ kind: 'text', text, tokens: [text] })
      output = usage.outputTokens ?? output
      const figures = llama && without !== 'usage' ? timings(usage) : {}
      const withUsage = wishes.includeUsage && without !== 'usage'
      const finished = chunk(manners.last, finish(ending), withUsage ? {} : figures)
      const counts = withUsage ? event({ ...common('chat.completion.chunk'), choices: [], usage: counted(usage), ...figures }) : ''
      return rest + finished + counts + (without === 'done' ? '' : without === 'blank' ? 'data: [DONE]\n' : DONE)
    },
    error(message, field = false) {
      if (field) return `error: ${JSON.stringify({ code: 500, message, type: 'server_error' })}\n\n`
      return dialect === 'ollama-v1' ? chunk({ role: 'assistant', content: '' }, null) : manners.error(message)
    },
    whole(all, ending) {
      all.forEach(note)
      output = ending.usage.outputTokens ?? output
      const said = (kind: Said['kind']) => all.map((one) => (one.kind === kind ? one.text : '')).join('')
      const calls = new Map<number, string>()
      for (const one of all) if (one.call) calls.set(one.call.index, (calls.get(one.call.index) ?? '') + one.text)
      const message = {
        role: 'assistant',
        content: said('text') + ending.text,
        ...(said('thinking') === '' ? {} : { [manners.thinking]: said('thinking') }),
        ...(calls.size === 0 ? {} : { tool_calls: [...calls].map(([index, text]) => ({ id: `call_${options.id}_${index}`, type: 'function', function: { name: 'look_up', arguments: text } })) }),
      }
      return {
        ...common('chat.completion'),
        choices: [{ index: 0, message, finish_reason: finish(ending) }],
        ...(ending.without === 'usage' ? {} : { usage: counted(ending.usage), ...(llama ? timings(ending.usage) : {}) }),
      }
    },
  }
}
