/** The scalars of a JSON value, explained by what became of them. */

import type { ValueFound } from '../../format/event.js'
import type { Layout } from '../../layout/layout.js'
import { attributeKey } from '../attributes.js'
import { fieldOf } from '../field-of.js'
import { DEEPEST, dotted, escape } from '../json-path.js'
import type { AttributeValue, MetricRecord } from '../metric-record.js'
import { readName } from '../names.js'
import { roleOfName } from '../roles.js'
import { isConfigKey, isMetadataKey } from '../shape.js'
import { readTime } from '../time.js'
import { holds, originsOf, saysStatus } from './attribute-origin.js'
import type { Watched } from './collector.js'
import type { Explanation, ReadingPlace, ReadingRole } from './explanation.js'
import { whyNumber } from './why-number.js'
import { whyRole } from './why-role.js'

export interface ValueCollector {
  value(found: ValueFound, records: readonly MetricRecord[]): void
  end(): void
}

interface Leaf {
  readonly pointer: string
  readonly key: string
  readonly parent?: string
  readonly value: AttributeValue
  /** The key of the object of settings around it. */
  readonly config?: string
}

/** Keys of a file that are explained; a document with more has data for keys. */
const KEYS_KEPT = 500
export function valueCollector(watched: Watched): ValueCollector {
  const { at } = watched.options
  const keys = new Map<string, { explanation: Explanation; count: number }>()
  return {
    value(found, records) {
      const line = watched.format === 'ndjson' && at?.line !== undefined ? found.place(found.pointer)?.line : undefined
      if (line !== undefined && line > (at?.line ?? 0)) return
      if (at?.pointer !== undefined && !isBelow(found.pointer, at.pointer) && !isBelow(at.pointer, found.pointer)) return
      const leaves = leavesOf(found)
      const index = indexOf(records)
      if (at) {
        for (const leaf of wanted(leaves, found, at)) watched.tell(explainLeaf(watched, found, leaf, leaves, index))
        return
      }
      for (const leaf of leaves) note(leaf, found, leaves, index)
    },
    end() {
      for (const { explanation, count } of keys.values()) watched.tell({ ...explanation, count })
      keys.clear()
    },
  }

  /** Each key by the first of its values that gave something. */
  function note(leaf: Leaf, found: ValueFound, leaves: readonly Leaf[], index: Index): void {
    const path = general(watched.format === 'ndjson' ? leaf.pointer.replace(/^\/\d+/, '') : leaf.pointer, index.at.get(leaf.pointer) ?? nearest(index, leaf.pointer))
    const known = keys.get(path)
    const count = index.at.get(leaf.pointer)?.length ?? 0
    if (known) known.count += count
    if (known ? known.explanation.records.length > 0 || count === 0 : keys.size >= KEYS_KEPT) return
    keys.set(path, { explanation: { ...explainLeaf(watched, found, leaf, leaves, index), name: path }, count: (known?.count ?? 0) + count })
  }
}

/** As layouts write a path: keys that name variants, and so became attributes, are as good as each other. */
function general(pointer: string, [record]: readonly MetricRecord[]): string {
  const values = new Set(Object.values(record?.attributes ?? {}).map(String))
  const steps = pointer.split('/')
  return dotted(steps.map((step, at) => (at < steps.length - 1 && values.has(step) ? '0' : step)).join('/'))
}

function isBelow(pointer: string, above: string): boolean {
  return above === '' || pointer === above || pointer.startsWith(`${above}/`)
}

/** On a line: what stands there, or else all of what begins there. */
function wanted(leaves: readonly Leaf[], found: ValueFound, { line, column, pointer }: ReadingPlace): readonly Leaf[] {
  if (pointer !== undefined) return leaves.filter((leaf) => isBelow(leaf.pointer, pointer))
  const here = leaves.filter((leaf) => found.place(leaf.pointer)?.line === line)
  if (here.length === 0) {
    const around = containersOf(leaves).find((container) => found.place(container)?.line === line)
    return around === undefined ? [] : leaves.filter((leaf) => isBelow(leaf.pointer, around))
  }
  if (column === undefined) return here
  // The value that the column points at, or whose key it points at: the last that begins before it, else the next.
  const before = here.filter((leaf) => (found.place(leaf.pointer)?.column ?? 0) <= column)
  const [last] = before.slice(-1)
  const place = last && found.place(last.pointer)
  const inside = last && place && column < place.column + Math.max(1, place.end - place.byte)
  const chosen = inside ? last : (here[before.length] ?? last)
  return chosen ? [chosen] : []
}

