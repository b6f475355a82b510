/**
 * Runs the cases of one question in turn, round after round, so that a machine that speeds up or slows down meets all
 * of them alike. A case that fails or answers wrongly is named, and costs no other case.
 */

import { csvOf, jsonOf, markdownOf } from './answer-files.js'
import type { Outcome } from './outcome.js'
import type { Case, Question, Rounds, Took } from './question.js'
import type { Keep } from './results.js'

export async function ask(question: Question, rounds: Rounds, keep: Keep): Promise<void> {
  try {
    const outcome = await measured(question, question.rounds ?? rounds)
    keep(question.name, 'csv', csvOf(outcome))
    keep(question.name, 'json', jsonOf(outcome))
    const markdown = markdownOf(outcome)
    keep(question.name, 'md', markdown)
    process.stdout.write(`${markdown}\n`)
    if (outcome.failed.length > 0) process.exitCode = 1
  } finally {
    question.close?.()
  }
}

export async function measured(question: Question, { rounds: wanted, warmup, patienceSeconds = Infinity }: Rounds): Promise<Outcome> {
  const all = question.cases.map((one) => ({ case: one, took: [] as Took[] }))
  const failed: string[] = []
  const started = performance.now()
  let rounds = 0
  for (let round = -warmup; round < wanted && (rounds === 0 || performance.now() - started < patienceSeconds * 1000); round += 1) {
    for (const one of all) {
      if (failed.some((line) => line.startsWith(`${labelOf(one.case)}: `))) continue
      try {
        const took = await timed(one.case, question.measure ?? 'wall')
        if (round >= 0) one.took.push(took)
      } catch (error) {
        failed.push(`${labelOf(one.case)}: ${error instanceof Error ? error.message : String(error)}`)
        process.stderr.write(`${question.name}: ${failed.at(-1) ?? ''}\n`)
      }
    }
    if (round >= 0) rounds += 1
  }
  const good = all.filter((one) => one.took.length === rounds)
  if (!good.some((one) => one.case.name === question.baseline)) throw new Error(`expected a result of ${question.baseline} in ${question.name}, found ${failed.join('; ') || 'none'}`)
  return { question, measured: good, failed, rounds }
}

export function labelOf({ name, cores }: Pick<Case, 'name' | 'cores'>): string {
  return cores === undefined ? name : `${name}, ${cores === 1 ? '1 core' : `${cores} cores`}`
}

async function timed(one: Case, measure: 'wall' | 'cpu'): Promise<Took> {
  const before = performance.now()
  const cpu = process.cpuUsage()
  const own = await one.run()
  const seconds = (performance.now() - before) / 1000
  if (isTook(own)) return own
  if (measure === 'wall') return { seconds }
  const { user, system } = process.cpuUsage(cpu)
  return { seconds: (user + system) / 1e6 }
}

function isTook(value: unknown): value is Took {
  return typeof value === 'object' && value !== null && 'seconds' in value
}
