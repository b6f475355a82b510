/** Loaded into a program that is measured: when it ends, it writes what it used. Small, since its own time counts too. */

import fs = require('node:fs')
import threads = require('node:worker_threads')

const file = process.env['CHIMERA_BENCH_USAGE']
if (file !== undefined && threads.isMainThread) {
  // A program that it starts would write over it.
  delete process.env['CHIMERA_BENCH_USAGE']
  process.on('exit', () => {
    const { user, system } = process.cpuUsage()
    fs.writeFileSync(file, `${user / 1e6} ${system / 1e6} ${peakKib()}\n`)
  })
}

/** Linux counts what the parent held before it became this program into maxRSS; the status file of the process does not. */
function peakKib(): number {
  try {
    const found = /VmHWM:\s*(\d+) kB/.exec(fs.readFileSync('/proc/self/status', 'latin1'))?.[1]
    if (found !== undefined) return Number(found)
  } catch {
    // Not Linux.
  }
  return process.resourceUsage().maxRSS
}
