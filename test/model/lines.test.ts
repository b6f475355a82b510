/** Bytes into lines, whatever the reads cut in two. */

import fc from 'fast-check'
import t from 'tap'
import { lines } from '../../lib/model/wire/lines.js'
import { codeOf } from './collect.js'

const bytes = (text: string) => new TextEncoder().encode(text)

t.test('gives the same lines wherever the bytes are cut', async (t) => {
  const text = '{"a":"é"}\r\n\n{"b":"🚀 …"}\n{"c":"ż"}\nrest 🚀'
  const all = bytes(text)
  for (let cut = 0; cut <= all.length; cut += 1) {
    const split = lines()
    const found = [...split.push(all.subarray(0, cut)), ...split.push(all.subarray(cut))]
    t.strictSame(found, ['{"a":"é"}', '', '{"b":"🚀 …"}', '{"c":"ż"}'], `cut at byte ${cut}`)
    t.equal(split.rest(), 'rest 🚀')
  }
})

t.test('one byte at a time', async (t) => {
  const split = lines()
  const found: string[] = []
  for (const byte of bytes('ä\nöü\r\n')) found.push(...split.push(Uint8Array.of(byte)))
  t.strictSame(found, ['ä', 'öü'])
  t.equal(split.rest(), '')
})

t.test('any text in any pieces is put together again', async () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.array(fc.nat(40)), (text, sizes) => {
      const all = bytes(text)
      const split = lines()
      const found: string[] = []
      let at = 0
      for (const size of sizes) {
        found.push(...split.push(all.subarray(at, at + size)))
        at = Math.min(at + size, all.length)
      }
      found.push(...split.push(all.subarray(at)), split.rest())
      const expected = text.split('\n').map((line) => line.replace(/\r$/, ''))
      return JSON.stringify(found) === JSON.stringify(expected)
    }),
  )
})

t.test('a line without end is refused before it fills the memory', async (t) => {
  const split = lines(10)
  split.push(bytes('1234567890'))
  try {
    split.push(bytes('1'))
    t.fail('an eleventh byte was taken')
  } catch (error) {
    t.equal(codeOf(error), 'MODEL_INVALID')
  }
})
