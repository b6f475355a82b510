import { readFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import t from 'tap'
import { reportHtml } from '../../lib/report/index.js'
import { fixture } from '../support/paths.js'

t.test('one page with everything the Markdown has', async (t) => {
  const html = await reportHtml(readFileSync(fixture('report', 'scripted.md'), 'utf8'))
  t.match(html, '<title>Technical Report: Chimera Agent A Analysis</title>')
  for (const heading of ['1. Executive Summary', '6. Appendix', 'Ledger']) t.match(html, `<h2>${heading}</h2>`)
  t.match(html, '<td align="right">182.4 tok/s</td>')
  t.equal(html.split('<table>').length, html.split('role="region"').length)
  t.match(html, 'aria-label="Table 1" tabindex="0"')
})

t.test('the policy allows the style sheet and nothing else', async (t) => {
  const html = await reportHtml('# A & B\n')
  const style = /<style>([^]*?)<\/style>/.exec(html)?.[1] ?? ''
  t.match(html, `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`)
  t.match(html, "default-src 'none'")
  t.match(html, '<title>A &amp; B</title>')
  t.notMatch(html.replace(style, ''), /<script|<link|src=|href=|style=|url\(/)
})

t.test('markup that slipped into the Markdown does nothing', async (t) => {
  const html = await reportHtml('# T <script>\n\n<script>alert(1)</script> [x](javascript:alert(1)) ![y](https://evil.example/y) https://evil.example <b onclick=x>b</b>\n\n- [ ] task\n')
  const body = html.slice(html.indexOf('<main>'))
  t.notMatch(body, /<script|<a |<img|<input|onclick|href|src=/)
  t.match(html, '<title>T &lt;script></title>')
})
