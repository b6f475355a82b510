/** Pieces of an answer in the words of each protocol. */

import type { ServerUsage } from '../model.js'

export type SimProtocol = 'ollama-chat' | 'ollama-generate' | 'openai-chat'

export interface Encoder {
  readonly contentType: string
  piece(kind: 'text' | 'thinking', text: string): string
  /** The last message; `text` is what it still says. */
  done(reason: 'stop' | 'length', usage: ServerUsage, text: string): string
  error(message: string): string
  /** An answer that was not to be streamed, as one body. */
  whole(text: string, thinking: string, reason: 'stop' | 'length', usage: ServerUsage): unknown
}

export interface EncoderOptions {
  readonly model: string
  /** Wall clock, ms since the epoch. */
  readonly date: () => number
  /** OpenAI: whether usage was asked for. */
  readonly includeUsage: boolean
}

export function encoder(protocol: SimProtocol, options: EncoderOptions): Encoder {
  return protocol === 'openai-chat' ? openaiEncoder(options) : ollamaEncoder(protocol === 'ollama-chat', options)
}

function ollamaEncoder(chat: boolean, { model, date }: EncoderOptions): Encoder {
  const said = (text: string, thinking: string) => {
    const thought = thinking === '' ? {} : { thinking }
    return chat ? { message: { role: 'assistant', content: text, ...thought } } : { response: text, ...thought }
  }
  const head = () => ({ model, created_at: new Date(date()).toISOString() })
  const last = (text: string, thinking: string, reason: string, usage: ServerUsage) => ({
    ...head(),
    ...said(text, thinking),
    done: true,
    done_reason: reason,
    ...present('total_duration', usage.totalDuration, 1e9),
    ...present('load_duration', usage.loadDuration, 1e9),
    ...present('prompt_eval_count', usage.promptTokens),
    ...present('prompt_eval_cached_count', usage.cachedPromptTokens),
    ...present('prompt_eval_duration', usage.promptEvalDuration, 1e9),
    ...present('eval_count', usage.outputTokens),
    ...present('eval_duration', usage.evalDuration, 1e9),
  })
  const line = (value: unknown) => `${JSON.stringify(value)}\n`
  return {
    contentType: 'application/x-ndjson',
    piece: (kind, text) => line({ ...head(), ...(kind === 'text' ? said(text, '') : said('', text)), done: false }),
    done: (reason, usage, text) => line(last(text, '', reason, usage)),
    error: (message) => line({ error: message }),
    whole: (text, thinking, reason, usage) => last(text, thinking, reason, usage),
  }
}

function openaiEncoder({ model, date, includeUsage }: EncoderOptions): Encoder {
  let opened = false
  const created = () => Math.floor(date() / 1000)
  const event = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`
  const chunk = (delta: unknown, finish: string | null) => {
    const usage = includeUsage ? { usage: null } : {}
    return event({ ...common('chat.completion.chunk'), choices: [{ index: 0, delta, finish_reason: finish }], ...usage })
  }
  const common = (object: string) => ({ id: 'chatcmpl-sim', object, created: created(), model })
  const counted = (usage: ServerUsage) => ({
    prompt_tokens: usage.promptTokens ?? 0,
    completion_tokens: usage.outputTokens ?? 0,
    total_tokens: (usage.promptTokens ?? 0) + (usage.outputTokens ?? 0),
    ...(usage.cachedPromptTokens === undefined ? {} : { prompt_tokens_details: { cached_tokens: usage.cachedPromptTokens } }),
  })
  const piece = (kind: 'text' | 'thinking', text: string) => {
    const role = opened ? {} : { role: 'assistant' }
    opened = true
    return chunk({ ...role, ...(kind === 'text' ? { content: text } : { reasoning: text }) }, null)
  }
  return {
    contentType: 'text/event-stream',
    piece,
    done: (reason, usage, text) =>
      (text === '' ? '' : piece('text', text)) +
      chunk({}, reason) +
      (includeUsage ? event({ ...common('chat.completion.chunk'), choices: [], usage: counted(usage) }) : '') +
      'data: [DONE]\n\n',
    error: (message) => event({ error: { message, type: 'server_error', param: null, code: 500 } }),
    whole: (text, thinking, reason, usage) => ({
      ...common('chat.completion'),
      choices: [
        { index: 0, message: { role: 'assistant', content: text, ...(thinking === '' ? {} : { reasoning: thinking }) }, finish_reason: reason },
      ],
      usage: counted(usage),
    }),
  }
}

/** Ollama leaves out what is 0. */
function present(key: string, value: number | undefined, scale = 1): Record<string, number> {
  return value === undefined || value === 0 ? {} : { [key]: Math.round(value * scale) }
}
