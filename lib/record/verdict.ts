/** What a file turned out to be, how sure that is, and why. */

import type { FormatName } from '../source/artifact.js'
import { rounded } from './confidence.js'
import type { FileReport } from './metric-record.js'

/** Less than this is no name and unit that speak for themselves: see {@link confidenceOf}. */
const WEAK = 0.7

/** How sure the records of a file are; memory does not grow with them. */
export interface Sureness {
  add(confidence: number, records?: number): void
  /** Middle of the confidences; `undefined` without a record. */
  median(): number | undefined
  /** Records below {@link WEAK}. */
  weak(): number
}

export function sureness(): Sureness {
  // Confidences have two decimals.
  const counts = new Uint32Array(101)
  let total = 0
  return {
    add(confidence, records = 1) {
      const at = Math.round(confidence * 100)
      counts[at] = (counts[at] ?? 0) + records
      total += records
    },
    median() {
      if (total === 0) return undefined
      let below = 0
      const at = counts.findIndex((count) => (below += count) * 2 >= total)
      return at / 100
    },
    weak: () => counts.subarray(0, Math.round(WEAK * 100)).reduce((sum, count) => sum + count, 0),
  }
}

/** What was met while a file was read. */
export interface Met {
  readonly format: FormatName | undefined
  /** How sure the format is. */
  readonly confidence: number | undefined
  /** What the format rests on. */
  readonly evidence: string | undefined
  readonly layout: string | undefined
  readonly tables: number
  readonly rows: number
  /** JSON values, and `label: value` lines of Markdown. */
  readonly values: number
}

/** `failure`: why the reading broke off; `problem`: the first one of the file. */
export function verdictOf(met: Met | undefined, records: number, sure: Sureness, failure: string | undefined, problem: string | undefined): Pick<FileReport, 'verdict' | 'reason' | 'confidence' | 'weak'> {
  const { format, layout, evidence } = met ?? {}
  if (failure !== undefined) return { verdict: 'rejected', reason: failure }
  if (met === undefined || format === undefined) return { verdict: 'rejected', reason: problem ?? 'no format fits its content' }
  const weak = sure.weak()
  const shared = { confidence: rounded(sure.median() ?? met.confidence ?? 1), ...(weak > 0 ? { weak } : {}) }
  const doubt = weak * 2 > records ? `; ${weak} of ${records} are weak: no known name with a unit` : ''
  if (layout !== undefined) {
    const content = `the content is that of ${layout}`
    return { verdict: 'recognised', ...shared, reason: records === 0 ? `${content}, but ${nothingIn(met)}` : `${content}${doubt}` }
  }
  const why = evidence === undefined ? '' : ` (${evidence})`
  const told = records === 0 ? nothingIn(met) : `names, units and cells told what is measured${doubt}`
  return { verdict: 'guessed', ...shared, reason: `read as ${format}${why}; ${told}` }
}

function nothingIn({ format, layout, tables, rows, values }: Met): string {
  if (format === 'markdown' && tables === 0) return values === 0 ? 'it has no table and no line "label: value"' : 'it has no table, and no line "label: value" gives a measured number'
  if (format === 'csv' || format === 'markdown') {
    if (rows === 0) return 'there is no row below the header'
    return `no column of its ${counted(rows, 'row')} holds numbers that were measured${layout === undefined ? '' : ', or they are empty there'}`
  }
  if (values === 0) return 'there is no whole value in it'
  return `no number in its ${counted(values, 'value')} has a name that is measured${layout === undefined ? '' : ' there'}`
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
