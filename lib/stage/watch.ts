/** What a run tells whoever watches it while it reads. Numbers only; drawing them is the console's work. */

export type ReadingEvent =
  /** One more file is known to be read; `bytes` is its size on disk where known. */
  | { readonly type: 'found'; readonly file: string; readonly bytes?: number }
  /** `bytes` more bytes of `file` arrived (on-disk bytes, before decompression, where that can be told). */
  | { readonly type: 'bytes'; readonly file: string; readonly bytes: number }
  /** `count` more records of `file` were made. */
  | { readonly type: 'records'; readonly file: string; readonly count: number }
  | { readonly type: 'problems'; readonly file: string; readonly count: number }
  /** The file is read to its end (or given up). */
  | { readonly type: 'done'; readonly file: string }

/** Called synchronously; must be cheap and must not throw. */
export type Watch<Event> = (event: Event) => void
