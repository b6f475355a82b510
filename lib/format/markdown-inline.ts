/** Inline Markdown that needs no parser: plain text, `**bold**`, `*emphasis*`, code and `[links](to)`. Everything else is left to remark. */

import type { PhrasingContent, Text } from 'mdast'

/**
 * `[`, `*` and so on anywhere else than below may mean something. Line ends and tabs are looked after by whoever calls. Brackets
 * that no target follows are text where nothing defines them, which whoever calls has made sure of; but `[ ]`, `[x]` and `[^1]`
 * may be tasks and footnotes, and `[a]:` at the start a definition.
 */
const SPECIAL = /[*`\u0000-\u001f]|\[(?!(?![ xX]\]|\^)[^[\]]*\](?![([]))|^\[[^[\]]*\]:|\\(?![A-Za-z0-9 ])|&(?=[#A-Za-z])|<(?=[A-Za-z/!?])|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/
const BOLD = /(?<=^|[\s(])\*\*(?=\S)([^*]*[^*\s])\*\*(?=$|[\s:,.;)])/
const CODE = /(?<!`)`([^`]+)`(?!`)/
const EMPHASIS = /(?<=^|\s)(?:\*(?=[^*\s])([^*]*[^*\s])\*|_(?=[^_\s])([^_]*[^_\s])_)(?=$|[\s:,.;)])/
const LINK = /(?<=^|\s)\[([^[\]`*]+)\]\([^\s()<>\\&*`~[\]]+\)/
const TOKEN = new RegExp([BOLD, CODE, EMPHASIS, LINK].map(({ source }) => source).join('|'), 'g')
/** What may be an address goes on to the next space, over marks as well. */
const ADDRESS = /:\/\/|www\.|@/i
const ESCAPE = /\\([!-/:-@[-`{-~])/g

/** Nodes of one line of text that starts at `offset`; `undefined` when it may hold anything else. */
export function plainInline(text: string, offset: number): PhrasingContent[] | undefined {
  // One tilde is a tilde, two may strike out what stands between them.
  if (text.indexOf('~') !== text.lastIndexOf('~')) return undefined
  if (!/[*`_[\\&<\u0000-\u001f]/.test(text)) return text === '' ? [] : [textNode(text, offset)]
  const nodes: PhrasingContent[] = []
  const address = ADDRESS.test(text)
  let from = 0
  const add = (to: number): boolean => {
    if (to === from) return true
    const value = text.slice(from, to)
    nodes.push(textNode(value, offset + from))
    return !isSpecial(value)
  }
  for (const match of text.matchAll(TOKEN)) {
    if (!add(match.index)) return text.includes('\\') ? escaped(text, offset) : undefined
    const [whole, bold, code, starred, underlined, linked] = match
    const start = offset + match.index
    if (address && !(/^$|\s$/.test(text.slice(Math.max(0, match.index - 1), match.index)) && (code !== undefined || !ADDRESS.test(whole)))) return undefined
    if (code !== undefined) {
      const value = /^ .*\S.* $/.test(code) ? code.slice(1, -1) : code
      nodes.push({ type: 'inlineCode', value, position: at(start) })
    } else {
      const inside = bold ?? starred ?? underlined ?? linked ?? ''
      if (isSpecial(inside)) return undefined
      const children = [textNode(inside, start + (bold === undefined ? 1 : 2))]
      nodes.push(linked === undefined ? { type: bold === undefined ? 'emphasis' : 'strong', children, position: at(start) } : { type: 'link', url: '', children, position: at(start) })
    }
    from = match.index + whole.length
  }
  if (add(text.length)) return nodes
  return nodes.length === 1 && text.includes('\\') ? escaped(text, offset) : undefined
}

/** Text in which marks are guarded, and nothing else. */
function escaped(text: string, offset: number): PhrasingContent[] | undefined {
  const bare = text.replaceAll(ESCAPE, 'x')
  if (/[`*[_~]/.test(bare) || ADDRESS.test(bare) || isSpecial(bare)) return undefined
  return [textNode(text.replaceAll(ESCAPE, '$1'), offset)]
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
