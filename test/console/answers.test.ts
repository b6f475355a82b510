import t from 'tap'
import { answersCount, ENDED_KEPT, noAnswers, runningCount, runningOf, RUNNING_LIMIT, TALLY_LIMIT, advanceAnswers, type Answers } from '../../lib/console/answers.js'
import { answerLines } from '../../lib/console/closing.js'
import { endCounts } from '../../lib/console/end-tally.js'
import { amountOf, overallRate, stalledFor, ttft } from '../../lib/console/model-stream.js'
import type { ModelEvent } from '../../lib/model/generation.js'

type Happening = ModelEvent['event']
type Told = readonly [at: number, stream: string, event: Happening, stage?: string]

const sent = (at: number, attempt?: number): Happening => ({ type: 'sent', at, ...(attempt === undefined ? {} : { attempt }) })
const piece = (at: number, tokens?: number): Happening => ({ type: 'token', at, text: 'x', kind: 'text', ...(tokens === undefined ? {} : { tokens }) })
const over = (at: number, outputTokens?: number): Happening => ({ type: 'end', at, reason: 'stop', usage: outputTokens === undefined ? {} : { outputTokens } })
const failed = (at: number, code: 'MODEL_TRUNCATED' | 'MODEL_BUSY' | 'ABORTED'): Happening => ({ type: 'failed', at, code })

function after(told: readonly Told[], before: Answers = noAnswers): Answers {
  return told.reduce((answers, [at, stream, event, stage = 's']) => advanceAnswers(answers, { type: 'model', stage, model: 'm', stream, event }, at), before)
}

const one = (told: readonly Told[]) => {
  const [stream] = runningOf(after(told))
  if (!stream) throw new Error('it does not run')
  return stream
}

t.test('streams of one stage and model are told apart', async (t) => {
  const answers = after([[0, 'A', sent(0)], [10, 'B', sent(10)], [30, 'B', piece(30)], [100, 'A', piece(100)], [120, 'B', piece(120)]])
  t.match(runningOf(answers), [
    { stream: 'A', pieces: { total: 1 } },
    { stream: 'B', pieces: { total: 2 } },
  ])
  t.strictSame(runningOf(answers).map(ttft), [0.1, 0.02])
  t.equal(answers.pieces?.total, 3)
  t.equal(answers.tokens, undefined, 'nobody said that they are tokens')
})

t.test('one that connects is there, and waits; its time counts from the request', async (t) => {
  const opening: Told[] = [[0, 'A', { type: 'connecting', at: 0 }]]
  t.match(one(opening), { state: 'waiting', waitingSince: 0, sentAt: undefined })
  const opened: Told[] = [...opening, [50, 'A', sent(50)], [150, 'A', piece(150)]]
  t.equal(ttft(one(opened)), 0.1)
  t.equal(answersCount(after(opened)), 1, 'it is one answer')
  t.equal(answersCount(after([...opened, [200, 'A', { type: 'connecting', at: 200 }], [210, 'A', sent(210)]])), 2, 'one that begins anew is another')
})

t.test('pieces are tokens where the server says of each how many it holds', async (t) => {
  const exact: Told[] = [[0, 'A', sent(0)], [100, 'A', piece(100, 3)], [600, 'A', piece(600, 2)], [1100, 'A', piece(1100, 5)]]
  t.strictSame(amountOf(one(exact)), { count: 10, unit: 'token' })
  t.equal(overallRate(one(exact)), 7, 'those of the first piece took no time that was seen')
  t.equal(after(exact).tokens?.total, 10)
  const mixed: Told[] = [...exact, [1600, 'A', piece(1600)], [2100, 'A', piece(2100, 9)]]
  t.strictSame(amountOf(one(mixed)), { count: 5, unit: 'chunk' })
  t.equal(after(mixed).tokens, undefined)
})

t.test('reading the prompt, and another attempt', async (t) => {
  const reading: Told[] = [[0, 'A', sent(0)], [50, 'A', { type: 'progress', at: 50, processed: 450, total: 1000 }]]
  t.match(one(reading), { state: 'reading', progress: 0.45 })
  t.match(one([[0, 'A', sent(0)], [1, 'A', { type: 'progress', at: 1, processed: 0, total: 0 }]]), { state: 'waiting' }, 'of nothing there is no part')
  const retry: Told[] = [...reading, [60, 'A', { type: 'retry', at: 60, code: 'MODEL_BUSY', attempt: 1, waitMs: 1000 }]]
  t.match(one(retry), { state: 'retrying', retry: { attempt: 2, at: 1060 } })
  const again: Told[] = [...retry, [1060, 'A', sent(1060, 2)], [1100, 'A', piece(1100)]]
  t.equal(ttft(one(again)), 0.04, 'from the latest attempt')
  t.equal(answersCount(after(again)), 1)
})

t.test('a pause is a stall when it is long, and longer than is usual for this stream', async (t) => {
  const every = (ms: number, count = 10): Told[] => [[0, 'A', sent(0)], ...Array.from({ length: count }, (_, index): Told => [index * ms, 'A', piece(index * ms)])]
  const stalls = (told: Told[], pause: number) => stalledFor(one(told), (told.at(-1)?.[0] ?? 0) + pause)
  t.equal(stalls(every(50), 900), undefined)
  t.equal(stalls(every(50), 1200), 1.2)
  t.equal(stalls(every(600), 1700), undefined, 'a slow one')
  t.equal(stalls(every(600), 1900), 1.9)
  t.equal(stalls([[0, 'A', sent(0)]], 9000), undefined, 'that is waiting')
  const bursts = Array.from({ length: 20 }, (_, index): Told => [Math.floor(index / 5) * 900, 'A', piece(Math.floor(index / 5) * 900)])
  t.equal(stalls([[0, 'A', sent(0)], ...bursts], 1500), undefined, 'five pieces at a time')
  t.equal(stalls([[0, 'A', sent(0)], ...bursts], 3000), 3)
})

