/** Makes hostile text safe to show: no control characters, no terminal sequences, nothing invisible. */

export interface Sanitizer {
  /** The clean part of what came so far. Only half a character is ever held back, and what may be inside an escape is dropped. */
  write(text: string): string
  /** What was held back; the sanitizer starts anew. */
  end(): string
}

/** Longest escape sequence that is swallowed, in UTF-16 code units: one that never ends must not hide the rest of the text. */
export const SEQUENCE_LIMIT = 4096

/** `csi` and `charset` last up to a final byte; `string` is OSC, DCS, SOS, PM or APC, up to its terminator. */
type Mode = 'text' | 'escape' | 'csi' | 'charset' | 'string'

/**
 * Everything that is not plainly shown: C0 but tab and newline, DEL, C1, soft hyphen, bidi controls, zero-width
 * characters, fillers, variation selectors (any text can be hidden in a row of them), interlinear marks; surrogates, because tags (U+E00xx) hide in pairs and halves can be joined by removal.
 */
const SUSPECT =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb]/g

/** What `JSON.stringify` leaves of those; it escapes C0 and half pairs itself. */
const HIDDEN_IN_JSON =
  /[\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb]|[\udb40-\udb43][\udc00-\udfff]/g

/**
 * Removes control characters except `\n` and `\t`, whole ANSI sequences with their payload (CSI, OSC, DCS, SOS, PM, APC, in
 * 7 and 8 bits), bidi controls, zero-width characters and tags. Half surrogate pairs become U+FFFD. Idempotent.
 */
export function sanitize(text: string): string {
  SUSPECT.lastIndex = 0
  if (!SUSPECT.test(text)) return text
  const sanitizer = sanitizeStream()
  return sanitizer.write(text) + sanitizer.end()
}

/** {@link sanitize} as one line, for names, cells and messages: line breaks and tabs become spaces. */
export function sanitizeLine(text: string): string {
  return sanitize(text).replace(/[\n\t\u2028\u2029]+/g, ' ')
}

/**
 * JSON text with what {@link sanitize} would remove written as `\\uXXXX` instead: the same data, safe on a terminal. Takes
 * what `JSON.stringify` gave, in which such characters only stand inside strings.
 */
export function escapeJson(json: string): string {
  return json.replace(HIDDEN_IN_JSON, (found) =>
    Array.from({ length: found.length }, (_, at) => `\\u${found.charCodeAt(at).toString(16).padStart(4, '0')}`).join(''),
  )
}

/** {@link sanitize} for text that arrives in pieces, wherever it is cut: a sequence may begin in one piece and end in another. */
export function sanitizeStream(): Sanitizer {
  let mode: Mode = 'text'
  let swallowed = 0
  let half = ''

  const enter = (next: Mode) => {
    mode = next
    swallowed = 0
  }

  /** Takes one code unit of a sequence; `false` gives it back to be read as text. */
  const swallow = (code: number): boolean => {
    swallowed += 1
    // A line's end ends every sequence: none in use carries one, so an unfinished one costs its line and not what follows.
    if (swallowed > SEQUENCE_LIMIT || code === 0x0a) {
      enter('text')
      return false
    }
    if (code === 0x1b) enter('escape')
    else if (isC1(code)) enter(modeAfterC1(code))
    else if (code === 0x18 || code === 0x1a) enter('text')
    else if (mode === 'string') {
      // BEL ends an OSC in every terminal; for the other strings, ending early only shows text that is clean anyway.
      if (code === 0x07) enter('text')
    } else if (code >= 0x80) {
      enter('text')
      return false
    } else if (mode === 'escape') afterEscape(code)
    else if (code >= (mode === 'csi' ? 0x40 : 0x30) && code < 0x7f) enter('text')
    return true
  }

  const afterEscape = (code: number) => {
    if (code === 0x5b) enter('csi')
    else if (isStringIntroducer(code)) enter('string')
    else if (code >= 0x20 && code < 0x30) enter('charset')
    else if (code >= 0x30 && code < 0x7f) enter('text')
  }

  const write = (piece: string): string => {
    const text = half + piece
    half = ''
    let out = ''
    let at = 0
    while (at < text.length) {
      if (mode !== 'text') {
        if (swallow(text.charCodeAt(at))) at += 1
        continue
      }
      SUSPECT.lastIndex = at
      const found = SUSPECT.exec(text)?.index ?? text.length
      out += text.slice(at, found)
      at = found
      if (at === text.length) break
      const code = text.charCodeAt(at)
      if (isHigh(code) && at + 1 === text.length) {
        half = text.slice(at)
        break
      }
      if (isHigh(code) && isLow(text.charCodeAt(at + 1))) {
        if (!isTag(code)) out += text.slice(at, at + 2)
        at += 2
        continue
      }
      if (isHigh(code) || isLow(code)) out += '\ufffd'
      else if (code === 0x1b) enter('escape')
      else if (isC1(code)) enter(modeAfterC1(code))
      at += 1
    }
    return out
  }

  return {
    write,
    end: () => {
      const rest = half === '' ? '' : '\ufffd'
      half = ''
      enter('text')
      return rest
    },
  }
}

function isC1(code: number): boolean {
  return code >= 0x80 && code <= 0x9f
}

function modeAfterC1(code: number): Mode {
  if (code === 0x9b) return 'csi'
  return isStringIntroducer(code - 0x40) ? 'string' : 'text'
}

/** The second byte of DCS `P`, SOS `X`, OSC `]`, PM `^`, APC `_`; their 8-bit forms are 0x40 higher. */
function isStringIntroducer(code: number): boolean {
  return code === 0x50 || code === 0x58 || (code >= 0x5d && code <= 0x5f)
}

function isHigh(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff
}

function isLow(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff
}

/** First half of U+E0000 to U+E0FFF: tags and variation selectors, which are never drawn and can carry hidden text. */
function isTag(high: number): boolean {
  return high >= 0xdb40 && high <= 0xdb43
}
