/** `--layout FILE` on the commands that read. */

import { writeFileSync } from 'node:fs'
import path from 'node:path'
import t, { type Test } from 'tap'
import { chimera } from '../support/cli.js'

const layout = (name: string, metric: string) => ({ name, tool: `${name}, CSV`, columns: ['lap', 'took', 'car'], fields: { took: { role: 'metric', metric, unit: 'ms' }, lap: { role: 'attribute' } } })

const folder = (t: Test) =>
  t.testdir({
    'laps.csv': 'lap,took,car\n1,1500,ada\n2,1250,ada\n',
    'rally.json': JSON.stringify(layout('rally', 'lap_time')),
    'latency.json': JSON.stringify(layout('rally', 'latency')),
    'two.mjs': `export default ${JSON.stringify([{ ...layout('other', 'other_time'), columns: ['nothing', 'like', 'this'] }, layout('module-rally', 'module_time')])}\n`,
    'none.mjs': 'export const layout = {}\n',
    'broken.mjs': 'export default {\n',
    'broken.json': '{ "name": \n',
    'empty.json': '[]',
    'wrong.json': JSON.stringify({ ...layout('rally', 'lap_time'), unit: 'furlongs' }),
  })

t.test('JSON, and a module with several', async (t) => {
  const cwd = folder(t)
  const metric = async (...args: string[]) => (await chimera(['records', ...args, 'laps.csv'], { cwd })).stdout.split('\n').slice(0, -1).map((line) => {
    const { metric, value, source } = JSON.parse(line) as { metric: string; value: number; source: { layout: string } }
    return [metric, value, source.layout].join(' ')
  })
  t.strictSame(await metric('--layout', 'rally.json'), ['lap_time 1.5 rally', 'lap_time 1.25 rally'])
  t.strictSame(await metric('--layout', 'two.mjs'), ['module_time 1.5 module-rally', 'module_time 1.25 module-rally'])
  t.strictSame(await metric('--layout', 'two.mjs', '--layout', 'rally.json'), ['module_time 1.5 module-rally', 'module_time 1.25 module-rally'], 'the first that fits')
})

t.test('on every command that reads', async (t) => {
  const cwd = folder(t)
  writeFileSync(path.join(cwd, 'many.csv'), `lap,took,car\n${['ada', 'bo'].flatMap((car, at) => [1, 2, 3, 4].map((lap) => `${lap},${1500 + 500 * at + lap},${car}`)).join('\n')}\n`)
  const args: Readonly<Record<string, readonly string[]>> = { scan: ['scan', '--files'], summary: ['summary'], report: ['report'], analyze: ['analyze'] }
  for (const [name, command] of Object.entries(args)) {
    const { code, stdout } = await chimera([...command, '--layout', 'latency.json', name === 'scan' ? 'laps.csv' : 'many.csv'], { cwd })
    t.equal(code, 0, name)
    t.match(stdout, name === 'scan' ? /recognised .* rally +laps\.csv/ : /latency/i, name)
  }
})

t.test('what is no layout is refused before anything is read', async (t) => {
  const cwd = folder(t)
  const wrong: Readonly<Record<string, RegExp>> = {
    'missing.json': /--layout missing\.json: expected a file with a layout, found no such file; name a JSON file or a module/,
    'broken.json': /--layout broken\.json: expected a layout as JSON, found .*; docs\/layouts\.md shows how one is written/,
    'empty.json': /--layout empty\.json: expected a layout or an array of them, found an empty array/,
    'wrong.json': /--layout wrong\.json: layout "rally", unit: expected a unit such as .* found "furlongs"/,
    'none.mjs': /--layout none\.mjs: expected a default export, a layout or an array of them, found none/,
    'broken.mjs': /--layout broken\.mjs: expected a module that can be imported, found /,
    'missing.mjs': /--layout missing\.mjs: expected a module that can be imported, found /,
  }
  for (const [file, message] of Object.entries(wrong)) {
    const { code, stdout, stderr } = await chimera(['records', '--layout', file, 'laps.csv'], { cwd })
    t.strictSame([code, stdout], [2, ''], file)
    t.match(stderr, message, file)
  }
  writeFileSync(path.join(cwd, 'folder.json'), '7')
  t.match((await chimera(['records', '--layout', 'folder.json', 'laps.csv'], { cwd })).stderr, /a layout: expected an object, found 7/)
})
