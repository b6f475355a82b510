/** Takes in blocks of records column by column: groups are found by what a row says, and no record is made but where one is to be shown. */

import type { AttributeValue, MetricRecord } from '../record/metric-record.js'
import { STATUSES, type BlockColumn, type BlockDictionary, type BlockSetting, type RecordBlock } from '../record/record-block.js'
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
  /** Which texts of a small dictionary were told. */
  readonly told: Map<BlockDictionary, Uint8Array>
  /** What a record says besides its settings is the same in all. */
  begun: boolean
}

/** What is known while blocks are alike: of the same plan, with the same dictionaries. */
interface Known {
  readonly plan: object
  readonly dictionaries: readonly BlockDictionary[]
  /** Groups by what the settings that make them say; one map for each kind of circumstances. */
  readonly numbers: Map<number, Map<number | string, number>>
  readonly groups: Group[]
  readonly slots: (Slot | undefined)[][]
}

/** The rows of a block that belong to one group and are ok, and those that are not. */
interface RowsOfGroup {
  readonly group: number
  readonly ok: Int32Array
  readonly others: Int32Array
  /** What a setting says in those that are ok, once it was asked for. */
  readonly said: Map<BlockSetting, ReadonlySet<AttributeValue>>
}

/** False for a block in which nearly every row is a group of its own: it has to be added record by record. */
export function blockAdding({ by, groupOf, stateOf, leave }: Adding): (block: RecordBlock) => boolean {
  let known: Known | undefined
  let columnsSeen = 0

  const knownOf = ({ content: { plan, columns } }: RecordBlock, dictionaries: readonly BlockDictionary[]): Known => {
    if (known?.plan === plan && known.slots.length === columns.length && known.dictionaries.every((one, at) => one === dictionaries[at])) return known
    known = { plan, dictionaries, numbers: new Map<number, Map<number | string, number>>(), groups: [], slots: columns.map(() => []) }
    return known
  }

  return (block) => {
    const { columns, settings, file, firstByte } = block.content
    const grouping = settings.filter(({ key }) => mayGroup(by, key))
    if (grouping.some(({ dictionary }) => !dictionary.lasting)) return false
    const telling = settings.filter(({ key }) => !isPerSample(key, undefined))
    const kept = knownOf(block, grouping.map(({ dictionary }) => dictionary))
    const parts = new Map<number, readonly RowsOfGroup[]>()

    for (const [at, column] of columns.entries()) {
      if (column.missing === block.content.rows) continue
      let groups = parts.get(column.circumstances)
      if (!groups) parts.set(column.circumstances, (groups = partedRows(block, column.circumstances, grouping, kept, groupOf)))
      const place: ColumnOfBlock = { number: (columnsSeen += 1), file, firstByte, record: (row) => block.record(row, at) }
      for (const part of groups) {
        const [ok, others] = [present(part.ok, column), present(part.others, column)]
        if (ok.length + others.length === 0) continue
        const slot = slotOf(kept, at, part.group, column, file)
        if (!slot.state) {
          leave(ok.length + others.length, file)
          continue
        }
        slot.state.count('ok', ok.length)
        for (const row of others) slot.state.count(block.statusOf(row), 1)
        if (ok.length === 0) continue
        slot.figures?.addRows(valuesAt(column.values, ok), place, ok)
        if (!slot.begun) slot.state.vary(block.record(ok[0] as number, at))
        slot.begun = true
        for (const setting of telling) tell(slot, slot.state, setting, part, ok)
      }
    }
    return true
  }

  function slotOf({ slots, groups }: Known, at: number, group: number, { metric, unit, stat, better }: BlockColumn, file: string): Slot {
    const found = slots[at]?.[group]
    if (found) return found
    const state = stateOf(metric, unit, groups[group] as Group)
    const slot: Slot = { state, figures: state?.figuresIn(file, better, stat), told: new Map(), begun: false }
    if (slots[at]) slots[at][group] = slot
    return slot
  }
}

