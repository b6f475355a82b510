import t from 'tap'
import { progress, type ProgressEvent } from '../../lib/console/index.js'
import { TestClock } from './clock.js'
import { answer, inTime, reading, type Timed } from './run.js'
import { TestScreen } from './screen.js'

function told(events: readonly Timed[], isTTY = false): string {
  const clock = new TestClock()
  const screen = new TestScreen(80, 24, isTTY)
  const shown = progress({ mode: 'plain', stream: screen, now: clock.now, scheduler: clock, env: { TERM: 'xterm', FORCE_COLOR: '1' } })
  for (const [at, event] of events) {
    clock.pass(Math.max(0, at - clock.now()))
    shown.emit(event)
  }
  t.equal(clock.waiting, 0, 'no timers')
  shown.stop()
  shown.emit({ type: 'note', text: 'after the end' })
  return screen.writes.join('')
}

const model = 'gemma3:latest'
const b = { type: 'model', stage: 'B report', model, stream: 'B' } as const

t.test('a whole run in lines', async (t) => {
  const text = told([
    [0, { type: 'preload', model, state: 'start' }],
    ...reading(101, 101).slice(0, -1),
    [1720, { type: 'phase', phase: 'ingest', state: 'end' }],
    [1730, { type: 'preload', model, state: 'done' }],
    [1800, { type: 'phase', phase: 'analysis', state: 'start' }],
    ...answer('analysis', 1800, 400, 412),
    [19_999, { type: 'phase', phase: 'analysis', state: 'end' }],
    [20_000, { type: 'note', text: 'report written to\u001b[31m report.md' }],
  ])
  t.equal(
    text,
    [
      'loading gemma3:latest',
      'ingest started',
      'reading: 59/101 files, 1.1/1.9 MB, 4,425 records, 2 problems, 1.1 MB/s',
      'read 101 files, 1.9 MB, 7,575 records, 2 problems in 1.72 s',
      'loaded gemma3:latest in 1.73 s',
      'analysis started',
      'analysis gemma3:latest: waiting for the first token',
      'analysis gemma3:latest: TTFT 625 ms',
      'analysis gemma3:latest: 240 chunks, 23.5 chunk/s',
      'analysis gemma3:latest: TTFT 625 ms, 24.2 tok/s, 412 tokens',
      'analysis done in 18.2 s',
      'report written to report.md',
      '',
    ].join('\n'),
  )
})

t.test('a line a second while reading, no escape codes even on a terminal', async (t) => {
  const events = Array.from({ length: 50_000 }, (_, index): Timed => [index / 10, { type: 'bytes', file: '\u001b[1mx', bytes: 7 }])
  const text = told(events, true)
  t.equal(text.match(/^reading: /gm)?.length, 4)
  t.notMatch(text, /\u001b/)
})

t.test('what was not finished is told at the end', async (t) => {
  const text = told([
    ...reading(10, 3),
    [2000, { type: 'preload', model, state: 'failed' }],
    ...answer('analysis', 2000, 0),
    ...answer('report', 2500, 3),
    [4000, { type: 'model', stage: 'report', model, event: { type: 'failed', at: 4000, code: 'MODEL_FAILED' } }],
  ])
  t.match(text, /\nloading gemma3:latest failed\n/)
  t.match(text, /\nreport gemma3:latest: TTFT 625 ms, 40\.0 chunk\/s, 3 chunks, failed\n/)
  t.match(text, /\nread 3 of 10 files, .*\nanalysis gemma3:latest: no token came, not finished\n$/)
})

t.test('a line does not continue an answer that stands on the same terminal', async (t) => {
  for (const mode of ['plain', 'never'] as const) {
    const screen = new TestScreen()
    const stdout = { isTTY: true, write: (text: string) => screen.write(text) }
    const shown = progress({ mode, stream: screen, env: {} })
    shown.guard(stdout)
    stdout.write('half an answer')
    shown.write('a warning')
    stdout.write('\n')
    shown.write('another')
    shown.stop()
    t.equal(screen.text(), 'half an answer\na warning\n\nanother')
  }
})

t.test('two at once: a line for each change, one now and then for both', async (t) => {
  const events = inTime(answer('A analysis', 0, 300, 310, 'A'), answer('B report', 10, 400, undefined, 'B'), [[17_000, { ...b, event: { type: 'failed', at: 17_000, code: 'MODEL_TRUNCATED' } }]])
  t.equal(
    told(events),
    [
      'A analysis gemma3:latest: waiting for the first token',
      'B report gemma3:latest: waiting for the first token',
      'A analysis gemma3:latest: TTFT 625 ms',
      'B report gemma3:latest: TTFT 625 ms',
      'together: 2 running, 45.4 chunk/s',
      'A analysis gemma3:latest: TTFT 625 ms, 24.3 tok/s, 310 tokens',
      'B report gemma3:latest: TTFT 625 ms, 23.7 chunk/s, 389 chunks, failed: truncated',
      '',
    ].join('\n'),
  )
})

t.test('a retry is told with its reason', async (t) => {
  const events: Timed[] = [
    [0, { ...b, event: { type: 'sent', at: 0 } }],
    [20, { ...b, event: { type: 'retry', at: 20, code: 'MODEL_BUSY', attempt: 1, waitMs: 500 } }],
  ]
  t.match(told(events), /\nB report gemma3:latest: busy, retry 2 in 0\.5 s\n/)
})

t.test('of a crowd only the sums are told', async (t) => {
  const events = inTime(...Array.from({ length: 300 }, (_, index) => answer('bench', index, 400, 400, `1.${index}`)))
  const lines = told(events).trimEnd().split('\n')
  t.ok(lines.length < 40, `${lines.length} lines`)
  t.match(lines.find((line) => line.startsWith('together')), /^together: \d+ running/)
  t.equal(lines.at(-1), 'bench gemma3:latest: 300 answers, 300 done, mean TTFT 625 ms, mean 23.5 tok/s, 120,000 tokens')
})

t.test('a plan is told now and then, its time counted down', async (t) => {
  const plan = (done: number): ProgressEvent => ({ type: 'plan', done, total: 4, cell: `num_gpu=\u001b[2J${done}`, eta: 100 - done })
  const text = told([[0, plan(0)], [500, plan(1)], [10_500, plan(2)], [20_000, plan(3)], [40_000, plan(4)]])
  t.equal(text, 'plan: 0/4 runs, num_gpu=0, about 1 min 40 s left\nplan: 2/4 runs, num_gpu=2, about 1 min 38 s left\n')
})
