/** Expected output as files: `UPDATE_GOLDEN=1 npm test` writes them anew, so that a change shows as a diff. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Test } from 'tap'
import { fixture } from './paths.js'

export function golden(t: Test, found: string, ...parts: string[]): void {
  const file = fixture(...parts)
  if (process.env['UPDATE_GOLDEN']) {
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, found)
  }
  t.ok(existsSync(file), `${parts.join('/')} is there`)
  t.equal(found, existsSync(file) ? readFileSync(file, 'utf8') : '', parts.join('/'))
}
