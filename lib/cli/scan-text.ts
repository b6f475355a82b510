/** What `chimera scan` says to people: a line per file where asked for, an inventory, and the files that need a look, with the reason. */

import type { FileReport, Item } from '../record/index.js'
import { countInventory, formatInventory } from '../source/index.js'
import { sanitizeLine, stage, type Problem, type Stage } from '../stage/index.js'
import { byName } from './by-name.js'

/** How many files of a kind are named, unless all files are asked for. */
const NAMED = 10
const NAMED_OF_ALL = 1000

/** `all`: a line per file. Its columns are parted by spaces and the name comes last, so that it may hold some. */
export function scanText(all: boolean): Stage<Item, string> {
  return stage({
    name: 'scan text',
    start: () => {
      const counter = countInventory()
      const verdicts = { recognised: 0, guessed: 0, rejected: 0 }
      const limit = all ? NAMED_OF_ALL : NAMED
      const [rejected, weak, silent] = [named('Rejected', limit), named('Weak: more than half of their numbers have no known name with a unit', limit), named('Without a measurement', limit)]
      const lost = new Map<string, Problem>()
      let records = 0
      let problems = 0
      let begun = false
      const take = (item: Item): string[] => {
        if (item.type === undefined) return []
        if (item.type === 'problem') {
          problems += 1
          if (item.line === undefined && lost.size < NAMED && !lost.has(item.file)) lost.set(item.file, item)
          return []
        }
        counter.add(byName(item))
        records += item.records
        verdicts[item.verdict] += 1
        if (item.verdict === 'rejected') {
          rejected.add(item.file, item.reason)
          // Said once.
          lost.delete(item.file)
        } else if (item.records === 0) silent.add(item.file, item.reason)
        else if ((item.weak ?? 0) * 2 > item.records) weak.add(item.file, `${item.weak ?? 0} of ${item.records}, confidence ${item.confidence ?? 0}`)
        if (!all) return []
        const head = begun ? [] : [line('verdict', 'sure', 'records', 'problems', 'as', 'file')]
        begun = true
        return [...head, fileLine(item)]
      }
      return {
        write: (batch) => [batch.flatMap(take)],
        end: () => {
          const lines = [
            all ? '\n' : '',
            formatInventory(counter.result()),
            `\nVerdicts: ${verdicts.recognised} recognised, ${verdicts.guessed} guessed, ${verdicts.rejected} rejected\n`,
            `Records: ${records}\n`,
            `Problems: ${problems}\n`,
            ...[...lost.values()].map((one) => `  - ${sanitizeLine(`${one.file}: ${one.message}`)}\n`),
            ...[rejected, silent, weak].map((list) => list.text()),
          ]
          return [[lines.join('')]]
        },
      }
    },
  })
}

function fileLine({ file, verdict, confidence, layout, format, records, problems }: FileReport): string {
  return line(verdict, confidence === undefined ? '-' : confidence.toFixed(2), String(records), String(problems), layout ?? format ?? '-', file)
}

function line(verdict: string, sure: string, records: string, problems: string, as: string, file: string): string {
  return `${verdict.padEnd(10)}  ${sure.padStart(4)}  ${records.padStart(7)}  ${problems.padStart(8)}  ${sanitizeLine(as).padEnd(20)}  ${sanitizeLine(file)}\n`
}

interface Named {
  add(file: string, reason: string): void
  text(): string
}

/** A title with how many they are, then the first of them, each with its reason. */
function named(title: string, limit: number): Named {
  const kept: string[] = []
  let count = 0
  return {
    add(file, reason) {
      count += 1
      if (kept.length < limit) kept.push(`  - ${sanitizeLine(`${file}: ${reason}`)}\n`)
    },
    text: () => (count === 0 ? '' : `${title}: ${count}\n${kept.join('')}${count > kept.length ? `  ... and ${count - kept.length} more\n` : ''}`),
  }
}
