/** The connections of one model: an Agent of our own, made when first needed. */

import type { Dispatcher } from 'undici'

export interface Connection {
  /** Loads undici when it is first asked for one: a run without a server does without it. */
  dispatcher(): Promise<Dispatcher>
  /** Closes what we opened; a dispatcher that was given stays its owner's. */
  close(): Promise<void>
}

export const CONNECT_TIMEOUT_MS = 10_000

/**
 * Idle sockets do not keep the process alive. undici's own limits of 300 s for headers and body are off: first-token and stall
 * limits take their place.
 */
export function connection(given: Dispatcher | undefined, connectTimeoutMs = CONNECT_TIMEOUT_MS): Connection {
  let agent: Promise<Dispatcher> | undefined
  const open = async (): Promise<Dispatcher> => {
    const { Agent } = await import('undici')
    return new Agent({ headersTimeout: 0, bodyTimeout: 0, connect: { timeout: connectTimeoutMs } })
  }
  return {
    dispatcher: async () => given ?? (agent ??= open()),
    async close() {
      const closing = agent
      agent = undefined
      await (await closing)?.close()
    },
  }
}
