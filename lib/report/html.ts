/** The report as one self-contained HTML page, made from its Markdown: charts are drawn here, nothing is loaded, nothing but sorting is done by script. */

import { createHash } from 'node:crypto'
import type { Root, RootContent } from 'hast'
import type { ChartInput, Charts } from './charts/charts.js'
import { escaped } from './charts/svg.js'
import { isElement, textOf } from './page/hast.js'
import { contents, orderHeadings } from './page/headings.js'
import { linkFigures, linkRows } from './page/links.js'
import { SCRIPT } from './page/script.js'
import { STYLE } from './page/style.js'
import { dressTables } from './page/tables.js'

/** What is drawn beside the text; without it the page has no charts. */
export type PageData = ChartInput

/** Allows this very style sheet and this very script, and nothing else; a picture in the page itself keeps browsers from asking for one. */
const POLICY = [
  "default-src 'none'",
  `style-src ${hashOf(STYLE)}`,
  `script-src ${hashOf(SCRIPT)}`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

/**
 * Loads its libraries when it is called. The whole text is needed: a page has no use for half a table. Links are kept only from
 * a figure to its place, as `writeReport` gives them with `links`.
 */
export async function reportHtml(markdown: string, data?: PageData): Promise<string> {
  const [{ remark }, gfm, toHast, sanitize, stringify, drawn] = await Promise.all([
    import('remark'),
    import('remark-gfm'),
    import('remark-rehype'),
    import('rehype-sanitize'),
    import('rehype-stringify'),
    data === undefined ? undefined : import('./charts/charts.js').then(({ charts }) => charts(data)),
  ])
  const { defaultSchema } = sanitize
  const tagNames = (defaultSchema.tagNames ?? []).filter((name) => !UNWANTED.has(name))
  const read = remark().use(gfm.default)
  const page: Root = await remark()
    .use(gfm.default)
    .use(toHast.default)
    .use(sanitize.default, { ...defaultSchema, tagNames })
    .run(read.parse(markdown))
  // The document's own headings are known by their levels, which a model's do not reach as long as nothing is brought into order.
  linkFigures(page)
  linkRows(page)
  if (drawn) insertCharts(page, drawn)
  orderHeadings(page)
  dressTables(page)
  const write = (tree: Root) => remark().use(stringify.default, { allowDangerousHtml: true }).stringify(tree)
  const first = page.children.find((child) => isElement(child, 'h1'))
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(first ? textOf(first).trim() : 'Technical Report')}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
${write({ type: 'root', children: [contents(page)] })}
<main>
${write(page)}
</main>
<script>${SCRIPT}</script>
</body>
</html>
`
}

/** What can ask for something or act. */
const UNWANTED: ReadonlySet<string> = new Set(['img', 'input', 'picture', 'source'])

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}

/** What was measured is drawn at the end of its analysis, the run at the end of its metrics. Only the document has headings of this level. */
function insertCharts(page: Root, { measured, run }: Charts): void {
  insertAfter(page, /^(?:3\. Performance Analysis|2\. Measured Figures)$/, measured, 'Charts')
  insertAfter(page, /^Metrics$/, run, 'The Answers over Time')
}

function insertAfter(page: Root, title: RegExp, figures: readonly string[], name: string): void {
  const at = page.children.findIndex((child) => isElement(child, 'h2') && title.test(textOf(child)))
  if (at < 0 || figures.length === 0) return
  const next = page.children.findIndex((child, index) => index > at && isElement(child, 'h2'))
  // Made here, and escaped where it was made.
  const raw: RootContent = { type: 'raw', value: `<h3>${name}</h3>\n${figures.join('')}` }
  page.children.splice(next < 0 ? page.children.length : next, 0, raw)
}
