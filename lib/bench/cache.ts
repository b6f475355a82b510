/** Whether a server may answer a prompt from its cache: how that is brought about, and whether it came out so. */

import type { Measurements, Message } from '../model/index.js'

/**
 * `cold`: every prompt begins with words no prompt had before. `warm`: the same prompt was read just before. `any`: as the
 * prompts are, whatever the server does.
 */
export type CacheWish = 'cold' | 'warm' | 'any'

/** What a chat template puts in front of every prompt, and the block by which a server caches (vLLM: 16), in tokens. */
const SLACK_TOKENS = 32

/**
 * The same messages behind a mark that makes their first tokens unlike all others, so that no cached prefix fits. It stands in the
 * very first message: behind a long system prompt it would leave that one cached.
 */
export function marked(messages: readonly Message[], mark: string): readonly Message[] {
  return messages.map((message, at) => (at === 0 ? { ...message, content: `[${mark}] ${message.content}` } : message))
}

/** A sentence when the server's own counts say that the wish was not met; nothing where it gives none. */
export function contradiction(wish: CacheWish, { promptTokens, cachedPromptTokens: cached }: Pick<Measurements, 'promptTokens' | 'cachedPromptTokens'>): string | undefined {
  if (wish === 'any' || promptTokens === undefined || cached === undefined) return undefined
  const found = `${cached} of ${promptTokens} prompt tokens came from the server's cache`
  if (wish === 'cold') return cached > SLACK_TOKENS && cached > promptTokens / 10 ? `expected a cold cache, and ${found}` : undefined
  return cached < (promptTokens - SLACK_TOKENS) / 2 ? `expected a warm cache, and only ${found}` : undefined
}
