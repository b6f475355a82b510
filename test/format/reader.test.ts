import t from 'tap'
import * as format from '../../lib/format/index.js'
import { readerStep, type FormatEvent, type ReaderOptions } from '../../lib/format/index.js'
import { stage } from '../../lib/stage/index.js'
import { cutEverywhere, plain, pointersOf, read } from './support/collect.js'

const TABLE = 'model,ttft_s,größe\ngemma3,0.117,5\nllama,0.097,8\nqwen,0.2,9\n'
const events = (input: string | Uint8Array, options: ReaderOptions = {}) => read(() => readerStep('x', options), input)
const first = (input: string | Uint8Array, options: ReaderOptions = {}) => events(input, options)[0]
const cells = (all: readonly FormatEvent[]) => all.flatMap((event) => (event.type === 'row' ? [event.cells] : event.type === 'table' ? [event.header] : []))
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16()
/** UTF-16 that was taken for Latin-1 and written as UTF-8. */
const twice = (text: string) => Buffer.from(Buffer.from(`\ufeff${text}`, 'utf16le').toString('latin1'))

t.test('the public names', async (t) => {
  t.same(Object.keys(format).sort(), ['csv', 'json', 'largeJson', 'markdown', 'ndjson', 'openmetrics', 'reader', 'readerStep', 'text'])
})

t.test('it is a stage', async (t) => {
  const running = stage(format.reader('x.csv'))
  running.end(Buffer.from(TABLE))
  const all: FormatEvent[] = []
  for await (const event of running) all.push(event)
  t.match(all, [{ type: 'format', format: 'csv' }, { type: 'table' }, { type: 'row' }, { type: 'row' }, { type: 'row' }])
  t.equal(running.stageName, 'format')
})

t.test('the content decides, the name only helps', async (t) => {
  const of = (text: string, hint?: 'csv' | 'json' | 'ndjson' | 'markdown') => {
    const event = first(text, hint ? { format: hint } : {})
    return event?.type === 'format' ? event.format : event?.type === 'problem' ? event.code : undefined
  }
  t.equal(of('[{"a": 1}]', 'csv'), 'json')
  t.equal(of('{"a": 1}\n{"a": 2}\n', 'json'), 'ndjson')
  t.equal(of('{"a": 1}\n', 'ndjson'), 'ndjson')
  t.equal(of('{"a": 1}\n'), 'json')
  t.equal(of(TABLE, 'json'), 'csv')
  t.equal(of(TABLE), 'csv')
  t.equal(of(TABLE, 'markdown'), 'csv')
  t.equal(of('# Title\n\n| a | b |\n|---|---|\n| 1 | 2 |\n'), 'markdown')
  t.equal(of('| a | b |\n|---|---|\n| 1 | 2 |\n', 'csv'), 'markdown')
  t.equal(of('# Title\n\n- one: 1\n- two: 2\n\n## More\n'), 'markdown')
  t.equal(of('[a link](http://x) to begin with\n\n- a\n- b\n', 'markdown'), 'markdown')
  t.equal(of('[INFO] started\n[INFO] done\n'), 'unknown-format')
  t.equal(of('Just a sentence, or two, of prose.\n'), 'unknown-format')
  t.equal(of('Just a sentence, or two, of prose.\n', 'markdown'), 'markdown')
  t.equal(of('==ERROR== the argument is invalid.\n', 'csv'), 'unknown-format')
  t.equal(of('{"results": [{"a": 1}, {"a": ', 'json'), 'json')
  t.equal(of('{oops', 'json'), 'json')
  t.equal(of('{{ template }}'), 'unknown-format')
  t.equal(of('a|b\n1|2\n3|4\n', 'csv'), 'csv')
})

t.test('what cannot be read is told once, and gives nothing else', async (t) => {
  const only = (input: string | Uint8Array, options: ReaderOptions = {}) => {
    const all = events(input, options)
    t.equal(all.length, 1)
    return all[0]
  }
  t.match(only(''), { type: 'problem', code: 'empty-file', file: 'x' })
  t.match(only(' \r\n\n'), { code: 'empty-file' })
  t.match(only('\ufeff'), { code: 'empty-file' })
  t.match(only(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])), { code: 'binary-file', message: /PNG/ })
  t.match(only(Buffer.from('a,b\n1,\0\n2,\0\n3,\0\n')), { code: 'binary-file', message: /zero bytes/ })
  t.match(only(Buffer.from([...Array(64).keys()].map((at) => (at % 9) + 1))), { code: 'binary-file' })
  t.match(only(Buffer.from('a,b\n'.repeat(3) + '\u00e4\u00f6'.repeat(40), 'latin1')), { code: 'bad-encoding', message: /iconv/ })
  t.match(only('version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 7\n', { format: 'json' }), { code: 'git-lfs-pointer', message: /git lfs pull/ })
  t.match(only('nothing that is known'), { code: 'unknown-format', raw: 'nothing that is known' })
})

t.test('encodings', async (t) => {
  const wanted = cells(events(TABLE))
  const inputs: [string, Uint8Array, boolean][] = [
    ['utf-8', Buffer.from(`\ufeff${TABLE}`), false],
    ['utf-16le', Buffer.from(`\ufeff${TABLE}`, 'utf16le'), false],
    ['utf-16be', utf16be(`\ufeff${TABLE}`), false],
    ['utf-16le', Buffer.from(TABLE, 'utf16le'), true],
    ['utf-16be', utf16be(TABLE), true],
    ['latin1', Buffer.from(TABLE, 'latin1'), true],
    ['utf-16le in utf-8', twice(TABLE), true],
  ]
  for (const [encoding, bytes, told] of inputs) {
    const make = () => readerStep('x')
    const all = read(make, bytes)
    t.match(all[0], { type: 'format', encoding })
    t.same(cells(all), wanted, encoding)
    t.same(all.flatMap((event) => (event.type === 'problem' ? [event.code] : [])), told ? ['encoding-guessed'] : [])
    const whole = JSON.stringify(plain(all))
    cutEverywhere(make, bytes, (cut, how) => {
      if (JSON.stringify(cut) !== whole) t.fail(`${encoding} ${how}`)
    })
  }
})

