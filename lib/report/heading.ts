/** Headings as models write them: any level, numbered, bold, in capitals, with a colon, underlined or not. */

import { REPORT_HEADINGS, type ReportHeading } from '../model/narrator/headings.js'

const SYNONYMS: Readonly<Record<string, ReportHeading>> = {
  summary: 'Executive Summary',
  overview: 'Executive Summary',
  performance: 'Performance Analysis',
  analysis: 'Performance Analysis',
  findings: 'Key Findings',
  'main findings': 'Key Findings',
  recommendation: 'Recommendations',
}
const NAMES: ReadonlyMap<string, ReportHeading> = new Map([
  ...REPORT_HEADINGS.map((heading): [string, ReportHeading] => [heading.toLowerCase(), heading]),
  ...Object.entries(SYNONYMS),
])
const MARKED = /^[ \t]{0,3}(#{1,6})[ \t]+(.*?)[ \t#]*$/
const LONGEST = 200

export type LineReading =
  /** One of the four sections starts. */
  | { readonly kind: 'section'; readonly heading: ReportHeading }
  /** Some other heading, without its marks. */
  | { readonly kind: 'heading'; readonly level: number; readonly title: string }
  | { readonly kind: 'text' }

/** Reads a whole line, without its end. */
export function readHeading(line: string): LineReading {
  const marked = MARKED.exec(line)
  const heading = NAMES.get(nameOf(marked?.[2] ?? line))
  if (heading) return { kind: 'section', heading }
  if (marked) return { kind: 'heading', level: marked[1]?.length ?? 1, title: (marked[2] ?? '').replace(/^\*\*(.*)\*\*$/, '$1') }
  return { kind: 'text' }
}

/** True while the beginning of a line may still turn out to be a heading; `#` starts one whatever follows. */
export function mayBeHeading(start: string): boolean {
  if (start.length > LONGEST) return false
  if (/^[ \t]{0,3}(?:#{1,6}(?:[ \t].*)?)?$/.test(start)) return true
  // Of `1`, `**` or `4. **K` nothing can be said yet.
  const name = nameOf(start)
  return name === '' ? /^[\s\d.)*_#]*$/.test(start) : [...NAMES.keys()].some((known) => known.startsWith(name))
}

/** `**4. KEY FINDINGS:**` -> `key findings` */
function nameOf(line: string): string {
  return line
    .replace(/^[\s*_#]*(?:(?:section\s+)?\d{1,2}(?:\.\d{1,2})*[.):]?\s*)?[\s*_]*/i, '')
    .replace(/[\s*_:#]+$/, '')
    .replace(/\s+/g, ' ')
    .toLowerCase()
}
