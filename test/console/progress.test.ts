import { spawnSync } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import t from 'tap'
import type { Host } from '../../lib/console/exit.js'
import { progress, type ProgressMode, type ProgressOptions } from '../../lib/console/index.js'
import type { ModelEvent } from '../../lib/model/generation.js'
import { TestClock } from './clock.js'
import { answer, reading, type Timed } from './run.js'
import { TestScreen } from './screen.js'

/** The compiled station. */
const entry = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../lib/console/index.js')

class TestHost extends EventEmitter implements Host {
  readonly raised: string[] = []
  raise(signal: string): void {
    this.raised.push(signal)
  }
}

function setup(options: ProgressOptions & { columns?: number; isTTY?: boolean } = {}) {
  const clock = new TestClock()
  const screen = new TestScreen(options.columns ?? 100, 20, options.isTTY ?? true)
  const host = new TestHost()
  const env = { TERM: 'xterm', LANG: 'C.UTF-8', NO_COLOR: '1' }
  const shown = progress({ stream: screen, now: clock.now, scheduler: clock, host: host as unknown as Host, env, ...options })
  const play = (events: readonly Timed[]) => {
    for (const [at, event] of events) {
      clock.pass(Math.max(0, at - clock.now()))
      shown.emit(event)
    }
  }
  return { clock, screen, host, shown, play }
}

t.test('who sees what', async (t) => {
  const style = (mode: ProgressMode, isTTY: boolean, env: Record<string, string>) => {
    const { shown } = setup({ mode, isTTY, env })
    shown.stop()
    return shown.style
  }
  t.equal(style('auto', true, { TERM: 'xterm' }), 'bars')
  t.equal(style('auto', false, { TERM: 'xterm' }), 'none')
  t.equal(style('auto', true, { TERM: 'dumb' }), 'none')
  t.equal(style('auto', true, { TERM: 'xterm', CI: 'true' }), 'none')
  t.equal(style('auto', true, { TERM: 'xterm', CI: 'false' }), 'bars')
  t.equal(style('always', false, { CI: '1' }), 'bars')
  t.equal(style('plain', true, {}), 'plain')
  t.equal(style('never', true, { TERM: 'xterm' }), 'none')
})

t.test('bars while reading, the meter while the model answers, figures at the end', async (t) => {
  const { clock, screen, shown, play } = setup()
  await shown.ready
  play(reading(101, 64))
  clock.pass(100)
  t.match(screen.text(), /^reading {2}━+╸?─+ {2}64\/101 files {2}1\.2\/1\.9 MB {2}4,800 records {2}2 problems {2}.* MB\/s\n {9}reports\/gemma3\/run_64\.csv$/)
  play([[1300, { type: 'phase', phase: 'ingest', state: 'end' }]])
  play(answer('analysis', 1300, 0))
  clock.pass(400)
  t.match(screen.text(), /\nanalysis gemma3:latest {2}waiting 0\.[34] s$/)
  play(answer('analysis', 1300, 30).slice(1))
  clock.pass(100)
  t.match(screen.text(), /\nanalysis gemma3:latest {2}streaming {2}TTFT 625 ms {2}[\d.]+ chunk\/s now {2}23\.2 overall {2}30 chunks {2}[▁-█]+$/)
  play(answer('analysis', 1300, 30, 31).slice(-1))
  shown.stop()
  t.equal(
    screen.text(),
    'read 64 of 101 files, 1.2 MB, 4,800 records, 2 problems in 1.30 s\ngemma3:latest: TTFT 625 ms, 24.0 tok/s, 31 tokens',
  )
  t.ok(screen.cursorVisible)
})

t.test('a run too short to draw still leaves its figures', async (t) => {
  const { screen, shown, play } = setup()
  play(reading(3, 3))
  shown.stop()
  await shown.ready
  t.equal(screen.text(), 'read 3 files, 56.4 kB, 225 records in 1.10 s')
  t.equal(screen.frames(), 0)
})

t.test('files that nobody told of are not counted as none', async (t) => {
  const { screen, shown, play } = setup()
  play([[100, { type: 'records', file: '-', count: 5 }]])
  shown.stop()
  t.equal(screen.text(), 'read 5 records in 0.00 s')
})

