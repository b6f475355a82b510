/**
 * Reads a model's text piece by piece, wherever it is cut: fills slots, finds claims, disarms markup. What it says about a
 * piece depends on the text alone; where more text could change the answer it waits, for at most a few dozen characters.
 */

import type { Fact } from '../fact/fact.js'
import type { FigureIndex } from './figure-index.js'
import { plain, valueOf } from './inline.js'
import { readLineStart } from './lines.js'
import { readName } from './exempt.js'
import { readSlotOf, slotId } from './slot.js'
import type { Token } from './token.js'
import { isPairStart, readTyped, WORD, WORD_LIMIT } from './typed-claim.js'
import { COUNT, MULTIPLE, readUnit, type TypedUnit } from './unit-words.js'

export interface ScannerOptions {
  figures: FigureIndex
  /** False leaves typed numbers alone (`off`); slots are filled all the same. */
  check: boolean
  /** Shows a figure of this id; default the text alone. */
  cite?: (id: string, text: string) => string
  /** Starts within a line, behind this text of it. */
  before?: string
}

export interface Scanner {
  write(text: string): Token[]
  end(): Token[]
}

/** Longest slot, code span or address that is waited for. */
const SLOT_LIMIT = 64
const CODE_LIMIT = 200
const URL_LIMIT = 2000
/** How much of the line so far is kept, to see what a number belongs to. */
const BEFORE_KEPT = 80

