/** markdown-it: the tokens of the whole document. */

import { readFileSync } from 'node:fs'
import markdownIt from 'markdown-it'
import { column } from './column.js'

const [, , file = ''] = process.argv
const first = column()
let tables = 0
let head = false
let cells: string[] | undefined
for (const { type, content } of markdownIt().parse(readFileSync(file, 'utf8'), {})) {
  if (type === 'table_open') tables += 1
  else if (type === 'thead_open') head = true
  else if (type === 'thead_close') head = false
  else if (type === 'tr_open') cells = []
  else if (type === 'inline') cells?.push(content)
  else if (type === 'tr_close' && cells) {
    if (!head || tables === 1) first.row(cells)
    cells = undefined
  }
}
first.print()
