/** What is as near to one reading as to another is not guessed. */

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
