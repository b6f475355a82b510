/** When a model is asked for JSON after a schema, and what a server says that cannot do it. */

import type { Model } from '../model/model.js'
import { ChimeraError } from '../stage/index.js'

/** `auto`: of servers that are known to do it, and if one refuses it is asked again for text. `always`: of every model; a refusal is a failure. */
export type Structured = 'auto' | 'always' | 'never'

export const STRUCTURED: readonly Structured[] = ['auto', 'always', 'never']

/** A trace says again what was asked for then. */
const KNOWN: ReadonlySet<string> = new Set(['ollama', 'openai', 'trace'])
/** Whoever sets the form of the answer has chosen it. */
const OWN_FORM = ['format', 'response_format'] as const

export interface Asking {
  readonly structured: boolean
  /** A server that refuses the schema is asked again without. */
  readonly textInstead: boolean
}

/** @throws {ChimeraError} `USAGE` for a word that is none of the three. */
export function howToAsk(structured: Structured = 'auto', model: Model): Asking {
  if (!STRUCTURED.includes(structured)) throw new ChimeraError('USAGE', `structured expects ${STRUCTURED.join(', ')}, found "${structured as string}"`)
  if (OWN_FORM.some((option) => model.options[option] !== undefined)) return { structured: false, textInstead: false }
  return { structured: structured === 'always' || (structured === 'auto' && KNOWN.has(model.provider)), textInstead: structured === 'auto' }
}

const ABOUT_THE_SCHEMA = /format|schema|grammar|json|structured/i

/** A request that was not understood; servers that fail over a schema as if it were their own mistake name it. */
export function refusesSchema(error: ChimeraError): boolean {
  return error.code === 'MODEL_INVALID' || (error.code === 'MODEL_FAILED' && ABOUT_THE_SCHEMA.test(error.message))
}
