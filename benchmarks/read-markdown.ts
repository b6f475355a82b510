/** What does it cost to make metric records of Markdown tables, over parsing the document? */

import { remark } from 'remark'
import remarkGfm from 'remark-gfm'
import { records } from '../lib/index.js'
import { peer, type Question } from './harness.js'
import { countItems, expect, inMemory, isRecord, markdownText, measuredPerRow, rows } from './input.js'

export async function question(quick: boolean): Promise<Question> {
  const count = quick ? 100 : 400
  const text = markdownText(rows(count))
  const bytes = Buffer.from(text)
  const processor = remark().use(remarkGfm)
  return {
    name: 'read-markdown',
    question: 'What do metric records of Markdown tables cost, over parsing the document?',
    scope: `${count} table rows of 12 columns, 9 of them measured, in sections of 25, from memory. remark with GFM gives the tree of the whole document.`,
    workload: { bytes: bytes.length, items: count * measuredPerRow },
    baseline: 'remark with GFM',
    cases: [
      { name: 'remark with GFM', peer: `${await peer('remark')}, ${await peer('remark-gfm')}`, run: () => expect(processor.parse(text).children.filter((node) => node.type === 'table').length, Math.ceil(count / 25)) },
      { name: 'chimera records', run: async () => expect(await countItems(inMemory('report.md', 'markdown', bytes), records(), isRecord), count * measuredPerRow) },
    ],
  }
}
