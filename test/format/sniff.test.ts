/** What is as near to one reading as to another is not guessed. */

import fc from 'fast-check'
import t from 'tap'
import { sniff } from '../../lib/format/sniff.js'

t.test('two delimiters with the same claim: rejected, with both and their scores', async (t) => {
  for (const [text, ...delimiters] of [
    ['model;temp,top_p\nada;0,1\nbob;1,0\n', ',', ';'],
    ['a\tb|c\n1\t2|3\n4\t5|6\n', '\t', '|'],
  ] as const) {
    const found = sniff(text, true, 'csv')
    t.match(found, { format: undefined, code: 'unknown-format' }, text)
    const message = found.format === undefined ? found.message : ''
    for (const delimiter of delimiters) t.ok(message.includes(`csv with ${JSON.stringify(delimiter)} 1.00`), message)
  }
})

t.test('a third column is enough to tell them apart', async (t) => {
  t.match(sniff('model;temp,top_p;n\nada;0,1;2\nbob;1,0;3\n', true), { format: 'csv', dialect: { delimiter: ';' } })
})

t.test('a comma of prose above decimal commas parts nothing', async (t) => {
  t.match(sniff('Modell;Latenz, ms\nada;1,5\nbob;2,5\n', true), { format: 'csv', dialect: { delimiter: ';' } })
  t.match(sniff('Zeit, s\tModell\n1,5\tada\n2,5\tbob\n', true), { format: 'csv', dialect: { delimiter: '\t' } })
  t.match(sniff('model;temp, top_p\nada;0, 1\nbob;1, 0\n', true), { format: undefined }, 'spaces in the numbers, too')
})

t.test('a whole document of JSON is one, however it is written and whatever stands in it', async (t) => {
  const document = fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.jsonValue())) as fc.Arbitrary<unknown>
  fc.assert(
    fc.property(document, fc.constantFrom(0, 2, '\t'), fc.constantFrom('', '\n', ' \r\n '), fc.constantFrom('json', 'ndjson'), (value, indent, end, hint) => {
      const found = sniff(`${JSON.stringify(value, undefined, indent)}${end}`, true, hint)
      return found.format === hint && found.confidence === 1 && found.evidence.endsWith('one JSON value')
    }),
  )
  // What follows it, or is missing at its end, is seen.
  t.match(sniff('{"a": 1}\n{"a": 2}\n', true, 'json'), { format: 'ndjson', evidence: 'JSON values follow each other' })
  t.match(sniff('{"a": [1, 2', true, 'json'), { format: 'json', evidence: 'begins like a JSON document, which then breaks off' })
})

t.test('what is named and written as Markdown is Markdown, with any number of commas in it', async (t) => {
  t.match(sniff('# Run\n\n- a, 1, 2\n- b, 3, 4\n- c, 5, 6\n', true, 'markdown'), { format: 'markdown', confidence: 1 })
  t.match(sniff('model,ttft_s\na,0.25\nb,0.5\nc,0.75\n', true, 'markdown'), { format: 'csv' }, 'named so alone it may be something else')
})
