/** The figures of the run itself: how fast the model answered, as far as it is known. */

import type { WorkflowStage } from '../agent/workflow.js'
import type { Measurements } from '../model/measurements.js'
import type { Model } from '../model/model.js'
import { list, wholeNumber } from './blocks.js'
import { plain, quantity } from './inline.js'

type Stages = { readonly [Stage in WorkflowStage]?: Measurements }

const UNKNOWN = 'not reported'

/** One line per figure; the analysis before the report. */
export function runMetrics(model: Model, stages: Stages, seconds: { readonly [Stage in WorkflowStage]?: number }): string {
  if (model.provider === 'narrator') {
    const total = (seconds.analysis ?? 0) + (seconds.report ?? 0)
    return list([`No language model was used: the built-in narrator wrote the text in ${quantity(total, 's')}.`])
  }
  const rows: [name: string, unit: string, of: (measured: Measurements) => number | undefined, additive?: true][] = [
    ['Throughput', '{token}/s', (measured) => measured.evalDecodeThroughput ?? measured.decodeThroughput ?? measured.outputThroughput],
    ['TTFT', 's', ({ ttft }) => ttft],
    ['Total Duration', 's', ({ totalDuration, e2eLatency }) => totalDuration ?? e2eLatency, true],
    ['Tokens Generated', '', ({ outputTokens }) => outputTokens, true],
    ['Prompt Eval', 's', ({ promptEvalDuration }) => promptEvalDuration, true],
    ['Eval Duration', 's', ({ evalDuration }) => evalDuration, true],
    ['Load Duration', 's', ({ loadDuration }) => loadDuration, true],
  ]
  const known = [stages.analysis, stages.report]
  const doubts = known.flatMap((measured) => measured?.doubts ?? [])
  return list([...rows.map(([name, unit, of, additive = false]) => `${name}: ${both(stages, unit, of, additive)}`), ...tokens(stages), ...doubts.map((doubt) => plain(doubt))])
}

function both(stages: Stages, unit: string, of: (measured: Measurements) => number | undefined, additive: boolean): string {
  const shown = (['analysis', 'report'] as const).flatMap((stage) => {
    const measured = stages[stage]
    if (!measured) return []
    const value = of(measured)
    return [{ stage, text: value === undefined ? UNKNOWN : unit === '' ? wholeNumber(value) : quantity(value, unit) }]
  })
  if (shown.every(({ text }) => text === UNKNOWN)) return UNKNOWN
  const each = shown.map(({ stage, text }) => `${stage} ${text}`).join(' | ')
  const whole = additive ? sumOf(stages, of) : undefined
  return whole === undefined ? each : `${unit === '' ? wholeNumber(whole) : quantity(whole, unit)} (${each})`
}

/** Over both stages; only when both say it. */
function sumOf({ analysis, report }: Stages, of: (measured: Measurements) => number | undefined): number | undefined {
  const first = analysis && of(analysis)
  const second = report && of(report)
  return first === undefined || second === undefined ? undefined : first + second
}

/** How much of the second prompt the server had read already. */
function tokens({ report }: Stages): string[] {
  if (report?.cachedPromptTokens === undefined || report.promptTokens === undefined) return []
  return [`Prompt tokens from the server's cache: report ${wholeNumber(report.cachedPromptTokens)} of ${wholeNumber(report.promptTokens)}`]
}
