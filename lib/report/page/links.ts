/** Links between a figure and the place it comes from, and back. No other link is on the page. */

import type { Element, ElementContent, Root } from 'hast'
import { FACTS_TITLE, ROWS_TITLE } from '../provenance.js'
import { bodyRows, cellsOf, isElement, make, replaceEach, textOf, type Content } from './hast.js'

const FIGURE = /^#(F\d+)$/
/** More ways back than this help nobody. */
const BACK_LINKS = 5

export function linkFigures(tree: Root): void {
  const entries = new Map(rowsBelow(tree, FACTS_TITLE).map((row) => [textOf(row.children.find((cell) => isElement(cell)) ?? row).trim(), row]))
  const uses = new Map<string, number>()
  replaceEach(tree, (element) => {
    if (element.tagName !== 'a') return undefined
    const id = FIGURE.exec(hrefOf(element))?.[1]
    if (id === undefined || !entries.has(id)) return element.children
    const use = (uses.get(id) ?? 0) + 1
    uses.set(id, use)
    return [make('a', { href: `#${id}`, id: `${id}-${use}` }, ...element.children)]
  })
  for (const [id, row] of entries) {
    row.properties['id'] = id
    const backs = Array.from({ length: Math.min(uses.get(id) ?? 0, BACK_LINKS) }, (_, at) => back(`${id}-${at + 1}`, `back to ${id} in the text, place ${at + 1}`))
    cellsOf(row)[0]?.children.push(...backs)
  }
}

/** The rows of the key figures table and their places, which are in the same order: otherwise it is not that table. */
export function linkRows(tree: Root): void {
  const places = rowsBelow(tree, ROWS_TITLE)
  const figures = tablesOf(tree).map(bodyRows).find((rows) => rows !== places && rows.length === places.length && rows.every((row, at) => head(row) === head(places[at])))
  if (!figures || figures[0] === places[0]) return
  for (const [at, row] of figures.entries()) {
    const [own, place] = [`K${at + 1}`, `K${at + 1}-place`]
    const [cell, placeCell] = [cellsOf(row)[0], places[at] && cellsOf(places[at])[0]]
    if (!cell || !placeCell) continue
    row.properties['id'] = own
    if (places[at]) places[at].properties['id'] = place
    cell.children = [make('a', { href: `#${place}` }, ...cell.children)]
    placeCell.children.push(back(own, `back to row ${at + 1} of the key figures`))
  }
}

function hrefOf({ properties: { href } }: Element): string {
  return typeof href === 'string' ? href : ''
}

function back(id: string, label: string): Element {
  return make('a', { href: `#${id}`, className: ['back'], ariaLabel: label }, '\u21a9\ufe0e')
}

function head(row: Element | undefined): string {
  return row ? cellsOf(row).slice(0, 2).map(textOf).join('\n') : ''
}

/** Of the table that directly follows a heading of the document. */
function rowsBelow({ children }: Root, title: string): Element[] {
  const at = children.findIndex((child) => isElement(child, 'h3') && textOf(child) === title)
  const table = at < 0 ? undefined : children.slice(at + 1).find((child: Content): child is Element => isElement(child))
  return isElement(table, 'table') ? bodyRows(table) : []
}

function tablesOf({ children }: { readonly children: readonly (Content | ElementContent)[] }): Element[] {
  return children.flatMap((child) => (isElement(child, 'table') ? [child] : isElement(child) ? tablesOf(child) : []))
}
