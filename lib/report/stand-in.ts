/** The narrator's sections, for when a model leaves some out or fails. */

import { withoutSlots } from '../agent/label.js'
import { REPORT_HEADINGS, type ReportHeading } from '../model/narrator/headings.js'
import type { Fact } from '../fact/fact.js'
import type { Brief, Model } from '../model/model.js'
import { narrator } from '../model/narrator/narrator.js'
import { splitSections } from './sections.js'

/** Unbound text, with slots. It is not interrupted: it takes milliseconds, and stands where something was interrupted. */
export async function standInText(facts: readonly Fact[], task: Brief['task'], writer: Model = narrator()): Promise<string> {
  let text = ''
  for await (const event of writer.generate({ messages: [], brief: { task, facts: facts.map(withoutSlots) } })) {
    if (event.type === 'token' && event.kind === 'text') text += event.text
  }
  return text
}

export async function standInSections(facts: readonly Fact[], writer?: Model): Promise<ReadonlyMap<ReportHeading, string>> {
  const splitter = splitSections()
  const events = [...splitter.write(await standInText(facts, 'report', writer)), ...splitter.end()]
  const sections = new Map<ReportHeading, string>(REPORT_HEADINGS.map((heading) => [heading, '']))
  let current: ReportHeading = REPORT_HEADINGS[0]
  for (const event of events) {
    if (event.type === 'open') current = event.heading
    else if (event.type === 'text') sections.set(current, (sections.get(current) ?? '') + event.text)
  }
  return sections
}
