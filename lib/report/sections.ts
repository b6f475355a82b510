/** Cuts a model's report into its sections while it streams, and hands them out in the order of the document. */

import { REPORT_HEADINGS, type ReportHeading } from '../model/narrator/headings.js'
import { mayBeHeading, readHeading } from './heading.js'

export type SectionEvent =
  /** The section's text follows. Comes once for each heading, in order. */
  | { readonly type: 'open'; readonly heading: ReportHeading }
  | { readonly type: 'text'; readonly text: string }
  /** `empty`: the model wrote nothing for it. */
  | { readonly type: 'close'; readonly heading: ReportHeading; readonly empty: boolean }

export interface SectionSplitter {
  write(text: string): SectionEvent[]
  end(): SectionEvent[]
}

/** Most text that waits for an earlier section, in UTF-16 code units; beyond it the earlier one is given up. */
export const WAITING_LIMIT = 64 * 1024
/** Headings of the model's own come below those of the document. */
const LOWEST_OWN_LEVEL = 4

/**
 * A section's text is given as it comes. One that comes before its turn waits until the earlier ones are there, or the text
 * ends; one that comes back is continued under a heading of its own where the document stands. Text before the first heading
 * is the start of the executive summary, a title there is left out.
 */
export function splitSections(): SectionSplitter {
  const waiting = new Map<ReportHeading, string>()
  let line = ''
  let inLine = false
  /** Which section the model writes, and which one the document stands in; one past the last when all are closed. */
  let writing: ReportHeading = REPORT_HEADINGS[0]
  let at = 0
  let opened = false
  let empty = true
  let anyHeading = false
  let waitingSize = 0
  let events: SectionEvent[] = []

  const open = (): void => {
    const heading = REPORT_HEADINGS[at]
    if (opened || !heading) return
    opened = true
    empty = true
    events.push({ type: 'open', heading })
  }

  const close = (): void => {
    const heading = REPORT_HEADINGS[at]
    if (!heading) return
    open()
    events.push({ type: 'close', heading, empty })
    opened = false
    at += 1
  }

  /** Moves the document on to the section that is being written, once nothing is missing before it. */
  const release = (): void => {
    for (;;) {
      const heading = REPORT_HEADINGS[at]
      const text = heading === undefined ? undefined : waiting.get(heading)
      if (heading === undefined || text === undefined) return
      waiting.delete(heading)
      waitingSize -= text.length
      show(text)
      if (heading === writing) return
      close()
    }
  }

  const show = (text: string): void => {
    // Blank lines at a section's start say nothing, and would hide that it is empty.
    const shown = empty || !opened ? text.replace(/^(?:[ \t]*\n)+/, '') : text
    if (shown === '') return
    open()
    if (shown.trim() !== '') empty = false
    events.push({ type: 'text', text: shown })
  }

  const give = (text: string): void => {
    if (REPORT_HEADINGS[at] === writing) {
      show(text)
      return
    }
    waiting.set(writing, (waiting.get(writing) ?? '') + text)
    waitingSize += text.length
    if (waitingSize <= WAITING_LIMIT) return
    while (!waiting.has(REPORT_HEADINGS[at] ?? writing)) close()
    release()
  }

  const enter = (heading: ReportHeading): void => {
    const first = !anyHeading
    anyHeading = true
    if (heading === writing && (first || empty)) return
    // Written before: the document has moved on, so it goes on in the section that is being written.
    if (heading === writing || REPORT_HEADINGS.indexOf(heading) < at) {
      give(`\n${'#'.repeat(LOWEST_OWN_LEVEL)} ${heading}, continued\n\n`)
      return
    }
    if (REPORT_HEADINGS[at] === writing) close()
    writing = heading
    if (REPORT_HEADINGS[at] === heading && !waiting.has(heading)) open()
    else waiting.set(heading, waiting.has(heading) ? `${waiting.get(heading) ?? ''}\n` : '')
    release()
  }

  const takeLine = (whole: string, newline: string): void => {
    const reading = readHeading(whole)
    if (reading.kind === 'section') enter(reading.heading)
    else if (reading.kind === 'text') give(whole + newline)
    else if (anyHeading || at > 0 || !empty || reading.level > 2) {
      give(`${'#'.repeat(Math.min(6, Math.max(LOWEST_OWN_LEVEL, reading.level + 1)))} ${reading.title}${newline}`)
    }
  }

  const drain = (): SectionEvent[] => {
    const out = events
    events = []
    return out
  }

  return {
    write(text) {
      let rest = text
      while (rest !== '') {
        const end = rest.indexOf('\n')
        const piece = end === -1 ? rest : rest.slice(0, end + 1)
        rest = rest.slice(piece.length)
        if (inLine) {
          give(piece)
          inLine = end === -1
          continue
        }
        line += piece
        if (end !== -1) {
          takeLine(line.slice(0, -1), '\n')
          line = ''
        } else if (!mayBeHeading(line)) {
          give(line)
          line = ''
          inLine = true
        }
      }
      return drain()
    },
    end() {
      if (line !== '') takeLine(line, '')
      line = ''
      while (at < REPORT_HEADINGS.length) {
        const heading = REPORT_HEADINGS[at]
        const text = heading === undefined ? undefined : waiting.get(heading)
        if (heading !== undefined && text !== undefined) {
          waiting.delete(heading)
          show(text)
        }
        close()
      }
      return drain()
    },
  }
}
