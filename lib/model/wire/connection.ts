/** The connections of one model: an Agent of our own, made when first needed. */

import { Agent, type Dispatcher } from 'undici'

export interface Connection {
  dispatcher(): Dispatcher
  /** Closes what we opened; a dispatcher that was given stays its owner's. */
  close(): Promise<void>
}

export const CONNECT_TIMEOUT_MS = 10_000

/**
 * Idle sockets do not keep the process alive. undici's own limits of 300 s for headers and body are off: first-token and stall
 * limits take their place.
 */
export function connection(given: Dispatcher | undefined, connectTimeoutMs = CONNECT_TIMEOUT_MS): Connection {
  let agent: Agent | undefined
  return {
    dispatcher: () => given ?? (agent ??= new Agent({ headersTimeout: 0, bodyTimeout: 0, connect: { timeout: connectTimeoutMs } })),
    async close() {
      const closing = agent
      agent = undefined
      await closing?.close()
    },
  }
}
