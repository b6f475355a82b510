/** Ollama's own protocol: one JSON object a line. */

import type { ServerUsage } from '../model.js'
import type { Encoder, EncoderOptions, Ending, Said } from './encoder.js'
import { logprob, tokenId } from './tokens.js'

/** A `context` of more would be a line that nobody keeps. */
const MOST_CONTEXT = 100_000

/** `chat`: as `/api/chat` says it, else as `/api/generate`. */
export function ollamaEncoder(chat: boolean, options: EncoderOptions): Encoder {
  const { model, date, wishes } = options
  // A call is told when it is complete.
  let call: string[] = []
  let calls: unknown[] = []
  const context: number[] = []

  const head = () => ({ model, created_at: instant(date()) })
  const words = (content: string, thinking: string, toolCalls: readonly unknown[]) => {
    const more = { ...(thinking === '' ? {} : { thinking }), ...(toolCalls.length === 0 ? {} : { tool_calls: toolCalls }) }
    return chat ? { message: { role: 'assistant', content, ...more } } : { response: content, ...more }
  }
  const likely = (said: Said) => (wishes.logprobs ? { logprobs: said.tokens.map(logprob) } : {})
  const called = (said: Said): unknown => {
    call.push(said.text)
    if (!said.call?.last) return undefined
    const made = { id: `call_${options.id}_${said.call.index}`, function: { index: said.call.index, name: 'look_up', arguments: parsed(call.join('')) } }
    call = []
    return made
  }
  const last = (content: string, thinking: string, toolCalls: readonly unknown[], { reason, usage, without }: Ending) => ({
    ...head(),
    ...words(content, thinking, toolCalls),
    done: true,
    ...(without === 'finish' ? {} : { done_reason: reason }),
    ...(chat || without === 'usage' ? {} : { context: contextOf(options.promptTokens, context) }),
    ...(without === 'usage' ? {} : figures(usage)),
  })

  return {
    contentType: 'application/x-ndjson',
    early: false,
    roleAhead: false,
    tellsProgress: false,
    role: () => '',
    progress: () => '',
    comment: () => '',
    piece(said) {
      if (!chat && context.length < MOST_CONTEXT) context.push(...said.tokens.map(tokenId))
      const made = said.kind === 'tool' ? called(said) : undefined
      if (made !== undefined && !chat) calls.push(made)
      if (said.kind === 'tool' && (made === undefined || !chat) && !wishes.logprobs) return ''
      const text = (kind: Said['kind']) => (said.kind === kind ? said.text : '')
      return line({ ...head(), ...words(text('text'), text('thinking'), made !== undefined && chat ? [made] : []), done: false, ...likely(said) })
    },
    done(ending) {
      if (ending.without === 'done') return ''
      const made = calls
      calls = []
      return line(last(ending.text, '', made, ending))
    },
    error: (message) => line({ error: message }),
    whole(all, ending) {
      const said = (kind: Said['kind']) => all.map((one) => (one.kind === kind ? one.text : '')).join('')
      const made = all.filter((one) => one.kind === 'tool').map(called).filter((one) => one !== undefined)
      if (!chat) context.push(...all.flatMap((one) => one.tokens.map(tokenId)).slice(0, MOST_CONTEXT))
      return { ...last(said('text') + ending.text, said('thinking'), made, ending), ...(wishes.logprobs ? { logprobs: all.flatMap((one) => one.tokens.map(logprob)) } : {}) }
    },
  }
}

/** As Go prints it: nanoseconds, without zeros at the end. */
export function instant(date: number): string {
  const seconds = Math.floor(date / 1000)
  const fraction = Math.round((date - seconds * 1000) * 1e6).toString().padStart(9, '0').replace(/0+$/, '')
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}${fraction === '' ? '' : `.${fraction}`}Z`
}

function figures(usage: ServerUsage): Record<string, number> {
  return {
    ...present('total_duration', usage.totalDuration, 1e9),
    ...present('load_duration', usage.loadDuration, 1e9),
    ...present('prompt_eval_count', usage.promptTokens),
    ...present('prompt_eval_cached_count', usage.cachedPromptTokens),
    ...present('prompt_eval_duration', usage.promptEvalDuration, 1e9),
    ...present('eval_count', usage.outputTokens),
    ...present('eval_duration', usage.evalDuration, 1e9),
  }
}

/** Ollama leaves out what is 0. */
function present(key: string, value: number | undefined, scale = 1): Record<string, number> {
  return value === undefined || value === 0 ? {} : { [key]: Math.round(value * scale) }
}

function contextOf(promptTokens: number, said: readonly number[]): number[] {
  return [...Array.from({ length: Math.min(promptTokens, MOST_CONTEXT) }, (_, at) => at), ...said]
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}

function line(value: unknown): string {
  return `${JSON.stringify(value)}\n`
}
