/** No figure of a page is typed: each stands in benchmarks/results. */

import { readFileSync } from 'node:fs'
import path from 'node:path'
import t from 'tap'
import { filled, PAGES, readResult } from '../../benchmarks/page.js'
import { root } from '../support/paths.js'

t.test('the figures of README and docs/performance.md are those of benchmarks/results', async (t) => {
  for (const page of PAGES) {
    const text = readFileSync(path.join(root, page), 'utf8')
    t.ok(text.includes('<!-- results: '), `${page} has places for them`)
    t.equal(filled(text, readResult), text, `${page}: npm run bench -- --docs puts them in`)
    const typed = text.replace(/<!-- results: [\s\S]*?<!-- end of results -->/g, '').match(/\b\d+(\.\d+)?(x| MB\/s)(?![\w])/g)
    t.strictSame(typed, null, `${page}: no speed stands beside them`)
  }
})

t.test('a page of results becomes a section, one level deeper', async (t) => {
  const page = 'Before\n<!-- results: a -->\nold\n<!-- end of results -->\nAfter\n<!-- results: b -->\n<!-- end of results -->\n'
  const results: Readonly<Record<string, string>> = { 'a.md': '# How?\n\nScope.\n\n- Node: v1\n- Rounds: 3\n\n| A |\n| --- |\n| 7 |\n\n## Goals\n\nNone.\n' }
  const wanted = 'Before\n<!-- results: a -->\n\nScope.\n\n*Node: v1; Rounds: 3*\n\n| A |\n| --- |\n| 7 |\n\n### Goals\n\nNone.\n\n<!-- end of results -->\nAfter\n<!-- results: b -->\n\nNot measured yet: `npm run bench b`.\n\n<!-- end of results -->\n'
  t.equal(filled(page, (file) => results[file]), wanted)
  t.equal(filled(wanted, (file) => results[file]), wanted, 'again gives the same')
})

t.test('the table of speeds takes goals where there are some, else what is not a peer', async (t) => {
  const results: Readonly<Record<string, unknown>> = {
    'summary-csv.json': {
      benchmark: 'summary-csv',
      question: 'What does it cost?',
      results: [{ implementation: 'other', baseline: 'base', speedup_median: 9, speedup_min: 8, speedup_max: 10 }],
      goals: [
        { implementation: 'ours', baseline: 'base', cores: 2, speedup_median: 3, speedup_min: 2.5, speedup_max: 3.25, reached: true },
        { implementation: 'ours', time_ratio_median: 3, time_ratio_min: 3, time_ratio_max: 3, reached: false },
      ],
    },
    'summary.json': {
      benchmark: 'summary',
      results: [
        { implementation: 'base' },
        { implementation: 'theirs', peer: 'theirs@1', baseline: 'base', speedup_median: 2, speedup_min: 1, speedup_max: 3 },
        { implementation: 'ours', baseline: 'base', speedup_median: 0.5, speedup_min: 0.25, speedup_max: 0.75 },
      ],
    },
  }
  const text = filled('<!-- results: speed -->\n<!-- end of results -->', (file) => (file in results ? JSON.stringify(results[file]) : undefined))
  t.strictSame(text.split('\n').slice(4, -2), ['| What does it cost? | ours | base | 2 | 3.00x (2.50 to 3.25) |', '| summary | ours | base |  | 0.50x (0.25 to 0.75) |'])
})
