/** What the model tests share: running a generation to its end, and looking at what came. */

import type { RunContext, Model, TokenEvent } from '../../lib/model/model.js'
import { ChimeraError } from '../../lib/stage/index.js'

export interface Collected {
  readonly events: TokenEvent[]
  readonly error: unknown
}

export const HELLO = { messages: [{ role: 'user', content: 'hello there' }] } as const

/** Reads it all; an error is kept beside what came before. */
export async function collect(generation: AsyncIterable<TokenEvent>): Promise<Collected> {
  const events: TokenEvent[] = []
  try {
    for await (const event of generation) events.push(event)
  } catch (error) {
    return { events, error }
  }
  return { events, error: undefined }
}

export function ask(model: Model, context?: RunContext): Promise<Collected> {
  return collect(model.generate(HELLO, context))
}

export function textOf(events: readonly TokenEvent[]): string {
  return events.map((event) => (event.type === 'token' && event.kind === 'text' ? event.text : '')).join('')
}

export function codeOf(error: unknown): string {
  return error instanceof ChimeraError ? error.code : String(error)
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

const STAMPS = new Set(['at', 'read', 'deliveredAt'])

/** Without the stamps, which depend on when things arrived. */
export function unstamped(events: readonly TokenEvent[]): unknown[] {
  return events.filter((event) => event.type !== 'sent' && event.type !== 'connecting').map((event) => Object.fromEntries(Object.entries(event).filter(([key]) => !STAMPS.has(key))))
}

/** A promise with its handle. */
export function gate(): { readonly opened: Promise<void>; open(): void } {
  let open: () => void = () => undefined
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { opened, open: () => open() }
}
