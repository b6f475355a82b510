/** `node markdown-endless.js KIND MB`: reads that much generated Markdown, and prints the largest heap on the way in MB. */

import { markdown } from '../../../lib/format/index.js'

const HEAD = '# T\n\n| model | ttft (ms) | note |\n|---|---|---|\n'
let section = 0

const KINDS: Readonly<Record<string, { readonly head?: string; readonly next: () => string }>> = {
  table: { head: HEAD, next: () => '| m | 12.5 | ok |\n' },
  links: { head: `See [a].\n\n${HEAD}`, next: () => `| m | ${(section += 1)} | ok |\n`.repeat(30) + '\n'.repeat(section % 2) + 'word '.repeat(4000) },
  sections: { next: () => `## Section ${(section += 1)}\n\nSome words.\n\n- **Latency:** ${section} ms\n\n| a | b |\n|---|---|\n| ${section} | 2 |\n| 3 | 4 |\n\n${'Words and words. '.repeat(30)}\n\n` },
  paragraph: { next: () => 'words that go on and on\n' },
  line: { next: () => 'words that go on and on ' },
  fence: { head: '```\n', next: () => 'text that goes on and on\n' },
  blank: { next: () => '\n' },
}

const [, , kind = '', size = '1'] = process.argv
const { head, next } = KINDS[kind] ?? KINDS['table'] ?? { next: () => '' }
const step = markdown('x.md')
let left = Number(size) * 1_000_000
let highest = 0
for (let chunk = head ?? ''; left > 0; chunk = '') {
  while (chunk.length < 65_536) chunk += next()
  left -= chunk.length
  for (const batch of step.write([Buffer.from(chunk)]) as Iterable<{ readonly length: number }>) if (batch.length < 0) throw new Error('unheard of')
  highest = Math.max(highest, process.memoryUsage().heapUsed)
}
for (const batch of (step.end?.() ?? []) as Iterable<{ readonly length: number }>) if (batch.length < 0) throw new Error('unheard of')
process.stdout.write(String(Math.round(Math.max(highest, process.memoryUsage().heapUsed) / 1e6)))
