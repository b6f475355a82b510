/** How much was read, and what went wrong while it was measured or read. */

import type { Fact } from './fact.js'
import { COUNTED } from './counted.js'
import { WEIGHT, type Draft } from './draft.js'
import { FILES_NAMED, type Evidence, type FileStory } from './evidence.js'
import { basisOf, type Basis } from './references.js'
import { clean, countWords, fileWords, listWords } from './wording.js'

const CODES_TOLD = 5
/** What the reader of tables says of a delta that is not the difference of the two values it stands beside. */
const DELTA = 'delta-mismatch'
const FORMAT_WORDS: Readonly<Record<string, string>> = { csv: 'CSV', json: 'JSON', ndjson: 'NDJSON', markdown: 'Markdown' }

export function inventory(evidence: Evidence): Draft[] {
  const files = evidence.files()
  const read = files.length + evidence.furtherFiles
  if (read === 0) return []
  const formats = new Map<string, number>()
  for (const { format } of files) if (format !== undefined) formats.set(format, (formats.get(format) ?? 0) + 1)
  const kinds = [...formats].sort((a, b) => b[1] - a[1]).map(([format, count]) => `${count} ${FORMAT_WORDS[format] ?? clean(format)}`)
  const all = { ...firstOf(files), recordCount: evidence.records }
  const withRecords = files.filter(({ records }) => records > 0).length
  return [
    counting('inventory', COUNTED.files, read, [], WEIGHT.inventory, {
      sentence: `${countWords(read, 'file was', 'files were')} read${kinds.length > 0 ? ` (${listWords(kinds)})` : ''}, of which ${withRecords} gave records.`,
      ...all,
    }),
    counting('inventory', COUNTED.records, evidence.records, [], WEIGHT.records, {
      ...all,
      sentence: `${countWords(evidence.records, 'metric record')} came out of them, copies of files not counted twice; ${evidence.failedRecords} of these belong to failed runs and are in no figure.`,
    }),
  ]
}

/** Only runs that left a number are seen. What a written report says of failures mostly repeats what the data files hold, so it is told apart. */
export function failures(evidence: Evidence): Draft[] {
  const failed = evidence.files().filter(({ runs }) => runs.failed > 0)
  const data = failed.filter(({ format }) => format !== 'markdown')
  const reports = failed.filter(({ format }) => format === 'markdown')
  const runs = total(data, (story) => story.runs.failed)
  const numbers = total(data, (story) => story.runs.failedRecords)
  const all = data.filter((story) => !story.runs.someWorked)
  const some = data.filter((story) => story.runs.someWorked)
  const drafts: Draft[] = []
  if (data.length > 0) {
    const sentence = `${countWords(runs, 'run')} in ${countWords(data.length, 'file')} failed; ${countWords(numbers, 'number')} from them ${numbers === 1 ? 'is' : 'are'} in no figure. A failed run that left no number is not counted.`
    drafts.push(counting('failures', COUNTED.failedRuns, runs, data, WEIGHT.failures, { sentence, ...failedOf(data) }))
  }
  if (reports.length > 0) {
    const rows = total(reports, (story) => story.runs.failed)
    const perhaps = data.length > 0 ? ', perhaps of the same ones' : ''
    const sentence = `${countWords(rows, 'row')} of ${countWords(reports.length, 'Markdown report')} ${rows === 1 ? 'tells' : 'tell'} of failed runs${perhaps}: ${names(reports)}.`
    drafts.push(counting('failures', COUNTED.failedRows, rows, reports, WEIGHT.failedFiles, { sentence, ...failedOf(reports) }))
  }
  if (all.length > 0) {
    const resting = all.filter(({ runs }) => runs.restsOnFailures).length
    const caution = resting === 0 ? '' : ` ${resting} of them ${resting === 1 ? 'holds' : 'hold'} totals or averages all the same, which rest on failed runs.`
    const sentence = `In ${countWords(all.length, 'file')} every run failed: ${names(all)}.${caution}`
    drafts.push(counting('failures', COUNTED.allFailed, all.length, all, WEIGHT.failedFiles, { sentence, ...failedOf(all) }))
  }
  if (some.length > 0) {
    const sentence = `In ${countWords(some.length, 'file')} some runs failed and others worked: ${names(some)}.`
    drafts.push(counting('failures', COUNTED.someFailed, some.length, some, WEIGHT.failedFiles, { sentence, ...failedOf(some) }))
  }
  return drafts
}

