/** Headings that can be pointed at, and in order: none skips a level, whatever level a model began with. */

import type { Element, Root } from 'hast'
import { isElement, make, replaceEach, textOf } from './hast.js'

const NAME = /^h([1-6])$/

/** Gives ids to all headings and brings them into order. */
export function orderHeadings(tree: Root): void {
  const used = new Set<string>()
  let level = 0
  replaceEach(tree, (element) => {
    const own = Number(NAME.exec(element.tagName)?.[1])
    if (!own) return undefined
    level = Math.min(own, level + 1)
    return [{ ...element, tagName: `h${level}`, properties: { ...element.properties, id: unique(slug(textOf(element)), used) } }]
  })
}

/** Links to the sections. */
export function contents(tree: Root): Element {
  const sections = tree.children.filter((child): child is Element => isElement(child, 'h2'))
  return make('nav', { ariaLabel: 'Sections' }, make('ol', {}, ...sections.map((one) => make('li', {}, make('a', { href: `#${String(one.properties['id'])}` }, textOf(one))))))
}

/** With a start of its own, so that no heading takes the id of anything else on the page. */
function slug(text: string): string {
  return `s-${text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '').slice(0, 60)}`
}

function unique(wanted: string, used: Set<string>): string {
  let id = wanted
  for (let count = 2; used.has(id); count += 1) id = `${wanted}-${count}`
  used.add(id)
  return id
}
