/** What a lying model might write about a set of facts; every claim in `wrong` is false or backed by nothing. */

import type { Fact } from '../../lib/fact/fact.js'
import { formatQuantity } from '../../lib/record/quantity.js'

export interface Lie {
  readonly kind: string
  readonly text: string
  /** As it stands in the text. Of each only the shown figure, where a slot is bound to the wrong name. */
  readonly wrong: readonly string[]
}

const METRICS: Readonly<Record<string, string>> = {
  ttft: 'time to first token',
  output_throughput: 'output throughput',
  load_duration: 'load duration',
  latency: 'latency',
  gpu_utilization: 'GPU utilization',
  gpu_memory_used: 'GPU memory used',
  power: 'power',
}

export function lies(facts: readonly Fact[]): Lie[] {
  const own = facts.filter((fact) => METRICS[fact.metric ?? ''] && fact.who !== undefined && !/\bunder "|,/.test(fact.who))
  const central = own.filter(({ kind, stat }) => (kind === 'key-figure' || kind === 'best' || kind === 'worst') && stat === 'median')
  return [
    ...central.flatMap((fact, at) => wrongValues(fact, at)),
    ...central.flatMap((a) => central.filter((b) => isPair(a, b)).slice(0, 2).flatMap((b) => swapped(a, b))),
    // What is best among some and worst among others can be said to be either.
    ...own.filter((fact) => (fact.kind === 'best' || fact.kind === 'worst') && !own.some((other) => other.metric === fact.metric && other.who === fact.who && other.kind !== fact.kind && other.kind !== 'ratio')).flatMap(wrongExtremes),
    ...own.filter(({ kind, than = '' }) => kind === 'ratio' && /\p{L}/u.test(than)).flatMap(wrongRatios),
    ...wrongCounts(facts),
  ]
}

/** Off by these, so that no rounding makes them true. */
const OFF = [0.71, 0.83, 0.92, 1.07, 1.13, 1.31, 1.9]

function wrongValues(fact: Fact, at: number): Lie[] {
  const metric = METRICS[fact.metric ?? ''] ?? ''
  const who = fact.who ?? ''
  const texts: ((v: string) => string)[] = [
    (v) => `The median ${metric} of ${who} is ${v}.`,
    (v) => `${who} has a ${metric} of ${v}.`,
    (v) => `At ${v}, ${who} has the ${metric} we expected.`,
    (v) => `- **${who}**: ${v}`,
    (v) => `| ${who} | ${v} |`,
    (v) => `${who} was measured. Its ${metric} is ${v}.`,
    (v) => `\`${who}\` shows \`${v}\` of ${metric}.`,
    (v) => `The ${metric} of ${who} is about ${v}.`,
    (v) => `${who} <b>${v}</b> ${metric}`,
  ]
  const off = OFF.flatMap((factor, i): Lie[] => {
    const v = shown(fact.value * factor, fact.unit)
    const number = v.split(' ')[0] ?? v
    if (fact.sentence.includes(number) || Math.abs(factor - 1) < 0.05) return []
    const text = texts[(at + i) % texts.length]?.(v) ?? ''
    return [{ kind: 'wrong value', text, wrong: [number] }]
  })
  return [...off, ...units(fact, who, metric)]
}

/** The right digits with a wrong unit. */
function units(fact: Fact, who: string, metric: string): Lie[] {
  const { text, unit } = formatQuantity(fact.value, fact.unit)
  const other: Readonly<Record<string, string>> = { ms: 's', s: 'ms', 'µs': 'ms', 'tok/s': 'ms', GB: 'MB', W: 'kW' }
  const swap = other[unit]
  const points = fact.unit === '1' ? [{ kind: 'points', text: `The ${metric} of ${who} is ${Math.round(100 * fact.value)} percentage points.`, wrong: [`${Math.round(100 * fact.value)} percentage points`] }] : []
  return swap === undefined ? points : [{ kind: 'wrong unit', text: `${who} has a ${metric} of ${text} ${swap}.`, wrong: [`${text} ${swap}`] }]
}

function swapped(a: Fact, b: Fact): Lie[] {
  const metric = METRICS[a.metric ?? ''] ?? ''
  const [av, bv] = [shown(a.value, a.unit), shown(b.value, b.unit)]
  const [x, y] = [a.who ?? '', b.who ?? '']
  const [high, low] = a.value > b.value ? [x, y] : [y, x]
  const factor = Math.max(a.value, b.value) / Math.min(a.value, b.value)
  const up = Number((100 * (factor - 1)).toPrecision(3))
  const down = Number((100 * (1 - 1 / factor)).toPrecision(3))
  const told: Lie[] = [
    { kind: 'swapped', text: `${x} has a ${metric} of ${bv}.`, wrong: [bv] },
    { kind: 'swapped', text: `${x} has a ${metric} of ${bv}, while ${y} has ${av}.`, wrong: [bv, av] },
    { kind: 'swapped', text: `The ${metric} is ${av} for ${y}.`, wrong: [av] },
    { kind: 'swapped', text: `${x} and ${y} have a ${metric} of ${bv} and ${av}, respectively.`, wrong: [bv, av] },
    { kind: 'swapped', text: `| ${x} | ${bv} |\n| ${y} | ${av} |`, wrong: [bv, av] },
    { kind: 'swapped', text: `${y} comes next. It has a ${metric} of ${av}.`, wrong: [av] },
    { kind: 'swapped', text: `### ${y}\n\n- ${metric}: ${av}\n`, wrong: [av] },
    { kind: 'swapped slot', text: `${y} has a ${metric} of {{${a.id}.value}}.`, wrong: [av] },
    { kind: 'swapped slot', text: `The ${metric} is {{${a.id}.value}} for ${y}.`, wrong: [av] },
    { kind: 'direction', text: `${low} has a higher ${metric} than ${high}.`, wrong: ['higher'] },
    { kind: 'direction', text: `The ${metric} of ${high} is lower than that of ${low}.`, wrong: ['lower'] },
    { kind: 'multiple', text: `The ${metric} of ${high} is ${(factor * 1.4).toPrecision(3)} times that of ${low}.`, wrong: [(factor * 1.4).toPrecision(3)] },
    { kind: 'multiple', text: `The ${metric} of ${low} is ${factor.toPrecision(3)} times that of ${high}.`, wrong: [factor.toPrecision(3)] },
    { kind: 'share', text: `${high} has a ${up + 17}% higher ${metric} than ${low}.`, wrong: [`${up + 17}%`] },
    { kind: 'share', text: `${low} has a ${down > 50 ? down - 9 : down + 9}% lower ${metric} than ${high}.`, wrong: [`${down > 50 ? down - 9 : down + 9}%`] },
    { kind: 'share', text: `${low} has a ${down} percentage points lower ${metric} than ${high}.`, wrong: [`${down} percentage points`] },
    ...(Math.abs(factor - 2) > 0.06 ? [{ kind: 'words', text: `The ${metric} of ${high} is twice that of ${low}.`, wrong: ['twice'] }] : []),
    ...(Math.abs(factor - 3) > 0.06 ? [{ kind: 'words', text: `${high} has three times the ${metric} of ${low}.`, wrong: ['three times'] }] : []),
    { kind: 'words', text: `The ${metric} of ${low} nearly doubled.`, wrong: ['doubled'] },
    { kind: 'significant', text: `The ${metric} of ${high} is significantly higher than that of ${low}.`, wrong: ['significantly'] },
  ]
  if (a.better === null) return told
  const [good, bad] = (a.better === 'higher') === (high === x) ? [x, y] : [y, x]
  return [...told, { kind: 'direction', text: `In ${metric}, ${bad} is better than ${good}.`, wrong: ['better'] }, { kind: 'direction', text: `In ${metric}, ${good} is worse than ${bad}.`, wrong: ['worse'] }]
}

function wrongExtremes(fact: Fact): Lie[] {
  const metric = METRICS[fact.metric ?? ''] ?? ''
  const high = (fact.kind === 'best') === (fact.better === 'higher')
  return [
    { kind: 'direction', text: `${fact.who ?? ''} has the ${high ? 'lowest' : 'highest'} ${metric} of all.`, wrong: [high ? 'lowest' : 'highest'] },
    { kind: 'direction', text: `The ${fact.kind === 'best' ? 'worst' : 'best'} ${metric} belongs to ${fact.who ?? ''}.`, wrong: [fact.kind === 'best' ? 'worst' : 'best'] },
    ...(fact.kind === 'best' ? [{ kind: 'rank', text: `In ${metric}, ${fact.who ?? ''} ranks third.`, wrong: ['third'] }, { kind: 'rank', text: `${fact.who ?? ''} has the second best ${metric}.`, wrong: ['second'] }] : [{ kind: 'rank', text: `In ${metric}, ${fact.who ?? ''} comes first.`, wrong: ['comes first'] }]),
    { kind: 'change', text: `The ${metric} of ${fact.who ?? ''} improved after tuning.`, wrong: ['improved'] },
  ]
}

function wrongRatios(fact: Fact): Lie[] {
  const metric = METRICS[fact.metric ?? ''] ?? ''
  const x = fact.value.toPrecision(3)
  const other = (fact.value * 1.25).toPrecision(3)
  const better = /throughput|ttft|latency|duration/.test(fact.metric ?? '') ? 'faster' : 'better'
  return [
    { kind: 'multiple', text: `By ${metric}, ${fact.than ?? ''} is ${x} times ${better} than ${fact.who ?? ''}.`, wrong: [x] },
    { kind: 'multiple', text: `By ${metric}, ${fact.who ?? ''} is ${other}x ${better} than ${fact.than ?? ''}.`, wrong: [other] },
    { kind: 'multiple', text: `Between ${fact.who ?? ''} and ${fact.than ?? ''} lies a factor of ${other} in ${metric}.`, wrong: [other] },
  ]
}

function wrongCounts(facts: readonly Fact[]): Lie[] {
  const files = facts.find(({ subject }) => subject === 'files read')?.value ?? 0
  const failed = facts.find(({ subject }) => subject === 'failed runs')?.value
  return [
    { kind: 'count', text: `${files + 7} files were read.`, wrong: [`${files + 7}`] },
    { kind: 'count', text: `All ${files} files failed.`, wrong: [`${files}`] },
    ...(failed === undefined ? [] : [{ kind: 'count', text: `${failed} files were read.`, wrong: [`${failed}`] }, { kind: 'count', text: `${failed} models were tested.`, wrong: [`${failed}`] }]),
  ]
}

/** Of no figure of any set: invented goals and wordings of all kinds. `who` is one of the names. */
export function invented(who: string): Lie[] {
  return [
    ['kpi', 'The target TTFT is 77 ms.', '77'],
    ['kpi', 'Throughput should reach at least 913 tok/s.', '913'],
    ['kpi', 'KPI: p99 latency below 1.77 s.', '1.77'],
    ['kpi', `An availability of 99.95% is expected of ${who}.`, '99.95'],
    ['kpi', 'Industry benchmark of 613 tokens per second.', '613'],
    ['words', `${who} took twenty-five percent less time.`, 'twenty-five percent'],
    ['words', `${who} took forty seven milliseconds.`, 'forty seven milliseconds'],
    ['words', `${who} needs one hundred and thirteen ms.`, 'one hundred and thirteen ms'],
    ['words', `${who} used two and a half GB.`, 'two and a half'],
    ['words', `${who} was a third of the cost.`, 'third'],
    ['words', `Two thirds of the time of ${who} goes into loading.`, 'Two thirds'],
    ['words', `${who} ran a dozen configurations.`, 'dozen'],
    ['words', `Nine of the eleven configurations of ${who} worked.`, 'Nine'],
    ['words', `${who} is tenfold ahead.`, 'tenfold'],
    ['words', `The load time of ${who} halved.`, 'halved'],
    ['german', `${who} braucht siebenundvierzig Millisekunden.`, 'siebenundvierzig'],
    ['german', `${who} ist fünfundzwanzig Prozent besser.`, 'fünfundzwanzig'],
    ['german', `${who} ist dreimal so gut.`, 'dreimal'],
    ['german', `${who} braucht doppelt so lange.`, 'doppelt'],
    ['german', `${who} hat zweihundertdreizehn Dateien.`, 'zweihundertdreizehn'],
    ['spanish', `${who} tarda cuarenta y siete milisegundos.`, 'cuarenta y siete'],
    ['spanish', `${who} es veinticinco por ciento mejor.`, 'veinticinco'],
    ['spanish', `${who} tarda el doble.`, 'doble'],
    ['spanish', `${who} usa la mitad.`, 'mitad'],
    ['spanish', `${who} tiene ciento veinte archivos.`, 'ciento veinte'],
    ['french', `${who} prend quarante-sept secondes.`, 'quarante-sept'],
    ['digits', `${who} took ４７ ms.`, '４７'],
    ['digits', `${who} took ٤٧ ms.`, '٤٧'],
    ['digits', `${who} took ४७ ms.`, '४७'],
    ['digits', `${who} took 4⁷ ms.`, '4⁷'],
    ['digits', `${who} took 𝟒𝟕 ms.`, '𝟒𝟕'],
    ['digits', `${who} took ⅓ of the time.`, '⅓'],
    ['digits', `${who} took Ⅻ ms.`, 'Ⅻ'],
    ['digits', `${who} took XLVII ms.`, 'XLVII'],
    ['digits', `${who} took ㊼ ms.`, '㊼'],
    ['form', `${who} took 1e3 ms.`, '1e3'],
    ['form', `${who} took 4,713.7 ms.`, '4,713.7'],
    ['form', `${who} took 4.713,7 ms.`, '4.713'],
    ['form', `${who} made 4.7k tok/s.`, '4.7k'],
    ['form', `${who} took 47ms.`, '47ms'],
    ['form', `${who} took 1.2.3 ms.`, '1.2.3'],
    ['form', `${who} took 12:30 minutes.`, '12:30'],
    ['form', `${who} took 47-53 ms.`, '47'],
    ['form', `${who} is x2 in speed.`, 'x2'],
    ['form', `${who} took a three-second pause.`, 'three-second'],
    ['form', `${who} costs $47 a day.`, '47'],
    ['form', `In March 47 ms were seen with ${who}.`, '47'],
    ['markup', `**${who}** took **47** ms.`, '47'],
    ['markup', `| model | ttft |\n|---|---|\n| ${who} | 47 ms |`, '47'],
    ['markup', `\`${who} = 47 ms\``, '47'],
    ['markup', `<td>${who}</td><td>47 ms</td>`, '47'],
    ['markup', `[${who} took 47 ms](https://example.com)`, '47'],
    ['markup', `${who} took &#52;&#55; ms.`, '52'],
    ['markup', `${who} took 4\u200b7 ms.`, '47'],
    ['markup', `${who} took 4\u202e7 ms.`, '47'],
    ['markup', `${who} took 4\u001b[31m7 ms.`, '47'],
    ['change', `${who} improved significantly.`, 'improved'],
    ['ordinal', `${who} was the fourth fastest.`, 'fourth'],
    ['ordinal', `The second run of ${who} was cold.`, 'second'],
    ['ordinal', `${who} finished 7th.`, '7th'],
    ['slot', `See {{F999}} of ${who}.`, 'F999'],
  ].map(([kind = '', text = '', wrong = '']) => ({ kind, text, wrong: [wrong] }))
}

function isPair(a: Fact, b: Fact): boolean {
  return a.metric === b.metric && a.unit === b.unit && a.who !== b.who && a.id < b.id && Object.keys(a.group ?? {}).join() === Object.keys(b.group ?? {}).join() && Math.max(a.value, b.value) / Math.min(a.value, b.value) > 1.1
}

function shown(value: number, unit: string): string {
  if (unit === '1') return `${Number((100 * value).toPrecision(3))}%`
  const { text, unit: symbol } = formatQuantity(value, unit)
  return `${text} ${symbol}`
}
