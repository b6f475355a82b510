/** Figures as links to where they stand in the appendix, in Markdown: `[42 ms](#F3)`. */

/** `text` is safe Markdown: its brackets are escaped, so nothing in it ends the link. */
export function cite(id: string, text: string): string {
  return `[${text}](#${id})`
}

const CITED = /\[((?:[^\]\\]|\\.)*)\]\(#F\d+\)/g

/** The text as it is without the links. */
export function uncited(markdown: string): string {
  return markdown.replace(CITED, '$1')
}
