/** A name as the words it is made of, whatever the spelling: `tokensPerSec`, `tokens/sec`, `Tokens per sec`. */

const WORD = /p\d+\.\d+|\d{1,2}\.\d+(?= ?percent|th| pctl?)|[\p{L}\p{N}µ°#$€]+/giu

export function wordsOf(name: string): string[] {
  const spaced = name
    .replace(/μ/g, 'µ')
    .replace(/\//g, ' per ')
    .replace(/%/g, ' percent ')
    .replace(/[Δ∆]/g, ' delta ')
  return (spaced.match(WORD) ?? []).flatMap(splitCamel).map((word) => word.toLowerCase())
}

export function snake(name: string): string {
  return wordsOf(name).join('_')
}

/** `avgLatencyMs`, but not `MiB`, `MHz` or `GPUs`: only what starts small, or alternates clearly, is camel case. */
function splitCamel(word: string): string[] {
  if (!/^(?:[a-z]{2,}\d*[A-Z]|[a-z]\d+[a-z]?[A-Z]|[A-Z]\d{2,}[A-Z][a-z]|[A-Z][a-z]{2,}[A-Z][a-z]|[A-Z][a-z]{3,}(?:[KMGT]i?B|MS|US|NS)$|[A-Z][a-z]{2,}P\d{2})/.test(word)) return [word]
  return word.split(/(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/)
}
