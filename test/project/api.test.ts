/** What a script can import: adding is a decision, and so is removing. */

import t from 'tap'
import * as chimera from '../../lib/index.js'

t.test('the public API', async (t) => {
  t.strictSame(Object.keys(chimera).sort(), [
    'Accumulator',
    'ChimeraError',
    'Evidence',
    'agentRecords',
    'agentsSummary',
    'analysisText',
    'analyst',
    'artifacts',
    'bench',
    'benchPlan',
    'benchRecords',
    'benchReport',
    'benchSummary',
    'collectFacts',
    'countInventory',
    'csv',
    'dataCollector',
    'defineLayout',
    'distinct',
    'explanationText',
    'facts',
    'formatInventory',
    'formatPersona',
    'formatQuantity',
    'formatRecord',
    'fuse',
    'insightAgent',
    'inventory',
    'json',
    'markdownTable',
    'measurementRecords',
    'modelFrom',
    'narrator',
    'ndjson',
    'ollama',
    'openai',
    'parsePersona',
    'parseRecord',
    'progress',
    'records',
    'reportHtml',
    'runAgents',
    'runWorkflow',
    'sanitize',
    'sim',
    'simServer',
    'sink',
    'source',
    'stage',
    'startSimProcess',
    'summary',
    'table',
    'timing',
    'writeAgentsReport',
    'writeReport',
  ])
})

t.test('importing it opens nothing and starts nothing', async (t) => {
  t.strictSame(process.getActiveResourcesInfo().filter((one) => /TCP|Timeout|FSReq/.test(one)), [])
})

t.test('every public stage rests when its reader does', async (t) => {
  const { stopsReading } = await import('../support/backpressure.js')
  const record = (index: number): chimera.MetricRecord => ({
    metric: `metric_${index}`,
    value: index,
    unit: 's',
    stat: 'value',
    better: 'lower',
    status: 'ok',
    attributes: {},
    raw: { name: 'x', text: String(index) },
    source: { file: 'x.csv', format: 'csv', layout: 'generic', line: index + 1 },
    id: `0000000000000000-${index.toString(16).padStart(8, '0')}`,
  })
  const artifact = (index: number): chimera.Artifact => ({
    type: 'artifact',
    name: `${index}.csv`,
    format: 'csv',
    async *open() {
      yield Buffer.from(`model,ttft_s\na,${index}\n`)
    },
  })
  // summary, facts, inventory and analyst give nothing before their input ends, so for them there is nothing to stop reading.
  const cases = {
    records: () => stopsReading(chimera.records(), artifact, { readItems: 3 }),
    distinct: () => stopsReading(chimera.distinct(), record),
    ndjson: () => stopsReading(chimera.ndjson(), record),
    json: () => stopsReading(chimera.json(), record),
    csv: () => stopsReading(chimera.csv(), record),
    table: () => stopsReading(chimera.table(), record),
    markdownTable: () => stopsReading(chimera.markdownTable(), record),
    'records fused with ndjson': () => stopsReading(chimera.fuse(chimera.records(), chimera.ndjson()), artifact, { readItems: 3 }),
  }
  for (const [name, run] of Object.entries(cases)) {
    const { taken } = await run()
    t.ok(taken < 2500, `${name}: took ${taken} of an endless source`)
  }
})

t.test('stages that give their all at the end stop at a reader that stops, too', async (t) => {
  const many = Array.from({ length: 3000 }, (_, index) => `metric_${index}`)
  const stage = chimera.summary({ by: ['model'] })
  for (const metric of many) {
    stage.write({
      metric,
      value: 1,
      unit: 's',
      stat: 'value',
      better: null,
      status: 'ok',
      attributes: { model: 'a' },
      raw: { name: metric, text: '1' },
      source: { file: 'x.csv', format: 'csv', layout: 'generic' },
      id: '0000000000000000-00000000',
    })
  }
  stage.end()
  await new Promise((resolve) => stage.once('readable', resolve))
  t.ok(stage.readableLength <= 256, `${stage.readableLength} rows wait for a reader, not ${many.length}`)
  stage.destroy()
})
