/** The built-in writer: it needs no model and no server, and says the same for the same facts. */

import { ChimeraError } from '../../stage/index.js'
import type { Model, ModelRequest, RunContext, TokenEvent } from '../model.js'
import { write } from './write.js'

/**
 * Writes from `request.brief` and leaves the messages aside. It streams like any model, a word at a time but without waiting.
 * Figures stand as slots (`{{F3}}`, `{{F3.value}}`, `{{F3.subject}}`); it never types a number.
 *
 * `generate` throws a ChimeraError: `USAGE` without a brief, `ABORTED` when the signal fires.
 */
export function narrator(): Model {
  return { provider: 'narrator', name: 'narrator', options: {}, generate }
}

async function* generate(request: ModelRequest, context: RunContext = {}): AsyncGenerator<TokenEvent, void, undefined> {
  const { signal, now = () => performance.now() } = context
  if (!request.brief) {
    throw new ChimeraError('USAGE', 'the narrator expects a request with a brief (a task and facts), found none: give it the facts, or name a language model')
  }
  yield { type: 'sent', at: now() }
  for (const text of words(write(request.brief))) {
    if (signal?.aborted) throw new ChimeraError('ABORTED', 'the answer was cut off: the run was aborted', { cause: signal.reason })
    yield { type: 'token', at: now(), text, kind: 'text' }
  }
  yield { type: 'end', at: now(), reason: 'stop', usage: {} }
}

/** Each with the space behind it, so that together they are the text. A slot has no spaces and stays whole. */
function words(text: string): readonly string[] {
  return text.match(/\S+\s*/g) ?? []
}
