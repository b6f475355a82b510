import fc from 'fast-check'
import t from 'tap'
import { escapeJson, sanitize, sanitizeLine, sanitizeStream, SEQUENCE_LIMIT } from '../../lib/stage/index.js'

const cases: [what: string, input: string, expected: string][] = [
  ['plain text with tab and newline', 'a\tb\nc', 'a\tb\nc'],
  ['letters, accents, wide characters, emoji', 'Grüße 日本語 😀 ±5 µs', 'Grüße 日本語 😀 ±5 µs'],
  ['carriage return, backspace, bell, NUL, DEL', 'a\rb\bc\x07d\0e\x7ff', 'abcdef'],
  ['CSI colour', '\x1b[31mred\x1b[0m', 'red'],
  ['CSI with private and intermediate bytes', 'a\x1b[?25l\x1b[1 qb', 'ab'],
  ['8-bit CSI', 'a\x9b2Jb', 'ab'],
  ['CSI with a control character inside', 'a\x1b[3\x081mb', 'ab'],
  ['OSC ended by BEL', 'a\x1b]0;title\x07b', 'ab'],
  ['OSC 8 link ended by ST', '\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\', 'link'],
  ['OSC 52 clipboard, 8-bit', 'a\x9d52;c;cm0gLXJm\x9cb', 'ab'],
  ['DCS with payload', 'a\x1bPq#0~~@@\x1b\\b', 'ab'],
  ['APC with payload', 'a\x1b_Gf=100;AAAA\x1b\\b', 'ab'],
  ['PM and SOS', 'a\x1b^secret\x1b\\b\x1bXsecret\x1b\\c', 'abc'],
  ['tmux pass-through', 'a\x1bPtmux;\x1b\x1b]52;c;eA==\x07\x1b\\b', 'ab'],
  ['character set and reset', 'a\x1b(0b\x1bcc', 'abc'],
  ['CAN gives a sequence up', 'a\x1b]0;x\x18b', 'ab'],
  ['an escape before a letter outside ASCII keeps the letter', '\x1bé', 'é'],
  ['an unfinished OSC costs its line only', 'a\x1b]0;hidden\nb', 'a\nb'],
  ['an unfinished CSI costs its line only', 'a\x1b[12\nb', 'a\nb'],
  ['a lone escape at the end', 'a\x1b', 'a'],
  ['bidi override and isolates', 'a\u202egpj.exe\u2066b\u2069\u200f\u061c', 'agpj.exeb'],
  ['zero-width characters and BOM', '\ufeffa\u200bb\u200cc\u200dd\u2060e\u00adf', 'abcdef'],
  ['tags', 'a\u{e0041}\u{e007f}b', 'ab'],
  ['variation selectors of the tag plane', 'a\u{e0100}b', 'ab'],
  ['variation selectors, fillers and joiners that are never drawn', 'a\ufe0f\ufe00b\u3164c\u115f\u1160d\uffa0e\u034ff\u180bg\u17b4h', 'abcdefgh'],
  ['halves of a tag with an invisible character between them', 'a\udb40\u200b\udc41b', 'a\ufffd\ufffdb'],
  ['a half pair at the end', 'a\ud83d', 'a\ufffd'],
]

for (const [what, input, expected] of cases) {
  t.test(what, async (t) => {
    t.equal(sanitize(input), expected)
    for (let cut = 0; cut <= input.length; cut += 1) {
      const sanitizer = sanitizeStream()
      t.equal(sanitizer.write(input.slice(0, cut)) + sanitizer.write(input.slice(cut)) + sanitizer.end(), expected, `cut at ${cut}`)
    }
  })
}

const piece = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('\x1b', '\x1b[', '\x1b]', '\x1bP', '\x1b_', '\x1b\\', '\x9b', '\x9d', '\x9c', '\x07', '\n', 'm', '\u{e0041}', '\ud83d', '\udb40', '\udc41', '\u200b'),
  fc.constantFrom('x'.repeat(SEQUENCE_LIMIT - 1), 'x'.repeat(SEQUENCE_LIMIT), 'x'.repeat(SEQUENCE_LIMIT + 1)),
)
const hostile = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''))

t.test('any split gives the same as the whole', async () => {
  fc.assert(
    fc.property(hostile, fc.array(fc.nat({ max: 5000 }), { maxLength: 6 }), (text, cuts) => {
      const sanitizer = sanitizeStream()
      const places = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length]
      const out = places.slice(1).map((to, index) => sanitizer.write(text.slice(places[index], to)))
      return out.join('') + sanitizer.end() === sanitize(text)
    }),
  )
})

t.test('nothing unsafe is left, and doing it again changes nothing', async () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const clean = sanitize(text)
      // Written with Unicode's own classes, not with the list that the code uses; musical and shorthand marks are harmless.
      const unsafe = /[^\P{Cc}\n\t]|\p{Bidi_Control}|\p{Cs}|(?![\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}])(?=\p{Cf})\p{Default_Ignorable_Code_Point}/u
      return !unsafe.test(clean) && sanitize(clean) === clean
    }),
  )
})

t.test('plain text is handed on at once', async (t) => {
  const sanitizer = sanitizeStream()
  t.equal(sanitizer.write('Hel'), 'Hel')
  t.equal(sanitizer.write('lo \ud83d'), 'lo ', 'half a character waits')
  t.equal(sanitizer.write('\ude00'), '😀')
  t.equal(sanitizer.end(), '')
})

t.test('an escape that never ends is dropped after a bounded length', async (t) => {
  for (const start of ['\x1b]', '\x1bP', '\x9f', '\x1b[']) {
    const sanitizer = sanitizeStream()
    sanitizer.write(start)
    for (let count = 0; count < SEQUENCE_LIMIT; count += 1) sanitizer.write('0')
    t.equal(sanitizer.write('now shown'), 'now shown')
  }
})

t.test('the text after the end starts anew', async (t) => {
  const sanitizer = sanitizeStream()
  sanitizer.write('\x1b]0;unfinished')
  sanitizer.end()
  t.equal(sanitizer.write('next'), 'next')
})

t.test('one line', async (t) => {
  t.equal(sanitizeLine('a\n\tb\u2028c\x1b[1m'), 'a b c')
})

t.test('JSON keeps its data and is safe to show', async (t) => {
  t.equal(escapeJson(JSON.stringify({ 'a\u202e': '\x9b1m\x1b\u{e0041} é😀' })), '{"a\\u202e":"\\u009b1m\\u001b\\udb40\\udc41 é😀"}')
  fc.assert(
    fc.property(hostile, (text) => {
      const json = escapeJson(JSON.stringify(text))
      return sanitize(json) === json && JSON.parse(json) === text
    }),
  )
})
