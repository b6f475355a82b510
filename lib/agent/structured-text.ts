/** A structured answer as the Markdown that is shown of it, item by item while it streams; an answer in plain text stays as it is. */

import type { Brief } from '../model/model.js'
import { REPORT_HEADINGS } from '../model/narrator/headings.js'
import { jsonItems, type JsonItem, type JsonItems } from './json-items.js'

export interface StructuredText {
  /** What may be shown of it now. */
  write(text: string): string
  end(): string
  /** What it turned out to be; undefined while nothing but white space came. */
  readonly form: 'json' | 'text' | undefined
  /** What went wrong with it as JSON, for a reader. */
  readonly fault: string | undefined
}

/** An opening fence and white space before the object. */
const OPENING_LIMIT = 64
const FENCE = /^\s*(?:`{1,3}[a-z]*\s*)?/i
const FIGURES_SHOWN = 6
const LISTS: ReadonlySet<string> = new Set(['findings', 'recommendations'])
const SEVERITIES = new Set(['high', 'medium', 'low'])

/** `known` are the ids that exist: one that does not stands in a sentence of its own. */
export function structuredText(task: Brief['task'], known: ReadonlySet<string>): StructuredText {
  let opening = ''
  let form: StructuredText['form']
  let items: JsonItems | undefined
  let part: string | undefined
  let shown = 0

  const show = (item: JsonItem): string => {
    const text = Object.hasOwn(RENDERS, item.key) ? RENDERS[item.key as Part](item.value, known) : ''
    if (text === '') return ''
    shown += 1
    // Behind a list a title needs a line of its own.
    const title = part === item.key ? '' : `${part !== undefined && LISTS.has(part) ? '\n' : ''}${titleOf(item.key as Part, task)}`
    part = item.key
    return title + text
  }
  const read = (text: string) => (items ? items.write(text).map(show).join('') : text)
  const decide = (as: 'json' | 'text', text: string): string => {
    form = as
    opening = ''
    if (as === 'json') items = jsonItems()
    return read(text)
  }

  return {
    write(text) {
      if (form) return read(text)
      opening += text
      const body = opening.replace(FENCE, '')
      if (/^\{\s*["}]/.test(body)) return decide('json', body)
      // A slot begins with two braces, a fence may still be followed by an object.
      const waiting = opening.length < OPENING_LIMIT && (body === '' || /^\{\s*$/.test(body))
      return waiting ? '' : decide('text', opening)
    },
    end() {
      if (form || opening.trim() === '') return ''
      return decide('text', opening)
    },
    get form() {
      return form
    },
    get fault() {
      if (!items) return undefined
      if (items.state === 'broken') return `it stopped being JSON${shown > 0 ? ', what was complete before that is kept' : ''}`
      if (items.state === 'open') return 'its end is missing, what was complete is kept'
      if (shown === 0) return 'it holds nothing of what was asked for'
      return items.spoiled > 0 ? 'a part of it could not be read' : undefined
    },
  }
}

type Part = keyof typeof RENDERS

/** In a report a heading of its sections; an analysis has no headings. */
function titleOf(part: Part, task: Brief['task']): string {
  const [summary, analysis, findings, recommendations] = REPORT_HEADINGS
  if (task === 'report') return `## ${{ summary, analysis, findings, recommendations }[part]}\n\n`
  return part === 'findings' ? '**Findings**\n\n' : part === 'recommendations' ? '**Recommendations**\n\n' : ''
}

const RENDERS = {
  summary: (value: unknown) => paragraph(sentence(value)),
  analysis(value: unknown) {
    if (typeof value === 'string') return paragraph(sentence(value))
    const { topic, text } = fields(value)
    return paragraph(joined(lead(topic), sentence(text)))
  },
  findings(value: unknown, known: ReadonlySet<string>) {
    if (typeof value === 'string') return bullet(sentence(value))
    const { title, text, facts, severity } = fields(value)
    const degree = typeof severity === 'string' && SEVERITIES.has(severity) ? `Severity: ${severity}.` : ''
    return bullet(joined(lead(title), sentence(text), figures(facts, [title, text], known), degree))
  },
  recommendations(value: unknown, known: ReadonlySet<string>) {
    if (typeof value === 'string') return bullet(sentence(value))
    const { action, why, facts, cost } = fields(value)
    const price = sentence(cost)
    return bullet(joined(lead(action), sentence(why), figures(facts, [action, why, cost], known), price === '' ? '' : `Cost: ${price}`))
  },
} as const

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
}

/** Ids that the words do not show already. */
function figures(facts: unknown, words: readonly unknown[], known: ReadonlySet<string>): string {
  if (!Array.isArray(facts)) return ''
  const said = words.filter((text) => typeof text === 'string').join(' ')
  const ids = [...new Set(facts.flatMap((id) => (typeof id === 'string' ? (/^\W*(F\d{1,9})\b/i.exec(id)?.[1]?.toUpperCase() ?? []) : [])))]
  const left = ids.filter((id) => !new RegExp(`\\{\\s*${id}\\b`, 'i').test(said)).slice(0, FIGURES_SHOWN)
  const slots = (list: readonly string[]) => list.map((id) => `{{${id}}}`).join('; ')
  const right = left.filter((id) => known.has(id))
  const wrong = left.filter((id) => !known.has(id))
  return joined(right.length > 0 ? `Figures: ${slots(right)}.` : '', wrong.length > 0 ? `Also: ${slots(wrong)}.` : '')
}

/** One line that opens no block of its own, with an end. */
function sentence(value: unknown): string {
  if (typeof value !== 'string') return ''
  const line = value.replace(/\s+/g, ' ').trim().replace(/^(?:(?:[-*+>]|#{1,6}) )+/, '')
  return line === '' || /[.!?:;]["')*_]*$/.test(line) ? line : `${line}.`
}

function lead(value: unknown): string {
  const text = sentence(typeof value === 'string' ? value.replaceAll('*', '') : value)
  return text === '' ? '' : `**${text}**`
}

function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ')
}

function paragraph(text: string): string {
  return text === '' ? '' : `${text}\n\n`
}

function bullet(text: string): string {
  return text === '' ? '' : `- ${text}\n`
}
