/** A folder for what is generated, gone when the question is answered or the program ends. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

export interface Scratch {
  readonly file: (name: string) => string
  readonly remove: () => void
}

export function scratch(): Scratch {
  const folder = mkdtempSync(path.join(tmpdir(), 'chimera-bench-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', remove)
  return {
    file: (name) => path.join(folder, name),
    remove() {
      remove()
      process.removeListener('exit', remove)
    },
  }
}
