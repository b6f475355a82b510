/** Decides from the first text of a file what format it is in. The name is only a hint. */

import type { FormatName } from '../source/artifact.js'
import { sniffDialect, type Dialect } from './csv-dialect.js'
import { scanJson } from './json-scan.js'
import { looksLikeMarkdown, type MarkdownLook } from './markdown-look.js'

export type Sniffed =
  | { readonly format: FormatName; readonly evidence: string; readonly confidence: number; readonly dialect?: Dialect }
  | { readonly format: undefined; readonly code: 'empty-file' | 'git-lfs-pointer' | 'unknown-format'; readonly message: string }

/** `text` is the beginning of the file, all of it when `complete`; `hint` what its name says. */
export function sniff(text: string, complete: boolean, hint?: FormatName): Sniffed {
  const body = text.trimStart()
  if (body === '') {
    return complete
      ? { format: undefined, code: 'empty-file', message: 'expected results, found an empty file: the run that should have written it may have failed' }
      : { format: undefined, code: 'unknown-format', message: 'expected CSV, JSON, NDJSON or Markdown, found only blank space at the beginning' }
  }
  if (body.startsWith('version https://git-lfs.github.com/spec/')) {
    return {
      format: undefined,
      code: 'git-lfs-pointer',
      message: 'expected results, found a Git LFS pointer in their place: fetch the file itself with `git lfs pull`',
    }
  }
  return sniffJson(body, complete, hint) ?? sniffText(text, complete, hint)
}

function sniffJson(body: string, complete: boolean, hint: FormatName | undefined): Sniffed | undefined {
  const hinted = hint === 'json' || hint === 'ndjson'
  const first = body[0] ?? ''
  if (first === '{' ? !/^\{\s*(?:["}/]|$)/.test(body) && !hinted : first === '[' ? !opensArray(body) : !hinted) return undefined
  const scan = scanJson(body)
  if (!scan.found) {
    // Broken from its first character: still JSON when the name and the first bracket say so.
    if (!hinted || !/[[{]/.test(first)) return undefined
    return { format: hint, confidence: 0.5, evidence: `named as ${hint}, and begins with "${first}"` }
  }
  if (scan.error?.kind === 'broken' && !hinted && (scan.error.index < 20 || first === '[')) return undefined
  const rest = body.slice(scan.end)
  const next = rest.trimStart()
  if (first === '[' && !scan.error && next !== '' && !/^[[{,]/.test(next) && !hinted) return undefined
  if (scan.error) {
    const lines = body.split('\n')
    // A first line that is broken or cut, and others that are values of their own.
    const others = lines.slice(1, 20).filter((line) => /^[{[]/.test(line) && isWhole(line.trim())).length
    if (first === '{' && others > 1 && !lines[0]?.trim().endsWith('{')) return { format: 'ndjson', confidence: 0.9, evidence: `${others} of the first lines are JSON values` }
    if (hint === 'ndjson') return { format: 'ndjson', confidence: 0.9, evidence: 'named as NDJSON, and begins with a JSON value' }
    return { format: 'json', confidence: complete ? 0.8 : 0.95, evidence: complete ? 'begins like a JSON document, which then breaks off' : 'begins with a JSON value that goes on' }
  }
  if (/^[[{]/.test(next) || (next !== '' && hint === 'ndjson')) return { format: 'ndjson', confidence: 1, evidence: 'JSON values follow each other' }
  if (hint === 'ndjson') return { format: 'ndjson', confidence: 1, evidence: 'named as NDJSON, one JSON value' }
  return { format: 'json', confidence: 1, evidence: next === '' && complete ? 'one JSON value' : 'begins with a JSON value' }
}

/** `[` also begins Markdown links and log lines: what follows must be a JSON value. */
function opensArray(body: string): boolean {
  return /^\[\s*(?:[[{"\]/]|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\s*(?:[,\]]|$)|-?(?:true|false|null|NaN|Infinity)\s*[,\]]|$)/.test(body)
}

function isWhole(line: string): boolean {
  const scan = scanJson(line)
  return !scan.error && scan.end === line.length
}

function sniffText(text: string, complete: boolean, hint: FormatName | undefined): Sniffed {
  const look = looksLikeMarkdown(text)
  const dialect = sniffDialect(text, complete)
  const csv = (): Sniffed => ({ format: 'csv', confidence: dialect?.confidence ?? 0, evidence: dialect?.evidence ?? '', ...(dialect ? { dialect } : {}) })
  // A name and a look that agree leave no doubt; it is a factor of what each record is worth.
  const sure = hint === 'markdown' ? (look.score > 0 ? 1 : 0.9) : look.tables > 0 ? 0.95 : 0.9
  const markdown = (): Sniffed => ({ format: 'markdown', confidence: sure, evidence: look.evidence || 'named as Markdown' })
  const rows = dialect?.rows ?? 0
  if (hint === 'markdown') {
    return dialect && dialect.delimiter !== '|' && dialect.confidence > 0.95 && rows > 2 && look.score === 0 ? csv() : markdown()
  }
  if (look.tables > 0 && (dialect === undefined || dialect.delimiter === '|' || dialect.confidence < 0.8)) return markdown()
  if (dialect && dialect.confidence >= needed(hint, look, rows)) return csv()
  if (look.score > 1) return markdown()
  return {
    format: undefined,
    code: 'unknown-format',
    message: `expected CSV, JSON, NDJSON or Markdown, found text that begins ${JSON.stringify(text.trim().slice(0, 60))}: leave the file out, or say its format with --input-format`,
  }
}

/** Commas are frequent in prose too: without the name to say so, rows have to agree well. */
function needed(hint: FormatName | undefined, look: MarkdownLook, rows: number): number {
  if (hint === 'csv') return rows > 0 ? 0.3 : 2
  return look.score > 0 || rows < 2 ? 2 : 0.85
}
