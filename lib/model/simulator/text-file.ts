/** Reads the text that a simulator is to say. */

import { open } from 'node:fs/promises'
import { ChimeraError } from '../../stage/index.js'

const TEXT_LIMIT = 1024 * 1024

/** At most 1 MiB of it; nothing without a file. Throws `UNREADABLE`. */
export async function textOf(file: string | undefined): Promise<{ readonly text?: string }> {
  if (file === undefined) return {}
  try {
    const handle = await open(file)
    try {
      const buffer = Buffer.alloc(TEXT_LIMIT)
      const { bytesRead } = await handle.read(buffer, 0, TEXT_LIMIT, 0)
      return { text: buffer.toString('utf8', 0, bytesRead) }
    } finally {
      await handle.close()
    }
  } catch (cause) {
    throw new ChimeraError('UNREADABLE', `expected a file with the simulator's text, could not read "${file}": check its path`, { cause })
  }
}
