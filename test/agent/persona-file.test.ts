import t from 'tap'
import { dataCollector, formatPersona, insightAgent, parsePersona, PERSONA_LIMIT } from '../../lib/agent/index.js'

t.test('a persona file has a front and a text', async (t) => {
  const persona = parsePersona('---\nname: CostAuditor\ntitle: "Agent of costs"\n---\n\nYou are an auditor.\n---\nSecond part.\n', 'a.md')
  t.match(persona, { name: 'CostAuditor', title: 'Agent of costs', text: 'You are an auditor.\n---\nSecond part.' })
  t.match(persona.version, /^cost-auditor@[0-9a-f]{8}$/)
  t.equal(parsePersona('\uFEFF---\r\nname: X\r\n---\r\nText', 'a.md').title, 'X', 'the title is the name where there is none')
})

t.test('another text is another version, another title is not', async (t) => {
  const version = (title: string, text: string) => parsePersona(`---\nname: X\ntitle: ${title}\n---\n${text}`, 'a.md').version
  t.equal(version('One', 'Same.'), version('Two', 'Same.'))
  t.not(version('One', 'Same.'), version('One', 'Other.'))
})

t.test('a version and a language of its own', async (t) => {
  t.match(parsePersona('---\nname: X\nversion: auditor@3\nlanguage: de\n---\nText', 'a.md'), { version: 'auditor@3', language: 'de' })
})

t.test('the built-in ones come back as they were printed', async (t) => {
  for (const persona of [dataCollector, insightAgent]) {
    const { name, title, text } = parsePersona(formatPersona(persona), 'printed.md')
    t.strictSame({ name, title, text }, { name: persona.name, title: persona.title, text: persona.text })
  }
})

t.test('what a persona file must have, and how the error says so', async (t) => {
  const cases: [string, RegExp][] = [
    ['', /expected a front .* found an empty file/],
    ['You are an auditor.', /expected a front between two lines of "---" in the persona file p\.md, found "You are an auditor\."/],
    ['---\nname: X', /expected a front/],
    ['---\ntitle: X\n---\nText', /expected a name/],
    ['---\nname:\n---\nText', /expected a name of 1 to 80 characters/],
    [`---\nname: ${'x'.repeat(81)}\n---\nText`, /found 81/],
    ['---\nname: X\nmodel: gemma3\n---\nText', /only "name: \.\.\.", "title: \.\.\.", "version: \.\.\.", "language: \.\.\." in the front .* found "model: gemma3"/],
    ['---\nname: X\n---\n  \n', /text behind the front/],
    [`---\nname: X\n---\n${'y'.repeat(PERSONA_LIMIT)}`, /at most 16384 bytes/],
  ]
  for (const [text, message] of cases) t.throws(() => parsePersona(text, 'p.md'), { code: 'USAGE', message }, JSON.stringify(text.slice(0, 30)))
})

t.test('what could steer a terminal is not taken over', async (t) => {
  t.notMatch(parsePersona('---\nname: X\u001b[2J\n---\nText\u001b]0;x\u0007', 'a.md'), /\u001b/)
})
