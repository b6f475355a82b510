/** A model that says what a test wants, when the test wants it. */

import type { Model, ModelRequest, TokenEvent } from '../../lib/model/model.js'
import { ChimeraError } from '../../lib/stage/index.js'

export interface Script {
  /** Pieces of the answer; a promise is waited for, an error is thrown. */
  analysis?: readonly Line[]
  report?: readonly Line[]
  /** Default `stop`. */
  reason?: 'stop' | 'length'
  options?: Model['options']
}

export type Line = string | Promise<unknown> | Error

export interface Scripted extends Model {
  readonly requests: ModelRequest[]
}

/** Its clock: 10 ms from the request to the first piece, 1 ms from piece to piece. */
export function scripted(script: Script): Scripted {
  const requests: ModelRequest[] = []
  return {
    provider: 'sim',
    name: 'scripted',
    options: script.options ?? {},
    requests,
    async *generate(request, { signal } = {}): AsyncGenerator<TokenEvent, void, undefined> {
      requests.push(request)
      yield { type: 'sent', at: 0 }
      let at = 9
      for (const line of script[request.brief?.task ?? 'analysis'] ?? ['An analysis.']) {
        if (signal?.aborted) throw new ChimeraError('ABORTED', 'aborted')
        if (typeof line === 'string') yield { type: 'token', at: (at += 1), text: line, kind: 'text' }
        else if (line instanceof Error) throw line
        else await line
      }
      if (signal?.aborted) throw new ChimeraError('ABORTED', 'aborted')
      const usage = { outputTokens: 40, promptTokens: 500, evalDuration: 0.005, promptEvalDuration: 0.002, loadDuration: 0.001, totalDuration: 0.009 }
      yield { type: 'end', at: at + 1, reason: script.reason ?? 'stop', usage }
    },
  }
}

/** Cut into pieces of a few characters, as tokens are. */
export function pieces(text: string): string[] {
  return text.match(/[^]{1,4}/g) ?? []
}
