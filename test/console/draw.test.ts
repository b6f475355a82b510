import { readFileSync, writeFileSync } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'
import fc from 'fast-check'
import stringWidth from 'string-width'
import t from 'tap'
import { bar, indeterminateBar, sparkline } from '../../lib/console/bar.js'
import { draw, type DrawOptions } from '../../lib/console/draw.js'
import type { ProgressEvent } from '../../lib/console/event.js'
import { advance, initialState, type ProgressState } from '../../lib/console/state.js'
import type { ModelEvent } from '../../lib/model/generation.js'
import { fixture } from '../support/paths.js'
import { answer, inTime, reading, stateAfter, type Timed } from './run.js'

const model = 'gemma3:latest'
const phase = (at: number, name: string, state: 'start' | 'end'): Timed => [at, { type: 'phase', phase: name, state }]
const loading: Timed = [5, { type: 'preload', model, state: 'start' }]
const loaded: Timed = [900, { type: 'preload', model, state: 'done' }]
const read = reading(101, 101)
const of = (stream: string, event: ModelEvent['event']): ProgressEvent => ({ type: 'model', stage: 'bench', model, stream, event })

const scenes: readonly (readonly [name: string, now: number, events: readonly Timed[]])[] = [
  ['nothing known yet', 0, []],
  ['reading', 1110, reading()],
  ['reading from a pipe', 1110, [[0, { type: 'found', file: '-' }], [10, { type: 'bytes', file: '-', bytes: 5_000 }]]],
  ['reading while a model loads', 1110, [loading, ...reading()]],
  ['the model could not be loaded', 1110, [loading, [900, { type: 'preload', model, state: 'failed' }], ...reading()]],
  ['waiting for the first token', 4400, [loading, loaded, ...read, phase(1200, 'analysis', 'start'), ...answer('analysis', 1200, 0)]],
  ['tokens come', 3100, [...read, phase(1200, 'analysis', 'start'), ...answer('analysis', 1200, 30)]],
  [
    'thinking',
    2000,
    [...answer('analysis', 1200, 0), [1500, { type: 'model', stage: 'analysis', model, event: { type: 'token', at: 1500, text: 'Hm', kind: 'thinking' } }]],
  ],
  ['done, then the next', 6000, [...read, ...answer('analysis', 1200, 30, 31), phase(3200, 'report', 'start')]],
  ['a plan', 3000, [[1000, { type: 'plan', done: 12, total: 40, cell: 'num_gpu=60 num_ctx=512', eta: 185 }]]],
  ['two at once', 3000, inTime(answer('writer', 1000, 30), answer('critic', 1500, 8))],
  ['two agents', 3000, inTime(answer('A analysis', 1000, 30, undefined, 'A'), answer('B report', 1500, 20, 24, 'B'))],
  [
    'every state',
    6000,
    inTime(
      answer('bench', 5900, 0, undefined, '1.1'),
      [[5000, of('1.2', { type: 'sent', at: 5000 })], [5500, of('1.2', { type: 'progress', at: 5500, processed: 450, total: 1000 })]],
      [[5100, of('1.3', { type: 'sent', at: 5100 })], [5700, of('1.3', { type: 'token', at: 5700, text: 'Hm', kind: 'thinking', tokens: 1 })]],
      answer('bench', 4600, 25, undefined, '1.4'),
      answer('bench', 1000, 25, undefined, '1.5'),
      [[5200, of('1.6', { type: 'sent', at: 5200 })], [5300, of('1.6', { type: 'retry', at: 5300, code: 'MODEL_BUSY', attempt: 1, waitMs: 2000 })]],
      [...answer('bench', 4500, 12, undefined, '1.7'), [5900, of('1.7', { type: 'failed', at: 5900, code: 'MODEL_TRUNCATED' })]],
      answer('bench', 4500, 12, 14, '1.8'),
    ),
  ],
]

const styles: readonly (readonly [string, Pick<DrawOptions, 'columns' | 'color' | 'unicode'>])[] = [
  ['120 columns', { columns: 120, color: false, unicode: true }],
  ['120 columns, color', { columns: 120, color: true, unicode: true }],
  ['100 columns, ascii', { columns: 100, color: false, unicode: false }],
  ['80 columns', { columns: 80, color: false, unicode: true }],
  ['60 columns', { columns: 60, color: false, unicode: true }],
  ['40 columns', { columns: 40, color: false, unicode: true }],
  ['20 columns', { columns: 20, color: false, unicode: true }],
  ['20 columns, ascii', { columns: 20, color: false, unicode: false }],
]

