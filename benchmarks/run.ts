/** `npm run bench [-- --quick] [names]`: asks the questions in turn and keeps the answers in `benchmarks/results`. */

import { ask, type Question } from './harness.js'

/** Each question is loaded when it is asked, so that none disturbs another. */
const QUESTIONS: Readonly<Record<string, (quick: boolean) => Promise<Question>>> = {
  'stage-boundary': async (quick) => (await import('./stage-boundary.js')).question(quick),
  'read-csv': async (quick) => (await import('./read-csv.js')).question(quick),
  'read-json': async (quick) => (await import('./read-json.js')).question(quick),
  'read-markdown': async (quick) => (await import('./read-markdown.js')).question(quick),
  summary: async (quick) => (await import('./summary.js')).question(quick),
}

const args = process.argv.slice(2)
const quick = args.includes('--quick')
const names = args.filter((arg) => !arg.startsWith('--'))
for (const name of names.length > 0 ? names : Object.keys(QUESTIONS)) {
  const question = QUESTIONS[name]
  if (!question) {
    process.stderr.write(`expected one of ${Object.keys(QUESTIONS).join(', ')}, found ${name}\n`)
    process.exitCode = 2
    break
  }
  await ask(await question(quick), { rounds: quick ? 5 : 11, warmup: quick ? 1 : 3 })
}