function containersOf(leaves: readonly Leaf[]): readonly string[] {
  const all = new Set<string>()
  for (const { pointer } of leaves) {
    for (let at = pointer.lastIndexOf('/'); at >= 0; at = at === 0 ? -1 : pointer.lastIndexOf('/', at - 1)) all.add(pointer.slice(0, at))
  }
  return [...all].sort((a, b) => a.length - b.length)
}

function leavesOf({ value, pointer, context = [] }: ValueFound): readonly Leaf[] {
  const out: Leaf[] = []
  const walk = (value: unknown, pointer: string, key: string, parent: string | undefined, config: string | undefined, depth: number): void => {
    if (depth > DEEPEST || value === null || value === undefined) return
    if (typeof value !== 'object') {
      out.push({ pointer, key, value: value as AttributeValue, ...(parent === undefined ? {} : { parent }), ...(config === undefined ? {} : { config }) })
      return
    }
    if (Array.isArray(value)) {
      for (const [index, element] of value.entries()) walk(element, `${pointer}/${index}`, key, parent, config, depth + 1)
      return
    }
    const settings = config ?? (depth > 0 && (isConfigKey(key) || isMetadataKey(key)) ? key : undefined)
    for (const [name, child] of Object.entries(value)) walk(child, `${pointer}/${escape(name)}`, name, key === '' ? undefined : key, settings, depth + 1)
  }
  for (const around of context) walk(around.value, around.pointer, lastStep(around.pointer), undefined, undefined, 1)
  walk(value, pointer, lastStep(pointer), undefined, undefined, 0)
  return out
}

function lastStep(pointer: string): string {
  const step = pointer.split('/').at(-1) ?? ''
  return /^\d+$/.test(step) ? '' : step
}

interface Index {
  readonly at: ReadonlyMap<string, readonly MetricRecord[]>
  /** Of all that stands below a pointer, the first few. */
  readonly below: ReadonlyMap<string, readonly MetricRecord[]>
}

const BELOW_KEPT = 16

function indexOf(records: readonly MetricRecord[]): Index {
  const at = new Map<string, MetricRecord[]>()
  const below = new Map<string, MetricRecord[]>()
  const add = (map: Map<string, MetricRecord[]>, key: string, record: MetricRecord, limit = Infinity) => {
    const list = map.get(key) ?? []
    if (list.length < limit) list.push(record)
    map.set(key, list)
  }
  for (const record of records) {
    const pointer = record.source.pointer ?? ''
    add(at, pointer, record)
    for (let cut = pointer.lastIndexOf('/'); cut >= 0; cut = cut === 0 ? -1 : pointer.lastIndexOf('/', cut - 1)) add(below, pointer.slice(0, cut), record, BELOW_KEPT)
  }
  return { at, below }
}

