/** Facts and a persona as messages for a model: one prefix for both stages, under a budget. */

import type { Fact } from '../fact/fact.js'
import type { Brief, Message } from '../model/model.js'
import { formatQuantity } from '../record/quantity.js'
import { label } from './label.js'
import type { Persona } from './persona.js'
import { AGENT_TASKS_VERSION, insightTask, otherAnswer, stockTask } from './prompts/agent-tasks.js'
import { FENCE_CLOSE, FENCE_OPEN } from './prompts/fence.js'
import { rules, RULES_VERSION } from './prompts/rules.js'
import { analysisTask, reportTask, TASKS_VERSION } from './prompts/tasks.js'

export interface PromptOptions {
  facts: readonly Fact[]
  persona: Persona
  /** The model's context window (`num_ctx`) in tokens; default {@link DEFAULT_CONTEXT_TOKENS}. */
  contextTokens?: number
}

/** The messages of both stages. `report` starts with the very messages of `analysis`, so that a server's prompt cache serves it. */
export interface Prompt {
  analysis(): Message[]
  /** `answer` is what the model gave for the analysis; of a longer one than was asked for only the start is sent. */
  report(answer: string): Message[]
  /** For one of two agents that answer once: `analysis` takes stock, `report` advises, from `other`'s answer too where there is one. */
  agent(task: Brief['task'], other?: { readonly name: string; readonly text: string }): Message[]
  /** The facts in the prompt, in their order. */
  readonly sent: readonly Fact[]
  /** Facts that did not fit. */
  readonly leftOut: number
  readonly contextTokens: number
  /** Versions of the texts it was made from: `data-collector@1, rules@2, tasks@1`. */
  readonly version: string
  /** The same for {@link Prompt.agent}. */
  readonly agentVersion: string
}

/** What Ollama takes when nothing is set. */
export const DEFAULT_CONTEXT_TOKENS = 4096
/** Cautious estimates: figures, ids and slots take more tokens than plain English prose. */
export const CHARACTERS_PER_TOKEN = 3
export const PROSE_CHARACTERS_PER_TOKEN = 4
/** An English word with its space, and a slot now and then. */
const CHARACTERS_PER_WORD = 7
/** What remains after the fixed texts: half for the facts, a quarter for each of the two answers. */
const FACTS_SHARE = 0.5
const ANSWER_SHARE = 0.25
/** Sent however small the context is: with less there is nothing to write about. */
const FEWEST_FACTS = 5
const FEWEST_WORDS = 60
const MOST_WORDS = 600
/** The sentence about figures that did not fit, and the marks of the fence. */
const LEFT_OUT_LENGTH = 150
const COLUMNS = 'id | metric | subject | stat | value | unit | better | n'

export function writePrompt(options: PromptOptions): Prompt {
  const { facts, persona, contextTokens = DEFAULT_CONTEXT_TOKENS } = options
  const system = `${persona.text.trim()}\n\n${rules}`
  const prose = system.length + analysisTask(MOST_WORDS).length + reportTask(MOST_WORDS).length + LEFT_OUT_LENGTH
  const room = Math.max(0, contextTokens - prose / PROSE_CHARACTERS_PER_TOKEN) * CHARACTERS_PER_TOKEN - COLUMNS.length
  const answerRoom = Math.max(0, Math.floor(room * ANSWER_SHARE))
  const words = Math.min(MOST_WORDS, Math.max(FEWEST_WORDS, Math.floor(answerRoom / CHARACTERS_PER_WORD / 10) * 10))

  const lines: string[] = []
  let used = 0
  for (const fact of facts) {
    const line = factLine(fact)
    if (lines.length >= FEWEST_FACTS && used + line.length + 1 > room * FACTS_SHARE) break
    lines.push(line)
    used += line.length + 1
  }
  const leftOut = facts.length - lines.length
  const asked = (...parts: readonly string[]): Message[] => [
    { role: 'system', content: system },
    { role: 'user', content: [figures(lines, leftOut), ...parts].join('\n\n') },
  ]
  const head: readonly Message[] = asked(analysisTask(words))
  const answerLimit = Math.max(answerRoom, FEWEST_WORDS * CHARACTERS_PER_WORD)

  return {
    analysis: () => [...head],
    report: (answer) => [
      ...head,
      { role: 'assistant', content: startOf(answer, answerLimit) },
      { role: 'user', content: reportTask(words) },
    ],
    agent: (task, other) => {
      if (task === 'analysis') return asked(stockTask(words))
      return other === undefined ? asked(insightTask(words, false)) : asked(otherAnswer(label(other.name), startOf(other.text, answerLimit)), insightTask(words, true))
    },
    sent: facts.slice(0, lines.length),
    leftOut,
    contextTokens,
    version: [persona.version, RULES_VERSION, TASKS_VERSION].join(', '),
    agentVersion: [persona.version, RULES_VERSION, AGENT_TASKS_VERSION].join(', '),
  }
}

/** `F3 | ttft | ttft, model gemma3 | mean | 117.5 | ms | lower | 24`; `-` where a column does not apply. */
export function factLine(fact: Fact): string {
  const { text, unit } = formatQuantity(fact.value, fact.unit)
  const cells = [fact.id, fact.metric, fact.subject, fact.stat, text, unit, fact.better, fact.n === undefined ? undefined : String(fact.n)]
  return cells.map((cell) => label(cell ?? '') || '-').join(' | ')
}

function figures(lines: readonly string[], leftOut: number): string {
  if (lines.length === 0) return 'No figures: nothing was measured in these files.'
  const rest = leftOut > 0 ? `\n${leftOut} more figures did not fit here and are not shown; do not speak of them.` : ''
  return `Figures (${COLUMNS}):\n${FENCE_OPEN}\n${lines.join('\n')}\n${FENCE_CLOSE}${rest}`
}

/** Ends at a line or a word, so that no slot is cut in two. */
function startOf(text: string, limit: number): string {
  if (text.length <= limit) return text
  const start = text.slice(0, limit)
  const end = Math.max(start.lastIndexOf('\n'), start.lastIndexOf('. ') + 1, start.lastIndexOf(' '))
  return `${start.slice(0, end > 0 ? end : limit).trimEnd()} …`
}
