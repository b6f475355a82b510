/** Watches a model's text while it streams: another language than asked for, loops, figures without words, JSON that nobody asked for. */

import { isInLanguage, languageEvidence, languageName } from './language.js'

export interface TextWatch {
  /** What may be shown. While nothing speaks for the text it waits, a few words in English; once it is given up nothing more comes. */
  write(text: string): string
  end(): string
  /** Why it is given up, as the end of a sentence: `the model repeated itself`. */
  readonly verdict: string | undefined
  /** It would not end by itself. */
  readonly loops: boolean
}

/** The text that is looked at, in UTF-16 code units: what the model writes now counts, not how it began. */
const WINDOW = 400
/** Held back at most, of a text for which nothing speaks; less than {@link WINDOW}. */
const HELD = 160
/** Looked at again after so much more text. */
const EVERY = 24
/** So many words without one that is common in another language, and the text may be shown. */
const BEGINNING = 2
const LOOP_LENGTH = 48
const LONGEST_PERIOD = 80
const LEAST_REPEATS = 4
const SENTENCE_LEAST = 24
const SENTENCES_KEPT = 400
const SENTENCE_LIMIT = 1000
/** Not the point of a number. */
const SENTENCE_END = /[.!?](?=\s)|\n/g
/** Of the latest sentences, when that many were there, and how many of them had been said before. */
const LATEST = 12
const LATEST_LEAST = 6
const SAID_BEFORE = 0.7
const MANY_SLOTS = 8
const LINE_LIMIT = 1000
const SLOT = /\{\{[^{}\n]{0,64}\}\}/g
const JSON_MARKS = /\\?"\s*:\s*(?:\\?"|[[{\d]|true|false|null)/g
const MANY_MARKS = 4
const MANY_BARS = 6

/** `language`: in which the text is to be, `any` accepts all. */
export function watchText(language: string): TextWatch {
  let held = ''
  let trusted = false
  const isShown = (): boolean => trusted
  let recent = ''
  let unseen = 0
  let verdict: string | undefined
  let loops = false
  const sentences = sentenceCount()
  const balance = slotBalance()

  const look = (): string | undefined => {
    unseen = 0
    // Rows of a table are alike, and hold names of no language.
    const inTable = (recent.match(/\|/g)?.length ?? 0) >= MANY_BARS
    loops = sentences.loops || (!inTable && endsInLoop(recent))
    if (loops) return 'the model repeated itself'
    if (balance.unbalanced()) return 'the model wrote figures without words'
    if ((recent.match(JSON_MARKS)?.length ?? 0) >= MANY_MARKS) return 'the model wrote JSON where text was asked for'
    const evidence = languageEvidence(wordsOf(recent))
    const slots = recent.match(SLOT)?.length ?? 0
    const right = language === 'any' ? true : isInLanguage(evidence, language)
    const innocent = evidence.words + slots >= BEGINNING && evidence.common.size === 0
    if (right === false) return `the model wrote in another language than asked, ${languageName(evidence)} as it seems`
    // What begins like JSON holds English words, too.
    if ((right === true || innocent) && !/^\s*[[{](?!\{)/.test(held)) trusted = true
    return undefined
  }

  return {
    write(text) {
      if (verdict !== undefined) return ''
      recent = (recent + text).slice(-WINDOW)
      unseen += text.length
      sentences.write(text)
      balance.write(text)
      if (!isShown()) {
        held += text
        verdict = look()
        if (verdict !== undefined) return ''
        if (!isShown() && held.length < HELD) return ''
        trusted = true
        const first = held
        held = ''
        return first
      }
      if (unseen >= EVERY) verdict = look()
      // The piece in which it shows is still given: it may be a whole sentence that began well.
      return text
    },
    end() {
      verdict ??= look()
      const last = verdict === undefined ? held : ''
      held = ''
      return last
    },
    get verdict() {
      return verdict
    },
    get loops() {
      return loops
    },
  }
}

/** Without slots, code and marks: what is left is what the model says itself. */
function wordsOf(text: string): string {
  return text.replace(SLOT, ' ').replace(/`[^`\n]*`/g, ' ').replace(/^\|.*$/gm, ' ')
}

/** The same few words over and over, to the end. */
function endsInLoop(text: string): boolean {
  for (let period = 2; period <= LONGEST_PERIOD; period += 1) {
    const repeats = Math.max(LEAST_REPEATS, Math.ceil(LOOP_LENGTH / period))
    const length = period * repeats
    if (length > text.length) continue
    let same = true
    for (let at = text.length - length; same && at < text.length - period; at += 1) same = text.charCodeAt(at) === text.charCodeAt(at + period)
    // Rules of a table and rows of dashes repeat, too.
    if (same && /\p{L}/u.test(text.slice(-period))) return true
  }
  return false
}

/** Sees when little but sentences come that were there before, word for word. */
function sentenceCount() {
  const seen = new Set<string>()
  const latest: boolean[] = []
  let rest = ''
  let inRow = false
  let lineStart = true
  let loops = false
  const take = (sentence: string): void => {
    if (lineStart) inRow = sentence.startsWith('|')
    lineStart = sentence.endsWith('\n')
    const said = sentence.replace(/\s+/g, ' ').trim()
    if (said.length < SENTENCE_LEAST || inRow || seen.size >= SENTENCES_KEPT) return
    latest.push(seen.has(said))
    seen.add(said)
    if (latest.length > LATEST) latest.shift()
    const again = latest.filter((before) => before).length
    if (latest.length >= LATEST_LEAST && again >= SAID_BEFORE * latest.length) loops = true
  }
  return {
    write(text: string) {
      rest += text
      let at = 0
      for (const { index } of rest.matchAll(SENTENCE_END)) {
        take(rest.slice(at, index + 1))
        at = index + 1
      }
      rest = rest.slice(at).slice(-SENTENCE_LIMIT)
    },
    get loops() {
      return loops
    },
  }
}

/** Slots against words, line by line; tables are figures without words, and rightly so. */
function slotBalance() {
  let line = ''
  let slots = 0
  let words = 0
  const counts = () => (line.startsWith('|') ? [0, 0] : [line.match(SLOT)?.length ?? 0, line.replace(SLOT, ' ').match(/\p{L}{2,}/gu)?.length ?? 0])
  return {
    write(text: string) {
      for (const piece of text.split(/(?<=\n)/)) {
        line += piece
        if (!piece.endsWith('\n') && line.length <= LINE_LIMIT) continue
        const [more = 0, said = 0] = counts()
        slots += more
        words += said
        line = ''
      }
    },
    /** The line that is being written counts, too. */
    unbalanced(): boolean {
      const [more = 0, said = 0] = counts()
      return slots + more >= MANY_SLOTS && words + said < (slots + more) / 2
    },
  }
}
