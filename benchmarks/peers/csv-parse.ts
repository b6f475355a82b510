/** csv-parse alone: a CSV into arrays of text; one column is summed up, so that the answer can be checked. */

import { createReadStream } from 'node:fs'
import { parse } from 'csv-parse'
import { column } from './column.js'

const [, , file = ''] = process.argv
const first = column()
createReadStream(file)
  .pipe(parse())
  .on('data', first.row)
  .on('end', first.print)
