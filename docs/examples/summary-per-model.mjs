// Statistics per model as CSV, in one pass and bounded memory, with the stages fused into one stream.
// node docs/examples/summary-per-model.mjs [folder]

import { pipeline } from 'node:stream/promises'
import { artifacts, csv, fuse, records, stage, summary } from 'chimera'

const folder = process.argv[2] ?? 'benchmarks/results'

// A stage of one's own: a name, and a step that turns a batch into batches.
const onlyRows = stage({
  name: 'only rows',
  start: () => ({ write: (batch) => [batch.filter((item) => item.type === 'summary')] }),
})

const by = ['model']
await pipeline(artifacts(folder), fuse(records(), summary({ by }), onlyRows, csv({ by })), process.stdout, { end: false })
