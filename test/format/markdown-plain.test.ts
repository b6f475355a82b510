/** The fast lane must give what remark gives, or nothing. */

import type { Nodes, RootContent } from 'mdast'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { remark } from 'remark'
import remarkGfm from 'remark-gfm'
import t from 'tap'
import { plainText } from '../../lib/format/markdown-field.js'
import { plainMarkdown } from '../../lib/format/markdown-plain.js'
import { markdownTree } from '../../lib/format/markdown-tree.js'
import { corpus } from '../support/paths.js'
import { linesOf } from './support/lines.js'

const parser = remark().use(remarkGfm)

/** Tables and fields with their places, and the text of every block. */
function reading(nodes: readonly RootContent[], text: string): unknown {
  const lines = linesOf(text)
  return { events: markdownTree('x').walk(nodes, text, { lines }), blocks: nodes.filter((node) => node.type !== 'thematicBreak' && node.type !== 'definition').map(shape) }
}

function shape(node: Nodes): unknown {
  if (node.type === 'heading') return [node.depth, plainText(node.children)]
  // Lists that differ in their marker only are one to the fast lane.
  if (node.type === 'paragraph') return plainText(node.children).replaceAll(/\s+/g, ' ')
  return node.type === 'table' ? node.children.map((row) => row.children.map((cell) => plainText(cell.children))) : node.type
}

function compare(text: string): boolean {
  const plain = plainMarkdown(text.split('\n'), /^ {0,3}\[[^\]\n]+\]:/m.test(text))
  if (!plain) return false
  const whole = parser.parse(text).children
  const [a, b] = [reading(plain, text), reading(whole, text)].map((one) => JSON.stringify(one).replaceAll(/"list"(?:,"list")+/g, '"list"'))
  if (a !== b) throw new Error(`${JSON.stringify(text)}\nfast lane: ${a ?? ''}\nremark:    ${b ?? ''}`)
  return true
}

t.test('what it takes and what it leaves', async (t) => {
  for (const text of ['# A', 'A: 1', '- A: 1\n- **B:** `2`', '1. a\n   - b: 1', '| a | b |\n|---|---|\n| 1 | 2 |', 'A: 1  \nB: 2\n- C: 3', '- [a] b: 1', 'GPU[0]: 1', '*a*: 1', '- _a_: 1', '- [A](b): 1', 'a\\*: 1', 'A: 1\n===', 'A\n-\nB: 2', '#\nA: 1', '[a]: b\n[c]: d\n\nA: 1', 'a | b\n---|---\n1 | 2\n--- | 3', '| a | b |\n|---|---|\n| 1\n| 1 | 2\n1 | 2 | 3 |']) t.ok(compare(text), text)
  for (const text of ['*a', '[a](b)', 'a\\', '&amp; a', '<b>', '_a_', 'a\nb\n===', '[a]: b\n"c"', '[a]: b\nA: 1', '- a\n  b', '> a', '    a', '| a |\n|---|\n| \\| |', '1. a\n2. b\n\n   c', '~~a~~', '2. 1. **b:** 2', '- [ ] a', 'a[^1]', '[a][b]']) {
    t.equal(plainMarkdown(text.split('\n')), undefined, text)
  }
})

t.test('brackets where something is defined', async (t) => {
  t.same(plainMarkdown(['[a]: b', '', 'A: 1'], true)?.length, 1)
  t.equal(plainMarkdown(['[a]: b', '', 'A: [1]'], true), undefined)
  t.equal(plainMarkdown(['[a](b): 1'], true), undefined)
})

t.test('text made of everything', async (t) => {
  const word = fc.constantFrom('*a*', '_a_', '*a', 'a*', '\\*', '\\|', '[b](c_d)', '[*b*](c)', '(*a*)', '**a*', 'A: 1', '**B:** 2', '**b**', '`c`', '`', '*', '**', '_', 'a_b', '~', '~5', '<', '<b', '&', '&lt;', 'x', '1.', '2)', '-', '#', '|', ':', ' ', '  ', '🎉', 'http://x.y', 'http://x.y`c`', 'http://x/(*a*)', '*http://x.y*', '**www.x.y**)z', '[http://x.y](c)', 'a@b.cd`e`', 'a@b.cd', '\\', '(', '"', '=', '+', '[', ']', '!', '[b]', '[b]', 'a[0]:', '[b]:', '[ ]', '[x]', '[^1]', '[b](c)', '[b][c]', '![b]', '[]')
  const start = fc.constantFrom('', '', '- ', '* ', '1. ', '2. ', '# ', '## ', '| ', '  - ', '   - ', '> ', '--- ', '  ', '    ')
  const line = fc.oneof({ arbitrary: fc.constantFrom('===', '---', '-', '#', '##', '[b]: c', '[d]: e', '"t"', '---|---', '| a', 'a | b', 'a | b |'), weight: 1 }, { weight: 4, arbitrary: fc.tuple(start, fc.array(word, { maxLength: 5 })).map(([lead, words]) => lead + words.join(' ')) })
  const row = fc.array(word, { minLength: 2, maxLength: 2 }).map((cells) => `| ${cells.join(' | ')} |`)
  const block = fc.oneof(fc.array(line, { maxLength: 4 }), fc.array(row, { maxLength: 3 }).map((rows) => ['| h | i |', '|---|:-:|', ...rows]))
  let taken = 0
  fc.assert(
    fc.property(fc.array(block, { minLength: 1, maxLength: 2 }), (blocks) => {
      if (compare(blocks.map((lines) => lines.join('\n')).join('\n\n'))) taken += 1
    }),
    { numRuns: 1500 },
  )
  t.ok(taken > 150, `${taken} texts went through the fast lane`)
})

const root = corpus('seed')
t.test('blocks of real reports', { skip: root ? false : 'no corpus' }, async (t) => {
  let taken = 0
  for (const name of readdirSync(root ?? '', { recursive: true, encoding: 'utf8' }).filter((one) => one.endsWith('.md'))) {
    const text = readFileSync(path.join(root ?? '', name), 'utf8').replaceAll('\r', '')
    for (const block of text.replaceAll(/^```[^]*?^```$/gm, '').split(/\n\n+(?=\S)/).slice(0, 40)) if (compare(block)) taken += 1
  }
  t.ok(taken > 150, `${taken} blocks went through the fast lane`)
})
