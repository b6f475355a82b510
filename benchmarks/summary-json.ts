/** What does `chimera summary` of large JSON cost, over parsing it? */

import { check, chimeraAnswer, equal, type Answer } from './answer.js'
import type { Cores } from './command.js'
import { NODE, peer, tool } from './peer.js'
import type { Question } from './question.js'
import { scratch } from './scratch.js'
import { writeSweep, type SweepFile } from './sweep.js'
import { chimera, CORES_NOTE, onCores, program, wholeRounds, type Whole } from './whole-commands.js'

export async function question(quick: boolean): Promise<Question> {
  const folder = scratch()
  const bytes = quick ? 4e6 : 100e6
  const array = writeSweep(folder.file('sweep.json'), 'array', bytes)
  const lines = writeSweep(folder.file('sweep.ndjson'), 'ndjson', bytes)
  const right = (sweep: SweepFile) => (answer: Answer) => check(answer, sweep)
  const jq = tool('jq')
  const both = [
    { of: 'array', sweep: array },
    { of: 'ndjson', sweep: lines },
  ] as const
  const wholes = both.flatMap(({ of, sweep }): Whole[] => {
    const what = of === 'array' ? 'array' : 'lines'
    const cases: Whole[] = [
      { name: `stream-json packed, ${what}`, peer: peer('stream-json'), single: true, ...program('stream-json', [sweep.file, of], right(sweep)) },
      { name: `JSON.parse whole, ${what}`, peer: NODE, single: true, ...program('json-parse', [sweep.file, of], right(sweep)) },
      ...(of === 'ndjson' ? [{ name: `split and JSON.parse, ${what}`, peer: NODE, single: true, ...program('json-lines', [sweep.file], right(sweep)) }] : []),
      ...(jq ? [{ name: `jq, ${what}`, peer: jq.peer, single: true, command: (cores: Cores) => ({ command: jq.file, args: jqArgs(of, sweep.file), cores }), check: (output: string) => right(sweep)(JSON.parse(output) as Answer) }] : []),
      { name: `chimera summary, ${what}`, command: (cores: Cores) => chimera(['summary', sweep.file, '--by', 'model', '--format', 'ndjson'], cores), check: (output) => right(sweep)(chimeraAnswer(output)) },
    ]
    return cases.map((whole) => ({ ...whole, workload: { bytes: sweep.bytes }, baseline: `stream-json packed, ${what}` }))
  })
  equal('bytes of both files, MB', Math.round(array.bytes / 1e6), Math.round(lines.bytes / 1e6))
  return {
    name: 'summary-json',
    question: 'What does a summary of large JSON cost?',
    scope:
      `Whole commands, each a process of its own, over ${(array.bytes / 1e6).toFixed(0)} MB of objects of 14 keys, 9 of them measured: as one array (${array.rows} objects), and one a line (${lines.rows}). ` +
      'The peers parse and sum up one key; chimera computes count, mean, stddev, min, max and quantiles of nine keys per model. Peers have one thread and run on one core. Every answer is checked.',
    workload: { bytes: array.bytes },
    rounds: wholeRounds(quick),
    baseline: 'stream-json packed, array',
    cases: onCores(wholes),
    absent: [...CORES_NOTE, ...(jq ? [] : ['jq, to be installed with `apt-get install jq`'])],
    goals: [
      { name: 'chimera summary, array', over: 'stream-json packed, array', cores: 1, of: 'speed', atLeast: 2.5 },
      { name: 'chimera summary, lines', over: 'stream-json packed, lines', cores: 1, of: 'speed', atLeast: 2.5 },
      { name: 'chimera summary, lines', over: 'split and JSON.parse, lines', cores: 1, of: 'speed', atLeast: 1 },
    ],
    close: folder.remove,
  }
}

/** jq answers as the other peers do: rows, and the mean of one key. */
function jqArgs(of: 'array' | 'ndjson', file: string): string[] {
  const sum = (rows: string) => `reduce ${rows} as $row ([0, 0]; [.[0] + 1, .[1] + $row.ttft_s]) | {rows: .[0], mean: (.[1] / .[0])}`
  return of === 'array' ? [sum('.[]'), file] : ['-n', sum('inputs'), file]
}
