/** Puts the terminal right when the process ends in a way nobody planned. */

/** What is used of `process`. */
export interface Host {
  on(event: string, listener: () => void): void
  off(event: string, listener: () => void): void
  listenerCount(event: string): number
  /** Sends a signal to the process itself. */
  raise(signal: NodeJS.Signals): void
}

/** This process. */
export const thisProcess: Host = {
  on: (event, listener) => void process.on(event, listener),
  off: (event, listener) => void process.off(event, listener),
  listenerCount: (event) => process.listenerCount(event),
  raise: (signal) => void process.kill(process.pid, signal),
}

const FATAL = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Calls `restore` on exit (a crash ends in that event, too) and on a signal that would end the process unheard. Where somebody
 * else listens to the signal, the process goes on and so does the drawing. On Ctrl-Z the shell gets a clean terminal, and
 * `resume` is called afterwards. Returns the function that stops all this.
 */
export function onUnplannedEnd(host: Host, restore: () => void, resume: () => void): () => void {
  const listeners = new Map<string, () => void>([['exit', restore]])
  for (const signal of FATAL) {
    listeners.set(signal, () => {
      if (host.listenerCount(signal) > 1) return
      restore()
      stop()
      // Having listened took the signal's effect away; sent again, it ends the process with the right status.
      host.raise(signal)
    })
  }
  listeners.set('SIGTSTP', () => {
    restore()
    host.raise('SIGSTOP')
  })
  listeners.set('SIGCONT', resume)
  const stop = () => {
    for (const [event, listener] of listeners) host.off(event, listener)
  }
  for (const [event, listener] of listeners) host.on(event, listener)
  return stop
}
