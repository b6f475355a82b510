/** A chart with all that stands around it: its words for those who do not see it, and its figures as a table. */

import { valueOf } from '../page/tables.js'
import { element, escaped } from './svg.js'

export interface Chart {
  readonly title: string
  /** What can be seen, in a sentence or two. */
  readonly description: string
  /** How to read it, and what is not in it. */
  readonly caption: string
  /** In pixels of a drawing {@link WIDTH} wide. */
  readonly height: number
  /** SVG markup. */
  readonly body: string
  readonly columns: readonly ChartColumn[]
  readonly rows: readonly (readonly string[])[]
}

export interface ChartColumn {
  readonly title: string
  /** Numbers stand at the right. */
  readonly right?: boolean
}

export const WIDTH = 760

/** HTML of one figure; `id` is unique on its page. No style attribute, no script: the page's style sheet knows the classes. */
export function figure(chart: Chart, id: string): string {
  const svg = element('svg', { viewBox: `0 0 ${WIDTH} ${Math.ceil(chart.height)}`, role: 'img', 'aria-labelledby': `${id}-title ${id}-desc`, preserveAspectRatio: 'xMidYMid meet' }, [
    element('title', { id: `${id}-title` }, [escaped(chart.title)]),
    element('desc', { id: `${id}-desc` }, [escaped(chart.description)]),
    chart.body,
  ])
  const caption = element('figcaption', {}, [element('strong', {}, [escaped(chart.title)]), ` ${escaped(chart.caption)}`])
  return `${element('figure', { class: 'chart', id }, [caption, svg, data(chart, id)])}\n`
}

/** Open on paper, where nothing can be opened. */
function data({ title, columns, rows }: Chart, id: string): string {
  const side = (at: number) => (columns[at]?.right ? 'right' : undefined)
  const head = element('tr', {}, columns.map((column, at) => element('th', { scope: 'col', align: side(at) }, [escaped(column.title)])))
  const body = rows.map((cells) => element('tr', {}, cells.map((cell, at) => element('td', { align: side(at), 'data-value': sortValue(side(at), cell) }, [escaped(cell)]))))
  const table = element('table', {}, [element('thead', {}, [head]), element('tbody', {}, body)])
  return element('details', {}, [
    element('summary', {}, [`Figures of this chart as a table<span class="unseen">: ${escaped(title)}</span>`]),
    element('div', { class: 'scroll', role: 'region', 'aria-label': `Figures of chart ${id.replace(/\D/g, '')}`, tabindex: 0 }, [table]),
  ])
}

function sortValue(side: 'right' | undefined, cell: string): string | undefined {
  return side === undefined ? undefined : valueOf(cell)?.toString()
}
