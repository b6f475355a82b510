import t from 'tap'
import { readText } from './read.js'

const brief = ({ metric, value, unit, stat, better, attributes }: Awaited<ReturnType<typeof readText>>[number]) => [metric, stat, value, unit, better, attributes]

t.test('twice the same title', async (t) => {
  const grouped = await readText('x.md', '| Put #n | Latency | Get #n | Latency |\n|-|-|-|-|\n| 8 | 5 ms | 8 | 6 ms |\n')
  t.same(grouped.filter(({ metric }) => metric === 'latency').map(({ attributes }) => attributes['variant']), ['Put #n', 'Get #n'])
  const plain = await readText('x.md', '| Engine | Latency | Latency |\n|-|-|-|\n| ada | 5 ms | 6 ms |\n')
  t.same(plain.map(({ attributes }) => attributes), [{ column: 2, engine: 'ada' }, { column: 3, engine: 'ada' }])
})

t.test('rows of pp and tg tests', async (t) => {
  const records = await readText('x.md', '| Test | a.gguf (t/s) | Speedup |\n|-|-|-|\n| pp64 | 400 | 2x |\n| tg32 | 40 | 3x |\n')
  t.same(records.map(({ metric, attributes }) => [metric, attributes['qualifier']]), [['prompt_throughput', 'a gguf'], ['speedup', undefined], ['output_throughput', 'a gguf'], ['speedup', undefined]])
})

t.test('columns of rivals, whose cells have the units', async (t) => {
  const records = await readText('x.md', '| | fooz | barz |\n|-|-|-|\n| load | 5 ms | 6 ms |\n| scan | 7 ms | 8 ms |\n| size | 1 kB | 2 kB |\n')
  t.same(records.map(brief), [
    ['duration', 'value', 0.005, 's', 'lower', { variant: 'fooz', name: 'load' }], ['duration', 'value', 0.006, 's', 'lower', { variant: 'barz', name: 'load' }],
    ['duration', 'value', 0.007, 's', 'lower', { variant: 'fooz', name: 'scan' }], ['duration', 'value', 0.008, 's', 'lower', { variant: 'barz', name: 'scan' }],
    ['value', 'value', 1000, 'By', null, { variant: 'fooz', name: 'size' }], ['value', 'value', 2000, 'By', null, { variant: 'barz', name: 'size' }],
  ])
  const measured = await readText('x.md', '| Way | Forward | Peak memory |\n|-|-|-|\n| a | 5 ms | 6 MB |\n')
  t.same(measured.map(({ metric }) => metric), ['forward', 'memory_used'], 'columns of several kinds are measured each for itself')
})

t.test('a header of two lines', async (t) => {
  const records = await readText('x.md', '| Batch | Mean | Peak |\n| size | latency ms | memory MB |\n|-|-|-|\n| 8 | 5 | 6 |\n')
  t.same(records.map(({ metric, stat, unit, attributes }) => [metric, stat, unit, attributes]), [['latency', 'mean', 's', { batch_size: 8 }], ['memory_used', 'max', 'By', { batch_size: 8 }]])
})

t.test('what a title or a unit may seem to be', async (t) => {
  const read = async (header: string, ...cells: string[]) => (await readText('x.md', `| Way | ${header} | p95 ms |\n|-|-|-|\n${cells.map((cell) => `| a | ${cell} | 1 |\n`).join('')}`)).filter(({ metric, stat }) => stat !== 'p95' || metric !== 'duration').map(brief)
  t.same((await read('Read time (MB/s)', '5'))[0]?.slice(1, 5), ['value', 5e6, 'By/s', 'higher'], 'a rate')
  t.same((await read('std::map ms', '5'))[0]?.slice(0, 4), ['map', 'value', 0.005, 's'], 'no standard deviation')
  t.same((await read('Size vs old', '+5%', '-3%')).map((one) => one.slice(1, 4)), [['delta', 0.05, '1'], ['delta', -0.03, '1']])
  t.same((await read('Rate q/s', '5'))[0]?.slice(1, 4), ['value', 5, '{query}/s'])
  t.same(await read('Way', '3 ms / 706 TFLOPS'), [], 'two values in one cell are not one')
  t.same((await read('Runtime', 'node'))[0], undefined)
  t.same((await readText('x.md', '| Way | Runtime | p95 ms |\n|-|-|-|\n| a | node | 1 |\n'))[0]?.attributes, { way: 'a', runtime: 'node' })
  t.same((await readText('x.md', '| GPU memory | Fits | ms |\n|-|-|-|\n| 24 GB | tiny | 5 |\n')).map(({ metric, attributes }) => [metric, attributes]), [['duration', { gpu_memory: '24 GB', fits: 'tiny' }]], 'what a card has')
  t.same((await readText('x.md', '| Test | llama-7b | gpt-x |\n|-|-|-|\n| # Params | 7B | 70B |\n| A | 5.5 | 6.5 |\n| B | 7.5 | 8.5 |\n')).map(({ value }) => value), [5.5, 6.5, 7.5, 8.5], 'parameters among scores')
})

t.test('the average of scores', async (t) => {
  t.same((await readText('x.md', '| Model | Average | Law | Art |\n|-|-|-|-|\n| a | 5.5 | 5 | 6 |\n')).map(({ metric, stat }) => [metric, stat]), [['average', 'mean'], ['law', 'value'], ['art', 'value']])
  t.same((await readText('x.md', '| Way | Mean | Hits | Misses |\n|-|-|-|-|\n| a | 5 us | 6 | 7 |\n')).map(({ metric }) => metric)[0], 'duration')
  t.same((await readText('x.md', '| Way | Average | Max |\n|-|-|-|\n| a | 5 ms | 6 ms |\n')).map(({ metric, stat }) => [metric, stat]), [['duration', 'mean'], ['duration', 'max']])
})

t.test('names and numbers that are easily mistaken', async (t) => {
  const units = async (text: string) => (await readText('x.md', text)).map(({ metric, unit }) => [metric, unit])
  t.same((await units('| Model | NewsS2S | Law |\n|-|-|-|\n| a | 5.5 | 6.5 |\n')).map(([, unit]) => unit), ['', ''], 'no seconds')
  t.same((await units('| Way | Number of runs per second |\n|-|-|\n| a | 50 |\n')).length, 1, 'a rate is no setting')
  t.same((await units('| Model | Law | Art ms |\n|-|-|-|\n| a | 100.0 | 6.5 |\n')).length, 2, '100.0 counts nothing')
  t.same(await units('# Doc\n\n## Data Layout {#layout}\n\n| Field | 32-bit | 64-bit |\n|-|-|-|\n| a | 4 | 8 |\n'), [], 'bytes of fields')
})

t.test('an HTML header of several rows without <th>', async (t) => {
  const records = await readText('x.md', '<table>\n<tr><td rowspan="2">Model</td><td colspan="2">Latency</td></tr>\n<tr><td>mean ms</td><td>p95 ms</td></tr>\n<tr><td>a</td><td>5</td><td>6</td></tr>\n</table>\n')
  t.same(records.map(({ metric, stat, value }) => [metric, stat, value]), [['latency', 'mean', 0.005], ['latency', 'p95', 0.006]])
})
