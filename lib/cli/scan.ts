/** `chimera scan`: what is here, and what each file turned out to be. */

import { pipeline } from 'node:stream/promises'
import type { Item } from '../record/item.js'
import type { FileReport } from '../record/metric-record.js'
import { artifacts, countInventory, formatInventory, inventory, inventoryLines, type Inventory } from '../source/index.js'
import { ndjson } from '../output/index.js'
import { sanitizeLine, stage, type Problem, type Stage } from '../stage/index.js'
import { byName } from './by-name.js'
import { EXIT } from './exit.js'
import type { Io } from './io.js'
import type { ScanOptions } from './options.js'
import { inputPaths, note, print, reading } from './reading.js'

export async function scan(paths: readonly string[], options: ScanOptions, io: Io): Promise<number> {
  return options.quick ? quick(paths, options, io) : whole(paths, options, io)
}

/** By names and sizes alone. */
async function quick(paths: readonly string[], options: ScanOptions, io: Io): Promise<number> {
  const found = artifacts(inputPaths(paths, io), { cwd: io.cwd, stdin: io.stdin, signal: io.signal })
  const text = options.format === 'ndjson' ? [inventoryLines()] : [inventory(), inventoryText()]
  await pipeline([found, ...text, io.stdout], { signal: io.signal, end: false })
  return EXIT.done
}

/** By reading every file to its end. */
async function whole(paths: readonly string[], options: ScanOptions, io: Io): Promise<number> {
  const input = reading(paths, options, io)
  const text = options.format === 'ndjson' ? [reportLines(), ndjson()] : [scanText(options)]
  await print(input, text, io)
  note(input, options, io)
  return EXIT.done
}

function inventoryText(): Stage<Inventory, string> {
  return stage({ name: 'inventory text', start: () => ({ write: (batch) => [batch.map(formatInventory)] }) })
}

/** One object per file, without the discriminator, and a total at the end. */
function reportLines(): Stage<Item, object> {
  return stage({
    name: 'scan lines',
    start: () => {
      const counter = countInventory()
      const total = { records: 0, problems: 0 }
      return {
        write: (batch) => {
          const lines: object[] = []
          for (const item of batch) {
            if (item.type === 'problem') total.problems += 1
            else if (item.type === undefined) total.records += 1
            else {
              counter.add(byName(item))
              lines.push({ ...item, type: undefined })
            }
          }
          return [lines]
        },
        end: () => {
          const { files, bytes, formats } = counter.result()
          const perFormat = Object.fromEntries(formats.map((one) => [one.format ?? 'unknown', { files: one.files, bytes: one.bytes, modified: one.modified }]))
          return [[{ total: { files, bytes, ...total, formats: perFormat } }]]
        },
      }
    },
  })
}

/** How many rejected files, and how many other files with problems, are shown by name unless all are asked for. */
const NAMED = 10

function scanText({ files: all }: ScanOptions): Stage<Item, string> {
  return stage({
    name: 'scan text',
    start: () => {
      const counter = countInventory()
      const verdicts = { recognised: 0, guessed: 0, rejected: 0 }
      const rejected: string[] = []
      const lost: Problem[] = []
      let silent = 0
      let records = 0
      let problems = 0
      const take = (item: Item): string[] => {
        if (item.type === undefined) return []
        if (item.type === 'problem') {
          problems += 1
          if (item.line === undefined && lost.length < NAMED) lost.push(item)
          return []
        }
        counter.add(byName(item))
        records += item.records
        verdicts[item.verdict] += 1
        if (item.verdict === 'rejected' && rejected.length < NAMED) rejected.push(`  - ${sanitizeLine(`${item.file}: ${item.reason}`)}`)
        if (item.verdict !== 'rejected' && item.records === 0) silent += 1
        return all ? [fileLine(item)] : []
      }
      return {
        write: (batch) => [batch.flatMap(take)],
        end: () => {
          const lines = [
            all ? '\n' : '',
            formatInventory(counter.result()),
            `\nVerdicts: ${verdicts.recognised} recognised, ${verdicts.guessed} guessed, ${verdicts.rejected} rejected\n`,
            ...rejected.map((line) => `${line}\n`),
            ...(verdicts.rejected > rejected.length ? [`  ... and ${verdicts.rejected - rejected.length} more\n`] : []),
            `Records: ${records}${silent > 0 ? `; ${silent} ${silent === 1 ? 'file has' : 'files have'} no measurement` : ''}\n`,
            `Problems: ${problems}\n`,
            ...lost.map((one) => `  - ${sanitizeLine(`${one.file}: ${one.message}`)}\n`),
          ]
          return [[lines.join('')]]
        },
      }
    },
  })
}

function fileLine({ file, verdict, layout, format, records, problems, reason }: FileReport): string {
  const what = verdict === 'rejected' ? reason : (layout ?? format ?? 'unknown')
  const counts = `${records} records${problems > 0 ? `, ${problems} problems` : ''}`
  return sanitizeLine(`${verdict.padEnd(10)}  ${file}  ${what}${verdict === 'rejected' ? '' : `  ${counts}`}`) + '\n'
}
