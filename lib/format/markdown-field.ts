/** Finds `label: value` in the lines of a paragraph or list item. */

import type { PhrasingContent } from 'mdast'

export interface FieldText {
  readonly label: string
  readonly value: string
  /** Offset in the piece where the line of the field starts. */
  readonly offset: number
  /** Offset of its last line. */
  readonly last: number
}

interface TextLine {
  text: string
  offset: number
  /** Length of the bold text the line starts with; 0 for none. */
  bold: number
}

const MAX_LABEL = 80
const MAX_VALUE = 200

/** Plain text of inline Markdown: marks dropped, links and images by their text, HTML left out. */
export function plainText(nodes: readonly PhrasingContent[]): string {
  let text = ''
  for (const node of nodes) {
    if (node.type === 'text' || node.type === 'inlineCode') text += node.value
    else if (node.type === 'break') text += ' '
    else if (node.type === 'image' || node.type === 'imageReference') text += node.alt ?? ''
    else if (node.type === 'html') text += /^<br\s*\/?>/i.test(node.value) ? ' ' : ''
    else if ('children' in node) text += plainText(node.children)
  }
  return text
}

/** A line that is no field itself goes on with the value of the one before it. `source` is the text the nodes were parsed from. */
export function fieldsOf(nodes: readonly PhrasingContent[], source: string, inList: boolean): FieldText[] {
  const fields: FieldText[] = []
  for (const line of linesOf(nodes, source)) {
    const field = fieldOf(line, inList)
    const last = fields.at(-1)
    if (field) fields.push(field)
    else if (last && line.text.trim() !== '') fields[fields.length - 1] = { ...last, value: `${last.value} ${line.text.trim()}`.trim(), last: line.offset }
  }
  return fields.filter(({ value }) => value !== '' && value.length < MAX_VALUE && !/^[-*+•] /.test(value))
}

function fieldOf({ text, offset, bold }: TextLine, inList: boolean): FieldText | undefined {
  const split = (at: number): FieldText | undefined => {
    const label = text.slice(0, at).trim()
    return isLabel(label, inList || bold > 0) ? { label, value: text.slice(at + 1).trim(), offset, last: offset } : undefined
  }
  if (bold > 0) {
    if (text[bold - 1] === ':') return split(bold - 1)
    if (text[bold] === ':') return split(bold)
  }
  const colon = text.search(/:(?:\s|$)/)
  return colon > 0 ? split(colon) : undefined
}

function isLabel(label: string, marked: boolean): boolean {
  if (label.length === 0 || label.length > MAX_LABEL || !/[\p{L}\p{N}]/u.test(label)) return false
  if (/[.!?;]\s|^[-*+•] /.test(label)) return false
  // In running text a colon mostly ends half a sentence.
  return label.split(/\s+/).length <= (marked ? 10 : 6)
}

function linesOf(nodes: readonly PhrasingContent[], source: string): TextLine[] {
  const lines: TextLine[] = [{ text: '', offset: nodes[0]?.position?.start.offset ?? 0, bold: 0 }]
  const add = (node: PhrasingContent): void => {
    const [first, ...more] = plainText([node]).split('\n')
    const last = lines.at(-1)
    if (last) last.text += first ?? ''
    let from = node.position?.start.offset ?? 0
    for (const text of more) {
      from = nextLine(source, from)
      lines.push({ text, offset: from, bold: 0 })
    }
  }
  for (const node of nodes) {
    if (node.type === 'break') {
      lines.push({ text: '', offset: nextLine(source, node.position?.start.offset ?? 0), bold: 0 })
      continue
    }
    const line = lines.at(-1)
    const starts = line?.text === ''
    add(node)
    if (starts && node.type === 'strong' && line === lines.at(-1)) line.bold = line.text.length
  }
  return lines
}

/** Offset of the first character behind the next line end that is not indentation or a quote mark. */
function nextLine(source: string, from: number): number {
  const end = source.indexOf('\n', from)
  if (end < 0) return source.length
  return end + 1 + (/^[ \t>]*/.exec(source.slice(end + 1, end + 200))?.[0].length ?? 0)
}
