/** Everything facts are drawn from, gathered in one pass over the items: statistics, and what became of every file. */

import type { Item } from '../record/item.js'
import type { FileReport, MetricRecord } from '../record/metric-record.js'
import type { Problem } from '../stage/index.js'
import { Accumulator } from '../summary/accumulator.js'
import { Copies } from '../summary/copies.js'
import { grouping, type Group } from '../summary/grouping.js'
import type { RecordRef, SummaryRow } from '../summary/summary-row.js'
import { BOUND_TO_WORK, NOT_TELLING, tellingRank } from './draft.js'
import { FileFigures, type ConfigurationFigures } from './file-figures.js'
import { referenceTo } from './references.js'
import { RunTally } from './run-tally.js'
import { SeriesStore, type SubjectSeries } from './series.js'
import { Times } from './times.js'

/** What became of one file. */
export interface FileStory {
  readonly file: string
  format: string | undefined
  layout: string | undefined
  verdict: FileReport['verdict'] | undefined
  records: number
  readonly runs: RunTally
  /** The file whose very bytes these are. */
  copyOf: string | undefined
  /** Its first record. */
  first: RecordRef | undefined
  /** The telling metrics it has numbers of, failed runs included. */
  readonly metrics: Set<string>
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
  /** When the files say that it was measured. */
  readonly times = new Times()
  readonly #subjects = new Accumulator({ by: 'subject' })
  readonly #configurations = new Accumulator({ by: 'configuration' })
  readonly #subjectOf = keyed(grouping('subject'))
  readonly #configurationOf = keyed(grouping('configuration'))
  readonly #series = new SeriesStore()
  readonly #fileFigures = new FileFigures()
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

  /** Samples of the telling metrics, file by file in their order. */
  series(): SubjectSeries[] {
    return this.#series.read()
  }

  /** Configurations that several files measured. */
  sharedConfigurations(): ConfigurationFigures[] {
    return this.#fileFigures.shared()
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
      story.layout ??= record.source.layout
      story.first ??= referenceTo(record)
      if (tellingRank(record.metric) < NOT_TELLING) story.metrics.add(record.metric)
      story.copyOf ??= original
      story.records += 1
    }
    if (original !== undefined) return
    this.records += 1
    const subject = this.#subjectOf(record)
    const configuration = this.#configurationOf(record)
    this.#subjects.add(record, subject.group)
    this.#configurations.add(record, configuration.group)
    this.times.add(record)
    if (isWatched(record)) {
      if (record.stat === 'value') this.#series.add(record, subject.group, subject.key())
      this.#fileFigures.add(record, configuration.group, configuration.key())
    }
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
    const story = { file, format: undefined, layout: undefined, verdict: undefined, records: 0, runs: new RunTally(), copyOf: undefined, first: undefined, metrics: new Set<string>() }
    this.#files.set(file, story)
    return story
  }
}

/** Files named in one fact. */
export const FILES_NAMED = 5
const FILES_TOLD_APART = 20_000
const CODES_TOLD_APART = 200

/** What runs are held against one another by: measured, not told by a report; with a direction; not longer for a longer answer. */
function isWatched({ status, unit, better, metric, source }: MetricRecord): boolean {
  return status === 'ok' && unit !== '' && better !== null && source.format !== 'markdown' && tellingRank(metric) < NOT_TELLING && !BOUND_TO_WORK.has(metric)
}

interface Keyed {
  readonly group: Group
  key(): string
}

/** The records of a row share their group; its key is made once, and only where it is asked for. */
function keyed(groupOf: (record: MetricRecord) => Group): (record: MetricRecord) => Keyed {
  let last: Keyed | undefined
  return (record) => {
    const group = groupOf(record)
    if (last?.group === group) return last
    let key: string | undefined
    last = { group, key: () => (key ??= JSON.stringify(group)) }
    return last
  }
}
