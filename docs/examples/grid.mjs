// A grid of settings against a model, as a Markdown report. Name your model, or see it work with the simulator.
// node docs/examples/grid.mjs gemma3:latest > report.md

import { bench, benchPlan, benchRecords, benchReport, benchSummary } from 'chimera'

const model = process.argv.slice(2).find((name) => name.includes(':')) ?? 'sim:tokens=12,ttft=1ms,rate=10000'
const plan = benchPlan({ models: [model], axes: [{ name: 'num_gpu', values: [60, 80] }], runs: 2 })
const summary = benchSummary(plan)

let done = 0
for await (const run of bench(plan)) {
  for (const record of benchRecords(run, plan)) summary.add(record)
  done += 1
}
console.log(benchReport(plan, summary, { time: new Date().toISOString(), done, notes: [] }))
