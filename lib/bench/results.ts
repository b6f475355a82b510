/** The results file: its first line says the plan, then come the records of run after run; a file that was cut off can be gone on with. */

import { formatRecord, parseRecord, type AttributeValue, type MetricRecord } from '../record/index.js'
import { PLAN_TYPE } from '../record/own.js'
import { ChimeraError } from '../stage/index.js'
import { describePlan, planDifferences, type BenchPlan } from './plan.js'
import { CLOSING_METRIC } from './bench-records.js'

/** The first line of a results file, with its line end. */
export function planLine(plan: BenchPlan, time: string): string {
  return `${JSON.stringify({ type: PLAN_TYPE, time, plan: describePlan(plan) })}\n`
}

/** Records as lines, with their line ends. */
export function resultLines(records: readonly MetricRecord[]): string {
  return records.map((record) => `${formatRecord(record)}\n`).join('')
}

/** Where a results file can be gone on with. */
export interface ResumePoint {
  /** Ordinals of the runs that are in it as a whole. */
  readonly done: ReadonlySet<number>
  /** Bytes up to the end of the last of them; what follows belongs to a run that was cut off. */
  readonly bytes: number
}

export interface ResultsCheck {
  /** One line without its line end; `bytes` is how long it is with it. */
  line(text: string, bytes: number): void
  end(): ResumePoint
}

/**
 * Reads through what an earlier command wrote, line by line.
 *
 * @throws {ChimeraError} `USAGE` when it is no such file, or when its plan is another one, with the differences.
 */
export function resultsCheck(plan: BenchPlan, file: string): ResultsCheck {
  const done = new Set<number>()
  let read = 0
  let whole = 0
  return {
    line(text, bytes) {
      const first = read === 0
      read += bytes
      if (first) {
        samePlan(text, plan, file)
        whole = read
      }
      // There may be millions of others.
      const record = text.includes(CLOSING_METRIC) ? measuredRecord(text) : undefined
      const ordinal = record?.attributes['ordinal']
      if (record?.metric !== CLOSING_METRIC || typeof ordinal !== 'number') return
      done.add(ordinal)
      whole = read
    },
    end() {
      if (read === 0) samePlan('', plan, file)
      return { done, bytes: whole }
    },
  }
}

/** A line of results; `undefined` for one that is torn, and for the plan. */
export function measuredRecord(text: string): MetricRecord | undefined {
  return parseRecord(parsed(text))
}

function samePlan(line: string, plan: BenchPlan, file: string): void {
  const { type, plan: before } = (parsed(line) ?? {}) as { readonly type?: unknown; readonly plan?: unknown }
  if (type !== PLAN_TYPE || typeof before !== 'object' || before === null) {
    throw new ChimeraError('USAGE', `expected ${file} to be results of chimera bench, found something else: give another -o, or --force to write over it`)
  }
  const differences = planDifferences(before as Readonly<Record<string, AttributeValue>>, describePlan(plan))
  if (differences.length > 0) {
    throw new ChimeraError('USAGE', `expected the plan of ${file}, found another one (${differences.join('; ')}): resume with the same options, or give another -o`)
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
