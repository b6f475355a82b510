/**
 * Puts figures of `benchmarks/results` into pages, between `<!-- results: NAME -->` and `<!-- end of results -->`, so that no
 * figure of a page is typed. `NAME` is a question, whose page of results stands there; `speed` is one table of all comparisons.
 */

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { markdownTable, projectRoot, RESULTS } from './results.js'

/** The text of a file of results, where it is there. */
export type ReadResult = (file: string) => string | undefined

export const PAGES = ['README.md', 'docs/performance.md']

/** In this order. */
const COMPARED = ['summary-csv', 'records-csv', 'summary-json', 'summary-markdown', 'stage-boundary', 'summary']

export function readResult(file: string): string | undefined {
  const found = path.join(RESULTS, file)
  return existsSync(found) ? readFileSync(found, 'utf8') : undefined
}

export function refreshPages(): void {
  for (const page of PAGES) {
    const file = path.join(projectRoot(), page)
    writeFileSync(file, filled(readFileSync(file, 'utf8'), readResult))
  }
}

/** The page with the results that are there now. */
export function filled(page: string, read: ReadResult): string {
  return page.replace(/(<!-- results: ([\w-]+) -->\n)[\s\S]*?(<!-- end of results -->)/g, (_, open: string, name: string, close: string) => {
    const text = name === 'speed' ? speedTable(read) : section(name, read)
    return `${open}\n${text}\n\n${close}`
  })
}

/** The page of a question's results without its title, one level deeper. */
function section(name: string, read: ReadResult): string {
  const page = read(`${name}.md`)
  if (page === undefined) return `Not measured yet: \`npm run bench ${name}\`.`
  const lines = page.replace(/^# .*\n+/, '').trimEnd().split('\n')
  const notes = lines.filter((line) => line.startsWith('- '))
  const first = lines.indexOf(notes[0] ?? '')
  const rest = lines.filter((line) => !line.startsWith('- '))
  if (first >= 0) rest.splice(first, 0, `*${notes.map((line) => line.slice(2)).join('; ')}*`)
  return rest
    .map((line) => (line.startsWith('#') ? `#${line}` : line))
    .join('\n')
    .replaceAll('](growth.svg)', '](../benchmarks/results/growth.svg)')
}

interface Results {
  readonly benchmark: string
  readonly question?: string
  readonly results?: readonly Compared[]
  readonly goals?: readonly Compared[]
}

interface Compared {
  readonly implementation: string
  /** Who does the work, where it is not chimera. */
  readonly peer?: string
  readonly baseline?: string
  readonly cores?: number
  readonly speedup_median?: number
  readonly speedup_min?: number
  readonly speedup_max?: number
}

/** What has goals is compared with those it was held against, the rest with its baseline. */
function speedTable(read: ReadResult): string {
  const rows = COMPARED.flatMap((name) => {
    const text = read(`${name}.json`)
    if (text === undefined) return []
    const { benchmark, question, results = [], goals = [] } = JSON.parse(text) as Results
    const ratios = goals.filter(({ speedup_median }) => speedup_median !== undefined)
    const shown = ratios.length > 0 ? ratios : results.filter(({ speedup_median, peer }) => speedup_median !== undefined && peer === undefined)
    return shown.map(({ implementation, baseline = '', cores, speedup_median = NaN, speedup_min = NaN, speedup_max = NaN }, at) => [
      at === 0 ? (question ?? benchmark) : '',
      implementation,
      baseline,
      cores === undefined ? '' : String(cores),
      `${speedup_median.toFixed(2)}x (${speedup_min.toFixed(2)} to ${speedup_max.toFixed(2)})`,
    ])
  })
  return markdownTable(['question', 'this', 'over', 'cores', 'speed over it, median (min to max)'], rows).join('\n')
}