t.test('several answers are told apart, one cut short says so', async (t) => {
  const { screen, shown, play } = setup()
  play([...answer('analysis', 0, 3, 3), ...answer('report', 2000, 3)])
  shown.stop()
  t.equal(
    screen.text(),
    [
      'analysis gemma3:latest: TTFT 625 ms, 40.0 tok/s, 3 tokens',
      'report gemma3:latest: TTFT 625 ms, 40.0 chunk/s, 3 chunks, not finished',
    ].join('\n'),
  )
})

t.test('100,000 events in two seconds are a bounded number of frames', async (t) => {
  const { clock, screen, shown } = setup()
  await shown.ready
  for (let index = 0; index < 100_000; index++) {
    if (index % 50 === 0) clock.pass(1)
    shown.emit({ type: 'bytes', file: `f${index % 7}`, bytes: 10 })
  }
  t.ok(screen.frames() > 10 && screen.frames() <= 24, `${screen.frames()} frames`)
  shown.stop()
})

t.test('a thousand answers at once cost no more frames and no higher ones', async (t) => {
  const { clock, screen, shown } = setup()
  await shown.ready
  const tell = (stream: number, event: ModelEvent['event']) => shown.emit({ type: 'model', stage: 'bench', model: 'm', stream: `1.${stream}`, event })
  for (let stream = 0; stream < 1000; stream++) tell(stream, { type: 'sent', at: clock.now() })
  for (let token = 0; token < 40; token++) {
    for (let stream = 0; stream < 1000; stream++) {
      if (stream % 20 === 0) clock.pass(1)
      tell(stream, { type: 'token', at: clock.now(), text: 'x', kind: 'text', tokens: 1 })
    }
  }
  t.ok(screen.frames() > 10 && screen.frames() <= 25, `${screen.frames()} frames in two seconds`)
  t.ok(screen.writes.every((text) => text.split('\n').length <= 20))
  t.match(screen.text(), /\nand 985 more {2}together m {2}[\d,]+ tok\/s {2}1,000 running/)
  shown.stop()
  t.match(screen.text(), /^bench m: 1,000 answers, 1,000 not finished/)
})

t.test('after stop nothing more comes, and nothing is left behind', async (t) => {
  const { clock, screen, host, shown } = setup()
  await shown.ready
  shown.emit({ type: 'found', file: 'a', bytes: 1 })
  clock.pass(500)
  shown.stop()
  const before = screen.writes.length
  shown.emit({ type: 'found', file: 'b', bytes: 1 })
  shown.emit({ type: 'note', text: 'late' })
  shown.stop()
  clock.pass(5000)
  t.equal(screen.writes.length, before)
  t.equal(clock.waiting, 0)
  t.strictSame(host.eventNames(), [])
  t.notOk(Object.hasOwn(screen, 'write'))
})

t.test('notes and other people\'s lines stand above the bars', async (t) => {
  const { clock, screen, shown } = setup()
  await shown.ready
  shown.emit({ type: 'found', file: 'a', bytes: 10 })
  clock.pass(200)
  shown.emit({ type: 'note', text: 'a note\u001b[2J\nin two lines' })
  screen.write('(node:1) Warning: something\n')
  shown.write('a warning')
  clock.pass(1000)
  t.match(screen.text(), /^a note in two lines\n\(node:1\) Warning: something\na warning\nreading /)
  shown.stop()
})

t.test('stdout is guarded only where it shares the terminal', async (t) => {
  const { screen, shown } = setup()
  const pipe = { write: (text: string) => text !== '' }
  const piped = pipe.write
  shown.guard(pipe)
  t.equal(pipe.write, piped, 'a pipe is left alone')
  const stdout = { isTTY: true, write: (text: string) => screen.write(text) }
  const original = stdout.write
  const undo = shown.guard(stdout)
  t.not(stdout.write, original)
  undo()
  t.equal(stdout.write, original)
  shown.guard(stdout)
  shown.stop()
  t.equal(stdout.write, original, 'stop undoes it')
  shown.guard(stdout)
  t.equal(stdout.write, original, 'and nothing guards afterwards')
})

