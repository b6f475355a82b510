/** uDSV alone: a CSV into arrays of text. */

import { createReadStream } from 'node:fs'
import { inferSchema, initParser, type Parser } from 'udsv'
import { column } from './column.js'

const [, , file = ''] = process.argv
const first = column()
let parser: Parser | undefined
const stream = createReadStream(file, 'utf8')
stream.on('data', (chunk) => {
  const text = String(chunk)
  if (!parser) {
    parser = initParser(inferSchema(text))
    // Its schema holds the header, which it keeps to itself.
    first.row(parser.schema.cols.map(({ name }) => name))
  }
  // It calls with all rows of the chunk, or with one at a time: typed as the latter.
  parser.chunk<string[]>(text, parser.stringArrs, (row) => first.row(row))
})
stream.on('end', () => {
  parser?.end()
  first.print()
})
