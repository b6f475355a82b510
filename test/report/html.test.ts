import { readFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import t from 'tap'
import { reportHtml } from '../../lib/report/index.js'
import { valueOf } from '../../lib/report/page/tables.js'
import { fixture } from '../support/paths.js'
import { twoMetrics } from './results.js'

const between = (html: string, tag: string) => new RegExp(`<${tag}>([^]*?)</${tag}>`).exec(html)?.[1] ?? ''
/** Without what the policy names: nothing of it comes from outside. */
const mainOf = (html: string) => html.slice(html.indexOf('<main>'), html.indexOf('</main>'))

t.test('one page with everything the Markdown has', async (t) => {
  const html = await reportHtml(readFileSync(fixture('report', 'scripted.md'), 'utf8'))
  t.match(html, '<title>Technical Report: Chimera Agent A Analysis</title>')
  for (const [id, heading] of [['1-executive-summary', '1. Executive Summary'], ['6-appendix', '6. Appendix'], ['ledger', 'Ledger']]) {
    t.match(html, `<h2 id="s-${id}">${heading}</h2>`)
    t.match(html, `<a href="#s-${id}">${heading}</a>`)
  }
  t.match(html, '<td align="right" data-value="182.4">182.4 tok/s</td>')
  t.match(html, '<td align="right" data-value="0.1175">117.5 ms</td>')
  t.equal(html.split('<table>').length, html.split('role="region"').length)
  t.match(html, 'aria-label="Table 1" tabindex="0"')
  t.notMatch(html, '<svg', 'no chart without data')
})

t.test('the policy allows the style sheet, the script and nothing else', async (t) => {
  const html = await reportHtml('# A & B\n', twoMetrics(['a', 'b']))
  for (const tag of ['style', 'script']) t.match(html, `${tag}-src 'sha256-${createHash('sha256').update(between(html, tag)).digest('base64')}'`)
  t.match(html, "default-src 'none'")
  t.notMatch(html, 'unsafe')
  t.match(html, '<title>A &amp; B</title>')
  t.notMatch(mainOf(html), /<script|<link|src=|style=|url\(/)
})

t.test('markup that slipped into the Markdown does nothing', async (t) => {
  const html = await reportHtml('# T <script>\n\n<script>alert(1)</script> [x](javascript:alert(1)) [y](#s-t) [z](#F9) ![y](https://evil.example/y) https://evil.example <b onclick=x>b</b> <svg onload=x></svg>\n\n- [ ] task\n\n[^1]\n\n[^1]: note\n')
  t.notMatch(mainOf(html), /<script|<a |<img|<input|<svg|onclick|onload|href|src=/)
  t.match(html, '<title>T</title>')
})

t.test('a figure links to its place, and back', async (t) => {
  const places = '### Where the Figures Stand\n\n| Id | Figure |\n| --- | --- |\n| F1 | one |\n| F2 | two |\n'
  const html = mainOf(await reportHtml(`# T\n\nIt is [42 ms](#F2), again [42 ms](#F2) and [7](#F7).\n\n| Id | x |\n| --- | --- |\n| F2 | not the entry |\n\n${places}`))
  t.match(html, 'It is <a href="#F2" id="F2-1">42 ms</a>, again <a href="#F2" id="F2-2">42 ms</a> and 7.')
  t.match(html, '<tr id="F2">')
  t.equal(html.split('id="F2"').length, 2)
  t.match(html, '<a href="#F2-2" class="back" aria-label="back to F2 in the text, place 2">')
  t.match(html, '<tr id="F1">\n<td>F1</td>', 'never used: no way back')
})

t.test('a row of the key figures links to its places; a table that only looks like it does not', async (t) => {
  const table = (rows: string) => `| Metric | Measured on | n |\n| --- | --- | ---: |\n${rows}\n`
  const places = '### Where the Key Figures Stand\n\n| Metric | Measured on | Smallest at |\n| --- | --- | --- |\n| ttft | a | x.csv:2 |\n'
  const html = mainOf(await reportHtml(`${table('| ttft | a | 3 |')}\n${places}`))
  t.match(html, '<tr id="K1">\n<td><a href="#K1-place">ttft</a></td>')
  t.match(html, '<tr id="K1-place">')
  t.match(html, '<a href="#K1" class="back" aria-label="back to row 1 of the key figures">')
  t.notMatch(mainOf(await reportHtml(`${table('| ttft | b | 3 |')}\n${places}`)), 'K1')
})

t.test('headings skip no level, and no two have one id', async (t) => {
  const html = mainOf(await reportHtml('# A\n\n## B\n\n#### C\n\n###### D\n\n## B\n\n# F1\n'))
  t.strictSame(html.match(/<h\d id="[^"]+">/g), ['<h1 id="s-a">', '<h2 id="s-b">', '<h3 id="s-c">', '<h4 id="s-d">', '<h2 id="s-b-2">', '<h1 id="s-f1">'])
})

t.test('charts stand where they belong, each with its words and its figures', async (t) => {
  const html = mainOf(await reportHtml('# T\n\n## 3. Performance Analysis\n\nText.\n\n## 4. Key Findings\n\n## Metrics\n\n- x\n', twoMetrics(['a', 'b'])))
  t.ok(html.indexOf('Output throughput by model: median of each') > html.indexOf('Text.'))
  t.ok(html.indexOf('Time to first token against output throughput') < html.indexOf('4. Key Findings'))
  t.ok(html.indexOf('How the report arrived') > html.indexOf('>Metrics<'))
  const figures = html.split('<figure').slice(1)
  t.equal(figures.length, 6)
  for (const figure of figures) t.match(figure, /role="img" aria-labelledby="(chart-\d+)-title \1-desc".*<title id="\1-title">.+<desc id="\1-desc">.+<details>.*<td/)
  t.match(figures[2], '<td align="right" data-value="0.06">60 ms</td>')
  const ids = [...html.matchAll(/ id="([^"]+)"/g)].map((found) => found[1])
  t.equal(new Set(ids).size, ids.length)
})

t.test('what a cell sorts by is in the base unit', async (t) => {
  t.equal(valueOf('117.5 ms'), 0.1175)
  t.equal(valueOf('1,306'), 1306)
  t.equal(valueOf('-3 s'), -3)
  t.equal(valueOf('46 (a)'), 46)
  t.equal(valueOf('-'), undefined)
  t.equal(valueOf('n/a'), undefined)
})
