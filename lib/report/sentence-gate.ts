/** Lets whole sentences through, and only those in which every figure is backed. */

import type { Judged } from './judging.js'
import { endsSentence, SENTENCE_LIMIT } from './sentence-end.js'

export interface SentenceGate {
  write(tokens: readonly Judged[]): string
  end(): string
}

/** `onDrop` is called for each sentence that is held back for good. */
export function startSentenceGate(onDrop: () => void): SentenceGate {
  let sentence = ''
  let bad = false
  /** The mark of a list item or a table row's start waits for the first sentence that is let through. */
  let prefix = ''
  let newlines = ''
  let lineHasText = false

  const flush = (): string => {
    const text = sentence
    const drop = bad
    sentence = ''
    bad = false
    if (drop) {
      onDrop()
      prefix = withoutClosed(prefix, text)
      return ''
    }
    if (text.trim() === '') return ''
    // Behind a sentence that was dropped, the space that parted them is not wanted.
    const out = prefix + (lineHasText ? text : text.trimStart())
    lineHasText = true
    prefix = ''
    return out
  }

  const take = (token: Judged): string => {
    if (token.kind === 'newline') {
      newlines += '\n'
      return ''
    }
    let out = ''
    if (newlines !== '') {
      const block = newlines.length > 1 || token.kind === 'prefix' || token.out.startsWith('|')
      if (block) {
        out += flush()
        // A block of which nothing is left leaves no line behind.
        if (lineHasText || newlines.length > 1) out += newlines
        prefix = ''
        lineHasText = false
      } else sentence += '\n'
      newlines = ''
    }
    if (token.kind === 'prefix') {
      prefix += token.out
      return out
    }
    if (token.kind === 'space' && endsSentence(sentence)) out += flush()
    sentence += token.out
    bad ||= token.unverified === true
    if (sentence.length > SENTENCE_LIMIT) out += flush()
    return out
  }

  return {
    write: (tokens) => tokens.map(take).join(''),
    end: () => {
      const out = flush() + (lineHasText ? newlines : '')
      newlines = ''
      prefix = ''
      lineHasText = false
      return out
    },
  }
}

/** `- **` and a dropped `wrong.**`: what was opened in front of a sentence, and closed in it, goes with it. */
function withoutClosed(prefix: string, dropped: string): string {
  const opened = EMPHASIS.exec(prefix)?.[0]
  return opened !== undefined && dropped.includes(opened) ? prefix.slice(0, -opened.length) : prefix
}

const EMPHASIS = /(?:\*{1,3}|_{1,3})$/
