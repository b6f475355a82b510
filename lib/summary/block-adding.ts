/** Takes in blocks of records column by column: groups are found by what a row says, and no record is made but where one is to be shown. */

import type { MetricRecord } from '../record/metric-record.js'
import { STATUSES, type BlockColumn, type BlockDictionary, type RecordBlock } from '../record/record-block.js'
import type { ColumnOfBlock } from './extremes.js'
import type { Figures, GroupState } from './group-state.js'
import { isPerSample, mayGroup, type By, type Group } from './grouping.js'

export interface Adding {
  readonly by: By
  readonly groupOf: (record: MetricRecord) => Group
  /** `undefined`: no more groups find room. */
  readonly stateOf: (metric: string, unit: string, group: Group) => GroupState | undefined
  readonly leave: (records: number, file: string) => void
}

/** Of one group in one column; found once, and kept while blocks are alike. */
interface Slot {
  readonly state: GroupState | undefined
  readonly figures: Figures | undefined
  /** By setting: which of its texts were told. */
  readonly seen: Map<BlockDictionary, Uint8Array>
  told: boolean
}

/** What is known while blocks are alike: of the same plan, with the same dictionaries. */
interface Known {
  readonly plan: object
  readonly dictionaries: readonly BlockDictionary[]
  /** Groups by what the settings that make them say; one map for each kind of circumstances. */
  readonly groups: Map<number, Map<number | string, number>>
  readonly found: Group[]
  readonly slots: (Slot | undefined)[][]
}

/** Ids are smaller than this: blocks are not that long, nor dictionaries that large. */
const IDS = 2 ** 17

export function blockAdding({ by, groupOf, stateOf, leave }: Adding): (block: RecordBlock) => void {
  let known: Known | undefined

  const knownOf = ({ content: { plan, columns } }: RecordBlock, dictionaries: readonly BlockDictionary[]): Known => {
    if (known?.plan === plan && known.slots.length === columns.length && known.dictionaries.every((one, at) => one === dictionaries[at])) return known
    known = { plan, dictionaries, groups: new Map<number, Map<number | string, number>>(), found: [], slots: columns.map(() => []) }
    return known
  }

  return (block) => {
    const { columns, settings, rows, file, firstByte } = block.content
    const grouping = settings.filter(({ key }) => mayGroup(by, key))
    const kept = knownOf(block, grouping.map(({ dictionary }) => dictionary))
    const byCircumstances = new Map<number, Int32Array>()

    /** For each row the number of its group; -1 where there is no number to be grouped. */
    const groupsOf = (kind: number): Int32Array => {
      const made = byCircumstances.get(kind)
      if (made) return made
      const group = new Int32Array(rows)
      byCircumstances.set(kind, group)
      let numbers = kept.groups.get(kind)
      if (!numbers) kept.groups.set(kind, (numbers = new Map<number | string, number>()))
      const members = columns.flatMap(({ circumstances }, at) => (circumstances === kind ? [at] : []))
      let lastKey: number | string | undefined
      let last = -1
      for (let row = 0; row < rows; row += 1) {
        const key = keyOf(grouping, row)
        if (key !== lastKey) {
          let found = numbers.get(key)
          if (found === undefined) {
            const column = members.find((at) => !Number.isNaN(columns[at]?.values[row]))
            if (column === undefined) {
              group[row] = -1
              continue
            }
            found = kept.found.push(groupOf(block.record(row, column))) - 1
            numbers.set(key, found)
          }
          lastKey = key
          last = found
        }
        group[row] = last
      }
      return group
    }

    const add = (column: BlockColumn, at: number): void => {
      const { values, metric, unit, stat, better } = column
      const group = groupsOf(column.circumstances)
      const { status } = block.content
      const slots = kept.slots[at] ?? []
      const place: ColumnOfBlock = { file, firstByte, record: (row) => block.record(row, at) }
      const slotOf = (number: number): Slot => {
        const state = stateOf(metric, unit, kept.found[number] as Group)
        const slot: Slot = { state, figures: state?.figuresIn(file, better, stat), seen: new Map(), told: false }
        slots[number] = slot
        return slot
      }
      const told = settings.filter(({ key }) => !isPerSample(key, undefined))
      for (let row = 0; row < rows; row += 1) {
        const value = values[row] as number
        if (Number.isNaN(value)) continue
        const slot = slots[group[row] as number] ?? slotOf(group[row] as number)
        if (!slot.state || !slot.figures) {
          leave(1, file)
          continue
        }
        const code = status === undefined ? 0 : (status[row] as number)
        slot.state.count(STATUSES[code] ?? 'ok', 1)
        if (code !== 0) continue
        slot.figures.addRow(value, place, row)
        if (!slot.told) {
          slot.told = true
          slot.state.vary(block.record(row, at))
        }
        for (let index = 0; index < told.length; index += 1) {
          const setting = told[index] as (typeof told)[number]
          const id = setting.ids[row] as number
          if (slot.seen.get(setting.dictionary)?.[id] !== 1) tell(slot, slot.state, setting, id)
        }
      }
    }

    for (const [at, column] of columns.entries()) if (column.missing < rows) add(column, at)
  }
}

function tell({ seen }: Slot, state: GroupState, { key, dictionary }: RecordBlock['content']['settings'][number], id: number): void {
  let marks = seen.get(dictionary)
  if (!marks || id >= marks.length) {
    const larger = new Uint8Array(Math.max(64, dictionary.size * 2, id + 1))
    if (marks) larger.set(marks)
    seen.set(dictionary, (marks = larger))
  }
  marks[id] = 1
  const value = dictionary.value(id)
  if (value !== undefined) state.varyIn(key, value)
}

function keyOf(settings: RecordBlock['content']['settings'], row: number): number | string {
  if (settings.length <= 3) {
    let key = 0
    for (let at = 0; at < settings.length; at += 1) key = key * IDS + (settings[at]?.ids[row] ?? 0)
    return key
  }
  let key = ''
  for (const { ids } of settings) key += `${ids[row] ?? 0} `
  return key
}
