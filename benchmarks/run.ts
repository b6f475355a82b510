/**
 * `npm run bench [-- --quick] [names]`: asks the questions in turn and keeps the answers in `benchmarks/results`.
 * `npm run bench grounding`: how well texts are kept to the facts.
 * `npm run bench extraction -- --show NAME [--each 3]`: the mismatches of the files whose names hold NAME.
 */

import { parseArgs } from 'node:util'
import { ask, type Question } from './harness.js'

/** Each question is loaded when it is asked, so that none disturbs another. */
const QUESTIONS: Readonly<Record<string, (quick: boolean) => Promise<Question>>> = {
  'stage-boundary': async (quick) => (await import('./stage-boundary.js')).question(quick),
  'read-csv': async (quick) => (await import('./read-csv.js')).question(quick),
  'read-json': async (quick) => (await import('./read-json.js')).question(quick),
  'read-markdown': async (quick) => (await import('./read-markdown.js')).question(quick),
  summary: async (quick) => (await import('./summary.js')).question(quick),
  'client-cost': async (quick) => (await import('./client-cost.js')).question(quick),
}

/** These measure what is right, not how fast. */
const EXTRACTION = 'extraction'
/** The same: see `grounding/run.ts`. */
const GROUNDING = 'grounding'
const ACCURACY = 'client-accuracy'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false }, show: { type: 'string', multiple: true, default: [] }, each: { type: 'string', default: '3' } },
})
const names = [...Object.keys(QUESTIONS), ACCURACY, EXTRACTION]
for (const name of positionals.length > 0 ? positionals : names) {
  const question = QUESTIONS[name]
  if (name === EXTRACTION) {
    await (await import('./extraction/run.js')).scoreExtraction({ show: values.show, each: Number(values.each) })
  } else if (name === ACCURACY) {
    await (await import('./client-accuracy.js')).measureAccuracy(values.quick)
  } else if (name === GROUNDING) {
    await (await import('./grounding/run.js')).scoreGrounding()
  } else if (question) {
    await ask(await question(values.quick), { rounds: values.quick ? 5 : 11, warmup: values.quick ? 1 : 3 })
  } else {
    process.stderr.write(`expected one of ${names.join(', ')}, found ${name}\n`)
    process.exitCode = 2
    break
  }
}
