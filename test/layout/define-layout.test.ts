/** Layouts of one's own: taken over built-in ones, and refused with the place of what is wrong. */

import t from 'tap'
import { ChimeraError, defineLayout, type Layout } from '../../lib/index.js'
import { LAYOUTS } from '../../lib/layout/index.js'
import { brief, readText } from '../record/read.js'

const RALLY: Layout = {
  name: 'rally',
  tool: 'rally, CSV: one row per lap',
  columns: ['lap', 'took', 'car'],
  fields: { took: { role: 'metric', metric: 'lap_time', unit: 'ms', better: 'lower' }, lap: { role: 'attribute' } },
}

t.test('every layout of the project is one', async (t) => {
  for (const layout of LAYOUTS) t.strictSame(defineLayout(layout), layout, layout.name)
})

t.test('records({ layouts })', async (t) => {
  const text = 'lap,took,car\n1,1500,ada\n2,1250,ada\n'
  const [first, ...rest] = await readText('x.csv', text, { layouts: [RALLY] })
  t.match(first, { metric: 'lap_time', value: 1.5, unit: 's', better: 'lower', attributes: { lap: 1, car: 'ada' }, source: { layout: 'rally' } })
  t.equal(rest.length, 1)
  t.equal((await readText('x.csv', text))[0]?.source.layout, 'generic', 'only where it was given')
  const json: Layout = { name: 'rally-json', tool: 'rally, JSON', keys: ['laps.*.took'], unit: 'ms', fields: { took: { role: 'metric', metric: 'lap_time', unit: 'ms' } } }
  t.strictSame((await readText('x.json', '{"laps":[{"took":1500}]}', { layouts: [RALLY, json] })).map(brief), ['lap_time value 1.5 s'])
})

t.test('of two that ask for as much the own one wins, one that asks for more wins over it', async (t) => {
  const columns = ['command', 'mean', 'stddev', 'median', 'user', 'system', 'min', 'max']
  const text = `${columns.join(',')}\nx,1,2,3,4,5,6,7\n`
  const own = (some: readonly string[]): Layout => ({ name: 'mine', tool: 'my own', columns: some, fields: {} })
  t.equal((await readText('x.csv', text, { layouts: [own(columns)] }))[0]?.source.layout, 'mine')
  t.equal((await readText('x.csv', text, { layouts: [own(columns.slice(1))] }))[0]?.source.layout, 'hyperfine')
})

t.test('what a case asks for is looked for in the first 1000 characters', async (t) => {
  const layout: Layout = { ...RALLY, fields: { took: { role: 'metric', metric: 'lap_time', unit: 'ms', cases: [{ when: { car: 'z' }, metric: 'pit_time' }] } } }
  const metric = async (car: string) => (await readText('x.csv', `lap,took,car\n1,1500,${car}\n`, { layouts: [layout] }))[0]?.metric
  t.strictSame([await metric(`${'a'.repeat(900)}z`), await metric(`${'a'.repeat(1000)}z`)], ['pit_time', 'lap_time'])
})

t.test('what is wrong is named with its place, what was expected, and what to do', async (t) => {
  const wrong: readonly (readonly [unknown, RegExp])[] = [
    [undefined, /^a layout: expected an object, found nothing; write it in \{ \}$/],
    [[RALLY], /^a layout: expected an object, found \[/],
    [{ ...RALLY, name: 'My Rally' }, /^layout "My Rally", name: expected a name in small letters, digits and single -, found "My Rally"; write it like "my-bench"$/],
    [{ ...RALLY, tool: '' }, /^layout "rally", tool: expected a text, found ""/],
    [{ ...RALLY, columns: undefined }, /^layout "rally": expected "columns" of a table or "keys" of a JSON value/],
    [{ ...RALLY, columns: [] }, /^layout "rally", columns: expected an array that is not empty, found \[\]/],
    [{ ...RALLY, columns: ['a', 7] }, /^layout "rally", columns\[1\]: expected a text, found 7/],
    [{ ...RALLY, keys: ['a..b'] }, /^layout "rally", keys\[0\]: expected a dotted path .* found "a\.\.b"/],
    [{ ...RALLY, settingsBefore: 'speed' }, /^layout "rally", settingsBefore: expected one of "columns", found "speed"/],
    [{ ...RALLY, feilds: {} }, /^layout "rally": expected only "name", "tool", .* found "feilds"; mend its spelling/],
    [{ ...RALLY, fields: { took: { metric: 'x' } } }, /^layout "rally", fields\.took\.role: expected "metric" or "attribute" or .* found nothing/],
    [{ ...RALLY, fields: { 'took (ms)': { role: 'metric', unit: 'mss' } } }, /^layout "rally", fields\."took \(ms\)"\.unit: expected a unit such as "ms", .* found "mss"; write it as docs\/metrics\.md lists it$/],
    [{ ...RALLY, fields: { took: { role: 'metric', stat: 'avg' } } }, /fields\.took\.stat: expected a statistic: value, mean, .* found "avg"/],
    [{ ...RALLY, fields: { took: { role: 'metric', metric: 'Lap Time' } } }, /fields\.took\.metric: expected a metric in small letters and _/],
    [{ ...RALLY, fields: { took: { role: 'metric', better: 'faster' } } }, /fields\.took\.better: expected "higher" or "lower" or "none", found "faster"/],
    [{ ...RALLY, fields: { took: { role: 'metric', cases: [{ when: { car: '(' }, metric: 'x' }] } } }, /fields\.took\.cases\[0\]\.when\.car: expected a regular expression \(.*\), found "\("/],
    [{ ...RALLY, fields: { took: { role: 'metric', cases: [{ when: { car: '^(a+)+$' }, metric: 'x' }] } } }, /when\.car: expected a regular expression without a repetition inside another, found "\^\(a\+\)\+\$"/],
    [{ ...RALLY, fields: { took: { role: 'metric', cases: [{ metric: 'x' }] } } }, /fields\.took\.cases\[0\]\.when: expected it to be there, found nothing; add it/],
    [{ ...RALLY, fields: { took: { role: 'attribute', unit: 'ms' } } }, /fields\.took: expected only "role", "name", found "unit"/],
    [{ ...RALLY, bytes: 'decimal' }, /bytes: expected "binary", found "decimal"/],
    [{ ...RALLY, statuses: { 'car=x': 'broken' } }, /statuses\."car=x": expected "ok" or "error" or "warmup", found "broken"/],
    [{ ...RALLY, long: [{ name: 'car' }] }, /long\[0\]\.values: expected it to be there/],
    [{ ...RALLY, zip: { columns: 'a' } }, /zip\.rows: expected it to be there/],
    [{ ...RALLY, levels: () => 7 }, /levels: expected an object, found a function/],
  ]
  for (const [layout, message] of wrong) {
    try {
      defineLayout(layout as Layout)
      t.fail(`refused: ${String(message)}`)
    } catch (error) {
      t.ok(error instanceof ChimeraError && error.code === 'USAGE')
      t.match((error as Error).message, message)
    }
  }
  await t.rejects(readText('x.csv', 'a,b\n1,2\n', { layouts: [{ ...RALLY, name: '?' }] }), { code: 'USAGE' })
})
