/** Line starts of a model's Markdown: marks and their numerals are no figures; rules and fences are dropped. */

/** How much of a line must be seen to know its start. */
export const START_WINDOW = 16
/** A fence's info string, or a rule, is never longer in earnest. */
const LINE_WINDOW = 200

export type LineStart =
  /** The mark, with the space behind it; `''` when the line starts with plain text. */
  | { readonly kind: 'mark'; readonly length: number }
  /** The whole line with its end is left out: a fence, a rule, an underline of a heading. */
  | { readonly kind: 'drop'; readonly length: number }
  | 'more'

const PLAIN = /^[^\d#>*+\-_=~`|\s]/
const RULE = /^(?:-{2,}|={2,}|\*{3,}|_{3,}|`{3,}[^`\n]*|~{3,}[^\n]*)[ \t]*(?:\n|$)/
const MAYBE_RULE = /^(?:-+|=+|\*+|_+|`{1,2}|`{3,}[^`\n]*|~+|~{3,}[^\n]*)[ \t]*$/
const MARK = /^(?:(?:[-*+]|\d{1,3}[.)])[ \t]+|#{1,6}[ \t]+|>[ \t]?)?(?:\*\*|__)?(?:(?<=[#*_][ \t]*)\d{1,2}(?:\.\d{1,2})*[.)]?[ \t]+)?/

/** `text` starts behind the indentation of a line. */
export function readLineStart(text: string, ended: boolean): LineStart {
  if (text === '') return ended ? { kind: 'mark', length: 0 } : 'more'
  if (PLAIN.test(text)) return { kind: 'mark', length: 0 }
  const end = text.indexOf('\n')
  if (end === -1 && !ended && text.length < LINE_WINDOW && MAYBE_RULE.test(text)) return 'more'
  const line = end === -1 ? text : text.slice(0, end)
  if ((end !== -1 || ended) && RULE.test(line)) return { kind: 'drop', length: end === -1 ? text.length : end + 1 }
  if (end === -1 && !ended && text.length < START_WINDOW) return 'more'
  return { kind: 'mark', length: MARK.exec(line.slice(0, START_WINDOW))?.[0].length ?? 0 }
}
