/** The end of a report: how the run went, what follows in one glance, and what became of every figure. */

import type { Persona } from '../agent/persona.js'
import type { WorkflowStage } from '../agent/workflow.js'
import type { Fact, FactKind } from '../fact/fact.js'
import type { Model } from '../model/model.js'
import type { Grounding } from './binding.js'
import { fenced, list, plural } from './blocks.js'
import { cite } from './cite.js'
import { plain } from './inline.js'
import type { Ledger } from './ledger.js'
import type { WritingOutcome } from './model-sections.js'
import { runMetrics } from './run-metrics.js'

export interface ClosingInput {
  readonly files: number
  readonly ingestSeconds: number | undefined
  readonly inventoryText: string
  readonly facts: readonly Fact[]
  readonly model: Model
  readonly persona: Persona
  readonly outcome: WritingOutcome
  readonly grounding: Grounding
  readonly ledger: Ledger
  /** Ids of figures are links. */
  readonly links?: boolean
  /** The section as it stands in the document. */
  readonly recommendations: string
}

const FINDINGS_SHOWN = 5
const RECOMMENDATIONS_SHOWN = 5
const LEAD_LEAST = 40
const LEAD_LIMIT = 320
const TELLING: ReadonlySet<FactKind> = new Set<FactKind>(['ratio', 'outlier', 'failures', 'spread'])

export function closing(input: ClosingInput): string {
  const { inventoryText, facts, model, persona, outcome, recommendations } = input
  const parts: [title: string, body: string][] = [
    ['Workflow Summary', `${list([`Files analyzed: ${input.files}`, `Execution time: ${executionTime(input.ingestSeconds, outcome.seconds)}`])}${inventoryText === '' ? '' : `- Data summary:\n${fenced(inventoryText)}`}`],
    ['Metrics', runMetrics(model, outcome.measurements, outcome.seconds)],
    ['Key Findings', findings(facts, input.links)],
    ['Recommendations', leads(recommendations)],
    ['Persona Prompt', fenced(persona.text)],
    ['Ledger', ledgerText(input.ledger, input.grounding)],
  ]
  return parts.map(([title, body]) => `## ${title}\n${body}`).join('\n')
}

/** `58.48s (ingest 0.03s | analysis 26.89s | report 31.56s)` */
export function executionTime(ingest: number | undefined, seconds: { readonly [Stage in WorkflowStage]?: number }): string {
  const stages = [
    ['ingest', ingest],
    ['analysis', seconds.analysis],
    ['report', seconds.report],
  ] as const
  const known = stages.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]))
  const total = known.reduce((sum, { value }) => sum + value, 0)
  return `${total.toFixed(2)}s (${known.map(({ name, value }) => `${name} ${value.toFixed(2)}s`).join(' | ')})`
}

/** By code, from the most telling facts: the section above says the same in words. */
export function findings(facts: readonly Fact[], links = false): string {
  const shown = foundFacts(facts)
  return shown.length === 0 ? 'None: nothing was measured.\n' : list(shown.map(({ id, sentence }) => `${plain(sentence)} (${links ? cite(id, id) : id})`))
}

/** The facts that stand there. */
export function foundFacts(facts: readonly Fact[]): readonly Fact[] {
  const telling = facts.filter(({ kind }) => TELLING.has(kind))
  return mostTelling(telling.length > 0 ? telling : facts).slice(0, FINDINGS_SHOWN)
}

/** One fact of each kind and metric first: a ratio says what best and worst say, another ratio of the metric says less. */
function mostTelling(facts: readonly Fact[]): Fact[] {
  const seen = new Set<string>()
  const isNew = ({ kind, metric }: Fact) => {
    const key = `${kind} ${kind === 'failures' ? '' : (metric ?? '')}`
    return !seen.has(key) && seen.add(key)
  }
  const first = facts.filter(isNew)
  return [...first, ...facts.filter((fact) => !first.includes(fact))]
}

/** The first sentence of each recommendation, which is safe Markdown already; whole, or the next one instead. */
export function leads(section: string): string {
  const items = section.split('\n').flatMap((line) => /^(?:[-*+]|\d{1,3}[.)])\s+(.+)$/.exec(line)?.slice(1) ?? [])
  const shown = items.map(leadOf).filter((lead) => lead.length <= LEAD_LIMIT).slice(0, RECOMMENDATIONS_SHOWN)
  return shown.length === 0 ? 'See section 5.\n' : list(shown)
}

function leadOf(item: string): string {
  const text = item.replaceAll('**', '')
  // A bold lead of two words is a sentence, too, but says little alone.
  const end = /[.!?](?=\s)/.exec(text.slice(LEAD_LEAST))?.index
  return end === undefined ? text : text.slice(0, LEAD_LEAST + end + 1)
}

function ledgerText(ledger: Ledger, grounding: Grounding): string {
  const counts = [
    `Bound to a figure: ${ledger.bound}`,
    `Typed by the writer and matched with a figure: ${ledger.matched}`,
    ...(grounding === 'off' ? ['Unverified: typed numbers were not checked'] : [`Unverified: ${ledger.unverifiedCount}`, `Wrong subject: ${ledger.wrongSubject}`]),
  ]
  // What strict keeps out of the text must not come in through the back door.
  if (grounding === 'strict') {
    const dropped = ledger.dropped === 0 ? [] : [`Left out: ${plural(ledger.dropped, 'sentence')} with claims that nothing backs`]
    return list([...counts, ...dropped])
  }
  return list(counts) + unverifiedText(ledger)
}

/** What nothing backs, one line each below the count. */
export function unverifiedText(ledger: Ledger): string {
  const entries = ledger.unverified.map(({ text, reason, section, sentence }) => {
    const where = sentence === text ? '' : `: "${plain(sentence)}"`
    return `  - "${plain(text)}" (${REASONS[reason]}) in ${plain(section ?? 'the text')}${where}\n`
  })
  const more = ledger.unverifiedCount + ledger.wrongSubject - entries.length
  return entries.join('') + (more > 0 ? `  - and ${more} more\n` : '')
}

const REASONS = {
  typed: 'no figure has this value',
  subject: 'the figure is of something else',
  direction: 'no figure says so',
  id: 'no such figure',
  unit: 'the figure has another unit',
} as const
