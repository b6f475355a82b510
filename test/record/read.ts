/** Runs the stage over texts given as files. */

import { Readable } from 'node:stream'
import { records, type RecordsOptions } from '../../lib/record/records.js'
import type { Item } from '../../lib/record/item.js'
import type { FileReport, MetricRecord } from '../../lib/record/metric-record.js'
import type { Artifact, FormatName } from '../../lib/source/artifact.js'
import type { Problem } from '../../lib/stage/index.js'

export interface ReadResult {
  readonly records: readonly MetricRecord[]
  readonly problems: readonly Problem[]
  readonly files: readonly FileReport[]
}

const FORMATS: Readonly<Record<string, FormatName>> = { csv: 'csv', json: 'json', jsonl: 'ndjson', ndjson: 'ndjson', md: 'markdown' }

/** One artifact; `cut`: bytes per chunk. */
export function textFile(name: string, text: string | Uint8Array, cut = Infinity): Artifact {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
  const format = FORMATS[name.split('.').at(-1) ?? '']
  return {
    type: 'artifact',
    name,
    ...(format && { format }),
    bytes: bytes.length,
    async *open() {
      for (let from = 0; from < bytes.length; from += cut) yield bytes.subarray(from, from + cut)
    },
  }
}

export async function read(input: readonly (Artifact | Problem)[], options: RecordsOptions = {}): Promise<ReadResult> {
  const stage = records(options)
  Readable.from(input).pipe(stage)
  const items: Item[] = []
  for await (const item of stage) items.push(item)
  return {
    records: items.filter((item): item is MetricRecord => item.type === undefined),
    problems: items.filter((item): item is Problem => item.type === 'problem'),
    files: items.filter((item): item is FileReport => item.type === 'file'),
  }
}

export async function readText(name: string, text: string, options: RecordsOptions = {}): Promise<readonly MetricRecord[]> {
  return (await read([textFile(name, text)], options)).records
}

/** A record in short: `ttft mean 1.5 s` and, when they are not `ok`, its status. */
export function brief(record: MetricRecord): string {
  return [record.metric, record.stat, record.value, record.unit, ...(record.status === 'ok' ? [] : [record.status])].join(' ').trim()
}
