/** Whether a count in a text counts what a count of the facts counts: the noun, and what tells one kind of it from another. */

/** What makes other things of the same noun. */
const KINDS: readonly RegExp[] = [
  /fail/,
  /reject|could not be read|unreadable/,
  /cop(?:y|ies|ied)\b|duplicat|very bytes|same bytes|identical/,
  /\bjson\b/,
  /\bcsv\b/,
  /markdown/,
  /ndjson/,
  /\bunits?\b/,
  /\bonce\b|repeat|single/,
  /miss|lack|without|\bno (?:measured )?numbers?|hold no|empty/,
  /left out|further|omitted/,
]
/** They may stand for one another. */
const SAME: readonly (readonly string[])[] = [
  ['run', 'sample', 'measurement', 'value', 'repetition', 'answer', 'ejecucion', 'läuf'],
  ['file', 'datei', 'archivo'],
  ['model', 'modelo'],
  ['configuration', 'config'],
  ['subject', 'model', 'backend', 'configuration', 'variant'],
  ['report', 'file'],
]
const WORD = /\p{L}+/gu
/** How far behind a number its noun may stand. */
const NOUN_WITHIN = 4

/** `counted` are the words of a fact's count; `told` when they are only what stands around a number in a sentence. */
export function countsTheSame(typed: string, after: string, before: string, counted: string, told: boolean): boolean {
  const nouns = [...wordsOf(typed), ...wordsOf(after).slice(0, NOUN_WITHIN)].map(stem)
  const words = new Set(wordsOf(counted).map(stem))
  const noun = nouns.find((one) => isNoun(one))
  if (noun === undefined ? !wordsOf(before).map(stem).some((one) => isNoun(one) && meets(one, words)) : !meets(noun, words)) return false
  // What stands before a comma belongs to the count before.
  const around = `${before.split(/,|\band\b/).at(-1) ?? ''} ${typed} ${after}`.toLowerCase()
  return KINDS.every((kind) => (kind.test(around) ? kind.test(counted) : told || !kind.test(counted)))
}

/** For the total behind a count: only what is counted matters. */
export function countsSuch(typed: string, after: string, counted: string): boolean {
  const words = new Set(wordsOf(counted).map(stem))
  const noun = [...wordsOf(typed), ...wordsOf(after).slice(0, NOUN_WITHIN)].map(stem).find((one) => isNoun(one))
  return noun !== undefined && meets(noun, words)
}

const NOUNS = new Set(
  'file record run sample measurement value model configuration config metric problem error row copy failure pair subject setting backend report test kind layout variant fact figure number unit repetition answer json csv markdown ndjson datei archivo modelo läuf ejecucion'.split(' '),
)

export function namesNoun(text: string): boolean {
  return wordsOf(text).map(stem).some(isNoun)
}

function isNoun(word: string): boolean {
  return NOUNS.has(word)
}

function meets(noun: string, words: ReadonlySet<string>): boolean {
  return words.has(noun) || SAME.some((group) => group.includes(noun) && group.some((other) => words.has(other)))
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(WORD) ?? []
}

function stem(word: string): string {
  return word === 'copies' || word === 'copied' ? 'copy' : word.replace(/(?:en|e?s|n)$/, (end) => (end === 's' ? '' : NOUNS.has(word.slice(0, -end.length)) ? '' : end.endsWith('s') ? end.slice(0, -1) : end))
}