t.test('byte ranges are those of the file, whatever its encoding', async (t) => {
  const texts = {
    'x.csv': ['größe,ttft_s', 'naïve,0.1', 'é,"0.2', '"', 'z,3', '', 'b,b', '1,2', ''],
    'x.ndjson': ['{"größe": 1}', '{"é": 2, "z": "é\\"x"}', '{"a":', ' [1, NaN]}', '{"b": true}', ''],
    'x.md': ['# Größe', '', '| é | b |', '| --- | --- |', '| ö | 1 |', '| 2 | z |', '', '**Größe:** 5 ms', '- é: 1', '  more é', '', '- z: `2 s`', ''],
  }
  const encoded: Record<string, (text: string) => Uint8Array> = {
    'utf-8': (text) => Buffer.from(text),
    latin1: (text) => Buffer.from(text, 'latin1'),
    'utf-16le': (text) => Buffer.from(text, 'utf16le'),
    'utf-16be': utf16be,
    'utf-16le in utf-8': (text) => twice(text).subarray(4),
  }
  for (const [file, lines] of Object.entries(texts)) {
    for (const newline of ['\n', '\r\n']) {
      const text = lines.join(newline)
      const marked = (encoding: string, body: string) => (encoding === 'utf-8' || encoding === 'latin1' ? body : `\ufeff${body}`)
      const placed = (encoding: string) => {
        const encode = encoded[encoding] ?? ((body: string) => Buffer.from(body))
        const bytes = encoding === 'utf-16le in utf-8' ? twice(text) : encode(marked(encoding, text))
        const all = read(() => readerStep(file), bytes)
        t.match(all[0], { type: 'format', encoding })
        // What stands at each range, found again by what it would be in that encoding.
        const back = (range: readonly [number, number] | undefined) => {
          const part = Buffer.from(bytes.subarray(...(range ?? [0, 0])))
          if (encoding === 'utf-16le in utf-8') return Buffer.from(part.toString('utf8'), 'latin1').toString('utf16le')
          if (encoding === 'utf-16be') return part.swap16().toString('utf16le')
          return part.toString(encoding as BufferEncoding)
        }
        return all.flatMap((event) => {
          if (event.type === 'table' || event.type === 'row' || event.type === 'field') return [back(event.bytes)]
          if (event.type !== 'value') return []
          return pointersOf(event.value, event.pointer).map((pointer) => {
            const place = event.place(pointer)
            return back(place && [place.byte, place.end])
          })
        })
      }
      const wanted = placed('utf-8')
      if (file === 'x.csv') t.same(wanted.slice(0, 3), ['größe,ttft_s', 'naïve,0.1', `é,"0.2${newline}"`])
      if (file === 'x.md') t.same(wanted, ['| é | b |', '| ö | 1 |', '| 2 | z |', '**Größe:** 5 ms', `- é: 1${newline}  more é`, '- z: `2 s`'])
      if (file === 'x.ndjson') t.same(wanted, ['{"größe": 1}', '1', '{"é": 2, "z": "é\\"x"}', '2', '"é\\"x"', `{"a":${newline} [1, NaN]}`, '[1, NaN]', '1', 'NaN', '{"b": true}', 'true'])
      for (const encoding of Object.keys(encoded)) t.same(placed(encoding), wanted, `${file} ${encoding} ${JSON.stringify(newline)}`)
    }
  }
})

t.test('UTF-16 encoded twice that is no table says what it says', async (t) => {
  const all = events(twice("==ERROR== the argument for option '--page' is invalid.\r\n"), { format: 'csv' })
  t.match(all, [{ code: 'unknown-format', message: /UTF-16 text that was encoded a second time.*==ERROR== the argument/ }])
})

t.test('a few bytes that are no UTF-8 do not make it another encoding', async (t) => {
  const bytes = Buffer.concat([Buffer.from('name,v\näöüßéè,1\n'), Buffer.from([0x78, 0xff]), Buffer.from(',2\nc,3\n')])
  const all = events(bytes)
  t.match(all[0], { encoding: 'utf-8' })
  t.same(cells(all).at(-2), ['x\ufffd', '2'])
  t.match(all.at(-1), { code: 'bad-encoding', byte: bytes.indexOf(0xff), raw: '\ufffd,2\nc,3\n', rawBase64: bytes.subarray(bytes.indexOf(0xff)).toString('base64') })
  const whole = JSON.stringify(all)
  cutEverywhere(() => readerStep('x'), bytes, (cut, how) => JSON.stringify(cut) === whole || t.fail(how))
})

t.test('bad bytes far behind the first ones are told too', async (t) => {
  const bytes = Buffer.concat([Buffer.from(`name,v\n${'plain,1\n'.repeat(10_000)}`), Buffer.from([0xe9]), Buffer.from(',2\n')])
  t.match(events(bytes).at(-1), { code: 'bad-encoding', byte: bytes.length - 4 })
})

t.test('what the user says is not doubted', async (t) => {
  t.match(events('{"a": 1}', { force: 'ndjson' })[1], { type: 'value', pointer: '/0' })
  t.match(events('just, a\nline, of\n', { force: 'csv' })[0], { type: 'format', format: 'csv' })
  t.match(events('Latency: 5 ms\n', { force: 'markdown' })[1], { type: 'field', label: 'Latency', value: '5 ms' })
})
