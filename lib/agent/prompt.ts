/** Facts and a persona as messages for a model: one prefix for both stages, under a budget. */

import type { Fact } from '../fact/fact.js'
import { REPORT_HEADINGS } from '../model/narrator/headings.js'
import type { Brief, Message, ModelRequest } from '../model/model.js'
import { DEFAULT_CONTEXT_TOKENS, estimateMessages, estimateTokens, shareOut, startWithin, TOKENS_PER_JSON_WORD, TOKENS_PER_WORD, type Share } from './budget.js'
import { countKinds, factLine, figuresText, FRAME, type LeftOut } from './fact-lines.js'
import { ANSWER_CLOSE, ANSWER_OPEN, FENCE_CLOSE, FENCE_OPEN, withoutFences } from './fence.js'
import { versionWithHash } from './front.js'
import { label } from './label.js'
import type { Persona } from './persona.js'
import { prompts as builtIn, type Prompts } from './prompts.js'
import type { PromptName } from './prompt-names.js'

export interface PromptOptions {
  facts: readonly Fact[]
  persona: Persona
  /** The model's context window (`num_ctx`) in tokens; default {@link DEFAULT_CONTEXT_TOKENS}. */
  contextTokens?: number
  /** Tokens after which the server cuts an answer (`num_predict`). */
  answerLimit?: number
  /** Default: the built-in ones. */
  prompts?: Prompts
  /** The answers are asked for as JSON after a schema; where that does not fit in the context, as text. */
  structured?: boolean
}

/** The messages of both stages. `report` starts with the very messages of `analysis`, so that a server's prompt cache serves it, unless there is no room for that. */
export interface Prompt {
  analysis(): Message[]
  /** `answer` is what the model gave for the analysis; of a longer one than was asked for only the start is sent. */
  report(answer: string): Message[]
  /** For one of two agents that answer once: `analysis` takes stock, `report` advises, from `other`'s answer too where there is one. */
  agent(task: Brief['task'], other?: { readonly name: string; readonly text: string }): Message[]
  /** The schema that is sent with a stage; absent where text is asked for. */
  format(task: Brief['task']): NonNullable<ModelRequest['format']> | undefined
  /** The same facts and budget, asked for as text. */
  asText(): Prompt
  /** The facts in the prompt, in their order. */
  readonly sent: readonly Fact[]
  /** Facts that did not fit. */
  readonly leftOut: number
  /** The same by kind, most first. */
  readonly leftOutKinds: readonly LeftOut[]
  /** A schema was wanted, and there was no room for it. */
  readonly noSchema: boolean
  /** Persona and rules were shortened, because the context is small. */
  readonly shortened: boolean
  /** The report is written with the analysis in sight; else from the figures alone, because the context is small. */
  readonly carried: boolean
  readonly contextTokens: number
  /** Of the larger request with its answer, in tokens. */
  readonly estimatedTokens: number
  /** In which language the answer is to be: `en`, `de`, ..., `any`. */
  readonly language: string
  /** Versions of the texts it was made from: `data-collector@1 (0c1d2e3f), rules@2 (...), ...`. */
  readonly version: string
  /** The same for {@link Prompt.agent}. */
  readonly agentVersion: string
}

/** Sent however small the context is: with less there is nothing to write about. */
const FEWEST = { facts: 5, words: 60 }
const FEWEST_SHORT = { facts: 4, words: 40 }
/** Of a persona in a small context, in UTF-16 code units. */
const SHORT_PERSONA = 200
interface Shape {
  readonly short: boolean
  readonly carried: boolean
}

const SMALLEST: Shape = { short: true, carried: false }
/** Tried in turn. */
const SHAPES: readonly Shape[] = [{ short: false, carried: true }, { short: true, carried: true }, SMALLEST]
const HEADINGS = REPORT_HEADINGS.map((heading) => `## ${heading}`).join('\n')
const FENCES = { 'fence-open': FENCE_OPEN, 'fence-close': FENCE_CLOSE }

