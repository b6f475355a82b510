/** The bytes of one row as text, read again from its file. */

import { detectEncoding } from '../format/encoding.js'
import { artifacts } from '../source/index.js'
import type { Artifact } from '../source/artifact.js'
import type { Io } from './io.js'

/** Longer rows are cut. */
const LONGEST = 2048
const HEAD = 4096
/** Of a line of JSON so much is looked at on either side. */
const AROUND = 500

/** `wholeLines`: with what stands before and behind it. `undefined` for what cannot be read twice: standard input, a pipe, a file that has gone. */
export async function rawText(file: string, [from, to]: readonly [number, number], wholeLines: boolean, io: Io): Promise<string | undefined> {
  if (file === '-') return undefined
  try {
    for await (const item of artifacts([file], { cwd: io.cwd, signal: io.signal })) {
      if (item.type === 'artifact') {
        const before = wholeLines ? Math.min(from, AROUND) : 0
        const text = await cut(item, from - before, Math.min(to + (wholeLines ? AROUND : 0), from + LONGEST), io.signal)
        return wholeLines ? text.slice(text.lastIndexOf('\n', before) + 1).split('\n', 1)[0] : text
      }
    }
  } catch {
    return undefined
  }
  return undefined
}

async function cut(artifact: Artifact, from: number, to: number, signal: AbortSignal): Promise<string> {
  const parts: Uint8Array[] = []
  let decoder: { decode(bytes: Uint8Array): string } | undefined
  let at = 0
  for await (const chunk of artifact.open(signal)) {
    decoder ??= new TextDecoder(encodingOf(chunk.subarray(0, HEAD)))
    if (at + chunk.length > from) parts.push(chunk.subarray(Math.max(0, from - at), Math.max(0, to - at)))
    at += chunk.length
    if (at >= to) break
  }
  return (decoder ?? new TextDecoder()).decode(Buffer.concat(parts))
}

function encodingOf(head: Uint8Array): string {
  const found = detectEncoding(head, false)
  if ('code' in found) return 'utf-8'
  return found.encoding === 'utf-16le in utf-8' ? 'utf-8' : found.encoding
}
