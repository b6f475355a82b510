/** Bad data as a value: what could not be read, and where. Flows beside the records and never costs one of them. */

/**
 * A stable name for the kind of problem, in kebab-case, such as `ragged-row`, `broken-quote`, `truncated-json`,
 * `bad-encoding`, `binary-file`, `empty-file`, `unreadable`, `vanished`, `symlink-loop`.
 */
export type ProblemCode = string

export interface Problem {
  readonly type: 'problem'
  readonly code: ProblemCode
  /** What was expected, what was found, what to do. */
  readonly message: string
  /** The artifact's name. */
  readonly file: string
  /** 1-based, as far as known. */
  readonly line?: number
  readonly column?: number
  /** 0-based offset in the (decompressed) bytes. */
  readonly byte?: number
  /** RFC 6901 pointer into a JSON document. */
  readonly pointer?: string
  /** The text as it stood in the file, at most {@link RAW_LIMIT} characters of it. */
  readonly raw?: string
  /** The first of the bytes as they stood in the file, where they are not UTF-8 and `raw` shows U+FFFD for them. */
  readonly rawBase64?: string
}

/** Longest raw text kept on a problem, in UTF-16 code units. */
export const RAW_LIMIT = 500

export type ProblemPlace = Omit<Problem, 'type' | 'code' | 'message' | 'file'>

export function problem(file: string, code: ProblemCode, message: string, place: ProblemPlace = {}): Problem {
  const raw = place.raw !== undefined && place.raw.length > RAW_LIMIT ? { raw: place.raw.slice(0, RAW_LIMIT) } : {}
  return { type: 'problem', code, message, file, ...place, ...raw }
}
