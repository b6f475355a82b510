/** Models on one server that shares its time: each token takes as many times 100 ms as there are answers at work. */

import type { Model, ModelRequest, TokenEvent } from '../../../lib/model/model.js'
import { ChimeraError } from '../../../lib/stage/index.js'
import type { VirtualClock } from './virtual-clock.js'

export interface SharedServer {
  readonly requests: { readonly name: string; readonly request: ModelRequest }[]
  /** `name began`, `name ended`, in order. */
  readonly log: string[]
  model(name: string, words: readonly (string | Error)[], more?: Partial<Pick<Model, 'options' | 'provider'>>): Model
}

export function sharedServer(clock: VirtualClock): SharedServer {
  const requests: SharedServer['requests'] = []
  const log: string[] = []
  let active = 0
  return {
    requests,
    log,
    model: (name, words, more = {}) => ({
      provider: 'test',
      name,
      options: {},
      ...more,
      async *generate(request, { signal } = {}): AsyncGenerator<TokenEvent, void, undefined> {
        requests.push({ name, request })
        log.push(`${name} began`)
        active += 1
        try {
          yield { type: 'sent', at: clock.now() }
          for (const word of words) {
            await clock.sleep(100 * active, signal)
            if (signal?.aborted) throw new ChimeraError('ABORTED', 'aborted')
            if (word instanceof Error) throw word
            yield { type: 'token', at: clock.now(), text: word, kind: 'text' }
          }
          yield { type: 'end', at: clock.now(), reason: 'stop', usage: { outputTokens: words.length } }
        } finally {
          active -= 1
          log.push(`${name} ended`)
        }
      },
    }),
  }
}
