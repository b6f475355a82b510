/** The results file: its first line says the plan, then come the records of run after run; a file that was cut off can be gone on with. */

import { createHash } from 'node:crypto'
import { formatRecord, parseRecord, type MetricRecord } from '../record/index.js'
import { ChimeraError } from '../stage/index.js'
import { describePlan, planDifferences, type BenchPlan } from './plan.js'
import { CLOSING_METRIC } from './bench-records.js'

/** Bears the plan as its attributes; its status keeps it out of every figure. */
const PLAN_METRIC = 'planned_runs'

/** The first record of a results file. */
export function planRecord(plan: BenchPlan, file: string, time: string): MetricRecord {
  const attributes = describePlan(plan)
  return {
    metric: PLAN_METRIC,
    value: plan.sequence.length,
    unit: '1',
    stat: 'value',
    better: null,
    status: 'warmup',
    attributes,
    time,
    raw: { name: PLAN_METRIC, text: String(plan.sequence.length), unit: '1' },
    source: { file, format: 'ndjson', layout: 'chimera-run' },
    id: `${createHash('sha256').update(JSON.stringify([attributes, time])).digest('hex').slice(0, 16)}-plan`,
  }
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
      // Only these two kinds of lines say something here, and there may be millions of the others.
      const record = first || text.includes(CLOSING_METRIC) ? resultOf(text) : undefined
      if (first) {
        samePlan(record, plan, file)
        whole = read
      }
      const ordinal = record?.attributes['ordinal']
      if (record?.metric !== CLOSING_METRIC || typeof ordinal !== 'number') return
      done.add(ordinal)
      whole = read
    },
    end() {
      if (read === 0) samePlan(undefined, plan, file)
      return { done, bytes: whole }
    },
  }
}

/** A line of results; `undefined` for one that is torn, and for the plan. */
export function measuredRecord(text: string): MetricRecord | undefined {
  const record = resultOf(text)
  return record?.metric === PLAN_METRIC ? undefined : record
}

function samePlan(record: MetricRecord | undefined, plan: BenchPlan, file: string): void {
  if (record?.metric !== PLAN_METRIC) {
    throw new ChimeraError('USAGE', `expected ${file} to be results of chimera bench, found something else: give another -o, or --force to write over it`)
  }
  const differences = planDifferences(record.attributes, describePlan(plan))
  if (differences.length > 0) {
    throw new ChimeraError('USAGE', `expected the plan of ${file}, found another one (${differences.join('; ')}): resume with the same options, or give another -o`)
  }
}

function resultOf(text: string): MetricRecord | undefined {
  try {
    return parseRecord(JSON.parse(text))
  } catch {
    return undefined
  }
}
