import fc from 'fast-check'
import t from 'tap'
import { splitSections, WAITING_LIMIT, type SectionEvent } from '../../lib/report/sections.js'

/** The document as a text: `[Heading]`, then what stands in it. */
function split(text: string, cuts: readonly number[] = []): string {
  const splitter = splitSections()
  const events: SectionEvent[] = []
  let at = 0
  for (const cut of [...cuts, text.length].filter((cut) => cut <= text.length).sort((a, b) => a - b)) {
    events.push(...splitter.write(text.slice(at, cut)))
    at = cut
  }
  events.push(...splitter.end())
  return events.map((event) => (event.type === 'open' ? `[${event.heading}]` : event.type === 'text' ? event.text : event.empty ? '(empty)' : '')).join('')
}

const asked = '## Executive Summary\nA\n\n## Performance Analysis\nB\n\n## Key Findings\n- C\n\n## Recommendations\n- D\n'
const whole = '[Executive Summary]A\n\n[Performance Analysis]B\n\n[Key Findings]- C\n\n[Recommendations]- D\n'

const cases: [what: string, text: string, expected: string][] = [
  ['exactly as asked', asked, whole],
  ['levels, numbers, bold, capitals, colons', '# 1. EXECUTIVE SUMMARY\nA\n\n**2. Performance analysis:**\nB\n\n### **Key Findings**\n- C\n\n4. Recommendations:\n- D\n', whole],
  ['plain lines and underlines', 'Executive Summary\nA\n\nPerformance\nB\n\nFindings\n- C\n\nRecommendations\n- D\n', whole],
  ['a preamble and a title', '# Technical Report\n\nA\n\n## Performance Analysis\nB\n\n## Key Findings\n- C\n\n## Recommendations\n- D\n', whole],
  ['a preamble before the first heading', 'P\n\n## Executive Summary\nA\n', '[Executive Summary]P\n\nA\n[Performance Analysis](empty)[Key Findings](empty)[Recommendations](empty)'],
  ['a section that is missing', '## Executive Summary\nA\n## Key Findings\n- C\n', '[Executive Summary]A\n[Performance Analysis](empty)[Key Findings]- C\n[Recommendations](empty)'],
  ['another order', '## Executive Summary\nA\n## Recommendations\n- D\n## Key Findings\n- C\n## Performance Analysis\nB\n', '[Executive Summary]A\n[Performance Analysis]B\n[Key Findings]- C\n[Recommendations]- D\n'],
  ['a section that comes back', '## Executive Summary\nA\n## Performance Analysis\nB\n## Executive Summary\nAgain\n', '[Executive Summary]A\n[Performance Analysis]B\n\n#### Executive Summary, continued\n\nAgain\n[Key Findings](empty)[Recommendations](empty)'],
  ['headings of its own', '## Executive Summary\nA\n## 6. Conclusion\nE\n#### Deep\nF\n', '[Executive Summary]A\n#### 6. Conclusion\nE\n##### Deep\nF\n[Performance Analysis](empty)[Key Findings](empty)[Recommendations](empty)'],
  ['nothing', '', '[Executive Summary](empty)[Performance Analysis](empty)[Key Findings](empty)[Recommendations](empty)'],
  ['no heading at all', 'Just text.\nPerformance was good.', '[Executive Summary]Just text.\nPerformance was good.[Performance Analysis](empty)[Key Findings](empty)[Recommendations](empty)'],
]

for (const [what, text, expected] of cases) {
  t.test(what, async (t) => {
    t.equal(split(text), expected)
    for (let cut = 1; cut < text.length; cut += 1) t.equal(split(text, [cut]), expected, `cut at ${cut}`)
  })
}

t.test('any cut gives the same, and no text is lost', async (t) => {
  const line = fc.constantFrom('## Executive Summary\n', '**Key Findings**\n', '# Recommendations\n', 'Performance Analysis\n', '# Other\n', 'text\n', '\n', '- item\n', '1. ', '**bold** ', 'Key', ' ')
  fc.assert(
    fc.property(fc.array(line, { maxLength: 14 }), fc.array(fc.nat(200), { maxLength: 8 }), (lines, cuts) => {
      const text = lines.join('')
      const out = split(text)
      const count = (of: string) => of.split('item').length
      return out === split(text, cuts) && count(out) === count(text)
    }),
    { numRuns: 500 },
  )
  t.pass()
})

t.test('text is given before the line is complete', async (t) => {
  const splitter = splitSections()
  t.strictSame(splitter.write('## Executive Summary\nPe'), [], 'may become a heading')
  t.strictSame(splitter.write('ople'), [
    { type: 'open', heading: 'Executive Summary' },
    { type: 'text', text: 'People' },
  ])
  t.strictSame(splitter.write(' say'), [{ type: 'text', text: ' say' }])
})

t.test('what waits for an earlier section is bounded', async (t) => {
  const splitter = splitSections()
  splitter.write('## Executive Summary\nA\n## Recommendations\n')
  const events = splitter.write(`${'x'.repeat(WAITING_LIMIT + 10)}\n`)
  t.ok(events.some((event) => event.type === 'text' && event.text.length > WAITING_LIMIT))
  t.ok(events.some((event) => event.type === 'close' && event.heading === 'Key Findings' && event.empty))
})
