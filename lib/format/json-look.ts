/** How much a text looks like JSON: a document, values that follow each other, or values among lines of something else. */

import type { FormatName } from '../source/artifact.js'
import { scanJson } from './json-scan.js'
import type { MarkdownLook } from './markdown-look.js'
import { valueStart } from './ndjson.js'
import type { Candidate } from './sniff.js'

const LINES = 500

/** `body` begins at the first character that is no space; `complete`: it is the whole file. */
export function jsonCandidate(body: string, complete: boolean, hint: FormatName | undefined, look: MarkdownLook): Candidate | undefined {
  return fromStart(body, complete, hint) ?? amongLines(body, hint, look)
}

function fromStart(body: string, complete: boolean, hint: FormatName | undefined): Candidate | undefined {
  const hinted = hint === 'json' || hint === 'ndjson'
  const first = body[0] ?? ''
  if (first === '{' ? !/^\{\s*(?:["}/]|$)/.test(body) && !hinted : first === '[' ? !opensArray(body) : !hinted) return undefined
  // Most files are whole and right, and nothing sees that as fast.
  if (complete && /[[{]/.test(first) && isJson(body)) return { format: hint === 'ndjson' ? hint : 'json', confidence: 1, evidence: hint === 'ndjson' ? NAMED_ONE : 'one JSON value' }
  const scan = scanJson(body)
  if (!scan.found) {
    // Broken from its first character: still JSON when the name and the first bracket say so.
    if (!hinted || !/[[{]/.test(first)) return undefined
    return { format: hint, confidence: 0.65, evidence: `named as ${hint}, and begins with "${first}"` }
  }
  if (typeof scan.found.value !== 'object' && /^\s*[^\s,]/.test(body.slice(scan.end, scan.end + 1000))) return undefined
  if (scan.error?.kind === 'broken' && !hinted && (scan.error.index < 20 || first === '[')) return undefined
  const rest = body.slice(scan.end)
  const next = rest.trimStart()
  if (first === '[' && !scan.error && next !== '' && !/^[[{,]/.test(next) && !hinted && !holdsObjects(scan.found.value)) return undefined
  if (scan.error) {
    const lines = body.split('\n', 20)
    // A first line that is broken or cut, and others that are values of their own.
    const others = lines.slice(1).filter((line) => /^[{[]/.test(line) && isWhole(line.trim())).length
    if (first === '{' && others > 1 && !lines[0]?.trim().endsWith('{')) return { format: 'ndjson', confidence: 0.9, evidence: `${others} of the first lines are JSON values` }
    if (hint === 'ndjson') return { format: 'ndjson', confidence: 0.9, evidence: 'named as NDJSON, and begins with a JSON value' }
    return complete
      ? { format: 'json', confidence: 0.9, evidence: 'begins like a JSON document, which then breaks off' }
      : { format: 'json', confidence: 0.95, evidence: 'begins with a JSON value that goes on' }
  }
  if (/^[[{]/.test(next) || (next !== '' && hint === 'ndjson') || (next !== '' && first === '{' && /\n[ \t]*\{"/.test(next))) return { format: 'ndjson', confidence: 1, evidence: 'JSON values follow each other' }
  if (hint === 'ndjson') return { format: 'ndjson', confidence: 1, evidence: NAMED_ONE }
  return { format: 'json', confidence: 1, evidence: next === '' && complete ? 'one JSON value' : 'begins with a JSON value' }
}

const NAMED_ONE = 'named as NDJSON, one JSON value'

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** Log lines before, between or in front of JSON values. In Markdown JSON is an example. */
function amongLines(body: string, hint: FormatName | undefined, look: MarkdownLook): Candidate | undefined {
  if (hint === 'markdown' || hint === 'csv' || look.score > 0) return undefined
  const lines = body.split('\n', LINES).filter((line) => line.trim() !== '')
  let whole = 0
  let opened = 0
  for (const line of lines) {
    const at = valueStart(line)
    if (at === undefined) continue
    const scan = scanJson(line, at)
    if (!scan.found || typeof scan.found.value !== 'object') continue
    if (!scan.error && isFilled(scan.found.value) && /^\s*,?\s*$/.test(line.slice(scan.end))) whole += 1
    // The first line of a value over many lines holds nothing but its bracket, or a key.
    else if (scan.error?.kind === 'truncated' && /[{[,]\s*$/.test(line)) opened += 1
  }
  if (whole === 0 && opened === 0) return undefined
  const rest = opened > 0 ? valueFrom(body) : undefined
  if (whole === 0 && rest === undefined) return undefined
  const share = Math.max(whole / Math.max(1, lines.length), rest ?? 0)
  const hinted = hint === 'json' || hint === 'ndjson'
  const confidence = hinted ? 0.9 : 0.5 + Math.min(0.4, share)
  const what = whole / lines.length >= (rest ?? 0) ? `${whole} of ${lines.length} lines hold a JSON value` : 'a JSON value begins behind lines of something else'
  return { format: 'ndjson', confidence, evidence: `${what}; the other lines are left out` }
}

/** Share of the text that a value over many lines takes; `undefined` when the text has none. */
function valueFrom(body: string): number | undefined {
  for (const match of body.matchAll(/(?:^|\n|[\s:=])(?=[{[][ \t]*\r?\n)/g)) {
    const at = match.index + match[0].length
    const scan = scanJson(body, at)
    if (scan.found && isFilled(scan.found.value) && (!scan.error || scan.error.kind === 'truncated')) return (scan.end - at) / body.length
    if (match.index > 20_000) return undefined
  }
  return undefined
}

/** `[` also begins Markdown links and log lines: what follows must be a JSON value. */
function opensArray(body: string): boolean {
  return /^\[\s*(?:[[{"\]/]|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\s*(?:[,\]]|$)|-?(?:true|false|null|NaN|Infinity)\s*[,\]]|$)/.test(body)
}

function isWhole(line: string): boolean {
  const scan = scanJson(line)
  return !scan.error && scan.end === line.length
}

function isFilled(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0
}

function holdsObjects(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'object' && item !== null)
}
