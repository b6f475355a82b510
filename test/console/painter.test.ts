import stringWidth from 'string-width'
import t from 'tap'
import { FRAMES_PER_SECOND, painter } from '../../lib/console/painter.js'
import { TestClock } from './clock.js'
import { TestScreen } from './screen.js'

/** A painter on a screen that stdout shares, as it is in a terminal. */
function setup(columns = 40, rows = 10) {
  const clock = new TestClock()
  const screen = new TestScreen(columns, rows)
  const stdout = { write: (text: string) => screen.write(text) }
  const paint = painter({ screen, now: clock.now, scheduler: clock })
  const shown = { lines: ['one', 'two'] }
  paint.guard(stdout)
  paint.start({ frame: (width) => shown.lines.map((line) => line.slice(0, width)), width: stringWidth })
  clock.pass(0)
  return { clock, screen, stdout, paint, shown }
}

t.test('lines are drawn, redrawn in place and taken away', async (t) => {
  const { clock, screen, paint, shown } = setup()
  t.equal(screen.text(), 'one\ntwo')
  t.notOk(screen.cursorVisible)
  shown.lines = ['1', '2', '3']
  paint.touch()
  clock.pass(100)
  t.equal(screen.text(), '1\n2\n3')
  shown.lines = ['last']
  clock.pass(100)
  t.equal(screen.text(), 'last', 'time alone redraws')
  paint.stop()
  t.equal(screen.text(), '')
  t.ok(screen.cursorVisible)
})

t.test('nothing is sent while nothing changes', async (t) => {
  const { clock, screen } = setup()
  const before = screen.writes.length
  clock.pass(5000)
  t.equal(screen.writes.length, before)
})

t.test('an answer on the same terminal grows above the drawing', async (t) => {
  const { clock, screen, stdout, paint } = setup(40, 6)
  const answer = 'The model answers, in pieces, with words that fill more than one row of this small screen.\nAnd a second line.'
  let sent = ''
  for (const piece of answer.split(/(?<= )/)) {
    stdout.write(piece)
    sent += piece
    clock.pass(150)
    const rows = sent.split('\n').flatMap((line) => line.match(/.{1,40}/g) ?? [''])
    const text = [...rows.map((row) => row.trimEnd()), 'one', 'two'].join('\n')
    t.equal(screen.text(), text, JSON.stringify(piece))
  }
  paint.stop()
  t.equal(screen.text().replaceAll('\n', ''), answer.replaceAll('\n', ''), 'nothing of the answer is lost')
})

t.test('a token that does not reach the drawing leaves it standing', async (t) => {
  const { clock, screen, stdout } = setup()
  stdout.write('word ')
  clock.pass(200)
  const before = screen.writes.length
  stdout.write('word ')
  t.equal(screen.writes.length, before + 1, 'only the token itself')
  t.equal(screen.text(), 'word word\none\ntwo')
})

t.test('the drawing comes back at once after a line of text', async (t) => {
  const { clock, screen, stdout } = setup()
  clock.pass(1000)
  stdout.write('{"a":1}\n')
  t.equal(screen.text(), '{"a":1}\none\ntwo')
})

t.test('at the very end of a row the drawing waits for the next text', async (t) => {
  const { clock, screen, stdout } = setup(10)
  stdout.write('0123456789')
  clock.pass(500)
  t.equal(screen.text(), '0123456789')
  stdout.write('ab')
  clock.pass(0)
  t.equal(screen.text(), '0123456789\nab\none\ntwo')
})

t.test('wide characters and tabs are counted as the terminal counts them', async (t) => {
  const { clock, screen, stdout } = setup(10)
  for (const piece of ['漢字漢字', 'a漢', '字', '漢字漢']) {
    stdout.write(piece)
    clock.pass(200)
  }
  t.equal(screen.text(), '漢字漢字a\n漢字漢字漢', 'the row is full now')
  stdout.write('!')
  clock.pass(200)
  t.equal(screen.text(), '漢字漢字a\n漢字漢字漢\n!\none\ntwo')
})

t.test('bytes and callbacks go through as they are', async (t) => {
  const clock = new TestClock()
  const seen: unknown[][] = []
  const stdout = { write: (...args: unknown[]) => (seen.push(args), false) }
  const original = stdout.write
  const paint = painter({ screen: new TestScreen(), now: clock.now, scheduler: clock })
  const undo = paint.guard(stdout)
  const bytes = new Uint8Array([104, 105])
  const done = () => undefined
  t.equal(stdout.write(bytes, 'utf8', done), false, 'back-pressure is told')
  t.equal(seen[0]?.[0], bytes)
  t.equal(seen[0]?.[2], done)
  undo()
  t.equal(stdout.write, original)
})

t.test('a guard leaves the prototype method in place', async (t) => {
  const clock = new TestClock()
  const screen = new TestScreen()
  const paint = painter({ screen, now: clock.now, scheduler: clock })
  paint.guard(screen)
  t.ok(Object.hasOwn(screen, 'write'))
  paint.stop()
  t.notOk(Object.hasOwn(screen, 'write'))
})

t.test('however much happens, a second has no more than its frames', async (t) => {
  const { clock, screen, stdout, paint, shown } = setup(40, 10)
  const times: number[] = []
  const write = screen.write.bind(screen)
  let frames = screen.frames()
  screen.write = write
  for (let index = 0; index < 4000; index++) {
    shown.lines = [`line ${index}`]
    paint.touch()
    if (index % 3 === 0) stdout.write(`text ${index}\n`)
    clock.pass(1)
    for (; frames < screen.frames(); frames++) times.push(clock.now())
  }
  for (let index = FRAMES_PER_SECOND; index < times.length; index++) {
    t.ok((times[index] ?? 0) - (times[index - FRAMES_PER_SECOND] ?? 0) >= 999, `frame ${index}`)
  }
  t.ok(times.length > 20, `and they are used: ${times.length}`)
  clock.pass(1000)
  t.match(screen.text(), /\nline 3999$/, 'the last state is drawn')
})

t.test('resizing', async (t) => {
  const { clock, screen, shown } = setup(40)
  shown.lines = ['x'.repeat(60)]
  clock.pass(100)
  t.equal(screen.text(), 'x'.repeat(39), 'one column stays free, so that the line does not wrap')
  screen.columns = 20
  screen.emit('resize')
  clock.pass(1000)
  t.equal(screen.text(), 'x'.repeat(19))
})

t.test('on a low screen the last lines are drawn', async (t) => {
  const { clock, screen, shown } = setup(40, 3)
  shown.lines = ['a', 'b', 'c', 'd']
  clock.pass(100)
  t.equal(screen.text(), 'c\nd')
})

t.test('lines for people stand above the drawing, on lines of their own', async (t) => {
  const { clock, screen, stdout, paint } = setup()
  stdout.write('half an answ')
  clock.pass(200)
  paint.write(['warning: careful'])
  stdout.write('er')
  clock.pass(1000)
  t.equal(screen.text(), 'half an answ\nwarning: careful\ner\none\ntwo')
})

t.test('after stop nothing is drawn and no timer waits', async (t) => {
  const { clock, screen, stdout, paint } = setup()
  stdout.write('answer')
  paint.stop()
  const before = screen.writes.length
  paint.touch()
  screen.emit('resize')
  stdout.write('!\n')
  clock.pass(5000)
  t.equal(screen.writes.length, before + 1, 'only what stdout wrote')
  t.equal(clock.waiting, 0)
  t.equal(screen.listenerCount('resize'), 0)
  t.equal(screen.text(), 'answer!')
})
