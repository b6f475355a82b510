/** `chimera scan`: what is here, and what each file turned out to be. */

import { pipeline } from 'node:stream/promises'
import type { Item } from '../record/item.js'
import { artifacts, countInventory, formatInventory, inventory, inventoryLines, type Inventory } from '../source/index.js'
import { ndjson } from '../output/index.js'
import { stage, type Stage } from '../stage/index.js'
import { byName } from './by-name.js'
import { EXIT } from './exit.js'
import type { Io } from './io.js'
import type { ScanOptions } from './options.js'
import { inputPaths, note, print, reading } from './reading.js'
import { scanText } from './scan-text.js'

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
  const input = await reading(paths, options, io)
  const text = options.format === 'ndjson' ? [reportLines(), ndjson()] : [scanText(options.files)]
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