export function writePrompt(options: PromptOptions): Prompt {
  const { facts, persona, contextTokens = DEFAULT_CONTEXT_TOKENS, answerLimit, prompts = builtIn(), structured = false } = options
  const plan = ({ short, carried }: Shape) => {
    const system = `${short ? firstLine(persona.text) : persona.text.trim()}\n\n${prompts.text(short ? 'rules-short' : 'rules', FENCES)}`
    const tasks = tasksOf(prompts, structured, carried)
    const fewest = carried ? FEWEST : FEWEST_SHORT
    const leastFacts = facts.slice(0, fewest.facts).map((fact) => factLine(fact, short))
    const fixed = { system, analysisTask: tasks.analysis(999), reportTask: tasks.report(999), leastFacts, factTokens: tokensOf(facts, short, contextTokens), leastWords: fewest.words, frame: FRAME, tokensPerWord: structured ? TOKENS_PER_JSON_WORD : TOKENS_PER_WORD }
    return { short, carried, system, tasks, fewest, share: shareOut(fixed, contextTokens, carried, answerLimit) }
  }
  const fitting = SHAPES.map(plan).find(({ share }) => share.fits)
  // Keys and quotes cost more than they are worth where hardly anything fits.
  if (structured && (!fitting || fitting.short)) return { ...writePrompt({ ...options, structured: false }), noSchema: true }
  const { short, carried, system, tasks, fewest, share } = fitting ?? plan(SMALLEST)

  const lines = linesWithin(facts, share.facts, fewest.facts, short)
  const kinds = countKinds(facts.slice(lines.length))
  const asked = (...parts: readonly string[]): Message[] => [
    { role: 'system', content: system },
    { role: 'user', content: [figuresText(lines, kinds, short), ...parts].join('\n\n') },
  ]
  const head: readonly Message[] = asked(tasks.analysis(share.words))
  const last = tasks.report(share.words)
  const versions = (names: readonly PromptName[]) => [versionWithHash(persona.version, persona.text), ...[short ? ('rules-short' as const) : ('rules' as const), ...names].map((name) => prompts.version(name))].join(', ')

  const prompt: Prompt = {
    analysis: () => [...head],
    report: (answer) => (carried ? [...head, { role: 'assistant', content: startWithin(answer, share.answer) }, { role: 'user', content: last }] : asked(last)),
    agent: (task, other) => {
      if (task === 'analysis') return asked(prompts.text('stock-task', { words: String(share.words) }))
      const from = other === undefined ? 'the figures' : "the figures and the other agent's answer"
      const insight = prompts.text('insight-task', { words: String(share.words), headings: HEADINGS, from })
      return other === undefined ? asked(insight) : asked(otherAnswer(prompts, other, share), insight)
    },
    format: (task) => (structured ? prompts.schema(task === 'analysis' ? 'analysis-schema' : 'report-schema').schema : undefined),
    asText: () => (structured ? writePrompt({ ...options, structured: false }) : prompt),
    sent: facts.slice(0, lines.length),
    leftOut: facts.length - lines.length,
    leftOutKinds: kinds,
    noSchema: false,
    shortened: short,
    carried,
    contextTokens,
    estimatedTokens: Math.max(...(carried ? [estimateMessages([...head, { content: '' }, { content: last }]) + share.answer] : [head, asked(last)].map(estimateMessages))) + share.answer,
    language: prompts.language(structured ? 'structured-report' : 'report-task') ?? prompts.language('analysis-task') ?? persona.language ?? 'en',
    version: versions(structured ? ['analysis-task', 'analysis-schema', 'structured-report', 'report-schema'] : ['analysis-task', 'report-task']),
    agentVersion: versions(['stock-task', 'insight-task', 'other-answer']),
  }
  return prompt
}

function tasksOf(prompts: Prompts, structured: boolean, carried: boolean) {
  const from = carried ? 'your analysis and the figures' : 'the figures'
  const task = (name: PromptName, words: number) => prompts.text(name, { words: String(words), headings: HEADINGS, from })
  return {
    analysis: (words: number) => (structured ? `${task('analysis-task', words)}\n\n${prompts.schema('analysis-schema').words}` : task('analysis-task', words)),
    report: (words: number) => (structured ? `${task('structured-report', words)}\n\n${prompts.schema('report-schema').words}` : task('report-task', words)),
  }
}

/** Stops counting where no more could fit. */
function tokensOf(facts: readonly Fact[], short: boolean, most: number): number {
  let tokens = 0
  for (const fact of facts) {
    if (tokens > most) break
    tokens += estimateTokens(factLine(fact, short)) + 1
  }
  return tokens
}

/** In their order, up to the first that does not fit. */
function linesWithin(facts: readonly Fact[], tokens: number, fewest: number, short: boolean): string[] {
  const lines: string[] = []
  let used = 0
  for (const fact of facts) {
    const line = factLine(fact, short)
    used += estimateTokens(line) + 1
    if (lines.length >= fewest && used > tokens) break
    lines.push(line)
  }
  return lines
}

function otherAnswer(prompts: Prompts, { name, text }: { readonly name: string; readonly text: string }, { answer }: Share): string {
  const values = { name: label(name), answer: withoutFences(startWithin(text, answer)), 'answer-open': ANSWER_OPEN, 'answer-close': ANSWER_CLOSE }
  return prompts.text('other-answer', values)
}

/** Who the model is, without what it is to look at. */
function firstLine(text: string): string {
  const line = text.trim().split('\n')[0] ?? ''
  return line.length <= SHORT_PERSONA ? line : `${line.slice(0, SHORT_PERSONA).trimEnd()}…`
}
