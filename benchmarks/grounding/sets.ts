/** Sets of facts to write about: made-up measurements of several kinds, and the corpus where this machine has one. */

import { existsSync } from 'node:fs'
import path from 'node:path'
import { Evidence } from '../../lib/fact/evidence.js'
import { collectFacts } from '../../lib/fact/collect-facts.js'
import type { Fact } from '../../lib/fact/fact.js'
import { artifacts, records } from '../../lib/index.js'
import type { Artifact } from '../../lib/source/artifact.js'
import { Readable } from 'node:stream'
import { corpusFolder } from '../results.js'

export interface FactSet {
  readonly name: string
  readonly facts: readonly Fact[]
}

type Row = Readonly<Record<string, string | number>>

/** Models of a server, with repetitions. */
const SERVING: readonly Row[] = [
  ['tern:1b', 0.0412, 211.4, 0.31], ['tern:1b', 0.0437, 208.9, 0.33], ['tern:1b', 0.0424, 213.2, 0.3],
  ['heron:7b-q4_0', 0.1283, 88.6, 0.92], ['heron:7b-q4_0', 0.1311, 87.1, 0.95], ['heron:7b-q4_0', 0.1266, 89.4, 0.9],
  ['heron:7b-q8_0', 0.1764, 54.2, 1.41], ['heron:7b-q8_0', 0.1722, 53.7, 1.44], ['heron:7b-q8_0', 0.1801, 55.1, 1.39],
  ['osprey:13b', 0.3127, 31.8, 2.63], ['osprey:13b', 0.3054, 32.3, 2.7], ['osprey:13b', 0.3206, 31.1, 2.58],
].map(([model, ttft, rate, load]) => ({ model: model ?? '', ttft_s: ttft ?? 0, tokens_per_second: rate ?? 0, load_duration_s: load ?? 0 }))

/** Backends of one kernel library. */
const BACKENDS: readonly Row[] = [
  ['mesa', 0.00213, 0.81], ['mesa', 0.00221, 0.79], ['mesa', 0.00209, 0.83],
  ['butte', 0.00587, 0.42], ['butte', 0.00601, 0.44], ['butte', 0.00579, 0.41],
  ['ridge', 0.0134, 0.27], ['ridge', 0.0129, 0.26], ['ridge', 0.0137, 0.29],
].map(([backend, latency, share]) => ({ backend: backend ?? '', latency_s: latency ?? 0, 'gpu_utilization_%': 100 * Number(share ?? 0) }))

/** Power and memory of cards. */
const CARDS: readonly Row[] = [
  ['Zephyr 40', 187, 11_300, 61.2], ['Zephyr 40', 191, 11_350, 60.7], ['Zephyr 40', 184, 11_280, 61.9],
  ['Zephyr 80', 312, 22_700, 118.3], ['Zephyr 80', 318, 22_740, 117.1], ['Zephyr 80', 309, 22_690, 119.6],
  ['Borealis', 254, 15_900, 83.5], ['Borealis', 249, 15_870, 84.2], ['Borealis', 257, 15_940, 82.8],
].map(([device, power, memory, rate]) => ({ device: device ?? '', power_w: power ?? 0, gpu_memory_used_mb: memory ?? 0, output_tokens_per_second: rate ?? 0 }))

export async function factSets(): Promise<FactSet[]> {
  const sets = [await made('serving', SERVING), await made('backends', BACKENDS), await made('cards', CARDS)]
  const corpus = corpusFolder()
  const seed = path.join(corpus, 'seed')
  if (existsSync(seed)) sets.push({ name: 'seed', facts: await factsOf(artifacts(seed)) })
  return sets
}

async function made(name: string, rows: readonly Row[]): Promise<FactSet> {
  const keys = Object.keys(rows[0] ?? {})
  const text = [keys, ...rows.map((row) => keys.map((key) => row[key]))].map((cells) => cells.join(',')).join('\n')
  const bytes = new TextEncoder().encode(`${text}\n`)
  const file: Artifact = { type: 'artifact', name: `results/${name}.csv`, format: 'csv', named: true, open: () => Readable.from([bytes]) }
  return { name, facts: await factsOf(Readable.from([file])) }
}

async function factsOf(files: Readable): Promise<Fact[]> {
  const evidence = new Evidence()
  for await (const item of files.pipe(records())) evidence.add(item)
  return collectFacts(evidence)
}
