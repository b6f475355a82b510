/** Small questions to a tree of HTML. */

import type { Element, ElementContent, Nodes, Properties, Root, RootContent } from 'hast'

export type Content = ElementContent | RootContent

export function isElement(node: Nodes | undefined, name?: string): node is Element {
  return node?.type === 'element' && (name === undefined || node.tagName === name)
}

export function textOf(node: Nodes): string {
  if (node.type === 'text') return node.value
  return 'children' in node ? node.children.map(textOf).join('') : ''
}

export function make(tagName: string, properties: Properties, ...children: (ElementContent | string)[]): Element {
  return { type: 'element', tagName, properties, children: children.map((child) => (typeof child === 'string' ? { type: 'text', value: child } : child)) }
}

/** Replaces elements from the leaves up; `undefined` leaves one as it is. */
export function replaceEach(parent: Root | Element, replace: (element: Element) => readonly ElementContent[] | undefined): void {
  parent.children = parent.children.flatMap((child): ElementContent[] => {
    if (child.type === 'doctype') return []
    if (child.type !== 'element') return [child]
    replaceEach(child, replace)
    return [...(replace(child) ?? [child])]
  })
}

/** The cells of each row of a table's body. */
export function bodyRows(table: Element): Element[] {
  return table.children.filter((part) => isElement(part, 'tbody')).flatMap((body) => body.children.filter((row) => isElement(row, 'tr')))
}

export function cellsOf(row: Element): Element[] {
  return row.children.filter((cell) => isElement(cell, 'td') || isElement(cell, 'th'))
}
