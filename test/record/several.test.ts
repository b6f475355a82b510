import t from 'tap'
import { partedBySign, ratioAside } from '../../lib/record/several.js'
import { brief, readText } from './read.js'

t.test('two numbers in one cell, and what is none', async (t) => {
  t.match(partedBySign('3.5 ms / 70 GB/s'), { first: '3.5 ms', second: '70 GB/s', at: 9 })
  t.match(partedBySign('20 / 40 MB'), { first: '20 MB', second: '40 MB' })
  t.match(ratioAside('5.5 ms (1.25x)'), { first: '5.5 ms', second: '1.25x', at: 8 })
  for (const text of ['3/5', '5 MB/s', '2024 / spring', 'a / b', '5 (2)', '5 ms (warm)']) t.strictSame([partedBySign(text), ratioAside(text)], [undefined, undefined], text)
})

t.test('the title names both, or says before and after', async (t) => {
  const records = await readText('x.md', '| App | Memory before/after | Time / Size |\n| - | - | - |\n| ada | 20 / 40 MB | 5 ms / 7 KB |\n')
  t.strictSame(records.map(brief), ['memory_before value 20000000 By', 'memory_after value 40000000 By', 'duration value 0.005 s', 'size value 7000 By'])
  t.match(records[1], { raw: { name: 'Memory before/after', text: '40 MB' }, source: { line: 3, column: 14, pointer: '/0/0/Memory before~1after' } })
})

t.test('titles of rivals over a time and a rate each', async (t) => {
  const records = await readText('x.md', '## TFLOPS\n\n| N | oak | elm |\n| - | - | - |\n| 64 | 2 ms / 700 TFLOPS | 3 ms / 500 TFLOPS |\n| 128 | 4 ms / 710 TFLOPS | 6 ms / 510 TFLOPS |\n')
  t.strictSame(records.slice(0, 4).map((record) => [brief(record), record.attributes['variant']]), [
    ['duration value 0.002 s', 'oak'], ['throughput value 700000000000000 {flop}/s', 'oak'],
    ['duration value 0.003 s', 'elm'], ['throughput value 500000000000000 {flop}/s', 'elm'],
  ])
})

t.test('how many times as much, in brackets', async (t) => {
  const records = await readText('x.csv', 'n,oak us (speedup),elm us (speedup)\n1,5.5 (1.25x),4.5 (1.5x)\n2,6.5 (1.125x),5 (1.75x)\n')
  t.strictSame(records.slice(0, 4).map((record) => [brief(record), record.source.column]), [
    ['duration value 0.0000055 s', 2], ['speedup value 1.25 1', 2], ['duration value 0.0000045 s', 3], ['speedup value 1.5 1', 3],
  ])
})
