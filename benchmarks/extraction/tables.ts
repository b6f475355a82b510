/** Scores as tables: one row per file (CSV), totals with their environment (JSON), and both for people (Markdown). */

import type { Score } from './score.js'

/** Shares of 0 to 1; `undefined` where there is nothing to divide by. */
export interface Shares {
  readonly recall?: number
  readonly precision?: number
  readonly value?: number
  readonly stat?: number
  readonly metric?: number
  readonly attributes?: number
  readonly status?: number
  readonly wrongConfident?: number
}

type Name = keyof Shares

const NAMES: readonly Name[] = ['recall', 'precision', 'value', 'stat', 'metric', 'attributes', 'status', 'wrongConfident']

const TITLES: Readonly<Record<Name, string>> = {
  recall: 'Recall',
  precision: 'Precision',
  value: 'Value and unit right',
  stat: 'Statistic right',
  metric: 'Metric right',
  attributes: 'Attributes right',
  status: 'Status right',
  wrongConfident: 'Wrong but confident',
}

export function sharesOf(score: Pick<Score, 'labels' | 'found' | 'records' | 'labelled' | 'right' | 'wrongConfident'>): Shares {
  const { labels, found, records, labelled, right, wrongConfident } = score
  return {
    ...share('recall', found, labels),
    // A file in which nothing is measured, and of which nothing was said, is read without a fault.
    ...(records === 0 && labels === 0 ? { precision: 1 } : share('precision', labelled, records)),
    ...share('value', right.value, labelled),
    ...share('stat', right.stat, labelled),
    ...share('metric', right.metric, labelled),
    ...share('attributes', right.attributes, labelled),
    ...share('status', right.status, labelled),
    ...(records === 0 && labels === 0 ? { wrongConfident: 0 } : share('wrongConfident', wrongConfident, records)),
  }
}

function share(name: Name, part: number, whole: number): Shares {
  return whole === 0 ? {} : { [name]: part / whole }
}

/** Every value counts alike. */
export function overValues(scores: readonly Score[]): Shares {
  const sum = (of: (score: Score) => number) => scores.reduce((total, score) => total + of(score), 0)
  return sharesOf({
    labels: sum((one) => one.labels),
    found: sum((one) => one.found),
    records: sum((one) => one.records),
    labelled: sum((one) => one.labelled),
    right: { value: sum((one) => one.right.value), stat: sum((one) => one.right.stat), metric: sum((one) => one.right.metric), attributes: sum((one) => one.right.attributes), status: sum((one) => one.right.status) },
    wrongConfident: sum((one) => one.wrongConfident),
  })
}

/** Every file counts alike. */
export function overFiles(scores: readonly Score[]): Shares {
  const all = scores.map(sharesOf)
  const mean = (name: Name): Shares => {
    const known = all.flatMap((one) => one[name] ?? [])
    return known.length === 0 ? {} : { [name]: known.reduce((sum, one) => sum + one, 0) / known.length }
  }
  return Object.assign({}, ...NAMES.map(mean)) as Shares
}

export function csvOf(scores: readonly Score[]): string {
  const header = ['file', 'tool', 'labels', 'records', 'recall', 'precision', 'value_right', 'stat_right', 'metric_right', 'attributes_right', 'status_right', 'wrong_confident']
  const rows = scores.map((one) => {
    const shares = sharesOf(one)
    return [quoted(one.file), quoted(one.tool), String(one.labels), String(one.records), ...NAMES.map((name) => shares[name]?.toFixed(4) ?? '')]
  })
  return [header, ...rows].map((row) => row.join(',')).join('\n') + '\n'
}

export interface Outcome {
  readonly scope: string
  readonly node: string
  readonly scores: readonly Score[]
}

export function jsonOf({ scope, node, scores }: Outcome): string {
  const keyed = (shares: Shares) => Object.fromEntries(NAMES.flatMap((name) => (shares[name] === undefined ? [] : [[name === 'wrongConfident' ? 'wrong_confident' : name, round(shares[name])]])))
  return (
    JSON.stringify(
      {
        benchmark: 'extraction',
        scope,
        environment: { node },
        settings: { files: scores.length, labels: scores.reduce((sum, one) => sum + one.labels, 0) },
        results: [
          { average: 'over values', ...keyed(overValues(scores)) },
          { average: 'over files', ...keyed(overFiles(scores)) },
        ],
        tools: toolsOf(scores).map(([tool, own]) => ({ tool, files: own.length, ...keyed(overFiles(own)) })),
      },
      null,
      2,
    ) + '\n'
  )
}

export function markdownOf({ scope, node, scores }: Outcome): string {
  const cells = (shares: Shares) => NAMES.map((name) => percent(shares[name]))
  const header = NAMES.map((name) => TITLES[name])
  return [
    '# How much of what was measured is found, and how much of it is right?',
    '',
    scope,
    '',
    `- Node: ${node}`,
    `- Files: ${scores.length}, labelled values: ${scores.reduce((sum, one) => sum + one.labels, 0)}`,
    '',
    ...table([['Average', ...header], ['over values', ...cells(overValues(scores))], ['over files', ...cells(overFiles(scores))]]),
    '',
    '## By tool, averaged over files',
    '',
    ...table([['Tool', 'Files', ...header], ...toolsOf(scores).map(([tool, own]) => [tool, String(own.length), ...cells(overFiles(own))])]),
    '',
  ].join('\n')
}

function toolsOf(scores: readonly Score[]): [string, Score[]][] {
  const tools = new Map<string, Score[]>()
  for (const one of scores) tools.set(one.tool, [...(tools.get(one.tool) ?? []), one])
  return [...tools].sort(([a], [b]) => (a < b ? -1 : 1))
}

function table([header = [], ...rows]: string[][]): string[] {
  return [header, header.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`)
}

/** Cut, not rounded, so that 100 % says all. */
export function percent(value: number | undefined): string {
  return value === undefined ? '-' : `${(Math.floor(value * 10000 + 1e-9) / 100).toFixed(2)}%`
}

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6
}

function quoted(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
