/** A text as the lines the Markdown reader makes of it. */

import type { MarkdownLine } from '../../../lib/format/markdown-lines.js'

export function linesOf(text: string): MarkdownLine[] {
  let byte = 0
  return text.split('\n').map((line, at) => {
    const from = byte
    byte += Buffer.byteLength(line) + 1
    return { text: line, line: at + 1, shift: 0, bytes: [from, byte - (line.endsWith('\r') ? 2 : 1)] }
  })
}