t.test('golden frames', async (t) => {
  const blocks = scenes.flatMap(([scene, now, events]) => {
    const state = stateAfter(events)
    return styles.map(([style, options]) => {
      const lines = draw(state, { ...options, now }).map((line) => line.replaceAll('\u001b', '\\e'))
      return [`# ${scene}, ${style}`, ...lines].join('\n')
    })
  })
  const text = `${blocks.join('\n\n')}\n`
  const file = fixture('console', 'frames.txt')
  if (process.env['UPDATE_GOLDEN']) writeFileSync(file, text)
  t.equal(text, readFileSync(file, 'utf8'))
})

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom('\u001b[2J\u001b]0;title\u0007x', 'a\nb\rc', '\u202Egpj.exe', '漢字/'.repeat(40), '👩‍👩‍👧/e\u0301.csv', '', '\u0009'),
)

const someEvent: fc.Arbitrary<ProgressEvent> = fc.oneof(
  fc.record({ type: fc.constant('found' as const), file: hostile, bytes: fc.nat() }),
  fc.record({ type: fc.constant('found' as const), file: hostile }),
  fc.record({ type: fc.constant('bytes' as const), file: hostile, bytes: fc.nat() }),
  fc.record({ type: fc.constantFrom('records' as const, 'problems' as const), file: hostile, count: fc.nat() }),
  fc.record({ type: fc.constant('done' as const), file: hostile }),
  fc.record({ type: fc.constant('phase' as const), phase: hostile, state: fc.constantFrom('start' as const, 'end' as const) }),
  fc.record({ type: fc.constant('plan' as const), done: fc.nat(30), total: fc.nat(30), cell: hostile, eta: fc.double({ min: 0, max: 1e6 }), unit: hostile }),
  fc.record({ type: fc.constant('preload' as const), model: hostile, state: fc.constantFrom('start' as const, 'failed' as const) }),
  fc.record({
    type: fc.constant('model' as const),
    stage: hostile,
    model: hostile,
    stream: hostile,
    event: fc.oneof(
      fc.record({ type: fc.constant('sent' as const), at: fc.nat(9999) }),
      fc.record({ type: fc.constant('progress' as const), at: fc.nat(9999), processed: fc.nat(), total: fc.nat() }),
      fc.record({ type: fc.constant('retry' as const), at: fc.nat(9999), attempt: fc.nat(9), waitMs: fc.nat(), code: fc.constant('MODEL_BUSY' as const) }),
      fc.record({ type: fc.constant('failed' as const), at: fc.nat(9999), code: fc.constantFrom('MODEL_STALLED' as const, 'ABORTED' as const) }),
      fc.record({ type: fc.constant('token' as const), at: fc.nat(9999), text: fc.string(), kind: fc.constantFrom('text' as const, 'thinking' as const) }),
      fc.record({
        type: fc.constant('end' as const),
        at: fc.nat(9999),
        reason: fc.constantFrom('stop' as const, 'length' as const),
        usage: fc.record({ outputTokens: fc.nat() }, { requiredKeys: [] }),
      }),
    ),
  }),
)

t.test('no line is wider than the terminal or carries anything but text, whatever comes', async () => {
  fc.assert(
    fc.property(fc.array(someEvent, { maxLength: 25 }), fc.integer({ min: 0, max: 130 }), fc.boolean(), fc.boolean(), (events, columns, color, unicode) => {
      let state: ProgressState = initialState
      events.forEach((event, index) => {
        state = advance(state, event, index * 70)
      })
      for (const line of draw(state, { columns, color, unicode, now: events.length * 70 })) {
        if (stringWidth(line) > columns) return false
        if (/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/.test(stripVTControlCharacters(line))) return false
        if (/\u001b(?!\[\d+m)/.test(line) || (!color && line.includes('\u001b'))) return false
      }
      return true
    }),
    { numRuns: 100 },
  )
})

t.test('a bar is exactly as wide as asked, and full only at the end', async () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 60 }), fc.boolean(), (fraction, cells, unicode) => {
      const { before, filled, after } = bar(fraction, cells, unicode)
      return stringWidth(before + filled + after) === cells && (fraction === 1) === /^[━#]+$/.test(filled + after)
    }),
  )
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 60 }), (now, cells) => {
      const { before, filled, after } = indeterminateBar(now, cells, true)
      return filled !== '' && stringWidth(before + filled + after) === cells
    }),
  )
})

