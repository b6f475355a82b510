/** The stage that lets the records of every file through once, however many copies of the file there are. */

import type { Item } from '../record/item.js'
import { RecordBlock } from '../record/record-block.js'
import { problem, stage, type Problem, type Stage, type StreamOptions } from '../stage/index.js'
import { Copies } from './copies.js'

export interface DistinctOptions extends StreamOptions {
  /** Adds a problem `copied-file` for each copied file; default false. */
  report?: boolean
}

/** Drops records of files whose very bytes came before under another name. Problems and file reports pass unchanged. */
export function distinct(options: DistinctOptions = {}): Stage<Item, Item> {
  return stage<Item, Item>(
    {
      name: 'distinct',
      start() {
        const copies = new Copies()
        let noted: string | undefined
        return {
          writeBlock(block) {
            const record = block instanceof RecordBlock ? block.sample() : undefined
            return record && copies.originalOf(record) === undefined ? [block] : this.write(block.items())
          },
          write(batch) {
            const passed: Item[] = []
            for (const item of batch) {
              const original = item.type === undefined ? copies.originalOf(item) : undefined
              if (item.type !== undefined || original === undefined) {
                passed.push(item)
              } else if (options.report === true && item.source.file !== noted) {
                // The records of one file come together, so the last name is all there is to remember.
                noted = item.source.file
                passed.push(copied(noted, original))
              }
            }
            return [passed]
          },
        }
      },
    },
    options,
  )
}

function copied(file: string, original: string): Problem {
  return problem(file, 'copied-file', `expected new results, found the very bytes of ${original}: its records are not counted twice; remove one of the two`)
}
