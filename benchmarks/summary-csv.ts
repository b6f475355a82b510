/** What does `chimera summary` of a large CSV cost, over splitting it into cells, and beside tools that are made for it? */

import { check, chimeraAnswer, millerAnswer, type Answer } from './answer.js'
import { nodeCommand } from './command.js'
import { duckdb, NODE, peer, peerProgram, tool } from './peer.js'
import type { Goal, Question } from './question.js'
import { scratch } from './scratch.js'
import { COLUMNS, writeSweep } from './sweep.js'
import { ALL_CORES, chimera, CORES_NOTE, onCores, program, wholeRounds, type Whole } from './whole-commands.js'

export async function question(quick: boolean): Promise<Question> {
  const folder = scratch()
  const sweep = writeSweep(folder.file('sweep.csv'), 'csv', quick ? 4e6 : 100e6)
  const right = (answer: Answer) => check(answer, sweep)
  const miller = tool('mlr')
  const duck = duckdb()
  const statistics = 'count,mean,stddev,min,max,p50,p90,p95,p99'
  const wholes: Whole[] = [
    { name: 'loop by hand', peer: NODE, ...program('csv-loop', [sweep.file], right) },
    { name: 'csv-parse arrays', peer: peer('csv-parse'), ...program('csv-parse', [sweep.file], right) },
    { name: 'PapaParse arrays', peer: peer('papaparse'), ...program('papaparse', [sweep.file], right) },
    { name: 'uDSV arrays', peer: peer('udsv'), ...program('udsv', [sweep.file], right) },
    ...(miller
      ? [
          {
            name: 'Miller stats1',
            peer: miller.peer,
            command: (cores: 'one' | 'all') => ({ command: miller.file, args: ['--icsv', '--ojson', 'stats1', '-a', statistics, '-f', COLUMNS.map(({ name }) => name).join(','), '-g', 'model', sweep.file], cores }),
            check: (output: string) => right(millerAnswer(output)),
          },
        ]
      : []),
    ...(duck
      ? (['exact', 'approximate'] as const).map((kind) => ({
          name: `DuckDB, ${kind} quantiles`,
          peer: duck.peer,
          command: (cores: 'one' | 'all', count: number) => nodeCommand(peerProgram('duckdb'), [duck.file, sweep.file, kind === 'exact' ? 'quantile_cont' : 'approx_quantile', String(count)], cores),
          check: (output: string) => right(JSON.parse(output) as Answer),
        }))
      : []),
    { name: 'chimera summary', command: (cores) => chimera(['summary', sweep.file, '--by', 'model', '--format', 'ndjson'], cores), check: (output) => right(chimeraAnswer(output)) },
  ]
  return {
    name: 'summary-csv',
    question: 'What does a summary of a large CSV cost?',
    scope:
      `Whole commands, each a process of its own, over a CSV of ${(sweep.bytes / 1e6).toFixed(0)} MB: ${sweep.rows} rows of 14 columns, 9 of them measured, quoted cells with doubled quotes in every row. ` +
      'csv-parse, PapaParse and uDSV split it into arrays of text and sum up one column. Miller, DuckDB, the loop and chimera compute count, mean, stddev, min, max, p50, p90, p95 and p99 of each measured column per model. Every answer is checked.',
    workload: { bytes: sweep.bytes },
    rounds: wholeRounds(quick),
    baseline: 'csv-parse arrays',
    cases: onCores(wholes),
    absent: [...CORES_NOTE, ...(miller ? [] : ['Miller (mlr), to be installed with `apt-get install miller`']), ...(duck ? [] : ['DuckDB, which `npm run bench -- --peers` fetches'])],
    goals: [
      { name: CHIMERA, over: 'csv-parse arrays', cores: 1, of: 'speed', atLeast: 2.5 },
      ...(ALL_CORES > 1 ? [{ name: CHIMERA, over: 'csv-parse arrays', cores: ALL_CORES, of: 'speed', atLeast: 4 } satisfies Goal] : []),
      ...[...new Set([1, ALL_CORES])].flatMap((cores): Goal[] => [
        { name: CHIMERA, over: 'Miller stats1', cores, of: 'speed', atLeast: 1 },
        { name: CHIMERA, over: 'DuckDB, exact quantiles', cores, of: 'speed', atLeast: 0.5 },
        { name: CHIMERA, over: 'DuckDB, approximate quantiles', cores, of: 'speed', atLeast: 0.5 },
      ]),
    ],
    close: folder.remove,
  }
}

const CHIMERA = 'chimera summary'
