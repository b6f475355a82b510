/** What came of two agents at once, in a few lines: for the end of the report and for the summary. */

import { AGENTS, overRuns, type Agents, type AgentsRun } from '../../agent/scenario/index.js'
import { list, plural } from '../blocks.js'
import { counted, isNarrated, spread } from './told.js'

const UNKNOWN = 'not reported'

/** One line per figure; of several runs the mean and the standard deviation. */
export function glance(runs: readonly AgentsRun[], agents: Agents): string {
  if (isNarrated(agents)) return list(['No language model was used: the built-in narrator wrote for both agents, so nothing was measured.'])
  const measured = counted(runs)
  const rows = overRuns(measured, agents)
  const mode = runs[0]?.together.mode ?? 'concurrent'
  /** The first of `metrics` that is known, as text. */
  const figure = (metrics: readonly string[], who: string, how: string, unit?: string, sign = false): string | undefined => {
    const row = metrics.flatMap((metric) => rows.filter((one) => one.metric === metric && one.who === who && one.mode === how))[0]
    if (!row) return undefined
    const { count } = row.statistics
    return `${spread(row.statistics, unit ?? row.unit, { sign })}${count < measured.length ? ` (of ${plural(count, 'run')})` : ''}`
  }
  const each = (metrics: readonly string[]) => {
    const found = AGENTS.map((id) => figure(metrics, id, mode))
    return found.every((text) => text === undefined) ? UNKNOWN : AGENTS.map((id, at) => `${id} ${found[at] ?? UNKNOWN}`).join(' | ')
  }
  const contention = (metric: string) => {
    const cells = AGENTS.flatMap((id) => figure([metric], id, '', '%', true)?.replace(/^/, `${id} `) ?? [])
    return cells.length === 0 ? undefined : cells.join(' | ')
  }
  const atOnce = mode === 'concurrent'
  const lines: readonly (readonly [name: string, text: string | undefined])[] = [
    ['Throughput', each(RATES)],
    ['TTFT', each(['ttft'])],
    ['Tokens Generated', each(['output_tokens'])],
    ['Throughput, B minus A', figure(RATES.map((metric) => `${metric}_b_minus_a`), 'B - A', mode, undefined, true)],
    ['TTFT, B minus A', figure(['ttft_b_minus_a'], 'B - A', mode, undefined, true)],
    [atOnce ? 'Wall Time, both at once' : 'Wall Time, one after the other', figure(['duration'], 'A+B', mode) ?? 'no run in which both agents came to their end'],
    ['Wall Time, one after the other', atOnce ? (figure(['duration'], 'A+B', 'alone') ?? 'not measured') : undefined],
    ['Speedup', figure(['speedup'], 'A+B', '', 'x')],
    ['Ideal Speedup', figure(['ideal_speedup'], 'A+B', '', 'x')],
    ['Efficiency', figure(['efficiency'], 'A+B', '', '%')],
    ['TTFT, longer together than alone', contention('ttft_contention')],
    ['Throughput, slower together than alone', contention('throughput_contention')],
  ]
  const head = measured.length > 1 ? [`Runs: ${measured.length}; what follows are means ± standard deviations`] : []
  return list([...head, ...lines.flatMap(([name, text]) => (text === undefined ? [] : [`${name}: ${text}`]))])
}

const RATES = ['decode_throughput', 'chunk_throughput']
