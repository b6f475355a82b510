/** What requests to one server have to share: places to answer in, loaded models, remembered prompts. */

import type { SimClock } from './clock.js'
import type { SimSpec } from './spec.js'
import type { Wheel } from './wheel.js'

const QUEUE = 512

export interface Slots {
  /** Settles when there is room, or with `undefined` when there is none even to wait, or when the client is gone. */
  take(gone: AbortSignal): Promise<(() => void) | undefined>
}

/** First come, first served. */
export function slots({ slots: limit = Infinity, queue = QUEUE }: SimSpec): Slots {
  let taken = 0
  const waiting: (() => void)[] = []
  const release = () => {
    taken -= 1
    waiting.shift()?.()
  }
  const once = () => {
    let given = true
    taken += 1
    return () => {
      if (given) release()
      given = false
    }
  }
  return {
    take: (gone) =>
      new Promise((resolve) => {
        if (taken < limit) resolve(once())
        else if (waiting.length >= queue || gone.aborted) resolve(undefined)
        else {
          const enter = () => {
            gone.removeEventListener('abort', leave)
            resolve(once())
          }
          const leave = () => {
            const place = waiting.indexOf(enter)
            if (place >= 0) waiting.splice(place, 1)
            resolve(undefined)
          }
          waiting.push(enter)
          gone.addEventListener('abort', leave, { once: true })
        }
      }),
  }
}

export interface Loads {
  /** Settles when the model is there, with what that took, ms. */
  load(model: string, gone: AbortSignal): Promise<number>
  unload(model: string): void
  loaded(): string[]
}

/** Requests that come while a model is loading wait for the same loading. */
export function loads({ loadMs = 0 }: SimSpec, clock: SimClock, wheel: Wheel): Loads {
  const there = new Map<string, number>()
  return {
    load(model, gone) {
      const now = clock.now()
      const at = there.get(model) ?? now + loadMs
      there.set(model, at)
      if (at <= now) return Promise.resolve(0)
      return new Promise((resolve) => {
        const done = () => {
          cancel()
          gone.removeEventListener('abort', done)
          resolve(at - now)
        }
        const cancel = wheel.at(at, done)
        gone.addEventListener('abort', done, { once: true })
      })
    },
    unload: (model) => void there.delete(model),
    loaded: () => [...there.keys()],
  }
}

export interface PromptCache {
  /** How many tokens of it were there already, and remembers it; `undefined` when nothing is remembered at all. */
  cached(prompt: string, tokens: number): number | undefined
}

/** The longest beginning that a prompt shares with one of the latest, in whole words. The last token is always read. */
export function promptCache({ cache = 0, cachedTokens }: SimSpec): PromptCache {
  const known: string[][] = []
  return {
    cached(prompt, tokens) {
      if (cachedTokens !== undefined) return Math.min(cachedTokens, Math.max(tokens - 1, 0))
      if (cache === 0) return undefined
      const words = prompt.match(/\S+/g) ?? []
      const shared = known.reduce((most, other) => Math.max(most, common(words, other)), 0)
      known.push(words)
      if (known.length > cache) known.shift()
      // The prompt may be said to have more tokens than words, or fewer.
      return words.length === 0 ? 0 : Math.min(Math.floor((tokens * shared) / words.length), Math.max(tokens - 1, 0))
    },
  }
}

function common(words: readonly string[], other: readonly string[]): number {
  let at = 0
  while (at < words.length && words[at] === other[at]) at += 1
  return at
}
