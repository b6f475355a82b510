/** remark with GFM: the tree of the whole document. */

import { readFileSync } from 'node:fs'
import type { Nodes, Table } from 'mdast'
import { remark } from 'remark'
import remarkGfm from 'remark-gfm'
import { column } from './column.js'

const [, , file = ''] = process.argv
const tables = remark()
  .use(remarkGfm)
  .parse(readFileSync(file, 'utf8'))
  .children.filter((node): node is Table => node.type === 'table')
const first = column()
for (const [at, table] of tables.entries()) {
  for (const row of at === 0 ? table.children : table.children.slice(1)) first.row(row.children.map(textOf))
}
first.print()

function textOf(node: Nodes): string {
  if ('value' in node) return node.value
  return 'children' in node ? node.children.map(textOf).join('') : ''
}
