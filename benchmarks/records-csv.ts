/** What do all metric records of a large CSV cost, written as NDJSON, over splitting it into cells? */

import { answerOf, check, equal, type Answer } from './answer.js'
import { run, type Command, type Cores } from './command.js'
import { NODE, peer } from './peer.js'
import type { Goal, Question } from './question.js'
import { scratch } from './scratch.js'
import { COLUMNS, MODELS, writeSweep } from './sweep.js'
import { ALL_CORES, chimera, CORES_NOTE, onCores, program, wholeRounds } from './whole-commands.js'

export async function question(quick: boolean): Promise<Question> {
  const folder = scratch()
  const sweep = writeSweep(folder.file('sweep.csv'), 'csv', quick ? 2e6 : 100e6)
  await checkRecords(folder.file('small.csv'))
  const right = (answer: Answer) => check(answer, sweep)
  return {
    name: 'records-csv',
    question: 'What do the metric records of a large CSV cost?',
    scope:
      `Whole commands, each a process of its own, over a CSV of ${(sweep.bytes / 1e6).toFixed(0)} MB: ${sweep.rows} rows of 14 columns, 9 of them measured, quoted cells with doubled quotes in every row. csv-parse and the loop split it into cells. ` +
      `chimera writes a record of every measured cell, ${sweep.rows * COLUMNS.length} lines of NDJSON, to nowhere; that they are right is checked beforehand, on a smaller file.`,
    workload: { bytes: sweep.bytes },
    rounds: wholeRounds(quick),
    baseline: 'csv-parse arrays',
    cases: onCores([
      { name: 'loop by hand', peer: NODE, ...program('csv-loop', [sweep.file], right) },
      { name: 'csv-parse arrays', peer: peer('csv-parse'), ...program('csv-parse', [sweep.file], right) },
      { name: CHIMERA, command: (cores) => discarding(sweep.file, cores), check: (output) => equal('output kept', output, '') },
    ]),
    absent: CORES_NOTE,
    goals: [...new Set([1, ALL_CORES])].map((cores): Goal => ({ name: CHIMERA, over: 'csv-parse arrays', cores, of: 'speed', atLeast: 1 })),
    close: folder.remove,
  }
}

const CHIMERA = 'chimera records'

function discarding(file: string, cores: Cores): Command {
  return { ...chimera(['records', file], cores), output: 'discard' }
}

/** All records of a smaller file: as many as cells, and of each model and metric the right mean. */
async function checkRecords(file: string): Promise<void> {
  const sweep = writeSweep(file, 'csv', 1e6)
  const { output } = await run(chimera(['records', file], 'all'))
  const records = output.trim().split('\n').map((line) => JSON.parse(line) as { metric: string; value: number; attributes: { model: string } })
  equal('records', records.length, sweep.rows * COLUMNS.length)
  const groups = MODELS.map((model) => {
    const own = records.filter(({ attributes }) => attributes.model === model)
    const columns = COLUMNS.map(({ metric, scale }) => own.filter((record) => record.metric === metric).map(({ value }) => value / scale))
    return { model, rows: columns[0]?.length ?? 0, means: columns.map((values) => values.reduce((sum, value) => sum + value, 0) / values.length), medians: columns.map((values) => values.sort((a, b) => a - b)[values.length >> 1] ?? NaN) }
  })
  check(answerOf(groups), sweep)
}
