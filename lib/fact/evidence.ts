/** Everything facts are drawn from, gathered in one pass over the items: statistics, and what became of every file. */

import type { Item } from '../record/item.js'
import type { FileReport, MetricRecord } from '../record/metric-record.js'
import type { Problem } from '../stage/index.js'
import { Accumulator } from '../summary/accumulator.js'
import { Copies } from '../summary/copies.js'
import type { SummaryRow } from '../summary/summary-row.js'
import { RunTally } from './run-tally.js'

/** What became of one file. */
export interface FileStory {
  readonly file: string
  format: string | undefined
  verdict: FileReport['verdict'] | undefined
  records: number
  readonly runs: RunTally
  /** The file whose very bytes these are. */
  copyOf: string | undefined
}

export interface ProblemStory {
  readonly code: string
  count: number
  /** The first few files that had it. */
  readonly files: string[]
}

/** Records of copied files are left out of all figures: the same run must not count twice. */
export class Evidence {
  /** Beyond {@link FILES_TOLD_APART} files, further ones are only counted. */
  furtherFiles = 0
  records = 0
  failedRecords = 0
  readonly #subjects = new Accumulator({ by: 'subject' })
  readonly #configurations = new Accumulator({ by: 'configuration' })
  readonly #copies = new Copies()
  readonly #files = new Map<string, FileStory>()
  readonly #problems = new Map<string, ProblemStory>()

  add(item: Item): void {
    if (item.type === undefined) this.#addRecord(item)
    else if (item.type === 'file') this.#addReport(item)
    else this.#addProblem(item)
  }

  /** Statistics per metric, unit and what was measured. */
  subjects(): SummaryRow[] {
    return this.#subjects.rows()
  }

  /** The same per configuration: subject and all settings. */
  configurations(): SummaryRow[] {
    return this.#configurations.rows()
  }

  files(): readonly FileStory[] {
    return [...this.#files.values()]
  }

  /** Most frequent first. */
  problems(): readonly ProblemStory[] {
    for (const one of this.#subjects.problems()) if (!this.#problems.has(one.code)) this.#addProblem(one)
    return [...this.#problems.values()].sort((a, b) => b.count - a.count)
  }

  #addRecord(record: MetricRecord): void {
    const story = this.#story(record.source.file)
    const original = this.#copies.originalOf(record)
    if (story) {
      story.format ??= record.source.format
      story.copyOf ??= original
      story.records += 1
    }
    if (original !== undefined) return
    this.records += 1
    this.#subjects.add(record)
    this.#configurations.add(record)
    if (record.status === 'error') this.failedRecords += 1
    story?.runs.add(record)
  }

  #addReport(report: FileReport): void {
    const story = this.#story(report.file)
    if (!story) {
      this.furtherFiles += 1
      return
    }
    story.format = report.format
    story.verdict = report.verdict
    story.records = report.records
    if (report.hash !== undefined) story.copyOf ??= this.#copies.original(report.hash, report.file)
  }

  #addProblem(problem: Problem): void {
    const known = this.#problems.get(problem.code)
    const story = known ?? { code: problem.code, count: 0, files: [] }
    if (!known && this.#problems.size < CODES_TOLD_APART) this.#problems.set(problem.code, story)
    story.count += 1
    if (story.files.length < FILES_NAMED && !story.files.includes(problem.file)) story.files.push(problem.file)
  }

  #story(file: string): FileStory | undefined {
    const known = this.#files.get(file)
    if (known) return known
    if (this.#files.size >= FILES_TOLD_APART) return undefined
    const story = { file, format: undefined, verdict: undefined, records: 0, runs: new RunTally(), copyOf: undefined }
    this.#files.set(file, story)
    return story
  }
}

/** Files named in one fact. */
export const FILES_NAMED = 5
const FILES_TOLD_APART = 20_000
const CODES_TOLD_APART = 200
