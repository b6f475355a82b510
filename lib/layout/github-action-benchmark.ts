/** github-action-benchmark: results of many tools, gathered commit by commit. */

import { IGNORE } from './field.js'
import type { Layout } from './layout.js'


const HISTORY: Layout = {
  name: 'github-action-benchmark',
  tool: 'github-action-benchmark, its data.js: a value per benchmark and commit; a rate or a time, as the unit says',
  keys: ['entries.*.*.commit', 'entries.*.*.benches.*.name', 'entries.*.*.benches.*.value', 'entries.*.*.benches.*.unit'],
  levels: { entries: 'suite' },
  fields: {
    lastUpdate: IGNORE,
    repoUrl: { role: 'attribute', name: 'repository' },
    'commit.id': { role: 'attribute', name: 'commit' },
    'commit.timestamp': IGNORE,
    'commit.message': IGNORE,
    'commit.url': IGNORE,
    'commit.distinct': IGNORE,
    'commit.tree_id': IGNORE,
    author: IGNORE,
    committer: IGNORE,
    date: { role: 'time' },
    'benches.name': { role: 'attribute', name: 'benchmark' },
    'benches.value': { role: 'metric', metric: '' },
    'benches.unit': { role: 'unit' },
    // Another thing in each tool that it comes from.
    range: IGNORE,
    extra: IGNORE,
  },
  settings: ['commit'],
}

export const GITHUB_ACTION_BENCHMARK: readonly Layout[] = [HISTORY]
