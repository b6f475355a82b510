/** The stage from records to one row per metric, unit and group, given when all records are seen. */

import type { Item } from '../record/item.js'
import type { FileReport } from '../record/metric-record.js'
import { RecordBlock } from '../record/record-block.js'
import { stage, type Problem, type Stage, type StreamOptions } from '../stage/index.js'
import { Accumulator, type AccumulatorOptions } from './accumulator.js'
import type { SummaryRow } from './summary-row.js'

export interface SummaryOptions extends AccumulatorOptions, StreamOptions {}

/**
 * Problems and file reports pass at once, rows come at the end, in order.
 *
 * @throws {ChimeraError} `USAGE` for options that make no sense.
 */
export function summary(options: SummaryOptions = {}): Stage<Item, SummaryRow | Problem | FileReport> {
  const { by, maxGroups } = options
  const accumulatorOptions = { ...(by === undefined ? {} : { by }), ...(maxGroups === undefined ? {} : { maxGroups }) }
  // Made once here only for its checks: a wrong option fails where it was written.
  new Accumulator(accumulatorOptions)
  return stage<Item, SummaryRow | Problem | FileReport>(
    {
      name: 'summary',
      start() {
        const accumulator = new Accumulator(accumulatorOptions)
        return {
          write(batch) {
            const passed: (Problem | FileReport)[] = []
            for (const item of batch) {
              if (item.type === undefined) accumulator.add(item)
              else passed.push(item)
            }
            return [passed]
          },
          writeBlock(block) {
            if (!(block instanceof RecordBlock)) return this.write(block.items())
            accumulator.addBlock(block)
            return []
          },
          end: () => [accumulator.problems(), accumulator.rows()],
        }
      },
    },
    options,
  )
}
