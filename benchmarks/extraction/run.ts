/**
 * How much of what was measured is found, and how much of it is right: the records of a corpus of files are scored against
 * labels. Labels come from specs and from readers of this folder's own, never from `lib`.
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import picomatch from 'picomatch'
import { artifacts, records, type MetricRecord } from '../../lib/index.js'
import { corpusFolder, projectRoot, type Keep } from '../results.js'
import type { Labels } from './label.js'
import { labelJson } from './label-json.js'
import { labelCsv, labelMarkdown } from './label-table.js'
import { score, type Score } from './score.js'
import { show, worst } from './show.js'
import type { Spec } from './spec.js'
import { CORPUS_SPECS, FIXTURE_SPECS } from './specs/index.js'
import { csvOf, jsonOf, markdownOf } from './tables.js'

export interface ScoringOptions {
  /** Parts of file names: the mismatches of these files are printed, and nothing is kept. */
  readonly show: readonly string[]
  /** How many mismatches of one kind are printed. */
  readonly each: number
  readonly keep: Keep
}

export async function scoreExtraction(options: ScoringOptions): Promise<void> {
  const corpus = corpusFolder()
  const hasCorpus = existsSync(corpus)
  const scope = hasCorpus
    ? 'Files of many tools, as these wrote them, against labels made by hand-written specs and readers that share nothing with the program.'
    : "No corpus of real results is on this machine: only the project's own fixtures are scored, which says little."
  const base = hasCorpus ? corpus : path.join(projectRoot(), 'test', 'fixtures')
  const scores: Score[] = []
  for (const [file, spec] of filesOf(base, hasCorpus ? CORPUS_SPECS : FIXTURE_SPECS)) {
    if (options.show.length > 0 && !options.show.some((part) => file.includes(part))) continue
    try {
      scores.push(await scoreFile(base, file, spec))
    } catch (error) {
      // A spec with a fault costs its file, and the result says so.
      process.exitCode = 1
      process.stderr.write(`${file}: ${error instanceof Error ? error.message : String(error)}\n`)
    }
  }
  if (options.show.length > 0) {
    process.stdout.write(`${scores.map((one) => show(one, options.each)).join('\n\n')}\n`)
    return
  }
  const outcome = { scope, node: process.version, scores }
  options.keep('extraction', 'csv', csvOf(scores))
  options.keep('extraction', 'json', jsonOf(outcome))
  options.keep('extraction', 'md', markdownOf(outcome))
  process.stdout.write(`${markdownOf(outcome)}\nThe worst files:\n${worst(scores, 40)}\n\nThe mismatches of one: npm run bench extraction -- --show PART-OF-ITS-NAME\n`)
}

/** Every file with the first spec that names it; a spec that names none is a mistake in the spec. */
export function filesOf(base: string, specs: readonly Spec[]): Map<string, Spec> {
  const all = readdirSync(base, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(base, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .sort()
  const chosen = new Map<string, Spec>()
  for (const spec of specs) {
    for (const name of spec.files) {
      const matches = /[*{]/.test(name) ? picomatch(name) : (file: string) => file === name
      const files = all.filter((file) => matches(file) && !chosen.has(file))
      if (files.length === 0) throw new RangeError(`expected files for ${name} (${spec.tool}) in the corpus, found none`)
      for (const file of files) chosen.set(file, spec)
    }
  }
  return chosen
}

async function scoreFile(base: string, file: string, spec: Spec): Promise<Score> {
  const labels = labelsOf(readFileSync(path.join(base, file)), spec)
  if (labels.unlabelled.length > 0) throw new Error(`the spec says nothing of ${labels.unlabelled.join('; ')}`)
  const found: MetricRecord[] = []
  for await (const item of artifacts(path.join(base, file)).pipe(records())) {
    if (item.type === undefined) found.push(item)
  }
  return score(file, spec.tool, labels, found)
}

export function labelsOf(bytes: Buffer, spec: Spec): Labels {
  const text = bytes.toString(spec.kind === 'csv' ? (spec.encoding ?? 'utf8') : 'utf8')
  if (spec.kind === 'json') return labelJson(text, spec)
  return spec.kind === 'csv' ? labelCsv(text, spec) : labelMarkdown(text, spec)
}
