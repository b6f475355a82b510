// Which runs waited longest for their first token?
// node docs/examples/slow-starts.mjs [folder]

import { artifacts, formatQuantity, fuse, records } from 'chimera'

const folder = process.argv[2] ?? 'benchmarks/results'
const slowest = []

for await (const item of fuse(artifacts(folder), records())) {
  if (item.type === 'problem') console.error(`${item.file}:${item.line ?? 1}: ${item.message}`)
  if (item.type !== undefined || item.metric !== 'ttft' || item.stat !== 'value' || item.status !== 'ok') continue
  slowest.push(item)
  slowest.sort((a, b) => b.value - a.value).splice(3)
}

for (const { value, unit, attributes, source } of slowest) {
  const shown = formatQuantity(value, unit)
  console.log(`${shown.text} ${shown.unit}  ${attributes.model ?? 'unknown model'}  ${source.file}:${source.line}`)
}
