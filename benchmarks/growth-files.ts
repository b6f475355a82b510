/** What growth was measured, as CSV, JSON and Markdown. */

import { fitOf, type Estimate } from './growth-fit.js'
import type { Point, Series } from './growth.js'
import { median } from './outcome.js'
import { environment, environmentLines, markdownTable } from './results.js'

/** Peak memory that a format may take at a size: bytes of both. */
const MEMORY_GOALS = [
  { format: 'CSV', input: 1e9, memory: 200e6 },
  { format: 'NDJSON', input: 1e9, memory: 200e6 },
  { format: 'JSON document', input: 200e6, memory: 250e6 },
]

/** Every run. */
export function growthCsv(series: readonly Series[]): string {
  const rows = series.flatMap(({ format, points }) =>
    points.flatMap(({ bytes, took }) =>
      took.map(({ seconds, cpuSeconds, peakBytes }, round) =>
        ['growth', format, (bytes / 1e6).toFixed(3), round + 1, seconds.toFixed(4), (bytes / 1e6 / seconds).toFixed(3), cpuSeconds?.toFixed(3) ?? '', peakBytes === undefined ? '' : (peakBytes / 1e6).toFixed(1)].join(','),
      ),
    ),
  )
  return `${['benchmark,input_format,input_size_mb,round,duration_s,throughput_mb_s,cpu_time_s,peak_memory_mb', ...rows].join('\n')}\n`
}

export function growthJson(series: readonly Series[]): string {
  const estimate = (name: string, { value, low, high }: Estimate, scale: number) => ({ [name]: value * scale, [`${name}_ci95`]: [low * scale, high * scale] })
  const document = {
    benchmark: 'growth',
    generated_at: new Date().toISOString(),
    environment: environment(),
    stopped: series.flatMap(({ stopped }) => stopped ?? []),
    fits: series.flatMap((one) => {
      const fit = fitOf(one)
      if (!fit) return []
      return {
        input_format: one.format,
        from_mb: fit.from / 1e6,
        to_mb: fit.to / 1e6,
        ...estimate('time_exponent', fit.exponent, 1),
        ...estimate('time_per_mb_ms', fit.secondsPerByte, 1e9),
        ...(fit.memoryPerByte && estimate('memory_growth_per_gb_mb', fit.memoryPerByte, 1000)),
      }
    }),
    goals: memoryGoals(series).map(({ text, peak, limit, reached }) => ({ goal: text, wanted: `at most ${megabytes(limit)} MB`, peak_memory_mb: peak / 1e6, reached })),
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

export function growthMarkdown(series: readonly Series[]): string {
  const goals = memoryGoals(series)
  return [
    '# How do time and memory grow with the size of the input?',
    '',
    'Whole commands, `chimera summary --by model` over one generated file, on all cores. Every answer is checked.',
    '',
    ...environmentLines(),
    ...series.flatMap(({ stopped }) => (stopped === undefined ? [] : [`- ${stopped}`])),
    '',
    '![Time and peak memory against the size of the input](growth.svg)',
    '',
    ...markdownTable(
      ['Input format', 'Input size (MB)', 'Runs', 'Median (s)', 'Throughput (MB/s)', 'CPU time (s)', 'Peak memory (MB)'],
      series.flatMap(({ format, points }) => points.map((point) => pointRow(format, point))),
    ),
    '',
    '## Lines through it',
    '',
    'Exponent: slope of log time against log size, starting up taken off; 1 is linear. Memory: how much more for a GB more of input. In brackets 95 % intervals.',
    ...series.flatMap(({ format, otherwiseBelow }) => (otherwiseBelow === undefined ? [] : ['', `${format}: up to ${megabytes(otherwiseBelow)} MB a document is read as a whole, which costs more time and memory for each MB; the line begins above that.`])),
    '',
    ...markdownTable(
      ['Input format', 'From (MB)', 'To (MB)', 'Exponent of time', 'Time per MB (ms)', 'Memory per GB (MB)'],
      series.flatMap((one) => {
        const fit = fitOf(one)
        if (!fit) return []
        return [[one.format, megabytes(fit.from), megabytes(fit.to), estimated(fit.exponent, 1, 2), estimated(fit.secondsPerByte, 1e9, 1), fit.memoryPerByte ? estimated(fit.memoryPerByte, 1000, 0) : '']]
      }),
    ),
    '',
    ...(goals.length > 0
      ? ['## Goals', '', ...markdownTable(['Goal', 'Wanted', 'Peak memory (MB)', 'Reached'], goals.map(({ text, peak, limit, reached }) => [text, `at most ${megabytes(limit)} MB`, megabytes(peak), reached ? 'yes' : 'no'])), '']
      : []),
  ].join('\n')
}

/** Those whose size was measured. */
function memoryGoals(series: readonly Series[]): { text: string; peak: number; limit: number; reached: boolean }[] {
  return MEMORY_GOALS.flatMap(({ format, input, memory }) => {
    const point = series.find((one) => one.format === format)?.points.find(({ bytes }) => bytes >= input)
    const peak = point && peakOf(point)
    if (peak === undefined) return []
    return { text: `Peak memory for ${megabytes(input)} MB of ${format}`, peak, limit: memory, reached: peak <= memory }
  })
}

function pointRow(format: string, point: Point): string[] {
  const seconds = median(point.took.map((one) => one.seconds))
  const cpu = point.took.flatMap(({ cpuSeconds }) => cpuSeconds ?? [])
  const peak = peakOf(point)
  return [format, megabytes(point.bytes), String(point.took.length), seconds.toFixed(2), (point.bytes / 1e6 / seconds).toFixed(1), cpu.length > 0 ? median(cpu).toFixed(2) : '', peak === undefined ? '' : megabytes(peak)]
}

export function peakOf({ took }: Point): number | undefined {
  const known = took.flatMap(({ peakBytes }) => peakBytes ?? [])
  return known.length > 0 ? Math.max(...known) : undefined
}

function estimated({ value, low, high }: Estimate, scale: number, digits: number): string {
  return `${(value * scale).toFixed(digits)} (${(low * scale).toFixed(digits)} to ${(high * scale).toFixed(digits)})`
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0)
}
