/** What came of two agents at once, in a few lines: for the end of the report and for the summary. */

import { AGENTS, overRuns, worked, type AgentAnswer, type Agents, type AgentsRun } from '../../agent/scenario/index.js'
import { list, plural } from '../blocks.js'
import { plain } from '../inline.js'
import { counted, isNarrated, share, spread } from './told.js'

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

/** Answers of different length take different times, whatever the servers do. */
const LENGTHS_APART = 0.1

/** What a reader must know before the figures are believed, one sentence each. */
export function caveats(runs: readonly AgentsRun[], stopped: { readonly left: number; readonly message: string } | undefined): string[] {
  const measured = counted(runs)
  const failed = runs.flatMap(failuresOf)
  const shown = failed.slice(0, FAILURES_SHOWN)
  const more = failed.length - shown.length
  const again = runs.flatMap((run) => answersOf(run).flatMap(({ where, answer }) => (answer.measurements.retries ? [`${where} was sent again ${plural(answer.measurements.retries, 'time')}: that is in the wall time, not in its TTFT.`] : [])))
  const apart = measured.filter((run) => AGENTS.some((id) => lengthsApart(run, id)))
  const chilled = measured.some(({ alone }) => alone) && !runs.some(({ warmup }) => warmup)
  return [
    ...shown,
    ...taints(measured),
    ...again.slice(0, FAILURES_SHOWN),
    ...(more > 0 ? [`${plural(more, 'further answer')} failed.`] : []),
    ...(stopped && stopped.left > 0 ? [`${plural(stopped.left, 'further run')} not made, since ${stopped.message}.`] : []),
    ...(apart.length > 0
      ? [`In ${apart.length === measured.length && apart.length > 1 ? 'all runs' : `run ${apart.map(({ run }) => run).join(', ')}`} an agent's answers together and alone differ in length by more than ${share(LENGTHS_APART)}, which changes times as contention does. A fixed length (\`--option num_predict=256\`, \`max_tokens\`) and a seed avoid it.`]
      : []),
    ...(chilled ? ['There was no warm-up: the first answers may hold the loading of a model and an unread prompt (`--warmup 1`).'] : []),
  ]
}

const FAILURES_SHOWN = 8

/** Each kind once, with the runs it was met in. */
function taints(runs: readonly AgentsRun[]): string[] {
  const met = new Map<string, { readonly message: string; readonly where: string[] }>()
  for (const { run, together, alone } of runs) {
    for (const pass of [together, ...(alone ? [alone] : [])]) {
      for (const { code, message } of pass.certificate?.tainted ?? []) {
        const known = met.get(code) ?? { message, where: [] }
        known.where.push(`run ${run}${pass.mode === 'alone' ? ' alone' : ''}`)
        met.set(code, known)
      }
    }
  }
  return [...met.values()].map(({ message, where }) => `Tainted: ${where.slice(0, FAILURES_SHOWN).join(', ')}${where.length > FAILURES_SHOWN ? ' and more' : ''}: ${plain(message)}.`)
}

function failuresOf(run: AgentsRun): string[] {
  return answersOf(run).flatMap(({ where, answer }) => {
    const { failure } = answer
    return failure && !worked(answer) ? [`${where}: ${plain(failure.message).replace(/\.$/, '')}. Its figures are in no comparison.`] : []
  })
}

/** With where each stands: `Run 2, agent B alone`. */
function answersOf({ run, warmup, together, alone }: AgentsRun): { readonly where: string; readonly answer: AgentAnswer }[] {
  return [together, ...(alone ? [alone] : [])].flatMap(({ mode, answers }) =>
    AGENTS.flatMap((id) => {
      const answer = answers[id]
      return answer ? [{ where: `${warmup ? 'Warm-up' : 'Run'} ${run}, agent ${id}${mode === 'alone' ? ' alone' : ''}`, answer }] : []
    }),
  )
}

function lengthsApart({ together, alone }: AgentsRun, id: (typeof AGENTS)[number]): boolean {
  const beside = together.answers[id]?.measurements.outputTokens
  const apart = alone?.answers[id]?.measurements.outputTokens
  return beside !== undefined && apart !== undefined && Math.abs(beside - apart) > LENGTHS_APART * Math.max(beside, apart)
}
