/** JSON.parse of all of it at once: an array, or lines joined to one. */

import { readFileSync } from 'node:fs'

const [, , file = '', shape = 'array'] = process.argv
const text = readFileSync(file, 'utf8')
const rows = JSON.parse(shape === 'array' ? text : `[${text.trimEnd().replaceAll('\n', ',')}]`) as { ttft_s: number }[]
process.stdout.write(`${JSON.stringify({ rows: rows.length, mean: rows.reduce((sum, row) => sum + row.ttft_s, 0) / rows.length })}\n`)
