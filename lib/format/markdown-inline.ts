/** Inline Markdown that needs no parser: plain text, `**bold**` and code. Everything else is left to remark. */

import type { PhrasingContent, Text } from 'mdast'

/**
 * `[`, `*` and so on anywhere else than below may mean something. Line ends and tabs are looked after by whoever calls. Brackets
 * that no target follows are text where nothing defines them, which whoever calls has made sure of; but `[ ]`, `[x]` and `[^1]`
 * may be tasks and footnotes, and `[a]:` at the start a definition.
 */
const SPECIAL = /[*`\u0000-\u001f]|\[(?!(?![ xX]\]|\^)[^[\]]*\](?![([]))|^\[[^[\]]*\]:|\\(?![A-Za-z0-9 ])|&(?=[#A-Za-z])|<(?=[A-Za-z/!?])|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/
const TOKEN = /(?<=^|[\s(])\*\*(?=\S)([^*]*[^*\s])\*\*(?=$|[\s:,.;)])|(?<!`)`([^`]+)`(?!`)/g

/** Nodes of one line of text that starts at `offset`; `undefined` when it may hold anything else. */
export function plainInline(text: string, offset: number): PhrasingContent[] | undefined {
  const nodes: PhrasingContent[] = []
  let from = 0
  const add = (to: number): boolean => {
    if (to === from) return true
    const value = text.slice(from, to)
    nodes.push(textNode(value, offset + from))
    return !isSpecial(value)
  }
  for (const match of text.matchAll(TOKEN)) {
    if (!add(match.index)) return undefined
    const [whole, bold, code] = match
    if (bold !== undefined) {
      if (isSpecial(bold)) return undefined
      nodes.push({ type: 'strong', children: [textNode(bold, offset + match.index + 2)], position: at(offset + match.index) })
    } else if (code !== undefined) {
      const value = /^ .*\S.* $/.test(code) ? code.slice(1, -1) : code
      nodes.push({ type: 'inlineCode', value, position: at(offset + match.index) })
    }
    from = match.index + whole.length
  }
  if (!add(text.length)) return undefined
  // One tilde is a tilde, two may strike out what stands between them.
  return text.indexOf('~') === text.lastIndexOf('~') ? nodes : undefined
}

/** A position of which only the offset of the start is right: nobody asks for more. */
export function at(offset: number) {
  const point = { line: 1, column: 1, offset }
  return { start: point, end: point }
}

export function textNode(value: string, offset: number): Text {
  return { type: 'text', value, position: at(offset) }
}

function isSpecial(text: string): boolean {
  return SPECIAL.test(text)
}
