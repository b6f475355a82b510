/** What does `chimera summary` of Markdown cost, over parsing the document? */

import { writeFileSync } from 'node:fs'
import { check, chimeraAnswer, chimeraMean, equal, near, type Answer } from './answer.js'
import { peer } from './peer.js'
import { prose } from './prose.js'
import type { Question } from './question.js'
import { scratch } from './scratch.js'
import { writeSweep, type SweepFile } from './sweep.js'
import { chimera, CORES_NOTE, onCores, program, wholeRounds, type Whole } from './whole-commands.js'

export async function question(quick: boolean): Promise<Question> {
  const folder = scratch()
  const tables = writeSweep(folder.file('tables.md'), 'markdown', quick ? 500_000 : 5e6)
  // All of it would take minutes and gigabytes; larger documents only make remark slower.
  const piece = writeSweep(folder.file('piece.md'), 'markdown', quick ? 50_000 : 250_000)
  const report = prose(quick ? 100_000 : 400_000)
  const reportFile = folder.file('prose.md')
  writeFileSync(reportFile, report.text)
  const reportBytes = Buffer.byteLength(report.text)
  const rightTables = (sweep: SweepFile) => (answer: Answer) => check(answer, sweep)
  const rightReport = (answer: Answer) => {
    equal('rows', answer.rows, report.rows)
    near('mean of ttft_s', answer.mean, report.mean, 1e-9)
  }
  const tableCases: Whole[] = [
    { name: 'remark with GFM, tables', peer: remark(), single: true, workload: { bytes: piece.bytes }, note: `${(piece.bytes / 1e6).toFixed(2)} MB of it`, ...program('remark', [piece.file], rightTables(piece)) },
    { name: 'marked, tables', peer: peer('marked'), single: true, ...program('marked', [tables.file], rightTables(tables)) },
    { name: 'markdown-it, tables', peer: peer('markdown-it'), single: true, ...program('markdown-it', [tables.file], rightTables(tables)) },
    { name: 'chimera summary, tables', command: (cores) => chimera(['summary', tables.file, '--by', 'model', '--format', 'ndjson'], cores), check: (output) => rightTables(tables)(chimeraAnswer(output)) },
  ]
  const proseCases: Whole[] = [
    { name: PROSE_BASELINE, peer: remark(), single: true, ...program('remark', [reportFile], rightReport) },
    { name: 'marked, prose', peer: peer('marked'), single: true, ...program('marked', [reportFile], rightReport) },
    { name: 'markdown-it, prose', peer: peer('markdown-it'), single: true, ...program('markdown-it', [reportFile], rightReport) },
    { name: 'chimera summary, prose', command: (cores) => chimera(['summary', reportFile, '--by', 'model', '--format', 'ndjson'], cores), check: (output) => rightReport(chimeraMean(output)) },
  ]
  return {
    name: 'summary-markdown',
    question: 'What does a summary of Markdown cost?',
    scope:
      `Whole commands, each a process of its own. Tables: ${(tables.bytes / 1e6).toFixed(1)} MB, ${tables.rows} rows of 12 columns, 9 of them measured, in sections of 25; remark gets ${(piece.bytes / 1e6).toFixed(2)} MB of it, and speeds are compared byte by byte. ` +
      `Prose: a report of ${(reportBytes / 1e3).toFixed(0)} kB with ${report.rows} table rows among paragraphs, lists and code. remark gives the tree, marked and markdown-it the tokens of the whole document; chimera gives statistics per model. Peers run on one core. Every answer is checked.`,
    workload: { bytes: tables.bytes },
    rounds: wholeRounds(quick),
    baseline: 'remark with GFM, tables',
    cases: onCores([...tableCases, ...proseCases.map((whole) => ({ ...whole, workload: { bytes: reportBytes }, baseline: PROSE_BASELINE }))]),
    absent: CORES_NOTE,
    goals: [
      { name: 'chimera summary, tables', over: 'remark with GFM, tables', cores: 1, of: 'speed', atLeast: 50 },
      { name: 'chimera summary, prose', over: PROSE_BASELINE, cores: 1, of: 'speed', atLeast: 10 },
    ],
    close: folder.remove,
  }
}

const PROSE_BASELINE = 'remark with GFM, prose'

function remark(): string {
  return `${peer('remark')}, ${peer('remark-gfm')}`
}