t.test('the cursor comes back when the process ends unplanned', async (t) => {
  for (const event of ['exit', 'SIGINT', 'SIGTERM', 'SIGHUP', 'SIGTSTP']) {
    const { clock, screen, host, shown } = setup()
    await shown.ready
    shown.emit({ type: 'found', file: 'a' })
    clock.pass(200)
    t.notOk(screen.cursorVisible)
    host.emit(event)
    t.ok(screen.cursorVisible, event)
    t.equal(screen.text(), '')
    t.strictSame(host.raised, event === 'exit' ? [] : [event === 'SIGTSTP' ? 'SIGSTOP' : event], 'the signal still has its effect')
    if (event === 'SIGTSTP') {
      host.emit('SIGCONT')
      clock.pass(200)
      t.match(screen.text(), /^reading/)
    }
    shown.stop()
  }
})

t.test('a signal that somebody handles is theirs', async (t) => {
  const { clock, screen, host, shown } = setup()
  await shown.ready
  shown.emit({ type: 'found', file: 'a' })
  clock.pass(200)
  host.on('SIGINT', () => undefined)
  host.emit('SIGINT')
  t.strictSame(host.raised, [])
  t.match(screen.text(), /^reading/)
  shown.stop()
})

t.test('colour and characters follow the environment', async (t) => {
  const drawn = async (env: Record<string, string>, isTTY = true) => {
    const { clock, screen, shown } = setup({ mode: 'always', env, isTTY })
    await shown.ready
    shown.emit({ type: 'found', file: 'a', bytes: 10 })
    clock.pass(200)
    const text = screen.writes.join('')
    shown.stop()
    return { color: text.includes('\u001b[36m'), unicode: text.includes('─'), ascii: text.includes('---') }
  }
  t.match(await drawn({ TERM: 'xterm', LANG: 'en_GB.UTF-8' }), { color: true, unicode: true })
  t.match(await drawn({ TERM: 'xterm', NO_COLOR: '1' }), { color: false, unicode: true })
  t.match(await drawn({ TERM: 'xterm', NO_COLOR: '1', FORCE_COLOR: '1' }), { color: true })
  t.match(await drawn({ TERM: 'xterm', FORCE_COLOR: '0' }), { color: false })
  t.match(await drawn({ TERM: 'xterm' }, false), { color: false })
  t.match(await drawn({ TERM: 'xterm', LANG: 'C' }), { unicode: false, ascii: true })
  t.match(await drawn({ TERM: 'linux', LANG: 'C.UTF-8' }), { unicode: false, ascii: true })
})

t.test('silence is silent, but a warning is not progress', async (t) => {
  const { screen, shown, play } = setup({ mode: 'never' })
  play([...reading(3, 3), ...answer('analysis', 0, 3, 3), [9000, { type: 'note', text: 'x' }]])
  shown.write('a warning')
  shown.stop()
  t.strictSame(screen.writes, ['a warning\n'])
})

t.test('a reader of stderr that went away does not end the run', async (t) => {
  const { screen, shown } = setup()
  screen.emit('error', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }))
  shown.stop()
  screen.emit('error', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }))
  t.pass('no throw')
})

t.test('a process that forgets to stop ends all the same, with nothing on stdout', async (t) => {
  const script = `
    import { progress } from ${JSON.stringify(pathToFileURL(entry).href)}
    const shown = progress({ mode: 'always' })
    shown.emit({ type: 'found', file: 'a', bytes: 10 })
    await shown.ready
    await new Promise((resolve) => setTimeout(resolve, 1))`
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8', timeout: 20_000 })
  t.equal(run.status, 0)
  t.equal(run.stdout, '')
  const hidden = run.stderr.split('\u001b[?25l').length
  t.equal(run.stderr.split('\u001b[?25h').length, hidden, 'each hiding of the cursor is undone')
})

t.test('what is imported at start-up pulls in no package', async (t) => {
  const seen = new Set<string>()
  const packages: string[] = []
  const visit = (file: string) => {
    if (seen.has(file)) return
    seen.add(file)
    for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(/^(?:import|export) .*?from '([^']+)'/gm)) {
      if (name.startsWith('.')) visit(path.resolve(path.dirname(file), name))
      else if (!name.startsWith('node:')) packages.push(name)
    }
  }
  visit(entry)
  t.strictSame(packages, [])
  t.ok([...seen].some((file) => file.endsWith('painter.js')), 'the walk went somewhere')
})
