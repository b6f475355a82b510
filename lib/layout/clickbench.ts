/** ClickBench and what was made after it: databases that answer the same queries, each a few times. */

import { IGNORE, measured, named } from './field.js'
import type { Layout } from './layout.js'

const bytes = (metric: string) => measured(metric, 'bytes', { better: 'lower' })

const RESULTS: Layout = {
  name: 'clickbench',
  tool: 'ClickBench results of a system: seconds per query and run, the first one cold; bytes on disk',
  keys: ['system', 'machine', 'tags', 'result.*'],
  fields: {
    result: measured('duration', 's', { better: 'lower', each: ['query', 'run'] }),
    memory_usage: { ...bytes('memory_used'), each: ['query', 'run'] },
    load_time: measured('load_duration', 's', { better: 'lower' }),
    data_size: bytes('data_size'),
    index_size: bytes('index_size'),
    total_size: bytes('total_size'),
    dataset_size: named('dataset_size'),
    num_loaded_documents: named('num_loaded_documents'),
    cluster_size: named('cluster_size'),
    tags: IGNORE,
    comment: IGNORE,
  },
}

export const CLICK_BENCH: readonly Layout[] = [RESULTS]
