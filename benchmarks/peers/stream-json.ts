/** stream-json alone, tokens packed: the values of one key are summed up, so that the answer can be checked. */

import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import chain, { none } from 'stream-chain'
import { parser } from 'stream-json'
import type { Token } from 'stream-json/core/parser.js'

const [, , file = '', shape = 'array'] = process.argv
let rows = 0
let sum = 0
let wanted = false
const tokens = chain([
  parser({ streamValues: false, jsonStreaming: shape === 'ndjson' }),
  (token: Token) => {
    if (token.name === 'keyValue') wanted = token.value === 'ttft_s'
    else if (token.name === 'numberValue' && wanted) {
      wanted = false
      rows += 1
      sum += Number(token.value)
    }
    return none
  },
])
tokens.resume()
await pipeline(createReadStream(file), tokens)
process.stdout.write(`${JSON.stringify({ rows, mean: sum / rows })}\n`)
