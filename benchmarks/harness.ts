/**
 * Runs the cases of one question in turn, round after round, so that a machine that speeds up or slows down meets all
 * of them alike; compares them pair by pair; keeps what was measured as CSV, JSON and Markdown.
 */

import { mkdirSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export interface Workload {
  /** What one round of every case processes: bytes of input, and items made of it. */
  readonly bytes?: number
  readonly items?: number
}

export interface Case {
  readonly name: string
  /** `name@version` of what does the work, where it is not ours. */
  readonly peer?: string
  /** Does the whole workload once; throws when the result is wrong. */
  run(): unknown
}

export interface Question {
  /** File name of the results. */
  readonly name: string
  /** As a person would ask it. */
  readonly question: string
  /** What is processed, and what is not part of the measurement. */
  readonly scope: string
  readonly workload: Workload
  readonly cases: readonly Case[]
  /** The case that the others are compared with. */
  readonly baseline: string
  /** What is taken of each round; default `wall`. `cpu`: processor time of this process, for cases that mostly wait. */
  readonly measure?: 'wall' | 'cpu'
}

export interface Options {
  readonly rounds: number
  readonly warmup: number
}

interface Measured {
  readonly case: Case
  /** Seconds per round. */
  readonly seconds: number[]
}

const RESULTS = path.join(projectRoot(), 'benchmarks', 'results')

export async function ask(question: Question, options: Options): Promise<void> {
  const measured: Measured[] = question.cases.map((one) => ({ case: one, seconds: [] }))
  for (let round = -options.warmup; round < options.rounds; round += 1) {
    for (const one of measured) {
      const took = await timed(one.case, question.measure ?? 'wall')
      if (round >= 0) one.seconds.push(took)
    }
  }
  const baseline = measured.find((one) => one.case.name === question.baseline)
  if (!baseline) throw new RangeError(`expected a case named ${question.baseline} in ${question.name}`)
  keep(question.name, 'csv', csvOf(question, measured))
  keep(question.name, 'json', jsonOf(question, measured, baseline))
  const markdown = markdownOf(question, measured, baseline)
  keep(question.name, 'md', markdown)
  process.stdout.write(`${markdown}\n`)
}

/** Seconds. */
async function timed(one: Case, measure: 'wall' | 'cpu'): Promise<number> {
  const before = performance.now()
  const cpu = process.cpuUsage()
  await one.run()
  if (measure === 'wall') return (performance.now() - before) / 1000
  const { user, system } = process.cpuUsage(cpu)
  return (user + system) / 1e6
}

/** Every round of every case: the samples. */
function csvOf({ name, workload }: Question, measured: readonly Measured[]): string {
  const header = ['benchmark', 'implementation', 'round', 'duration_s', ...(workload.bytes === undefined ? [] : ['throughput_mb_s']), ...(workload.items === undefined ? [] : ['time_per_item_ns'])]
  const rows = measured.flatMap((one) =>
    one.seconds.map((seconds, round) => [
      name,
      one.case.name,
      String(round + 1),
      seconds.toFixed(6),
      ...(workload.bytes === undefined ? [] : [(workload.bytes / 1e6 / seconds).toFixed(3)]),
      ...(workload.items === undefined ? [] : [((seconds * 1e9) / workload.items).toFixed(1)]),
    ]),
  )
  return [header, ...rows].map((row) => row.join(',')).join('\n') + '\n'
}

/** The aggregates, with what they were measured on. */
function jsonOf(question: Question, measured: readonly Measured[], baseline: Measured): string {
  const document = {
    benchmark: question.name,
    generated_at: new Date().toISOString(),
    environment: environment(),
    settings: { rounds: baseline.seconds.length, bytes: question.workload.bytes, items: question.workload.items },
    results: measured.map((one) => {
      const ratio = ratios(one, baseline)
      return {
        implementation: one.case.name,
        ...(one.case.peer && { peer: one.case.peer }),
        median_s: median(one.seconds),
        min_s: Math.min(...one.seconds),
        max_s: Math.max(...one.seconds),
        ...(one !== baseline && { baseline: baseline.case.name, speedup_median: median(ratio), speedup_min: Math.min(...ratio), speedup_max: Math.max(...ratio) }),
      }
    }),
  }
  return JSON.stringify(document, null, 2) + '\n'
}

function markdownOf(question: Question, measured: readonly Measured[], baseline: Measured): string {
  const { bytes, items } = question.workload
  const rate = bytes === undefined ? [] : ['Median throughput (MB/s)']
  const cost = items === undefined ? [] : ['Median time per item (ns)']
  const header = ['Implementation', 'Median (ms)', 'Min (ms)', 'Max (ms)', ...rate, ...cost, `Speedup over ${baseline.case.name}`, 'Speedup min', 'Speedup max']
  const rows = measured.map((one) => {
    const mid = median(one.seconds)
    const ratio = ratios(one, baseline)
    return [
      one.case.peer ? `${one.case.name} (${one.case.peer})` : one.case.name,
      ...[mid, Math.min(...one.seconds), Math.max(...one.seconds)].map((seconds) => (seconds * 1000).toFixed(2)),
      ...(bytes === undefined ? [] : [(bytes / 1e6 / mid).toFixed(1)]),
      ...(items === undefined ? [] : [((mid * 1e9) / items).toFixed(1)]),
      ...(one === baseline ? ['-', '-', '-'] : [median(ratio), Math.min(...ratio), Math.max(...ratio)].map((value) => `${value.toFixed(2)}x`)),
    ]
  })
  const { node, cpu, cores, platform } = environment()
  return [
    `# ${question.question}`,
    '',
    question.scope,
    '',
    `- Node: ${node}`,
    `- CPU: ${cpu}, ${cores} cores`,
    `- Platform: ${platform}`,
    `- Rounds: ${baseline.seconds.length}, cases in turn; a ratio compares the two runs of one round`,
    '',
    ...[header, header.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`),
    '',
  ].join('\n')
}

/** How many times faster than the baseline, round by round: baseline time / case time. */
function ratios(one: Measured, baseline: Measured): number[] {
  return one.seconds.map((seconds, round) => (baseline.seconds[round] ?? Number.NaN) / seconds)
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

export function environment() {
  const [cpu] = os.cpus()
  return { node: process.version, cpu: cpu?.model.trim() ?? 'unknown', cores: os.cpus().length, platform: `${os.platform()} ${os.arch()}` }
}

export function keep(name: string, extension: 'csv' | 'json' | 'md', text: string): void {
  mkdirSync(RESULTS, { recursive: true })
  writeFileSync(path.join(RESULTS, `${name}.${extension}`), text)
}

/** The version of an installed package, for naming a peer. */
export async function peer(name: string): Promise<string> {
  const { readFile } = await import('node:fs/promises')
  const manifest = JSON.parse(await readFile(path.join(projectRoot(), 'node_modules', name, 'package.json'), 'utf8')) as { version: string }
  return `${name}@${manifest.version}`
}

export function projectRoot(): string {
  // Compiled to dist/benchmarks/.
  return path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..')
}