t.test('an even stream is a flat low line, a stall stands out', async (t) => {
  t.equal(sparkline([20, 21, 19, 20, 20], true, 24), '▂▂▂▂▂')
  t.equal(sparkline([20, 20, 400, 20], true, 24), '▁▁█▁')
  t.equal(sparkline([20, 20, 400, 20], false, 24), '__#_')
  t.equal(sparkline([0, 0, 0], true, 24), '▁▁▁', 'pieces of one read')
  t.equal(sparkline([1, 2, 3, 400], true, 2), '▁█', 'the latest ones')
  t.equal(sparkline([], true, 24), '')
})

t.test('a crowd has as many rows as fit, and one for all of them together', async (t) => {
  const names = Array.from({ length: 1000 }, (_, index) => `3.${index}`)
  const all = (event: ModelEvent['event'], at: number) => names.map((name): Timed => [at, of(name, event)])
  const state = stateAfter([
    ...all({ type: 'sent', at: 0 }, 0),
    ...[200, 250, 300, 350, 400].flatMap((at) => all({ type: 'token', at, text: 'x', kind: 'text', tokens: 1 }, at)),
    [450, of('3.1', { type: 'end', at: 450, reason: 'stop', usage: { outputTokens: 5 } })],
    [450, of('3.2', { type: 'failed', at: 450, code: 'MODEL_TRUNCATED' })],
    [460, of('4.1', { type: 'sent', at: 460 })],
  ])
  const lines = (rows?: number) => draw(state, { columns: 120, color: false, unicode: true, now: 500, ...(rows === undefined ? {} : { rows }) })
  t.equal(lines(20).length, 17, 'room is left for notes')
  t.equal(lines(4).length, 3)
  t.equal(lines(1).length, 2, 'the screen shows the last of them')
  t.ok(lines().length <= 50, 'also where nobody says how many fit')
  t.match(lines(20)[0], /^bench 3\.0 +streaming {12}TTFT 200 ms {2}.* tok\/s now/)
  t.match(lines(20)[1], /^bench 4\.1 +waiting 0\.0 s/, 'in the row of one that is over')
  t.match(lines(20).at(-1), /^and 983 more {2}together gemma3:latest {2}16,663 tok\/s {2}999 running {2}1 done {2}1 failed \(1 truncated\) {2}mean TTFT 200 ms$/)
})

t.test('a model is named once where it is the same for all, else in each row', async (t) => {
  const lines = (events: readonly Timed[]) => draw(stateAfter(events), { columns: 120, color: false, unicode: true, now: 900 })
  const other: Timed = [6, { type: 'model', stage: 'bench', model: 'phi4', stream: '1.2', event: { type: 'sent', at: 6 } }]
  t.strictSame(lines([...answer('bench', 5, 0, undefined, '1.1'), other]).slice(0, 2), ['bench 1.1 gemma3:latest  waiting 0.9 s', 'bench 1.2 phi4           waiting 0.9 s'])
  t.strictSame(lines(inTime(answer('bench', 5, 0, undefined, '1.1'), answer('bench', 6, 0, undefined, '1.2'))), [
    'bench 1.1  waiting 0.9 s',
    'bench 1.2  waiting 0.9 s',
    'together gemma3:latest  2 running',
  ])
})

t.test('an answer that is over stays until its stage has gone on for a while', async (t) => {
  const rows = (events: readonly Timed[], now: number) => draw(stateAfter(events), { columns: 100, color: false, unicode: true, now }).map((line) => line.split(/ {2}/)[0])
  const two = inTime(answer('bench', 0, 3, 3, '1.1'), answer('bench', 1, 3, 3, '1.2'))
  t.strictSame(rows(two, 60_000), ['bench 1.1 gemma3:latest', 'bench 1.2 gemma3:latest'], 'nothing came after it')
  const next = [...two, ...answer('bench', 1000, 3, undefined, '2.1')]
  t.strictSame(rows(next, 1800), ['bench 2.1', 'bench 1.2', 'together gemma3:latest'])
  t.strictSame(rows(next, 3800), ['bench 2.1 gemma3:latest'])
  t.strictSame(rows([...two, ...answer('report', 1000, 3)], 3800), ['bench', 'bench', 'report', 'together gemma3:latest'], 'another stage')
})