function explainLeaf(watched: Watched, found: ValueFound, leaf: Leaf, leaves: readonly Leaf[], index: Index): Explanation {
  const records = index.at.get(leaf.pointer) ?? []
  const [record] = records
  const measured = record && watched.measured(record)
  const near = record ? records : nearest(index, leaf.pointer)
  const layout = near[0] && watched.measured(near[0])?.meaning?.layout
  const { role, attribute } = record ? { role: 'metric' as const, attribute: undefined } : outcomeOf(leaf, near, layout)
  const place = found.place(leaf.pointer)
  const config = leaf.config
  return {
    type: 'explanation',
    file: watched.file,
    format: watched.format,
    layout: near[0]?.source.layout ?? 'generic',
    ...(place === undefined ? {} : { line: place.line, column: place.column }),
    pointer: leaf.pointer,
    ...(place === undefined ? {} : { bytes: [place.byte, place.end] as const }),
    name: leaf.key,
    text: typeof leaf.value === 'string' ? leaf.value : (place?.number ?? String(leaf.value)),
    role,
    why: whyRole({
      name: leaf.key,
      text: String(leaf.value),
      role,
      alone: near.length === 0,
      ...(leaf.parent === undefined ? {} : { parent: leaf.parent }),
      ...(config === undefined || role !== 'attribute' ? {} : { config }),
      ...(layout && { layout }),
      ...(measured?.meaning && { meaning: measured.meaning }),
      ...(attribute === undefined ? {} : { attribute }),
    }),
    ...(attribute === undefined ? {} : { attribute }),
    records,
    decisions: record ? whyNumber(record, measured, 'key') : [],
    attributes: record ? originsOf(record, (name, value) => inDocument(leaf.pointer, leaves, name, value)) : [],
  }
}

/** Records that the value could explain: those below the nearest object around it that has any. */
function nearest(index: Index, pointer: string): readonly MetricRecord[] {
  for (let cut = pointer.lastIndexOf('/'); cut >= 0; cut = cut === 0 ? -1 : pointer.lastIndexOf('/', cut - 1)) {
    const records = index.below.get(pointer.slice(0, cut))
    if (records) return records
  }
  return []
}

function outcomeOf({ key, parent, value, config }: Leaf, records: readonly MetricRecord[], layout: Layout | undefined): { role: ReadingRole; attribute?: string } {
  const field = fieldOf(layout, key, parent)
  const role = roleOfName(readName(key))
  const text = String(value)
  if (records.some(({ raw }) => raw.name === text)) return { role: 'name' }
  if (records.some(({ time }) => time !== undefined && time === readTime(value)?.iso)) return { role: 'time' }
  if (role === 'unit' && records.some(({ raw }) => raw.unit === text)) return { role: 'unit' }
  const own = attributeKey(key)
  const names = records.flatMap(({ attributes }) => Object.entries(attributes).flatMap(([name, taken]) => (taken === value || holds(text, taken) ? [name] : [])))
  const name = names.find((one) => one === own || one.endsWith(`_${own}`)) ?? (typeof value === 'string' || config !== undefined ? names[0] : undefined)
  if (name !== undefined) return { role: 'attribute', attribute: name }
  if (saysStatus(field?.role ?? role, text, records)) return { role: 'status' }
  return records.length === 0 && role === 'attribute' ? { role: 'attribute', attribute: own } : { role: 'ignored' }
}

/** The scalar that an attribute was, nearest first; or a step of the number's own path. */
function inDocument(pointer: string, leaves: readonly Leaf[], name: string, value: AttributeValue): string | undefined {
  const same = leaves.filter((leaf) => leaf.pointer !== pointer && (leaf.value === value || (typeof leaf.value === 'string' && holds(leaf.value, value))))
  const named = same.filter(({ key }) => attributeKey(key) === name || name.endsWith(`_${attributeKey(key)}`))
  const best = [...(named.length > 0 ? named : same)].sort((a, b) => shared(b.pointer, pointer) - shared(a.pointer, pointer))[0]
  if (named.length > 0 && best) return at(best)
  const steps = pointer.split('/')
  const step = steps.findIndex((one, position) => position > 0 && one === escape(String(value)))
  if (step > 0) return /^\d+$/.test(steps[step] ?? '') ? `its position in ${steps.slice(0, step).join('/') || 'the document'}` : `the key ${steps.slice(0, step + 1).join('/')}`
  return best ? at(best) : undefined
}

function at({ pointer, config }: Leaf): string {
  return config === undefined ? pointer : `${pointer}, among the settings of "${config}"`
}

function shared(a: string, b: string): number {
  const [x, y] = [a.split('/'), b.split('/')]
  let same = 0
  while (same < x.length && x[same] === y[same]) same += 1
  return same
}
