/** The page in a real browser: no complaint, no request, readable by all, sorted by a press. */

import { statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import t from 'tap'
import { reportHtml, writeReport } from '../../lib/report/index.js'
import { pieces, scripted } from '../agent/scripted.js'
import { axe, findChromium, launch, open } from '../support/chromium.js'
import { chimera } from '../support/cli.js'
import { corpus } from '../support/paths.js'
import { fact, place, sweep } from './figures.js'
import { twoMetrics } from './results.js'

const program = findChromium()
const skip = program === undefined ? 'no Chromium on this machine' : false
const HOSTILE = [
  '"><script>alert(1)</script>', '</style></script><svg onload=alert(2)>', '<img src=https://evil.example/x onerror=alert(3)>', '[x](javascript:alert(4))',
  `</td></table><a href="data:text/html,<script>alert(5)</script>">`, 'x" style="background:url(https://evil.example/y)', '&lt;script&gt;alert(6)&lt;/script&gt;', '\u202eevil\u2066 שלום مرحبا', 'w'.repeat(3000),
]

/** A report as a model writes it; what the files are named and the model says are given. */
async function pageOf(file: string, names: readonly string[], text: string): Promise<string> {
  const data = twoMetrics(names)
  const facts = [...sweep, ...names.map((name, at) => fact(`F${at + 20}`, at + 1, 's', { subject: name, sentence: name, who: name, files: [name], kind: 'failures', records: [place(name, at)] }))]
  const said = names.map((_, at) => `- {{F${at + 20}}} {{F${at + 20}.who}}\n`).join('')
  const run = writeReport({ facts, rows: data.rows, files: [], links: true, model: scripted({ report: pieces(text.replace('SAID', said)) }), date: new Date(0), now: () => 1 })
  let markdown = ''
  for await (const piece of run) markdown += piece
  const html = await reportHtml(markdown, data)
  writeFileSync(file, html)
  return html
}

const TEXT = '## Executive Summary\nBest: {{F2}}.\n\n##### Deep heading\n\nSAID\n## Performance Analysis\nMore.\n\n| Model | Speed |\n| --- | ---: |\n| a | {{F4}} |\n\n## Key Findings\n- {{F4}}\n\n## Recommendations\n- Go on.\n'

t.test('a report in dark and light, with and without its script', { skip }, async (t) => {
  const file = path.join(t.testdir(), 'report.html')
  await pageOf(file, ['small:1b', 'large:7b', 'medium:3b'], TEXT)
  const browser = await launch(program ?? '')
  t.teardown(() => browser.close())
  for (const colorScheme of ['light', 'dark'] as const) {
    const { page, complaints, ...opened } = await open(browser, file, { colorScheme })
    t.strictSame(await axe(page), [], `axe, ${colorScheme}`)
    for (const one of await page.locator('summary').all()) await one.click()
    t.strictSame(await axe(page), [], `axe, all opened, ${colorScheme}`)
    t.strictSame(complaints, [], `console, ${colorScheme}`)
    t.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true, 'nothing sticks out')
    await opened.close()
  }
  const still = await open(browser, file, { javaScriptEnabled: false })
  t.match(await still.page.locator('main').innerText(), 'Where the Figures Stand')
  t.equal(await still.page.locator('th button').count(), 0)
  t.equal(await still.page.locator('svg').first().isVisible(), true)
  t.strictSame(still.complaints, [])
  await still.close()
})

t.test('tables are sorted by a press, by keyboard, and back', { skip }, async (t) => {
  const file = path.join(t.testdir(), 'report.html')
  writeFileSync(file, await reportHtml('# T\n\n| Name | Wait |\n| --- | ---: |\n| b | 1.5 s |\n| c | - |\n| a10 | 900 ms |\n| a9 | 2 min |\n'))
  const browser = await launch(program ?? '')
  t.teardown(() => browser.close())
  const { page, complaints } = await open(browser, file)
  const order = async () => (await page.locator('tbody td:first-child').allInnerTexts()).join(' ')
  const [name, wait] = [page.locator('th button').nth(0), page.locator('th button').nth(1)]
  await wait.click()
  t.equal(await order(), 'a10 b a9 c', 'by what it is, not by how it is written')
  t.equal(await page.locator('th').nth(1).getAttribute('aria-sort'), 'ascending')
  await wait.click()
  t.equal(await order(), 'a9 b a10 c', 'what is not known is last')
  await wait.click()
  t.equal(await order(), 'b c a10 a9')
  await name.focus()
  await page.keyboard.press('Enter')
  t.equal(await order(), 'a9 a10 b c')
  t.strictSame(complaints, [])
})

t.test('a figure leads to its place by keyboard, and back', { skip }, async (t) => {
  const file = path.join(t.testdir(), 'report.html')
  await pageOf(file, ['a', 'b'], TEXT)
  const browser = await launch(program ?? '')
  t.teardown(() => browser.close())
  const { page } = await open(browser, file)
  await page.locator('#F2-1').focus()
  await page.keyboard.press('Enter')
  t.match(await page.locator(':target').innerText(), 'reports/gemma3_270m_20251002-170837.csv:4')
  await page.locator(':target a.back').first().click()
  t.match(await page.locator(':target').innerText(), '117.5 ms')
})

t.test('hostile names, labels and words do nothing', { skip }, async (t) => {
  const file = path.join(t.testdir(), 'report.html')
  await pageOf(file, HOSTILE, TEXT.replace('More.', HOSTILE.join('\n\n')))
  const browser = await launch(program ?? '')
  t.teardown(() => browser.close())
  for (const width of [1000, 380]) {
    const { page, complaints, ...opened } = await open(browser, file, { viewport: { width, height: 800 } })
    t.strictSame(complaints, [], 'no dialog, no request, nothing refused')
    t.equal(await page.locator('script, style').count(), 2)
    t.equal(await page.evaluate(`document.querySelectorAll('img, iframe, object, embed, form, input, [style], a:not([href^="#"])').length`), 0)
    t.equal(await page.evaluate(`Array.from(document.querySelectorAll('*')).filter((one) => Array.from(one.attributes).some(({ name }) => name.startsWith('on'))).length`), 0)
    t.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true, `nothing sticks out at ${width}`)
    t.strictSame(await axe(page), [])
    await opened.close()
  }
})

t.test('the seed corpus: under 1 MB, no complaint, on paper too', { skip: skip || (corpus('seed') === undefined ? 'no corpus' : false) }, async (t) => {
  const file = path.join(t.testdir(), 'report.html')
  const { code } = await chimera(['report', corpus('seed') ?? '', '--format', 'html', '-o', file])
  t.equal(code, 0)
  t.ok(statSync(file).size < 1_000_000, `${statSync(file).size} bytes`)
  const browser = await launch(program ?? '')
  t.teardown(() => browser.close())
  for (const colorScheme of ['light', 'dark'] as const) {
    const { page, complaints, ...opened } = await open(browser, file, { colorScheme })
    t.strictSame(await axe(page), [], colorScheme)
    t.ok((await page.locator('svg').count()) > 5)
    t.strictSame(complaints, [], colorScheme)
    t.equal((await page.pdf({ format: 'A4' })).subarray(0, 5).toString(), '%PDF-')
    await opened.close()
  }
})
