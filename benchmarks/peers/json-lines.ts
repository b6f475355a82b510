/** The plain loop over NDJSON: chunks split at line ends, each line to JSON.parse. */

import { createReadStream } from 'node:fs'

const [, , file = ''] = process.argv
let rows = 0
let sum = 0
let rest = ''
createReadStream(file, 'utf8')
  .on('data', (chunk) => {
    const lines = (rest + String(chunk)).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      rows += 1
      sum += (JSON.parse(line) as { ttft_s: number }).ttft_s
    }
  })
  .on('end', () => process.stdout.write(`${JSON.stringify({ rows, mean: sum / rows })}\n`))
