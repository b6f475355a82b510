/** What a reader must know before the figures of two agents are believed. */

import { AGENTS, worked, type AgentAnswer, type AgentId, type AgentsRun } from '../../agent/scenario/index.js'
import { plural } from '../blocks.js'
import { plain } from '../inline.js'
import { counted, share } from './told.js'

/** Answers of different length take different times, whatever the servers do. */
const LENGTHS_APART = 0.1
const PLACES_SHOWN = 6
const KINDS_SHOWN = 8

/** One sentence each; the same thing met several times is told once, with where. */
export function caveats(runs: readonly AgentsRun[], stopped: { readonly left: number; readonly message: string } | undefined): string[] {
  const measured = counted(runs)
  const chilled = measured.some(({ alone }) => alone) && !runs.some(({ warmup }) => warmup)
  return [
    ...grouped(runs.flatMap(failures)).map(([message, places]) => `${places}: ${message}. ${places.includes(',') ? 'These are' : 'This is'} in no comparison.`),
    ...(stopped && stopped.left > 0 ? [`${plural(stopped.left, 'further run')} not made, since ${stopped.message}.`] : []),
    ...grouped(measured.flatMap(taints)).map(([message, places]) => `Tainted, ${places}: ${message}.`),
    ...grouped(runs.flatMap(retries)).map(([message, places]) => `${places}: ${message}.`),
    ...lengths(measured),
    ...(chilled ? ['There was no warm-up: the first answers may hold the loading of a model and an unread prompt (`--warmup 1`).'] : []),
  ]
}

interface Met {
  readonly kind: string
  readonly message: string
  readonly place: string
}

/** Message and places, in the order in which each kind was met first. */
function grouped(met: readonly Met[]): (readonly [message: string, places: string])[] {
  const kinds = new Map<string, { readonly message: string; readonly places: string[] }>()
  for (const { kind, message, place } of met) {
    const known = kinds.get(kind) ?? { message, places: [] }
    if (!known.places.includes(place)) known.places.push(place)
    kinds.set(kind, known)
  }
  return [...kinds.values()].slice(0, KINDS_SHOWN).map(({ message, places }) => {
    const more = places.length - PLACES_SHOWN
    return [message, `${places.slice(0, PLACES_SHOWN).join(', ')}${more > 0 ? ` and ${more} more` : ''}`]
  })
}

function failures(run: AgentsRun): Met[] {
  return answersOf(run).flatMap(({ place, answer }) => {
    const { failure } = answer
    if (!failure || worked(answer)) return []
    const message = plain(failure.message).replace(/\.$/, '')
    return [{ kind: message, message, place }]
  })
}

function retries(run: AgentsRun): Met[] {
  return answersOf(run).flatMap(({ place, answer: { measurements } }) => {
    const message = `sent again ${plural(measurements.retries ?? 0, 'time')}, which is in the wall time and not in the TTFT`
    return measurements.retries ? [{ kind: message, message, place }] : []
  })
}

function taints({ run, together, alone }: AgentsRun): Met[] {
  return [together, ...(alone ? [alone] : [])].flatMap(({ mode, certificate }) =>
    (certificate?.tainted ?? []).map(({ code, message }) => ({ kind: code, message: plain(message), place: `run ${run}${mode === 'alone' ? ' alone' : ''}` })),
  )
}

function lengths(measured: readonly AgentsRun[]): string[] {
  const apart = measured.filter((run) => AGENTS.some((id) => lengthsApart(run, id)))
  if (apart.length === 0) return []
  const where = apart.length === measured.length && apart.length > 1 ? 'all runs' : `run ${apart.map(({ run }) => run).join(', ')}`
  return [
    `In ${where} an agent's answers together and alone differ in length by more than ${share(LENGTHS_APART)}, which changes times as contention does. A fixed length (\`--option num_predict=256\`, \`max_tokens\`) and a seed avoid it.`,
  ]
}

function lengthsApart({ together, alone }: AgentsRun, id: AgentId): boolean {
  const beside = together.answers[id]?.measurements.outputTokens
  const apart = alone?.answers[id]?.measurements.outputTokens
  return beside !== undefined && apart !== undefined && Math.abs(beside - apart) > LENGTHS_APART * Math.max(beside, apart)
}

/** With where each stands: `Run 2 agent B alone`. */
function answersOf({ run, warmup, together, alone }: AgentsRun): { readonly place: string; readonly answer: AgentAnswer }[] {
  return [together, ...(alone ? [alone] : [])].flatMap(({ mode, answers }) =>
    AGENTS.flatMap((id) => {
      const answer = answers[id]
      return answer ? [{ place: `${warmup ? 'Warm-up' : 'Run'} ${run} agent ${id}${mode === 'alone' ? ' alone' : ''}`, answer }] : []
    }),
  )
}
