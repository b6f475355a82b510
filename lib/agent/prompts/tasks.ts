/** The two tasks of a workflow: the analysis, and the report that is written from it. */

import { REPORT_HEADINGS } from '../../model/narrator/headings.js'

export const TASKS_VERSION = 'tasks@1'

/** `words` is what fits in the model's context. */
export function analysisTask(words: number): string {
  return `Task: analyse these figures in at most ${words} words. Say what was measured, what stands out, and what is missing. A report will be written from your analysis.`
}

export function reportTask(words: number): string {
  const headings = REPORT_HEADINGS.map((heading) => `## ${heading}`).join('\n')
  return `Task: write the report from your analysis and the figures, in at most ${words} words. Use exactly these headings, in this order, and no others:
${headings}
Key Findings and Recommendations are lists. The same rules hold: {{F3}} for every figure, no digits.`
}