t.test('an answer that is over is in the sums, once', async (t) => {
  const told: Told[] = [
    [0, '1', sent(0)], [0, '2', sent(0)], [0, '3', sent(0)], [0, '4', sent(0)],
    [100, '1', piece(100)], [300, '2', piece(300)], [600, '1', piece(600)],
    [700, '1', over(700, 6)], [700, '2', failed(700, 'MODEL_TRUNCATED')], [700, '3', failed(700, 'MODEL_BUSY')], [700, '4', failed(700, 'ABORTED')],
  ]
  const answers = after([...told, [800, '1', piece(800)], [900, '1', over(900, 60)], [900, '2', failed(900, 'ABORTED')]])
  t.strictSame(endCounts(answers.tallies), { done: 1, cancelled: 1, unfinished: 0, failed: 2, causes: '1 truncated, 1 busy' })
  t.match(answers.tallies, [{ ttft: { count: 2, sum: 0.4 }, rate: { token: { count: 1, sum: 10 }, chunk: { count: 0 } }, amount: { token: 6, chunk: 1 } }])
  t.equal(runningCount(answers), 0)
  t.equal(answersCount(answers), 4)
})

t.test('a next answer takes the row of one that is over, its own before all', async (t) => {
  const places = (answers: Answers) => runningOf(answers).map(({ stream, place }) => [stream, place])
  const first = after([[0, 'a', sent(0)], [0, 'b', sent(0)], [0, 'c', sent(0)], [5, 'b', over(5)], [6, 'a', over(6)]])
  t.strictSame(places(after([[7, 'a', sent(7)]], first)), [['a', 0], ['c', 2]])
  t.strictSame(places(after([[7, 'd', sent(7)], [7, 'e', sent(7)], [7, 'f', sent(7)]], first)), [['d', 0], ['e', 1], ['c', 2], ['f', 3]])
  t.strictSame(places(after([[7, 'a', sent(7), 'other stage']], first)), [['c', 2], ['a', 3]])
})

t.test('one that begins anew without an end was left', async (t) => {
  const answers = after([[0, 'a', sent(0)], [1, 'a', piece(1)], [9, 'a', sent(9)]])
  t.equal(endCounts(answers.tallies).unfinished, 1)
  t.match(runningOf(answers), [{ sentAt: 9, pieces: undefined }])
})

t.test('a begin that nobody told of gives no time to first token', async (t) => {
  t.equal(ttft(one([[5, 'a', piece(5)]])), undefined)
})

t.test('more at once than can be told apart are counted all the same', async (t) => {
  const names = Array.from({ length: RUNNING_LIMIT + 500 }, (_, index) => `7.${index}`)
  const each = (event: (at: number) => Happening, at: number) => names.map((name): Told => [at, name, event(at)])
  const running = after([...each(sent, 0), ...each((at) => piece(at, 2), 100)])
  t.equal(runningOf(running).length, RUNNING_LIMIT)
  t.equal(runningCount(running), names.length)
  t.equal(running.tokens?.total, 2 * names.length)
  const end = after([...each((at) => over(at, 2), 200)], running)
  t.equal(runningCount(end), 0)
  t.equal(endCounts(end.tallies).done, names.length)
})

t.test('however many there were, little is kept', async (t) => {
  let answers = noAnswers
  for (let index = 0; index < 20_000; index++) {
    const stage = `s${index % 40}`
    answers = after([[index, `${index}`, sent(index), stage], [index, `${index}`, piece(index), stage], [index, `${index}`, over(index, 3), stage]], answers)
  }
  t.equal(answers.ended.length, ENDED_KEPT)
  t.equal(answers.tallies.length, TALLY_LIMIT)
  t.equal(endCounts(answers.tallies).done, 20_000)
  t.ok(JSON.stringify(answers).length < 50_000)
})

t.test('the lines at the end', async (t) => {
  const whole = (name: string, at: number): Told[] => [[at, name, sent(at)], [at + 100, name, piece(at + 100)], [at + 600, name, piece(at + 600)], [at + 700, name, over(at + 700, 6)]]
  const few = after([...whole('A', 0), [5, 'B\u001b[2J', sent(5)], [6, 'B\u001b[2J', failed(6, 'MODEL_BUSY')]])
  t.strictSame(answerLines(few), ['s A m: TTFT 100 ms, 10.0 tok/s, 6 tokens', 's B m: no token came, failed: busy'])
  const many = after([...Array.from({ length: 500 }, (_, index) => whole(`${index}`, index * 10)).flat(), [9, 'x', sent(9)], [99, 'x', failed(99, 'MODEL_TRUNCATED')], [100, 'y', sent(100)]])
  t.strictSame(answerLines(many), ['s m: 502 answers, 500 done, 1 failed (1 truncated), 1 not finished, mean TTFT 100 ms, mean 10.0 tok/s, 3,000 tokens'])
  const stages = after(Array.from({ length: 30 }, (_, index): Told[] => [[index, 'a', sent(index), `\u0007stage ${index}`], [index, 'a', over(index), `\u0007stage ${index}`]]).flat())
  const lines = answerLines(stages)
  t.equal(lines.length, 9)
  t.equal(lines[0], 'stage 0 m: 1 answer, 1 done')
  t.equal(lines.at(-1), 'and 8 more')
})
