/** PapaParse alone: a CSV into arrays of text. */

import { createReadStream } from 'node:fs'
import papaparse from 'papaparse'
import { column } from './column.js'

const [, , file = ''] = process.argv
const first = column()
papaparse.parse<string[]>(createReadStream(file), {
  skipEmptyLines: true,
  chunk: ({ data }) => data.forEach(first.row),
  complete: first.print,
})
