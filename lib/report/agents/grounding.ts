/** How well each agent kept to the facts, as metric records. */

import { AGENTS, TASK_OF, worked, type AgentRecordsSource } from '../../agent/scenario/index.js'
import type { MetricRecord } from '../../record/metric-record.js'
import type { Grounding } from '../binding.js'
import { groundingRecords } from '../grounding-records.js'
import type { AgentsReportResult } from './document.js'

/** Of the texts that the report shows: those of the first run that counts. The attributes are those of that run's own records. */
export function agentGroundingRecords({ runs, answers, ledgers, setup }: AgentsReportResult, grounding: Grounding, { agents, scenario, file }: AgentRecordsSource): MetricRecord[] {
  const shown = runs.find(({ warmup }) => !warmup)
  if (!shown) return []
  return AGENTS.flatMap((id) => {
    const answer = answers[id]
    // Where an agent failed, the narrator's words stand in: they say nothing of its model.
    if (!answer || !worked(answer)) return []
    const { model, persona } = agents[id]
    return groundingRecords(ledgers[id], grounding, {
      model: model.name,
      provider: model.provider,
      stage: TASK_OF[id],
      options: model.options,
      file,
      ...(shown.startedAt ? { time: shown.startedAt.toISOString() } : {}),
      attributes: { agent: id, persona: persona.version, mode: setup.mode, ...(scenario === undefined ? {} : { scenario }), run: shown.run },
    })
  })
}
