/** Bytes that may break off: all whole lines before the damage, then an end as of any other file. */

export interface WholeLines {
  readonly chunks: AsyncIterator<Uint8Array, undefined>
  /** Why the bytes ended, when it was not the end of the file. */
  readonly failure: Error | undefined
}

const NEWLINE = 0x0a

/**
 * One chunk is held back: half a line before the damage could say `1.5` where the file says `1.55`, so it is not given. An abort is
 * no damage, and thrown at once.
 */
export function wholeLines(source: AsyncIterator<Uint8Array, undefined>, signal: AbortSignal): WholeLines {
  let failure: Error | undefined
  async function* read(): AsyncGenerator<Uint8Array, undefined> {
    let held: Uint8Array | undefined
    try {
      for (;;) {
        const { value } = await source.next()
        if (held) yield held
        held = value
        if (value === undefined) return undefined
      }
    } catch (error) {
      if (signal.aborted) throw error
      failure = error instanceof Error ? error : new Error(String(error))
      const end = held === undefined ? 0 : held.lastIndexOf(NEWLINE) + 1
      if (held && end > 0) yield held.subarray(0, end)
      return undefined
    } finally {
      await source.return?.()
    }
  }
  return {
    chunks: read(),
    get failure() {
      return failure
    },
  }
}
