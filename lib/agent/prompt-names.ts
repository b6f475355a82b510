/** The prompts there are, what each is for, and what is put into it. */

export interface PromptKind {
  /** One line, for whoever wants to write an own one. */
  readonly purpose: string
  /** Names that may stand in it as `[[name]]`. */
  readonly places: readonly string[]
  /** Those of them without which it makes no sense. */
  readonly needed?: readonly string[]
  readonly kind?: 'persona' | 'schema'
}

const FENCES = ['fence-open', 'fence-close'] as const

export const PROMPTS = {
  'data-collector': { kind: 'persona', purpose: 'who the model is, in analyze, report and as agent A', places: [] },
  'insight-agent': { kind: 'persona', purpose: 'who agent B is', places: [] },
  rules: { purpose: 'how figures are written, and what the fence means', places: FENCES, needed: FENCES },
  'rules-short': { purpose: 'the same for a small context', places: FENCES, needed: FENCES },
  'analysis-task': { purpose: 'the first task of analyze and report', places: ['words'] },
  'report-task': { purpose: 'the second task of report', places: ['words', 'headings', 'from'], needed: ['headings'] },
  'structured-report': { purpose: 'the second task of report, where a schema follows', places: ['words', 'from'] },
  'analysis-schema': { kind: 'schema', purpose: 'the form of a structured analysis', places: [] },
  'report-schema': { kind: 'schema', purpose: 'the form of a structured report', places: [] },
  'stock-task': { purpose: 'the task of agent A', places: ['words'] },
  'insight-task': { purpose: 'the task of agent B', places: ['words', 'headings', 'from'], needed: ['headings'] },
  'other-answer': { purpose: "how agent A's answer is shown to agent B", places: ['name', 'answer', 'answer-open', 'answer-close'], needed: ['answer'] },
} as const satisfies Readonly<Record<string, PromptKind>>

export type PromptName = keyof typeof PROMPTS
export const PROMPT_NAMES = Object.keys(PROMPTS) as PromptName[]

export function isPromptName(name: string): name is PromptName {
  return Object.hasOwn(PROMPTS, name)
}

export function promptKind(name: PromptName): PromptKind {
  return PROMPTS[name]
}
