/** marked: the tokens of the whole document. */

import { readFileSync } from 'node:fs'
import { lexer, type Tokens } from 'marked'
import { column } from './column.js'

const [, , file = ''] = process.argv
const tables = lexer(readFileSync(file, 'utf8')).filter((token): token is Tokens.Table => token.type === 'table')
const first = column()
for (const [at, { header, rows }] of tables.entries()) {
  for (const row of at === 0 ? [header, ...rows] : rows) first.row(row.map(({ text }) => text))
}
first.print()