const SLOT = /^(?:\{\{\s*([^{}\n]*?)\s*\}\}|\{\s*([fF]\d+(?:\.\w+)?)\s*\})/
const URL = /^(?:(?:https?|ftp|file):\/\/|(?:data|javascript|vbscript|mailto):(?=\S)|www\.(?=\S))[^\s)>\]"'|<`]*/i
const URL_START = /^(?:(?:https?|ftp|file)(?::\/?)?|(?:data|javascript|vbscript|mailto):|www\.)$/i
const PLAIN_RUN = /^[^\p{L}\p{N}_\s{}`<[\]\\]+/u
/** What a line or a code span must not have in order to be shown as code. */
const ACTIVE_IN_CODE = /[{}<>|[\]]/
const SPACE = /^[^\S\n]+/
const ENTITY_LIMIT = 36
const ENTITY = /^&#?[\p{L}\p{N}]{1,32};/u
const LINK = '(link removed)'

/** `undefined`: wait for more. */
type Reading = { readonly length: number; readonly tokens: readonly Token[] } | undefined

export function startScanner(options: ScannerOptions): Scanner {
  const { figures, check } = options
  let rest = ''
  let before = options.before ?? ''
  let lineStart = options.before === undefined
  /** The figure that a slot has just shown: a unit typed behind it is said twice. */
  let shown: Fact | undefined

  /** Behind these signs a link would be an image, or no link. */
  const cited = (id: string, text: string): string => (!options.cite || /[!\\]$/.test(before) ? text : options.cite(id, text))

  const scan = (ended: boolean): Token[] => {
    const tokens: Token[] = []
    while (rest !== '') {
      const reading = read(rest, ended)
      if (!reading) break
      tokens.push(...reading.tokens)
      before = advance(before, rest.slice(0, reading.length))
      rest = rest.slice(reading.length)
    }
    return tokens
  }

  const read = (text: string, ended: boolean): Reading => {
    const first = text.charAt(0)
    if (first === '\n') {
      lineStart = true
      shown = undefined
      return { length: 1, tokens: [{ kind: 'newline', out: '\n' }] }
    }
    const space = SPACE.exec(text)?.[0]
    if (lineStart) {
      if (space !== undefined) return { length: space.length, tokens: [{ kind: 'prefix', out: space }] }
      return readStart(text, ended)
    }
    if (shown) {
      const reading = readSaidTwice(text, ended, shown)
      if (reading !== 'none') return reading
    }
    if (space !== undefined) return { length: space.length, tokens: [{ kind: 'space', out: space }] }
    if (first === '{') return readSlot(text, ended)
    if (first === '`') return readCode(text, ended)
    if (first === '<') return { length: 1, tokens: [{ kind: 'text', out: '&lt;', said: '<' }] }
    if (first === '[' || first === ']' || first === '}') return { length: 1, tokens: [{ kind: 'text', out: `\\${first}`, said: first }] }
    if (first === '&') return readEntity(text, ended)
    if (first === '\\') return readBackslash(text, ended)
    if (/[\p{L}\p{N}_]/u.test(first) || isPairStart(text)) return readWordLike(text, ended)
    const run = PLAIN_RUN.exec(text)?.[0] ?? first
    return { length: run.length, tokens: [{ kind: 'text', out: run }] }
  }

  const readStart = (text: string, ended: boolean): Reading => {
    const start = readLineStart(text, ended)
    if (start === 'more') return undefined
    if (start.kind === 'drop') return { length: start.length, tokens: [] }
    lineStart = false
    const mark = text.slice(0, start.length)
    return { length: start.length, tokens: mark === '' ? [] : [{ kind: 'prefix', out: mark }] }
  }

  /** Before a sign that gets a backslash of ours, the model's own would undo it. */
  const readBackslash = (text: string, ended: boolean): Reading => {
    if (text.length === 1) return ended ? { length: 1, tokens: [] } : undefined
    const next = text.charAt(1)
    if (next === '\\') return { length: 2, tokens: [{ kind: 'text', out: '\\\\' }] }
    return { length: 1, tokens: /[[\]{}<`]/.test(next) ? [] : [{ kind: 'text', out: '\\' }] }
  }

  /** `&#52;2 ms` would be read as `42 ms`, and `&rlm;` turns text around. */
  const readEntity = (text: string, ended: boolean): Reading => {
    if (!ended && text.length < ENTITY_LIMIT && /^&#?[\p{L}\p{N}]*$/u.test(text)) return undefined
    return { length: 1, tokens: [{ kind: 'text', out: ENTITY.test(text.slice(0, ENTITY_LIMIT)) ? '&amp;' : '&', said: '&' }] }
  }

  const readSlot = (text: string, ended: boolean): Reading => {
    const found = SLOT.exec(text.slice(0, SLOT_LIMIT + 1))
    if (found) return slot(found[1] ?? found[2] ?? '', found[0].length)
    const window = text.slice(0, SLOT_LIMIT)
    const open = !ended && text.length < SLOT_LIMIT && /^\{\{?[^{}\n]*\}?$/.test(window)
    if (open) return undefined
    return { length: 1, tokens: [{ kind: 'text', out: '\\{', said: '{' }] }
  }

  const slot = (name: string, length: number): Reading => {
    const fact = figures.get(slotId(name) ?? '')
    const reading = fact && readSlotOf(fact, name)
    if (!fact || !reading) {
      const out = `[unknown figure ${plain(name) || 'without a name'}]`
      return { length, tokens: [{ kind: 'text', out, fault: { reason: 'id', text: name } }] }
    }
    if (reading.quantity) shown = fact
    return { length, tokens: [{ kind: 'text', out: cited(fact.id, reading.text), said: reading.said, slot: { fact, part: reading.part } }] }
  }

  /** `{{F3.value}} ms`: the unit stands there already. Another unit than the figure's contradicts it. */
  const readSaidTwice = (text: string, ended: boolean, fact: Fact): Reading | 'none' => {
    const unit = readUnit(text, ended)
    if (unit === 'more') return undefined
    shown = undefined
    // A ratio is shown without `times`.
    if (unit === 'none' || unit.typed.unit === COUNT || unit.typed.unit === MULTIPLE) return 'none'
    const typed = text.slice(0, unit.length)
    if (isUnitOf(unit.typed, fact)) return { length: unit.length, tokens: [] }
    if (!check || fact.unit === '' || fact.unit === '1') return 'none'
    return { length: unit.length, tokens: [{ kind: 'text', out: `${typed} [unverified unit]`, said: typed, fault: { reason: 'unit', text: `${valueOf(fact)}${typed}` } }] }
  }

  const readCode = (text: string, ended: boolean): Reading => {
    const ticks = /^`+/.exec(text)?.[0].length ?? 1
    if (ticks === text.length && !ended && ticks < CODE_LIMIT) return undefined
    if (ticks > 1) return { length: ticks, tokens: [] }
    const window = text.slice(1, CODE_LIMIT)
    const end = window.search(/[`\n]/)
    if (end === -1 && !ended && text.length < CODE_LIMIT) return undefined
    if (end === -1 || window.charAt(end) === '\n') return { length: 1, tokens: [{ kind: 'text', out: '\\`' }] }
    const content = window.slice(0, end)
    const length = end + 2
    const only = SLOT.exec(content)
    if (only && only[0].length === content.length) return slot(only[1] ?? only[2] ?? '', length)
    return { length, tokens: codeTokens(content) }
  }

  /** Code that is more than a name is shown as plain text: slots in it are filled, and its numbers are checked like any others. */
  const codeTokens = (content: string): readonly Token[] => {
    if (isCodeName(content)) return [{ kind: 'text', out: `\`${content}\`` }]
    const inner = startScanner({ ...options, before })
    return [...inner.write(content), ...inner.end()]
  }

  const isCodeName = (content: string): boolean => {
    if (ACTIVE_IN_CODE.test(content) || content.trim() === '') return false
    if (!check || !/\p{N}/u.test(content)) return true
    const name = readName(content, true, figures)
    return typeof name === 'number' && name === content.length
  }

  const readWordLike = (text: string, ended: boolean): Reading => {
    const url = URL.exec(text.slice(0, URL_LIMIT))?.[0]
    if (url !== undefined) {
      if (url.length === text.length && !ended) return undefined
      return { length: url.length, tokens: [{ kind: 'text', out: LINK }] }
    }
    if (!ended && URL_START.test(text)) return undefined
    const word = WORD.exec(text.slice(0, WORD_LIMIT))?.[0]
    if (word !== undefined && !ended && text.length < WORD_LIMIT && /^[.:/@+-]?$/.test(text.slice(word.length))) return undefined
    if (!check) return asIs(word ?? /^[\p{N}\p{L}_]+/u.exec(text)?.[0] ?? text.slice(0, 2))
    const typed = readTyped(text, ended, before, figures)
    if (!typed) return undefined
    const { length, claim } = typed
    const said = text.slice(0, length)
    return { length, tokens: [{ kind: 'text', out: disarm(said), said, ...(claim ? { claim } : {}) }] }
  }

  return {
    write(text) {
      rest += text
      return scan(false)
    },
    end() {
      const tokens = scan(true)
      before = ''
      lineStart = true
      shown = undefined
      return tokens
    },
  }
}

function asIs(text: string): NonNullable<Reading> {
  return { length: text.length, tokens: [{ kind: 'text', out: disarm(text), said: text }] }
}

function isUnitOf(unit: TypedUnit, fact: Fact): boolean {
  return unit.unit === fact.unit && !(fact.unit === '1' && fact.kind === 'ratio')
}

/** Names from the data may hold anything; inside a word these signs are all that could start something. */
function disarm(text: string): string {
  return text.replace(/[[\]`]/g, (sign) => `\\${sign}`).replaceAll('<', '&lt;')
}

function advance(before: string, read: string): string {
  const line = before + read
  return line.slice(line.lastIndexOf('\n') + 1).slice(-BEFORE_KEPT)
}
