/** All runs of two agents: warm-ups first, then the ones that count, each with both alone where that is to be measured. */

import type { Fact } from '../../fact/fact.js'
import { certificate, needsCertificate, type CertificateWatch } from '../../model/certificate.js'
import { ChimeraError, type ErrorCode, type Watch } from '../../stage/index.js'
import { withoutSlots } from '../label.js'
import { writePrompt } from '../prompt.js'
import type { Prompts } from '../prompts.js'
import { answerLimitOf, contextOf } from '../workflow.js'
import { AGENTS, type AgentId, type Agents } from './agent.js'
import { compare, type Comparison } from './figures.js'
import { runPass, type AgentEvent, type Pass, type PassContext, type PassMode, type PassPart } from './pass.js'
import { checkScenario, type Scenario } from './scenario.js'

export interface AgentsOptions {
  facts: readonly Fact[]
  agents: Agents
  /** Default `concurrent`. */
  mode?: 'concurrent' | 'sequential'
  /** Checked, and named in what comes of it. */
  scenario?: Scenario
  /** Default 1. */
  runs?: number
  /** Runs before them that count in no figure; default 0. */
  warmups?: number
  /** Each run also has each agent answer alone; in the order of {@link passesOf}. For `concurrent` only. */
  measureSequential?: boolean
  /** Default: the built-in ones. */
  prompts?: Prompts
  signal?: AbortSignal
  /** Monotonic milliseconds; default `performance.now`. */
  now?: () => number
  /** Wall clock; without it no time is told. */
  date?: () => Date
  onEvent?: Watch<AgentEvent>
  /** Watches what disturbs a pass on our side; default `certificate`, where a model answers over a socket. */
  certify?: () => CertificateWatch
}

export interface AgentsRun {
  /** From 1; warm-ups count for themselves. */
  readonly run: number
  readonly warmup: boolean
  readonly startedAt?: Date
  readonly together: Pass
  readonly alone?: Pass
  /** Whether the agents answered alone before they did together. */
  readonly aloneFirst: boolean
  readonly comparison: Comparison
}

export type AgentsPart =
  | { readonly type: 'run'; readonly run: number; readonly warmup: boolean; readonly phase: 'start' }
  /** Of the pass together: text as it comes, each agent's answer when it is complete. */
  | (PassPart & { readonly run: number; readonly warmup: boolean })
  | { readonly type: 'run'; readonly phase: 'end'; readonly result: AgentsRun }
  /** No further run is made: interrupted, or an agent that would fail again. */
  | { readonly type: 'stopped'; readonly left: number; readonly error: ChimeraError }

/** A further run would end the same way. */
const LASTING: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['ABORTED', 'MODEL_INVALID', 'MODEL_REFUSED', 'MODEL_UNKNOWN', 'MODEL_UNREACHABLE', 'USAGE'])

/**
 * Nothing is measured before somebody reads. What a model does wrong is no error here: its answer says so, and the other agent goes on.
 *
 * @throws {ChimeraError} `USAGE` for options that make no sense.
 */
export function runAgents(options: AgentsOptions): AsyncGenerator<AgentsPart, void, undefined> {
  const { runs = 1, warmups = 0, mode = 'concurrent', measureSequential = false, scenario, agents } = options
  for (const [name, value, least] of [['runs', runs, 1], ['warmups', warmups, 0]] as const) {
    if (!Number.isInteger(value) || value < least) throw new ChimeraError('USAGE', `${name} expects a whole number from ${least}, found ${value}`)
  }
  if (measureSequential && mode === 'sequential') {
    throw new ChimeraError('USAGE', 'measuring the sequential time expects agents that run at the same time, found the sequential mode: it measures that anyway, leave one of the two out')
  }
  if (scenario) checkScenario(scenario, { A: agents.A.model, B: agents.B.model })
  return run(options)
}

async function* run(options: AgentsOptions): AsyncGenerator<AgentsPart, void, undefined> {
  const { runs = 1, warmups = 0, mode = 'concurrent', measureSequential = false, agents, date, onEvent, now = () => performance.now() } = options
  const stop = new AbortController()
  const facts = options.facts.map(withoutSlots)
  const prompt = (id: AgentId) => {
    const { persona, model } = agents[id]
    const answerLimit = answerLimitOf(model)
    return writePrompt({ facts, persona, contextTokens: contextOf(model), ...(answerLimit === undefined ? {} : { answerLimit }), ...(options.prompts ? { prompts: options.prompts } : {}) })
  }
  const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal
  const certify = options.certify ?? (AGENTS.some((id) => needsCertificate(agents[id].model)) ? () => certificate() : undefined)
  const prompts = { A: prompt('A'), B: prompt('B') }
  const context: PassContext = { agents, facts, prompts, signal, now, ...(onEvent ? { onEvent } : {}), ...(certify ? { certify } : {}) }
  const total = warmups + runs
  try {
    for (let at = 0; at < total; at += 1) {
      const warmup = at < warmups
      const number = warmup ? at + 1 : at - warmups + 1
      const phase = warmup ? `warm-up ${number} of ${warmups}` : `run ${number} of ${runs}`
      const startedAt = date?.()
      if (total > 1 || measureSequential) onEvent?.({ type: 'phase', phase, state: 'start' })
      yield { type: 'run', run: number, warmup, phase: 'start' }
      const passes: Pass[] = []
      for (const [how, order] of passesOf(number, mode, measureSequential && !warmup)) {
        if (signal.aborted && passes.length > 0) break
        const pass = runPass(how, order, context)
        let next = await pass.next()
        try {
          for (; next.done !== true; next = await pass.next()) if (how !== 'alone') yield { ...next.value, run: number, warmup }
        } finally {
          if (next.done !== true) await pass.return({ mode: how, order, seconds: 0, answers: {} })
        }
        passes.push(next.value)
        if (failureOf(passes)) break
      }
      if (total > 1 || measureSequential) onEvent?.({ type: 'phase', phase, state: 'end' })
      const alone = passes.find((pass) => pass.mode === 'alone')
      const together = passes.find((pass) => pass.mode !== 'alone') ?? { mode, order: AGENTS, seconds: 0, answers: {} }
      const result: AgentsRun = {
        run: number,
        warmup,
        ...(startedAt ? { startedAt } : {}),
        together,
        ...(alone ? { alone } : {}),
        aloneFirst: passes[0]?.mode === 'alone',
        comparison: compare(together, alone),
      }
      yield { type: 'run', phase: 'end', result }
      const error = failureOf(passes)
      if (error) {
        yield { type: 'stopped', left: total - at - 1, error }
        return
      }
    }
  } finally {
    // Whoever leaves early leaves no model behind that still writes.
    stop.abort()
  }
}

/**
 * Run 1: together, then A alone, then B. Run 2: B alone, then A, then together; and so on in turns, so that neither side is always the
 * one that finds the prompts in the server's cache.
 */
export function passesOf(run: number, mode: 'concurrent' | 'sequential', alone: boolean): readonly (readonly [PassMode, readonly AgentId[]])[] {
  const together = [mode, AGENTS] as const
  if (!alone) return [together]
  return run % 2 === 1 ? [together, ['alone', ['A', 'B']]] : [['alone', ['B', 'A']], together]
}

/** The first failure that makes a further run useless. */
function failureOf(passes: readonly Pass[]): ChimeraError | undefined {
  return passes.flatMap(({ answers }) => AGENTS.map((id) => answers[id]?.failure)).find((failure) => failure !== undefined && LASTING.has(failure.code))
}
