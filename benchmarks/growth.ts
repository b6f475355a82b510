/** How do time and memory grow with the size of the input? */

import { rmSync } from 'node:fs'
import { check, chimeraAnswer } from './answer.js'
import { run } from './command.js'
import { growthChart } from './growth-chart.js'
import { growthCsv, growthJson, growthMarkdown } from './growth-files.js'
import type { Took } from './question.js'
import type { Keep } from './results.js'
import { scratch } from './scratch.js'
import { writeSweep, type Shape } from './sweep.js'
import { chimera } from './whole-commands.js'

export interface Series {
  readonly format: string
  /** Of a file of one row, median: starting up is no growth. */
  readonly startSeconds: number
  readonly points: readonly Point[]
  /** Up to this size files are read in another way, so that no line goes through both. */
  readonly otherwiseBelow?: number
  /** Why it ends before the largest size. */
  readonly stopped?: string
}

export interface Point {
  readonly bytes: number
  readonly took: readonly Took[]
}

interface Plan {
  readonly format: string
  readonly shape: Shape
  readonly megabytes: readonly number[]
  readonly otherwiseBelow?: number
}

/** JSON documents up to this size are read as a whole, for their rows are judged together. */
const WHOLE_BYTES = 16 * 1024 * 1024

const PLANS: readonly Plan[] = [
  { format: 'CSV', shape: 'csv', megabytes: [1, 4, 16, 64, 250, 1000] },
  { format: 'NDJSON', shape: 'ndjson', megabytes: [1, 4, 16, 64, 250, 1000] },
  { format: 'JSON array', shape: 'array', megabytes: [1, 4, 16, 64, 250, 1000], otherwiseBelow: WHOLE_BYTES },
  { format: 'JSON document', shape: 'document', megabytes: [1, 4, 16, 32, 64, 200], otherwiseBelow: WHOLE_BYTES },
  { format: 'Markdown', shape: 'markdown', megabytes: [1, 4, 16, 64, 250, 1000] },
]
const QUICK_MEGABYTES = 16
/** What is expected to take no longer is measured several times. */
const REPEATED_SECONDS = 5
/** A size is left out when it would take longer. */
const PATIENCE_SECONDS = 60
const QUICK_PATIENCE_SECONDS = 4

export async function measureGrowth(quick: boolean, keep: Keep): Promise<void> {
  const series: Series[] = []
  for (const plan of PLANS) {
    series.push(await grow({ ...plan, megabytes: plan.megabytes.filter((size) => !quick || size <= QUICK_MEGABYTES) }, quick ? 1 : 3, quick ? QUICK_PATIENCE_SECONDS : PATIENCE_SECONDS))
    // What was measured stays, whatever comes next.
    keep('growth', 'csv', growthCsv(series))
    keep('growth', 'json', growthJson(series))
    keep('growth', 'svg', growthChart(series))
    keep('growth', 'md', growthMarkdown(series))
  }
  process.stdout.write(`${growthMarkdown(series)}\n`)
}

async function grow({ format, shape, megabytes, otherwiseBelow }: Plan, rounds: number, patience: number): Promise<Series> {
  const folder = scratch()
  const measured = async (bytes: number, count: number): Promise<Point> => {
    const sweep = writeSweep(folder.file('sweep'), shape, bytes)
    const took: Took[] = []
    for (let round = 0; round < count; round += 1) {
      const ran = await run(chimera(['summary', sweep.file, '--input-format', INPUT[shape], '--by', 'model', '--format', 'ndjson'], 'all'))
      check(chimeraAnswer(ran.output), sweep)
      took.push(ran.took)
    }
    rmSync(sweep.file)
    return { bytes: sweep.bytes, took }
  }
  try {
    const start = await measured(1, rounds)
    const points: Point[] = []
    let stopped: string | undefined
    for (const size of megabytes) {
      const last = points.at(-1)
      const expected = last ? (fastest(last) * size * 1e6) / last.bytes : 0
      if (expected > patience) {
        stopped = `${format}: ${size} MB and more were left out, they would have taken ${expected.toFixed(0)} s`
        break
      }
      points.push(await measured(size * 1e6, expected <= REPEATED_SECONDS ? rounds : 1))
    }
    return { format, startSeconds: fastest(start), points, ...(otherwiseBelow !== undefined && { otherwiseBelow }), ...(stopped !== undefined && { stopped }) }
  } finally {
    folder.remove()
  }
}

const INPUT: Readonly<Record<Shape, string>> = { csv: 'csv', ndjson: 'ndjson', array: 'json', document: 'json', markdown: 'markdown' }

function fastest({ took }: Point): number {
  return Math.min(...took.map(({ seconds }) => seconds))
}
