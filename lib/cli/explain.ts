/** `chimera records --at PLACE` and `--explain`: what was read there, and why. */

import { explanationText } from '../output/explanation-text.js'
import { csv, json, ndjson, table } from '../output/index.js'
import type { Explanation, Item, MetricRecord } from '../record/index.js'
import { ChimeraError, sanitizeLine, stage, type Problem, type Stage } from '../stage/index.js'
import { EXIT } from './exit.js'
import type { Io } from './io.js'
import type { RecordsOptions } from './options.js'
import { readPlace, type FilePlace } from './place.js'
import { rawText } from './raw-text.js'
import { note, print, reading } from './reading.js'

export async function explain(paths: readonly string[], options: RecordsOptions, io: Io): Promise<number> {
  const named = options.at === undefined ? undefined : readPlace(options.at, io.cwd)
  if (named && paths.length > 0) throw new ChimeraError('USAGE', `expected --at alone, since it names its file, found ${paths[0] ?? ''} beside it: leave that out`)
  const told: Explanation[] = []
  const met: Met = { explanations: 0, problems: [] }
  const input = await reading(named ? [named.file] : paths, options, io, {}, { ...(named && { at: named.place }), tell: (one) => void told.push(one) })
  await print(input, [gathered(told, met, named), ...writers(options, io)], io)
  note(input, options, io, named ? { quiet: true } : {})
  if (named && options.progress !== 'never') {
    for (const { line, code, message } of met.problems) io.stderr.write(`chimera: ${sanitizeLine(`${named.file}:${line ?? ''}: ${message} (${code})`)}\n`)
    if (met.explanations + met.problems.length === 0) io.stderr.write(`chimera: nothing is read at ${sanitizeLine(options.at ?? '')}: it is prose, empty, a comment, or beyond the end\n`)
  }
  return EXIT.done
}

interface Met {
  explanations: number
  /** At that very line. */
  readonly problems: Problem[]
}

/** What was told while the items passed; the items themselves stay behind. */
function gathered(told: Explanation[], met: Met, named: FilePlace | undefined): Stage<Item, Explanation> {
  const take = () => {
    const found = told.splice(0)
    met.explanations += found.length
    return [found]
  }
  return stage({
    name: 'explanations',
    start: () => ({
      write: (batch) => {
        const line = named?.place.line
        if (line !== undefined) for (const item of batch) if (item.type === 'problem' && item.line === line) met.problems.push(item)
        return take()
      },
      end: take,
    }),
  })
}

function writers(options: RecordsOptions, io: Io): Stage<never, unknown>[] {
  const color = io.stdout.isTTY === true && !io.env['NO_COLOR'] && io.env['TERM'] !== 'dumb'
  const { format } = options
  if (options.explain) {
    if (format === 'ndjson') return [ndjson()]
    if (format === 'json') return [json()]
    if (format === 'csv' || format === 'table') throw new ChimeraError('USAGE', `expected --format text, ndjson or json with --explain, found ${format}: an explanation is no row of a table`)
    return [texts(io, color)]
  }
  const chosen = format === undefined || format === 'text' ? (io.stdout.isTTY === true ? 'table' : 'ndjson') : format
  const made = { csv, json, ndjson, table }[chosen]
  return [recordsOf(), made({ columns: io.stdout.columns, color })]
}

function recordsOf(): Stage<Explanation, MetricRecord> {
  return stage({ name: 'records there', start: () => ({ write: (batch) => [batch.flatMap(({ records }) => records)] }) })
}

/** One piece of text for each row, line or set of columns. */
function texts(io: Io, color: boolean): Stage<Explanation, string> {
  return stage({
    name: 'explanation text',
    start: () => {
      let held: Explanation[] = []
      const flush = async (): Promise<string> => {
        const group = held
        held = []
        const bytes = group[0]?.count === undefined ? rangeOf(group) : undefined
        return explanationText(group, { color, raw: bytes && group[0] && (await rawText(group[0].file, bytes, /json/.test(group[0].format), io)) })
      }
      return {
        async *write(batch) {
          for (const one of batch) {
            if (held[0] && placeOf(held[0]) !== placeOf(one)) yield [await flush()]
            held.push(one)
          }
        },
        async *end() {
          if (held.length > 0) yield [await flush()]
        },
      }
    },
  })
}

/** A row has one range of bytes, the values of a line of JSON each their own. */
function rangeOf(group: readonly Explanation[]): readonly [number, number] | undefined {
  const ranges = group.flatMap(({ bytes }) => (bytes ? [bytes] : []))
  return ranges.length === 0 ? undefined : [Math.min(...ranges.map(([from]) => from)), Math.max(...ranges.map(([, to]) => to))]
}

/** What is shown under one head. */
function placeOf({ file, format, line, pointer, count }: Explanation): string {
  if (count !== undefined) return format === 'markdown' || format === 'csv' ? `${file}:${line ?? ''}` : file
  if (line === undefined) return file
  return format === 'json' ? `${file} ${pointer?.slice(0, pointer.lastIndexOf('/')) ?? ''}` : `${file}:${line}`
}
