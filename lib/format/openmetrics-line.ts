/** One sample of Prometheus text or OpenMetrics: `name{label="x"} value time # exemplar`. */

export interface SampleLine {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  /** `NaN`, `Infinity` and `-Infinity` as the file has them. */
  readonly value: number
  /** As written, and the index at which it stands. */
  readonly valueText: string
  readonly valueAt: number
  readonly timestamp?: number
}

const NAME = /[A-Za-z_:][\w:.]*/y
const BLANK = /[ \t]*/y
const WORD = /[^\s#]+/y
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/

/** What was found instead, for people, when the line is no sample. */
export function readSample(text: string): SampleLine | string {
  let at = skip(text, 0)
  let name = take(NAME, text, at) ?? ''
  at = skip(text, at + name.length)
  const labels: Record<string, string> = {}
  if (text[at] === '{') {
    const read = readLabels(text, at + 1, labels)
    if (typeof read === 'string') return read
    // A name that is no plain word stands in quotes among the labels.
    if (read.name !== undefined && name === '') name = read.name
    at = skip(text, read.end)
  }
  if (name === '') return 'found no name'
  const valueAt = at
  const valueText = take(WORD, text, at) ?? ''
  const value = numberOf(valueText)
  if (value === undefined) return `found ${JSON.stringify(valueText.slice(0, 40))} where the value should stand`
  at = skip(text, at + valueText.length)
  const stamp = take(WORD, text, at)
  const timestamp = stamp === undefined ? undefined : numberOf(stamp)
  if (stamp !== undefined && timestamp === undefined) return `found ${JSON.stringify(stamp.slice(0, 40))} behind the value`
  return { name, labels, value, valueText, valueAt, ...(timestamp === undefined || !Number.isFinite(timestamp) ? {} : { timestamp }) }
}

function readLabels(text: string, from: number, labels: Record<string, string>): { end: number; name?: string } | string {
  let at = skip(text, from)
  let own: string | undefined
  while (text[at] !== '}') {
    const quoted = text[at] === '"' ? readQuoted(text, at) : undefined
    const name = quoted?.text ?? take(NAME, text, at)
    if (name === undefined) return at >= text.trimEnd().length ? 'found labels that do not end' : 'found no label where one should stand'
    at = skip(text, quoted?.end ?? at + name.length)
    if (text[at] === '=') {
      const value = readQuoted(text, skip(text, at + 1))
      if (!value) return 'found a label without a value in quotes'
      Object.defineProperty(labels, name, { value: value.text, enumerable: true, configurable: true, writable: true })
      at = skip(text, value.end)
    } else if (quoted && own === undefined) {
      own = name
    } else {
      return 'found a label without a value'
    }
    if (text[at] === ',') at = skip(text, at + 1)
    else if (text[at] !== '}') return 'found labels that do not end'
  }
  return { end: at + 1, ...(own === undefined ? {} : { name: own }) }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', '"': '"', '\\': '\\' }

/** From the opening quote on; `undefined` when there is none, or it never closes. */
function readQuoted(text: string, from: number): { readonly text: string; readonly end: number } | undefined {
  if (text[from] !== '"') return undefined
  let out = ''
  for (let at = from + 1; at < text.length; at += 1) {
    const char = text[at] ?? ''
    if (char === '"') return { text: out, end: at + 1 }
    if (char === '\\') {
      at += 1
      const next = text[at] ?? ''
      out += ESCAPES[next] ?? `\\${next}`
    } else {
      out += char
    }
  }
  return undefined
}

function numberOf(text: string): number | undefined {
  if (NUMBER.test(text)) return Number(text)
  const special = /^([+-]?)(?:inf|infinity)$/i.exec(text)
  if (special) return special[1] === '-' ? -Infinity : Infinity
  return /^nan$/i.test(text) ? NaN : undefined
}

function take(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}

function skip(text: string, at: number): number {
  BLANK.lastIndex = at
  return at + (BLANK.exec(text)?.[0].length ?? 0)
}