export function filesWithoutNumbers(evidence: Evidence): Draft[] {
  const empty = evidence.files().filter(({ records, verdict }) => records === 0 && verdict !== undefined && verdict !== 'rejected')
  const rejected = evidence.files().filter(({ verdict }) => verdict === 'rejected')
  const drafts: Draft[] = []
  if (empty.length > 0) {
    const sentence = `${countWords(empty.length, 'file')} could be read but ${empty.length === 1 ? 'holds' : 'hold'} no measured number: ${names(empty)}.`
    drafts.push(counting('no-numbers', COUNTED.empty, empty.length, empty, WEIGHT.missing, { sentence }))
  }
  if (rejected.length > 0) {
    const sentence = `${countWords(rejected.length, 'file')} could not be read as results: ${names(rejected)}.`
    drafts.push(counting('no-numbers', COUNTED.rejected, rejected.length, rejected, WEIGHT.missing, { sentence }))
  }
  return drafts
}

export function copies(evidence: Evidence): Draft[] {
  const copied = evidence.files().filter(({ copyOf }) => copyOf !== undefined)
  if (copied.length === 0) return []
  const pairs = copied.slice(0, FILES_NAMED).map(({ file, copyOf }) => `${fileWords(file)} is ${fileWords(copyOf ?? '')}`)
  const sentence = `${countWords(copied.length, 'file has', 'files have')} the very bytes of another and ${copied.length === 1 ? 'is' : 'are'} counted once: ${listWords(pairs, copied.length)}.`
  return [counting('copies', COUNTED.copies, copied.length, copied, WEIGHT.missing + 20, { sentence, ...firstOf(copied) })]
}

export function problems(evidence: Evidence): Draft[] {
  return evidence.problems().slice(0, CODES_TOLD).map(({ code, count, files }) => {
    const where = listWords(files.map((file) => fileWords(file)))
    if (code === DELTA) {
      const sentence = `${countWords(count, 'stated delta does', 'stated deltas do')} not match the values beside ${count === 1 ? 'it' : 'them'}, first in ${where}.`
      return { ...counting('disagreement', COUNTED.delta, count, [], WEIGHT.missing, { sentence }), files }
    }
    const sentence = `${countWords(count, 'problem')} of the kind ${clean(code)} ${count === 1 ? 'was' : 'were'} met while reading, first in ${where}.`
    return { ...counting('problems', `reading problems of the kind ${clean(code)}`, count, [], WEIGHT.problems, { sentence }), who: clean(code), files }
  })
}

/** A fact that counts something; its unit is 1. */
export function counting(kind: Fact['kind'], subject: string, value: number, stories: readonly FileStory[], weight: number, rest: { readonly sentence: string; readonly n?: number } & Partial<Basis>): Draft {
  return { kind, subject, stat: 'count', value, unit: '1', better: null, records: [], recordCount: 0, files: stories.slice(0, FILES_NAMED).map(({ file }) => file), weight, ...rest }
}

/** The first failed runs of each file. */
function failedOf(stories: readonly FileStory[]): Basis {
  return basisOf(stories.flatMap(({ runs }) => runs.firstFailed.slice(0, 2)), total(stories, ({ runs }) => runs.failedRecords))
}

/** The first record of each file. */
function firstOf(stories: readonly FileStory[]): Basis {
  return basisOf(stories.flatMap(({ first }) => first ?? []), total(stories, ({ records }) => records))
}

function names(stories: readonly FileStory[]): string {
  return listWords(stories.slice(0, FILES_NAMED).map(({ file }) => fileWords(file)), stories.length)
}

function total(stories: readonly FileStory[], of: (story: FileStory) => number): number {
  return stories.reduce((sum, story) => sum + of(story), 0)
}
