// A model's analysis, streamed, with its time to first token. Without arguments a simulated model answers;
// node docs/examples/live-analysis.mjs [folder] [model]          for example: results gemma3:latest

import { pipeline } from 'node:stream/promises'
import { analyst, artifacts, modelFrom, records, timing } from 'chimera'

const [folder = 'benchmarks/results', name = 'sim:tokens=40,ttft=5ms,rate=2000'] = process.argv.slice(2)
const model = modelFrom(name)
const clock = timing()

const watched = analyst({
  model,
  onEvent: (event) => {
    if (event.type === 'model') clock.observe(event.event)
  },
})
await pipeline(artifacts(folder), records(), watched, process.stdout, { end: false })

const { ttft, outputThroughput } = clock.measurements()
const rate = outputThroughput === undefined ? '' : `, ${outputThroughput.toFixed(1)} tok/s`
console.error(ttft === undefined ? 'no token came' : `TTFT ${(ttft * 1000).toFixed(1)} ms${rate}`)
