/** Did the run behind a row or an object work? */

import type { Status } from './metric-record.js'

const FAILED = /^(?:false|no|n|0|fail|failed|failure|failing|error|errored|timeout|timed[ _-]out|crash|crashed|oom|aborted|cancelled|killed|✗|✘|❌|unsuccessful)$/i
const WORKED = /^(?:true|yes|y|1|ok|okay|success|successful|succeeded|completed?|passed|pass|done|✓|✔|✅|finished)$/i
const NO_ERROR = /^(?:|[-–—]+|0|n\/?a|null|none|nan|false|no|ok|no error|success|undefined)$/i

/** From a column or key such as `success`, `ok`, `status`; `undefined` when the text is about something else. */
export function readStatus(value: unknown): Status | undefined {
  if (typeof value === 'boolean') return value ? 'ok' : 'error'
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : ''
  if (FAILED.test(text)) return 'error'
  if (WORKED.test(text)) return 'ok'
  return /^warm-?up$/i.test(text) ? 'warmup' : undefined
}

const WARMUP_FLAG = /^(?:is_)?(?:warm_?up|discard(?:ed)?)(?:_(?:run|iteration|sample|request))?$/
const WARMUP_BELOW = /^warm_?up(?:_(?:runs?|results?|iterations?|samples|times|stats|statistics|metrics|requests|phase))?$/
const PHASE = /^(?:(?:run_|iteration_|step_|sample_)?(?:phase|stage|type|kind|mode|state|label))$/

/** A name in snake_case whose yes or no tells a warm-up from a run that counts. */
export function isWarmupFlag(name: string): boolean {
  return WARMUP_FLAG.test(name)
}

/** A key under which warm-up runs are kept apart. */
export function holdsWarmups(key: string): boolean {
  return WARMUP_BELOW.test(key)
}

/** A name in snake_case whose text may say `warmup`. */
export function isPhase(name: string): boolean {
  return PHASE.test(name)
}

export function saysWarmup(text: string): boolean {
  return /^\s*warm[-_ ]?(?:up|ing)(?:[-_ ]?\w{0,12})?\s*$/i.test(text)
}

const NOTHING_CAME = /^(?:\W*)(?:oom|cuda oom|out of memory|o\.o\.m\.?|fail(?:ed|ure|s)?|error|crash(?:ed|es)?|timeout|timed out|dnf|segfault|killed|not supported|unsupported|n\.?s\.?|n\.a\.|x|✗|✘|❌)(?:\W*)$/i

/** Where a number should stand: it did not come to one. */
export function isFailure(text: string): boolean {
  return text.length < 24 && NOTHING_CAME.test(text)
}

/** The message of a column or key such as `error`, where it tells of one. `when`: only if it matches. */
export function readError(value: unknown, when?: string): string | undefined {
  if (value === true) return 'true'
  if (typeof value === 'object' && value !== null) return objectMessage(value)
  if (typeof value !== 'string' || NO_ERROR.test(value.trim())) return undefined
  return when === undefined || new RegExp(when).test(value.slice(0, 1000)) ? value.trim() : undefined
}

function objectMessage(value: object): string | undefined {
  const { message, error } = value as { message?: unknown; error?: unknown }
  const text = typeof message === 'string' ? message : typeof error === 'string' ? error : undefined
  return text === undefined || NO_ERROR.test(text) ? undefined : text
}
