/** What protocols say about single tokens: ids and likelihoods, made up but always the same for the same text. */

/** A number below 32,000 for a text. */
export function tokenId(text: string): number {
  let hash = 2166136261
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 16777619)
  return (hash >>> 0) % 32_000
}

export interface Logprob {
  readonly token: string
  readonly logprob: number
  readonly bytes: readonly number[]
}

export function logprob(token: string): Logprob {
  return { token, logprob: -(tokenId(token) % 1000) / 1000, bytes: [...Buffer.from(token)] }
}
