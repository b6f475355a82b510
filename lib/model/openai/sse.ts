/** Server-sent events, line by line, as model servers really send them. */

export interface SseEvent {
  readonly event?: string
  readonly data: string
}

export interface SseReader {
  /** One line without its line end; gives an event when it completes one. */
  line(text: string): SseEvent | undefined
  /** What no blank line completed: some servers leave out the last one. */
  finish(rest: string): SseEvent | undefined
}

/** `data: [DONE]` is given at once. A field `error`, which older llama-server builds use, is given as an event `error`. */
export function sseReader(): SseReader {
  let data: string[] = []
  let event: string | undefined
  let first = true

  const complete = (): SseEvent | undefined => {
    const done = data.length > 0 ? { ...(event === undefined ? {} : { event }), data: data.join('\n') } : undefined
    data = []
    event = undefined
    return done
  }
  const line = (raw: string): SseEvent | undefined => {
    const text = first ? raw.replace(/^\ufeff/, '') : raw
    first = false
    if (text === '') return complete()
    const colon = text.indexOf(':')
    if (colon === 0) return undefined // a comment, such as ": ping"
    const field = colon < 0 ? text : text.slice(0, colon)
    const value = colon < 0 ? '' : text.slice(colon + (text[colon + 1] === ' ' ? 2 : 1))
    switch (field) {
      case 'data':
        data.push(value)
        return value === '[DONE]' ? complete() : undefined
      case 'event':
        event = value
        return undefined
      case 'error':
        return { event: 'error', data: value }
      default:
        return undefined
    }
  }
  return { line, finish: (rest) => (rest === '' ? undefined : line(rest)) ?? complete() }
}
