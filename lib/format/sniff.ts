/** Decides from the first text of a file what format it is in: every format it could be is scored. The name is only a hint. */

import type { FormatName } from '../source/artifact.js'
import { dialects, type Dialect } from './csv-dialect.js'
import { jsonCandidate } from './json-look.js'
import { looksLikeMarkdown, type MarkdownLook } from './markdown-look.js'
import { lookAtOpenMetrics } from './openmetrics-look.js'
import { lookAtText } from './text-look.js'

export interface Candidate {
  readonly format: FormatName
  /** 0 to 1. */
  readonly confidence: number
  readonly evidence: string
  readonly dialect?: Dialect
}

export type Sniffed =
  | Candidate
  | { readonly format: undefined; readonly code: 'empty-file' | 'git-lfs-pointer' | 'unknown-format'; readonly message: string }

/** Below this nothing is guessed. */
const ENOUGH = 0.6
/** Two that are closer to each other than this cannot be told apart. */
const MARGIN = 0.05

/** `text` is the beginning of the file, all of it when `complete`; `hint` what its name says. */
export function sniff(text: string, complete: boolean, hint?: FormatName): Sniffed {
  const body = text.trimStart()
  if (body === '') {
    return complete
      ? { format: undefined, code: 'empty-file', message: 'expected results, found an empty file: the run that should have written it may have failed' }
      : { format: undefined, code: 'unknown-format', message: 'expected CSV, JSON, NDJSON, Markdown, OpenMetrics or labelled text, found only blank space at the beginning' }
  }
  if (body.startsWith('version https://git-lfs.github.com/spec/')) {
    return {
      format: undefined,
      code: 'git-lfs-pointer',
      message: 'expected results, found a Git LFS pointer in their place: fetch the file itself with `git lfs pull`',
    }
  }
  const look = looksLikeMarkdown(text)
  const json = jsonCandidate(body, complete, hint, look)
  // Nothing else begins like a whole JSON value.
  if (json && json.confidence >= 0.9) return json
  const metrics = openMetricsCandidate(text, complete, hint)
  if (metrics) return metrics
  const candidates = [...(json ? [json] : []), ...csvCandidates(text, complete, hint, look), markdownCandidate(look, hint)].sort((a, b) => b.confidence - a.confidence)
  const [best, second] = candidates
  if (best && best.confidence >= ENOUGH && !(second && best.confidence - second.confidence < MARGIN && isOther(best, second))) return best
  // Tools print labels and numbers in many forms, so it is only looked for where nothing else fits.
  return textCandidate(text) ?? { format: undefined, code: 'unknown-format', message: rejection(text, candidates) }
}

/** A dialect with as good a claim makes another table of the same text. */
function isOther(a: Candidate, b: Candidate): boolean {
  return a.format !== b.format || a.dialect?.delimiter !== b.dialect?.delimiter
}

/** Types and samples, or nothing but samples with labels, which nothing else looks like; a name alone is not enough. */
function openMetricsCandidate(text: string, complete: boolean, hint: FormatName | undefined): Candidate | undefined {
  if (hint === 'markdown') return undefined
  const { types, samples, labelled, others } = lookAtOpenMetrics(text, complete)
  const evidence = `${types} lines say the type of a metric, ${samples} of ${samples + others} are samples`
  if (samples > others && (types > 0 || (labelled > 1 && labelled * 2 > samples + others))) return { format: 'openmetrics', confidence: types > 0 ? 1 : 0.95, evidence }
  return hint === 'openmetrics' && samples > others ? { format: 'openmetrics', confidence: 0.9, evidence: `named as OpenMetrics; ${evidence}` } : undefined
}

/** Some labels may stand in any log; many, or benchmarks of Go, make a report. */
function textCandidate(text: string): Candidate | undefined {
  const { measured, units, benchmarks, rows } = lookAtText(text)
  const evidence = benchmarks > 0 ? `${benchmarks} lines are benchmarks of Go` : `${measured} lines are a label and a number, ${units} of them with a unit`
  if (benchmarks > 0) return { format: 'text', confidence: 1, evidence }
  if (rows > 1 && (units === 0 || rows > measured)) return { format: 'text', confidence: rows > 4 ? 0.9 : 0.75, evidence: `${rows} rows of numbers stand in columns under titles` }
  if (units === 0 || (measured < 3 && units < 2)) return undefined
  return { format: 'text', confidence: measured >= 8 && units >= 3 ? 0.95 : 0.75, evidence }
}

function csvCandidates(text: string, complete: boolean, hint: FormatName | undefined, look: MarkdownLook): Candidate[] {
  // Named and written as Markdown: no dialect can be as likely, and trying them all takes longer than reading it.
  if (hint === 'markdown' && look.score > 0) return []
  const found = dialects(text, complete)
  const [best, second] = found
  if (!best) return []
  const confidence = csvScore(best, hint, look)
  const candidate = (dialect: Dialect, score: number): Candidate => ({ format: 'csv', confidence: Math.max(0, score), evidence: dialect.evidence, dialect })
  // How clearly the other one lost is what counts: lines with decimal commas agree with both.
  return [candidate(best, confidence), ...(second ? [candidate(second, Math.min(csvScore(second, hint, look), confidence - (best.score - second.score)))] : [])]
}

/** Commas are frequent in prose, code and logs too: without the name to say so, rows have to agree well, and hold numbers. */
function csvScore({ confidence, delimiter, rows, numeric, width }: Dialect, hint: FormatName | undefined, look: MarkdownLook): number {
  if (look.tables > 0 && (delimiter === '|' || confidence < 0.8)) return 0.2
  if (hint === 'csv') return rows > 0 && confidence >= 0.3 ? 0.6 + 0.4 * confidence : 0.3
  if (hint === 'markdown') return delimiter !== '|' && confidence > 0.95 && rows > 2 && look.score === 0 && numeric > 0 ? 0.97 : 0.2
  if (look.score > 0 || rows < 2) return 0.4 * confidence
  // Tables of nothing but text are wide, or parted by something that prose has not.
  const tabular = numeric > 0 || width > 4 || delimiter === '\t' ? 1 : 0.5
  return (confidence >= 0.85 ? confidence : confidence * 0.6) * tabular
}

function markdownCandidate(look: MarkdownLook, hint: FormatName | undefined): Candidate {
  // A name and a look that agree leave no doubt; it is a factor of what each record is worth.
  const seen = look.tables > 0 ? 0.95 : look.score > 1 ? 0.9 : look.score * 0.3
  const confidence = hint === 'markdown' ? (look.score > 0 ? 1 : 0.9) : seen
  return { format: 'markdown', confidence, evidence: look.evidence || (hint === 'markdown' ? 'named as Markdown' : 'nothing that marks Markdown') }
}

function rejection(text: string, candidates: readonly Candidate[]): string {
  const likely = candidates.filter(({ confidence }) => confidence > 0.05)
  const named = likely.map(({ format, confidence, dialect }) => `${format}${dialect ? ` with ${JSON.stringify(dialect.delimiter)}` : ''} ${confidence.toFixed(2)}`)
  const scores = named.length > 0 ? `; closest (1 is sure, ${ENOUGH} is needed): ${named.join(', ')}` : ''
  return `expected CSV, JSON, NDJSON, Markdown, OpenMetrics or labelled text, found text that begins ${JSON.stringify(text.trim().slice(0, 60))}${scores}: leave the file out, or say its format with --input-format`
}
