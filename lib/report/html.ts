/** The report as one self-contained HTML page, made from its Markdown: no script, nothing loaded, nothing to click. */

import { createHash } from 'node:crypto'
import type { Element, ElementContent, Root } from 'hast'
import { STYLE } from './html-style.js'

/** Allows this very style sheet and nothing else. */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`

/** Loads its libraries when it is called. The whole text is needed: a page has no use for half a table. */
export async function reportHtml(markdown: string): Promise<string> {
  const [{ remark }, gfm, toHast, sanitize, stringify] = await Promise.all([
    import('remark'),
    import('remark-gfm'),
    import('remark-rehype'),
    import('rehype-sanitize'),
    import('rehype-stringify'),
  ])
  const { defaultSchema } = sanitize
  const tagNames = (defaultSchema.tagNames ?? []).filter((name) => !UNWANTED.has(name))
  const tree = remark().use(gfm.default).parse(markdown)
  const page = await remark()
    .use(gfm.default)
    .use(toHast.default)
    .use(sanitize.default, { ...defaultSchema, tagNames })
    .use(() => scrollTables)
    .run(tree)
  const body = remark().use(stringify.default).stringify(page)
  const title = escape(/^# (.+)$/m.exec(markdown)?.[1]?.replace(/\\(?=[!-/:-@[-`{-~])/g, '') ?? 'Technical Report')
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`
}

/** The text holds no links of ours, so that one which is there came from elsewhere; what stands in it is kept. */
const UNWANTED: ReadonlySet<string> = new Set(['a', 'img', 'input', 'picture', 'source'])

/** A wide table scrolls by itself, by keyboard too. */
function scrollTables(tree: Root): void {
  let count = 0
  tree.children = tree.children.map((child) => {
    if (child.type !== 'element' || child.tagName !== 'table') return child
    count += 1
    return region(child, `Table ${count}`)
  })
}

function region(table: Element, name: string): ElementContent {
  const properties = { className: ['scroll'], role: 'region', ariaLabel: name, tabIndex: 0 }
  return { type: 'element', tagName: 'div', properties, children: [table] }
}

function escape(text: string): string {
  return text
    .replace(/&(?!(?:amp|lt|#58|#46);)/g, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
}