/** Rows by group, each in the order of the file. */
function partedRows(block: RecordBlock, circumstances: number, grouping: readonly BlockSetting[], { numbers, groups }: Known, groupOf: (record: MetricRecord) => Group): readonly RowsOfGroup[] {
  const { columns, rows } = block.content
  const members = columns.flatMap((column, at) => (column.circumstances === circumstances ? [at] : []))
  let byKey = numbers.get(circumstances)
  if (!byKey) numbers.set(circumstances, (byKey = new Map<number | string, number>()))
  /** For each row its group, twice that and one more where it is not ok; -1 where there is no number. */
  const codes = new Int32Array(rows)
  let lastKey: number | string | undefined
  let last = -1
  for (let row = 0; row < rows; row += 1) {
    const key = keyOf(grouping, row)
    if (key !== lastKey) {
      let group = byKey.get(key)
      if (group === undefined) {
        const column = members.find((at) => !Number.isNaN(columns[at]?.values[row]))
        if (column !== undefined) byKey.set(key, (group = groups.push(groupOf(block.record(row, column))) - 1))
      }
      lastKey = group === undefined ? undefined : key
      last = group ?? -1
    }
    codes[row] = last < 0 ? -1 : 2 * last + (block.content.status === undefined || block.content.status[row] === OK ? 0 : 1)
  }
  return sortedRows(codes)
}

/** Rows of one code together, in order (a counting sort). */
function sortedRows(codes: Int32Array): readonly RowsOfGroup[] {
  const ends = new Map<number, number>()
  for (const code of codes) ends.set(code, (ends.get(code) ?? 0) + 1)
  let end = 0
  for (const [code, size] of ends) ends.set(code, (end += size) - size)
  const order = new Int32Array(codes.length)
  for (let row = 0; row < codes.length; row += 1) {
    const code = codes[row] as number
    const at = ends.get(code) as number
    order[at] = row
    ends.set(code, at + 1)
  }
  const parts = new Map<number, { -readonly [Key in keyof RowsOfGroup]: RowsOfGroup[Key] }>()
  let from = 0
  for (const [code, to] of ends) {
    const rows = order.subarray(from, to)
    from = to
    if (code < 0) continue
    const part = parts.get(code >> 1) ?? { group: code >> 1, ok: NONE, others: NONE, said: new Map() }
    parts.set(code >> 1, part)
    if (code % 2 === 0) part.ok = rows
    else part.others = rows
  }
  return [...parts.values()]
}

const NONE = new Int32Array(0)
const OK = STATUSES.indexOf('ok')

/** Those of the rows that have a number. */
function present(rows: Int32Array, { values, missing }: BlockColumn): Int32Array {
  return missing === 0 ? rows : rows.filter((row) => !Number.isNaN(values[row]))
}

function valuesAt(values: Float64Array, rows: Int32Array): Float64Array {
  if (rows.length === values.length) return values
  const found = new Float64Array(rows.length)
  for (let at = 0; at < rows.length; at += 1) found[at] = values[rows[at] as number] as number
  return found
}

/** Dictionaries of so few texts that each group can remember which of them it was told. */
const FEW_TEXTS = 64

/** Tells the group what the setting says in these rows. */
function tell(slot: Slot, state: GroupState, setting: BlockSetting, part: RowsOfGroup, rows: Int32Array): void {
  const { key, ids, dictionary } = setting
  if (!dictionary.lasting || dictionary.size > FEW_TEXTS) {
    slot.told.delete(dictionary)
    // Nearly always every row of the group has a number, and the next column asks for the same.
    for (const value of rows === part.ok ? saidIn(part, setting) : valuesOf(setting, rows)) state.varyIn(key, value)
    return
  }
  let marks = slot.told.get(dictionary)
  if (!marks) slot.told.set(dictionary, (marks = new Uint8Array(FEW_TEXTS)))
  for (let at = 0; at < rows.length; at += 1) {
    const id = ids[rows[at] as number] as number
    if (marks[id] !== 0) continue
    marks[id] = 1
    const value = dictionary.value(id)
    if (value !== undefined) state.varyIn(key, value)
  }
}

function saidIn(part: RowsOfGroup, setting: BlockSetting): ReadonlySet<AttributeValue> {
  let said = part.said.get(setting)
  if (!said) part.said.set(setting, (said = valuesOf(setting, part.ok)))
  return said
}

function valuesOf({ ids, dictionary }: BlockSetting, rows: Int32Array): ReadonlySet<AttributeValue> {
  const values = new Set<AttributeValue>()
  for (const id of new Set(Array.from(rows, (row) => ids[row] as number))) {
    const value = dictionary.value(id)
    if (value !== undefined) values.add(value)
  }
  return values
}

/** Ids are smaller than this: blocks are not that long, nor dictionaries that large. */
const IDS = 2 ** 17

function keyOf(settings: readonly BlockSetting[], row: number): number | string {
  let key = 0
  if (settings.length <= 3) {
    for (let at = 0; at < settings.length; at += 1) key = key * IDS + ((settings[at] as BlockSetting).ids[row] as number)
    return key
  }
  return settings.map(({ ids }) => ids[row]).join(' ')
}
