/**
 * `npm run bench [-- --quick] [names]`: asks the questions in turn and keeps the answers in `benchmarks/results`, each when it is
 * there; then puts the figures into the docs. With `--quick`, small inputs and few rounds: kept elsewhere, for they say little.
 * `--docs`: only puts the figures that are kept into the docs.
 * `--peers`: fetches DuckDB first, which is too large to be a development dependency. `--results FOLDER`: keeps them there.
 * `npm run bench extraction -- --show NAME [--each 3]`: the mismatches of the files whose names hold NAME.
 */

import path from 'node:path'
import { parseArgs } from 'node:util'
import { ask } from './ask.js'
import { refreshPages } from './page.js'
import { fetchPeers } from './peer.js'
import type { Question } from './question.js'
import { keeper, projectRoot, RESULTS, type Keep } from './results.js'

interface Asked {
  readonly quick: boolean
  readonly keep: Keep
  readonly show: readonly string[]
  readonly each: number
}

/** Each question is loaded when it is asked, so that none disturbs another. */
const timed = (load: () => Promise<{ question(quick: boolean): Promise<Question> }>) => async ({ quick, keep }: Asked) =>
  ask(await (await load()).question(quick), { rounds: quick ? 3 : 11, warmup: quick ? 1 : 3 }, keep)

const QUESTIONS: Readonly<Record<string, (asked: Asked) => Promise<void>>> = {
  'stage-boundary': timed(() => import('./stage-boundary.js')),
  summary: timed(() => import('./summary.js')),
  start: timed(() => import('./start.js')),
  'summary-csv': timed(() => import('./summary-csv.js')),
  'records-csv': timed(() => import('./records-csv.js')),
  'summary-json': timed(() => import('./summary-json.js')),
  'summary-markdown': timed(() => import('./summary-markdown.js')),
  growth: async ({ quick, keep }) => (await import('./growth.js')).measureGrowth(quick, keep),
  'client-cost': timed(() => import('./client-cost.js')),
  'client-accuracy': async ({ quick, keep }) => (await import('./client-accuracy.js')).measureAccuracy(quick, keep),
  // These measure what is right, not how fast.
  extraction: async (asked) => (await import('./extraction/run.js')).scoreExtraction(asked),
  grounding: async ({ keep }) => (await import('./grounding/run.js')).scoreGrounding(keep),
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    docs: { type: 'boolean', default: false },
    peers: { type: 'boolean', default: false },
    results: { type: 'string' },
    show: { type: 'string', multiple: true, default: [] },
    each: { type: 'string', default: '3' },
  },
})
const unknown = positionals.find((name) => !(name in QUESTIONS))
if (unknown !== undefined) {
  process.stderr.write(`expected one of ${Object.keys(QUESTIONS).join(', ')}, found ${unknown}\n`)
  process.exitCode = 2
} else if (values.docs) {
  refreshPages()
} else {
  if (values.peers) fetchPeers()
  const folder = values.results ?? (values.quick ? path.join(projectRoot(), '.build', 'bench-quick') : RESULTS)
  const asked = { quick: values.quick, keep: keeper(folder), show: values.show, each: Number(values.each) }
  for (const name of positionals.length > 0 ? positionals : Object.keys(QUESTIONS)) {
    const started = performance.now()
    try {
      await QUESTIONS[name]?.(asked)
    } catch (error) {
      // A question that cannot be answered costs no other one.
      process.exitCode = 1
      process.stderr.write(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    }
    process.stderr.write(`${name}: ${((performance.now() - started) / 1000).toFixed(1)} s\n`)
  }
  if (folder === RESULTS) refreshPages()
  process.stderr.write(`kept in ${path.relative(process.cwd(), folder) || '.'}\n`)
}
