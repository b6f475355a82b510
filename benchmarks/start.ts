/** What does it cost to start, and to read a small folder? */

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { artifacts, records, summary, type SummaryRow } from '../lib/index.js'
import { equal } from './answer.js'
import { chimeraProgram, NODE } from './peer.js'
import type { Case, Goal, Question } from './question.js'
import { corpusFolder } from './results.js'
import { scratch } from './scratch.js'
import { sweepText, type Shape } from './sweep.js'

/** Files of each shape in the small folder, and rows of each. */
const FILES = 3
const ROWS = 20
const SHAPES: readonly (readonly [shape: Shape, extension: string])[] = [
  ['csv', 'csv'],
  ['ndjson', 'ndjson'],
  ['array', 'json'],
  ['markdown', 'md'],
]

export async function question(): Promise<Question> {
  const folder = scratch()
  const small = smallFolder(folder.file('results'))
  const seed = path.join(corpusFolder(), 'seed')
  const hasSeed = existsSync(seed)
  const cases: Case[] = [
    { name: BARE, peer: NODE, run: () => printed(['-e', '0'], /^$/) },
    { name: VERSION, run: () => printed([chimeraProgram(), '--version'], /^\d+\.\d+\.\d+/) },
    { name: COMMAND, run: () => printed([chimeraProgram(), 'summary', small, '--progress', 'never'], /\bttft\b/) },
    { name: `${COMMAND}, warm, in process`, run: async () => equal('samples of ttft', await samples(small), FILES * SHAPES.length * ROWS) },
    ...(hasSeed
      ? [
          { name: SEED, run: () => printed([chimeraProgram(), 'summary', seed, '--progress', 'never'], /\bttft\b/) },
          { name: `${SEED}, warm, in process`, run: async () => equal('there are samples of ttft', (await samples(seed)) > 0, true) },
        ]
      : []),
  ]
  return {
    name: 'start',
    question: 'What does it cost to start?',
    scope:
      `Whole commands until they have ended; \`${BARE}\` is a Node that does nothing. The small folder holds ${FILES * SHAPES.length} files of ${ROWS} rows: CSV, NDJSON, JSON and Markdown. Warm: artifacts, records and summary in this process, which has done it before.` +
      (hasSeed ? ' The seed corpus is a folder of real results.' : ' The seed corpus was not at hand (`CHIMERA_CORPUS`).'),
    workload: {},
    baseline: BARE,
    cases,
    goals: [
      { name: VERSION, over: BARE, of: 'cost', atMost: 1.8 },
      { name: COMMAND, over: BARE, of: 'cost', atMost: 5 },
      ...(hasSeed ? ([{ name: SEED, over: BARE, of: 'cost', atMost: 5 }, { name: `${SEED}, warm, in process`, of: 'seconds', atMost: 0.1 }] satisfies Goal[]) : []),
    ],
    close: folder.remove,
  }
}

const BARE = 'node -e 0'
const VERSION = 'chimera --version'
const COMMAND = 'chimera summary of a small folder'
const SEED = 'chimera summary of the seed corpus'

function smallFolder(folder: string): string {
  mkdirSync(folder)
  for (const [shape, extension] of SHAPES) {
    for (let at = 0; at < FILES; at += 1) writeFileSync(path.join(folder, `run-${at}.${extension}`), sweepText(shape, ROWS))
  }
  return folder
}

function printed(args: readonly string[], wanted: RegExp): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 28 })
  if (status !== 0 || !wanted.test(stdout)) throw new Error(`${args.join(' ')}: expected ${String(wanted)} and status 0, found status ${status ?? 'none'}: ${stderr.slice(-300)}`)
}

type Item = SummaryRow | { readonly type: undefined }

/** How many samples of `ttft` are in all statistics of the folder. */
async function samples(folder: string): Promise<number> {
  let count = 0
  await pipeline(artifacts(folder), records(), summary(), async (items) => {
    for await (const item of items as AsyncIterable<Item>) if (item.type === 'summary' && item.metric === 'ttft') count += item.samples?.count ?? 0
  })
  return count
}
