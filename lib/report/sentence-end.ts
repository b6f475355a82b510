/** Where a sentence of a model's Markdown ends. */

/** A sentence that does not end is judged by this many characters at a time. */
export const SENTENCE_LIMIT = 2000

const ABBREVIATION = /\b(?:e\.g|i\.e|vs|cf|approx|ca|no|fig|z\.B|bzw)\.$/i
const SENTENCE_END = /[.!?][*_"')\]]*$/

/** `said` is the sentence so far; a space comes next. */
export function endsSentence(said: string): boolean {
  return SENTENCE_END.test(said) && !ABBREVIATION.test(said)
}
