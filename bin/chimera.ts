#!/usr/bin/env node
/** The `chimera` command: hands the process' streams to `main` and turns its answer into an exit code. */

import { createRequire } from 'node:module'
import process from 'node:process'

const [, , first] = process.argv
if (first === '--version' || first === '-V') {
  // Answered before anything is loaded, so that it is instant.
  const { version } = createRequire(import.meta.url)('chimera/package.json') as { version: string }
  process.stdout.write(`${version}\n`)
} else {
  await optimiseLater()
  const { main } = await import('../lib/cli/main.js')
  const interrupt = new AbortController()
  process.once('SIGINT', () => {
    interrupt.abort()
    // A second one means it: the default action ends the process at once.
  })
  process.once('SIGTERM', () => interrupt.abort())
  process.exitCode = await main(process.argv.slice(2), {
    // Opened by whoever reads it: that takes longer than to read a small file.
    get stdin() {
      return process.stdin
    },
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    signal: interrupt.signal,
    now: () => performance.now(),
    date: () => new Date(),
  })
}

/**
 * The V8 of Node 20 optimises so early that a short run spends much of its processor time on compiling what is soon over;
 * a run over a large file is as fast either way. Later ones are patient by themselves, and do not know the flag.
 */
async function optimiseLater(): Promise<void> {
  if (!process.versions.v8.startsWith('11.')) return
  const { setFlagsFromString } = await import('node:v8')
  setFlagsFromString('--interrupt-budget=400000')
}
