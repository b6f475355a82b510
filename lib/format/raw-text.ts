/** Bytes as they go into a problem: as text where they are text, as they are where not. */

import { isUtf8 } from 'node:buffer'
import type { Problem } from '../stage/index.js'
import { openSequence } from './encoding.js'

/** Bytes kept of what could not be read. */
export const RAW_BYTES = 2000
/** Bytes kept where they have to be written as Base64. */
const BASE64_BYTES = 300

/** `raw`, and `rawBase64` beside it where that shows U+FFFD for bytes that are not UTF-8. */
export function rawOf(bytes: Uint8Array): Pick<Problem, 'raw' | 'rawBase64'> {
  const kept = bytes.subarray(0, RAW_BYTES)
  const whole = bytes.length >= RAW_BYTES ? kept.subarray(0, kept.length - openSequence(kept)) : kept
  const raw = Buffer.from(whole.buffer, whole.byteOffset, whole.length).toString('utf8')
  return isUtf8(whole) ? { raw } : { raw, rawBase64: Buffer.from(whole.subarray(0, BASE64_BYTES)).toString('base64') }
}
