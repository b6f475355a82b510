/** True statements about a set of facts, in many wordings: what a careful writer might say without a slot. */

import type { Fact } from '../../lib/fact/fact.js'
import { formatQuantity } from '../../lib/record/quantity.js'

export interface Statement {
  readonly kind: string
  readonly text: string
}

const METRICS: Readonly<Record<string, readonly string[]>> = {
  ttft: ['time to first token', 'TTFT'],
  output_throughput: ['output throughput', 'throughput'],
  load_duration: ['load duration', 'load time'],
  latency: ['latency', 'latency'],
  gpu_utilization: ['GPU utilization', 'GPU utilization'],
  gpu_memory_used: ['GPU memory used', 'GPU memory'],
  power: ['power', 'power draw'],
}

export function truths(facts: readonly Fact[]): Statement[] {
  const own = facts.filter((fact) => METRICS[fact.metric ?? ''] && fact.who !== undefined && !/\bunder "|,/.test(fact.who))
  const central = own.filter(({ kind, stat }) => (kind === 'key-figure' || kind === 'best' || kind === 'worst') && stat === 'median')
  return [
    ...central.flatMap(values),
    ...central.flatMap((a) => central.filter((b) => isPair(a, b)).slice(0, 2).flatMap((b) => pairs(a, b))),
    ...own.filter(({ kind }) => kind === 'best' || kind === 'worst').flatMap(extremes),
    ...own.filter(({ kind, note, than }) => kind === 'ratio' && note === undefined && /\p{L}/u.test(than ?? '')).flatMap(ratios),
    ...ranges(central),
    ...ranks(central),
    ...counts(facts),
  ]
}

function values(fact: Fact): Statement[] {
  const [metric = '', short = ''] = METRICS[fact.metric ?? ''] ?? []
  const { value, unit, n = 1 } = fact
  const who = fact.who ?? ''
  const v = shown(value, unit)
  const rough = Number(formatQuantity(value, unit).text)
  const wordings = [
    `The median ${metric} of ${who} is ${v}.`,
    `${who} has a median ${short} of ${v}.`,
    `With ${v}, ${who} shows its ${metric}.`,
    `${capital(metric)} is ${v} for ${who}.`,
    `${who}: ${v} (${metric})`,
    `For ${who}, we measured ${v} of ${metric} over ${n} runs.`,
    `- **${who}** – ${metric} ${v}, median of ${n} samples`,
    `| ${who} | ${v} |`,
    `${who} was measured too. Its ${metric} came to ${v}.`,
    `### ${who}\n\nThe ${metric} was ${v}.`,
    `${who}:\n- ${metric}: ${v}\n`,
    `About ${v} is what ${who} takes as ${metric}.`,
    `The ${metric} of \`${who}\` was ${coarse(value, unit)}.`,
    `The ${metric} of ${who} stays at roughly ${coarse(value, unit)} (n = ${n}).`,
    `| model | ${short} (${formatQuantity(value, unit).unit || 'share'}) |\n|---|---|\n| ${who} | ${formatQuantity(value, unit).text} |`,
    ...converted(value, unit).map((other) => `${who} has a ${metric} of ${other}.`),
    ...(Number.isFinite(rough) && unit === '{token}/s' ? [`${who} generates ${v.replace('tok/s', 'tokens per second')}.`, `${who} erzeugt ${v.replace('tok/s', 'Tokens pro Sekunde')}.`] : []),
  ]
  return wordings.map((text) => ({ kind: 'value', text }))
}

function pairs(a: Fact, b: Fact): Statement[] {
  const [metric = '', short = ''] = METRICS[a.metric ?? ''] ?? []
  const [high, low] = a.value > b.value ? [a, b] : [b, a]
  const factor = (high.value / low.value).toPrecision(3)
  const more = percent(high.value / low.value - 1)
  const less = percent(1 - low.value / high.value)
  const [h, l] = [high.who ?? '', low.who ?? '']
  const [hv, lv] = [shown(high.value, a.unit), shown(low.value, a.unit)]
  const difference = shown(Math.abs(high.value - low.value), a.unit)
  const wordings = [
    `${h} has a higher ${metric} than ${l}.`,
    `The ${metric} of ${l} is lower than that of ${h}.`,
    `${h} has ${hv} of ${metric} against ${lv} with ${l}.`,
    `${h} and ${l} have a ${short} of ${hv} and ${lv}, respectively.`,
    `The ${metric} of ${h} is ${factor} times that of ${l}.`,
    `The ${metric} of ${h} is higher than that of ${l} by a factor of ${factor}.`,
    `${h} has a ${more}% higher ${metric} than ${l}.`,
    `${l} has a ${less}% lower ${metric} than ${h}.`,
    `With ${l} the ${metric} is ${less} percent lower than with ${h}.`,
    `The ${metric} was ${hv} for ${h}, while ${l} had ${lv}.`,
    `The ${short} differs: ${lv} for ${l}, ${hv} for ${h}.`,
    ...(a.unit === '1' ? [] : [`The difference in ${metric} between ${h} and ${l} is ${difference}.`]),
    ...(a.unit === '1' ? [`The ${metric} of ${h} is ${Number((100 * (high.value - low.value)).toPrecision(3))} percentage points higher than that of ${l}.`] : []),
    ...words(high.value / low.value).map((word) => `The ${metric} of ${h} is ${word} that of ${l}.`),
  ]
  const better = a.better
  const faster = better === null ? [] : goodness(a, b, metric)
  return [...wordings.map((text) => ({ kind: 'comparison', text })), ...faster]
}

/** Who is faster or better, by speed: the one definition of the docs. */
function goodness(a: Fact, b: Fact, metric: string): Statement[] {
  const [good, bad] = (a.value > b.value) === (a.better === 'higher') ? [a, b] : [b, a]
  const [g, w] = [good.who ?? '', bad.who ?? '']
  const times = Math.max(a.value, b.value) / Math.min(a.value, b.value)
  const speed = /throughput|ttft|latency|duration/.test(a.metric ?? '')
  const wordings = [
    `${g} is better than ${w} in ${metric}.`,
    `In ${metric}, ${w} is worse than ${g}.`,
    ...(speed
      ? [
          `By ${metric}, ${g} is faster than ${w}.`,
          `${w} is slower than ${g}, judging by its ${metric}.`,
          `By ${metric}, ${g} is ${times.toPrecision(3)}x faster than ${w}.`,
          `By ${metric}, ${g} is ${times.toPrecision(2)} times as fast as ${w}.`,
          `By ${metric}, ${g} is ${percent(times - 1)}% faster than ${w}.`,
        ]
      : []),
  ]
  return wordings.map((text) => ({ kind: 'better', text }))
}

function extremes(fact: Fact): Statement[] {
  const [metric = ''] = METRICS[fact.metric ?? ''] ?? []
  const who = fact.who ?? ''
  const high = (fact.kind === 'best') === (fact.better === 'higher')
  const v = shown(fact.value, fact.unit)
  const wordings = [
    `${who} has the ${high ? 'highest' : 'lowest'} ${metric}: ${v}.`,
    `The ${fact.kind} ${metric} belongs to ${who}.`,
    `The ${high ? 'highest' : 'lowest'} ${metric}, ${v}, was seen with ${who}.`,
    ...(/throughput/.test(fact.metric ?? '') ? [`${who} generates ${fact.kind === 'best' ? 'fastest' : 'slowest'}, at ${v}.`, `The ${fact.kind === 'best' ? 'fastest' : 'slowest'} model by ${metric} is ${who}.`] : []),
  ]
  return wordings.map((text) => ({ kind: 'extreme', text }))
}

function ratios(fact: Fact): Statement[] {
  const [metric = ''] = METRICS[fact.metric ?? ''] ?? []
  const x = fact.value.toPrecision(3)
  const wordings = [
    `Between ${fact.who ?? ''} and ${fact.than ?? ''} lies a factor of ${x} in ${metric}.`,
    `In ${metric}, ${fact.who ?? ''} beats ${fact.than ?? ''} by ${x}x.`,
    `In ${metric}, best and worst are a factor of ${x} apart.`,
    `The ${metric} differs ${x}-fold between ${fact.than ?? ''} and ${fact.who ?? ''}.`,
  ]
  return wordings.map((text) => ({ kind: 'ratio', text }))
}

function ranges(central: readonly Fact[]): Statement[] {
  const metrics = [...new Set(central.map(({ metric, unit }) => `${metric ?? ''} ${unit}`))]
  return metrics.flatMap((key) => {
    const some = central.filter(({ metric, unit }) => `${metric ?? ''} ${unit}` === key).sort((a, b) => a.value - b.value)
    const [low, high] = [some[0], some.at(-1)]
    if (!low || !high || low === high) return []
    const [metric = ''] = METRICS[low.metric ?? ''] ?? []
    const [lv, hv] = [shown(low.value, low.unit), shown(high.value, high.unit)]
    const wordings = [`The ${metric} ranges from ${lv} to ${hv}.`, `Median ${metric} lies between ${lv} (${low.who ?? ''}) and ${hv} (${high.who ?? ''}).`]
    const [lq, hq] = [formatQuantity(low.value, low.unit), formatQuantity(high.value, high.unit)]
    if (lq.unit === hq.unit && lq.unit !== '') wordings.push(`The ${metric} is ${lq.text}-${hq.text} ${lq.unit} across all.`, `Across all, ${metric} is between ${lq.text} and ${hq.text} ${lq.unit}.`)
    return wordings.map((text) => ({ kind: 'range', text }))
  })
}

/** Only where every member of the comparison is told. */
function ranks(central: readonly Fact[]): Statement[] {
  const metrics = [...new Set(central.map(({ metric }) => metric ?? ''))]
  return metrics.flatMap((metric) => {
    const best = central.find((fact) => fact.metric === metric && fact.kind === 'best')
    const told = Number(/^Best of (\d+)/.exec(best?.sentence ?? '')?.[1])
    const some = [...new Map(central.filter((fact) => fact.metric === metric).map((fact) => [fact.who, fact])).values()]
    if (!best || some.length !== told || some.length < 3) return []
    const order = some.sort((a, b) => (best.better === 'higher' ? b.value - a.value : a.value - b.value))
    const name = METRICS[metric]?.[0] ?? ''
    return [`${order[1]?.who ?? ''} has the second best ${name}.`, `In ${name}, ${order[2]?.who ?? ''} comes third.`, `In ${name}, ${order[0]?.who ?? ''} ranks first.`, `${order[1]?.who ?? ''} ranks second in ${name}.`].map((text) => ({ kind: 'rank', text }))
  })
}

function counts(facts: readonly Fact[]): Statement[] {
  const of = (subject: string) => facts.find((fact) => fact.subject === subject)?.value
  const [files, rows, failed, copies, single] = ['files read', 'metric records', 'failed runs', 'copied files', 'configurations measured only once'].map(of)
  const told = [
    ...(files === undefined ? [] : [`${files} ${files === 1 ? 'file was' : 'files were'} read.`, `The results come from ${files} files.`]),
    ...(rows === undefined ? [] : [`They hold ${rows.toLocaleString('en')} metric records.`, ...(rows > 1000 ? [`They hold about ${(rows / 1000).toFixed(1)}k records.`] : [])]),
    ...(failed === undefined ? [] : [`${failed} runs failed.`, `There were ${failed} failed runs.`]),
    ...(copies === undefined ? [] : [`${copies} files are copies of others.`]),
    ...(single === undefined ? [] : [`${single} configurations were measured only once.`]),
  ]
  return told.map((text) => ({ kind: 'count', text }))
}

function isPair(a: Fact, b: Fact): boolean {
  return a.metric === b.metric && a.unit === b.unit && a.who !== b.who && a.id < b.id && sameKeys(a, b) && Math.max(a.value, b.value) / Math.min(a.value, b.value) > 1.02
}

function sameKeys(a: Fact, b: Fact): boolean {
  return Object.keys(a.group ?? {}).join() === Object.keys(b.group ?? {}).join()
}

function shown(value: number, unit: string): string {
  if (unit === '1') return `${Number((100 * value).toPrecision(3))}%`
  const { text, unit: symbol } = formatQuantity(value, unit)
  return `${text} ${symbol}`
}

/** At two digits, as people round in passing. */
function coarse(value: number, unit: string): string {
  if (unit === '1') return `${Math.round(100 * value)} %`
  const { text, unit: symbol } = formatQuantity(value, unit)
  return Number(text) >= 100 ? `${Math.round(Number(text))} ${symbol}` : `${Number(text).toPrecision(2)} ${symbol}`
}

function converted(value: number, unit: string): string[] {
  if (unit === 's') return [`${Number((value * 1000).toPrecision(3))} milliseconds`, `${Number(value.toPrecision(3))} s`, `${Number(value.toPrecision(3)).toExponential()} seconds`]
  if (unit === 'By') return [`${(value / 1e6).toFixed(0)} MB`, `${(value / 2 ** 30).toFixed(2)} GiB`]
  if (unit === 'W') return [`${(value / 1000).toPrecision(3)} kW`]
  return unit === '1' ? [value.toPrecision(2), `${Math.round(100 * value)} percent`] : []
}

function words(factor: number): string[] {
  if (Math.abs(factor - 2) < 0.05) return ['twice', 'double']
  if (Math.abs(factor - 3) < 0.05) return ['three times']
  return []
}

function percent(share: number): string {
  return String(Number((100 * share).toPrecision(3)))
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

/** By hand, about the made-up sets: what no template says. */
export const handWritten: Readonly<Record<string, readonly string[]>> = {
  serving: [
    'tern:1b leads on every count: it generates 211 tok/s and shows its first token after 42.4 ms.',
    'Tern 1B generates 211.4 tokens per second, about 6.6 times as many as Osprey 13B.',
    'The slowest model is osprey:13b; it reaches only 31.8 tok/s.',
    'Among the four models, tern:1b has the lowest time to first token.',
    'heron:7b-q8_0 takes longer to the first token than heron:7b-q4_0: 176.4 ms against 128.3 ms.',
    'Going from q8_0 to q4_0 raises the throughput of heron from 54.2 to 88.6 tok/s.',
    'The q4_0 variant of heron:7b generates 63% faster than the q8_0 one.',
    'Loading takes osprey:13b 2.63 s, tern:1b only 0.31 s.',
    'Where latency matters, prefer tern:1b.',
    'Consider running the tests again with more samples.',
    'Lower is better for time to first token, higher is better for throughput.',
    'First, look at the throughput. Second, look at the time to first token.',
    'The p99 was not measured.',
    'On 2025-10-02 the server ran version 1.2.3; nothing else is known.',
    '1. Use tern:1b for interactive work.\n2. Use heron:7b-q4_0 where quality matters.\n',
    '## 3. Performance of tern:1b\n\nMedian output throughput: 211.4 tok/s.\n',
    'In between lie heron:7b-q4_0 at 88.6 tok/s and heron:7b-q8_0 at 54.2 tok/s.',
    'None of the models failed.',
    'Each model was measured three times, so small differences may be chance.',
    'The load time of osprey:13b, 2.63 s, is the longest.',
    'osprey:13b is the slowest of all by output throughput.',
    'Compared to tern:1b, osprey:13b is slower.',
    'tern:1b outperforms osprey:13b in output throughput.',
    'With 0.31 s, tern:1b has the shortest load time.',
    'osprey:13b needs roughly 313 ms to its first token.',
    'Output throughput drops from 211.4 tok/s with tern:1b to 31.8 tok/s with osprey:13b.',
    'All 36 metric records come from one file.',
  ],
  backends: [
    'mesa is the fastest backend: 2.13 ms.',
    'ridge takes 13.4 ms, which is 6.29 times as long as mesa.',
    'butte sits in the middle, with a latency of 5.87 ms.',
    'The latency of mesa is 64% lower than that of butte.',
    'GPU utilization is 81% with mesa but only 27% with ridge.',
    'With mesa the GPU is used 54 percentage points more than with ridge.',
    'ridge is slower than butte, and butte is slower than mesa.',
    'mesa, butte and ridge take 2.13, 5.87 and 13.4 ms, respectively.',
    'The latency of ridge is more than 6 times that of mesa.',
    'ridge ranks third in latency.',
  ],
  cards: [
    'The Zephyr 80 draws 312 W, the Zephyr 40 only 187 W.',
    'Borealis makes 83.5 tok/s with 254 W.',
    'The Zephyr 80 needs twice the GPU memory of the Zephyr 40.',
    'The Zephyr 40 uses the least memory, 11.3 GB.',
    'The Zephyr 80 draws more power than Borealis.',
    'Borealis comes second in output throughput.',
    'The throughput of the Zephyr 80 is 93% higher than that of the Zephyr 40.',
    'Power ranges from 187 to 312 W.',
  ],
}
