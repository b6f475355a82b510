/** How the model's context is shared out: fixed texts, figures, answers. Estimates, and cautious ones: no tokenizer is asked. */

/** What Ollama takes when nothing is set. */
export const DEFAULT_CONTEXT_TOKENS = 4096
/** An English word with its space, and a slot every few words. */
export const TOKENS_PER_WORD = 2.3
/** The same as JSON, with keys, quotes and lists of ids. */
export const TOKENS_PER_JSON_WORD = 3
export const MOST_WORDS = 600
/** Roles and marks of a chat template, for each message. */
const TOKENS_PER_MESSAGE = 8
/** What remains after the fixed texts: half for the figures, if there are so many, the rest for the answers. */
const FACTS_SHARE = 0.5

/** The texts of both stages, as they are before anything is shared out. */
export interface FixedTexts {
  readonly system: string
  readonly analysisTask: string
  readonly reportTask: string
  /** A line each; the first few are sent whatever happens. */
  readonly leastFacts: readonly string[]
  /** Of all figures, or of as many as could fit. */
  readonly factTokens: number
  /** Of each answer. */
  readonly leastWords: number
  /** What stands around the figures. */
  readonly frame: string
  readonly tokensPerWord: number
}

export interface Share {
  /** Tokens for the lines of figures. */
  readonly facts: number
  /** Tokens for each answer. */
  readonly answer: number
  /** The words each answer is asked to have at most. */
  readonly words: number
  /** False: the smallest share is larger than the context. */
  readonly fits: boolean
}

/**
 * `carried`: the second request holds the first answer, so that both answers and both tasks must fit at once; else only the larger
 * task and one answer. `answerLimit`: tokens after which the server cuts an answer.
 */
export function shareOut(texts: FixedTexts, contextTokens: number, carried: boolean, answerLimit = Infinity): Share {
  const tasks = [texts.analysisTask, texts.reportTask].map(estimateTokens)
  const answers = carried ? 2 : 1
  const taskTokens = carried ? tasks.reduce((sum, one) => sum + one, 0) : Math.max(...tasks)
  const fixed = estimateTokens(texts.system) + taskTokens + estimateTokens(texts.frame) + (carried ? 4 : 2) * TOKENS_PER_MESSAGE
  const room = contextTokens - fixed
  const leastFacts = texts.leastFacts.reduce((sum, line) => sum + estimateTokens(line) + 1, 0)
  const leastAnswer = Math.ceil(texts.leastWords * texts.tokensPerWord)
  const most = Math.min(Math.ceil(MOST_WORDS * texts.tokensPerWord), Math.max(answerLimit, 1))
  const half = Math.min(texts.factTokens, Math.floor(room * FACTS_SHARE))
  const answer = Math.min(most, Math.max(leastAnswer, Math.floor((room - Math.max(half, leastFacts)) / answers)))
  const facts = Math.max(leastFacts, room - answers * answer)
  const words = Math.max(1, Math.floor(answer / texts.tokensPerWord / 10) * 10 || Math.floor(answer / texts.tokensPerWord))
  return { facts, answer, words, fits: leastFacts + answers * answer <= room }
}

/** Of a word. */
const LETTERS_PER_TOKEN = 7
const PIECE = /[A-Za-z]+|\d|\n|[^\sA-Za-z\d]/g

/**
 * Letters by seven, each digit, sign, line end and foreign letter by itself. English words come to about as many tokens as common
 * vocabularies make of them; digits and names of columns to a few more.
 */
export function estimateTokens(text: string): number {
  let tokens = 0
  for (const [piece] of text.matchAll(PIECE)) tokens += Math.ceil(piece.length / LETTERS_PER_TOKEN)
  return tokens
}

export function estimateMessages(messages: readonly { readonly content: string }[]): number {
  return messages.reduce((sum, { content }) => sum + estimateTokens(content) + TOKENS_PER_MESSAGE, 0)
}

/** The start of a text that is estimated at no more than so many tokens; ends at a line or a word, so that no slot is cut in two. */
export function startWithin(text: string, tokens: number): string {
  let used = 0
  for (const { 0: piece, index } of text.matchAll(PIECE)) {
    used += Math.ceil(piece.length / LETTERS_PER_TOKEN)
    if (used > tokens) return cutAt(text, index)
  }
  return text
}

function cutAt(text: string, limit: number): string {
  const start = text.slice(0, limit)
  const end = Math.max(start.lastIndexOf('\n'), start.lastIndexOf('. ') + 1, start.lastIndexOf(' '))
  return `${start.slice(0, end > 0 ? end : limit).trimEnd()} …`
}
