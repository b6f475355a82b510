/** Labels of JSON documents, by the paths of their values. */

import { label, type Label, type LabelAttribute, type Labels, type Place } from './label.js'
import { figuresIn, manyJson } from './plain-text.js'
import { type JsonSpec, roleOf, type Rule } from './spec.js'

interface Pattern {
  readonly source: string
  readonly segments: readonly string[]
  readonly rule: Rule
}

interface Leaf {
  readonly keys: readonly string[]
  readonly value: string | number | boolean
  /** The objects around it, outermost first. */
  readonly around: readonly Readonly<Record<string, unknown>>[]
}

export function labelJson(text: string, spec: JsonSpec): Labels {
  const mended = (spec.mend?.(text) ?? text).replace(/^\uFEFF/, '')
  const root: unknown = spec.many ? manyJson(mended) : JSON.parse(mended)
  const patterns = Object.entries(spec.paths).map(([source, rule]): Pattern => ({ source, segments: source.split('/').slice(1), rule }))
  const leaves: Leaf[] = []
  collect(root, [], [], leaves)
  const labels: Label[] = []
  const unlabelled = new Set<string>()
  const open: Place[] = []
  const measured: { leaf: Leaf; pattern: Pattern; captured: readonly LabelAttribute[] }[] = []
  const around = new Map<string, LabelAttribute[]>()
  for (const leaf of leaves) {
    const match = first(patterns, leaf.keys)
    if (!match) {
      if (typeof leaf.value === 'number') unlabelled.add(`/${leaf.keys.map((key) => (/^\d+$/.test(key) ? '*' : key)).join('/')}`)
      continue
    }
    const role = roleOf(ruleText(match.pattern.rule, leaf), leaf.keys.at(-1) ?? '')
    if (role.role === 'measure') measured.push({ leaf, ...match })
    if (role.role === 'open') open.push({ place: pointer(leaf.keys) })
    if (role.role !== 'attribute' || leaf.value === '') continue
    const scope = pointer(leaf.keys.slice(0, leaf.keys.length - 1 - role.up))
    around.set(scope, [...(around.get(scope) ?? []), { keys: role.keys, value: String(leaf.value) }])
  }
  for (const { leaf, pattern, captured } of measured) {
    const name = leaf.keys.at(-1) ?? ''
    const role = roleOf(ruleText(pattern.rule, leaf), name)
    const [figure] = typeof leaf.value === 'number' ? [{ number: leaf.value, unit: '' }] : figuresIn(String(leaf.value), false)
    if (role.role !== 'measure' || !figure) continue
    const place = pointer(leaf.keys)
    const attributes = [...captured]
    for (let depth = 0; depth < leaf.keys.length; depth += 1) attributes.push(...(around.get(pointer(leaf.keys.slice(0, depth))) ?? []))
    const { unitFrom } = role
    const beside = unitFrom === undefined ? undefined : leaf.around.findLast((one) => Object.hasOwn(one, unitFrom))?.[unitFrom]
    labels.push(label(role, figure, 0, { place, at: place, rule: pattern.source, text: String(leaf.value), attributes, unit: typeof beside === 'string' ? beside : figure.unit }))
  }
  return { labels, unlabelled: [...unlabelled], open }
}

/** Rules that ask for the row get the values around the leaf. */
function ruleText(rule: Rule, { keys, around }: Leaf): string {
  if (typeof rule === 'string') return rule
  const row: Record<string, string> = {}
  for (const one of around) {
    for (const [key, value] of Object.entries(one)) {
      if (isScalar(value)) row[key] = String(value)
      if (one === around.at(-1) && typeof value === 'object' && value !== null && !Array.isArray(value)) {
        for (const [deeper, inner] of Object.entries(value)) if (isScalar(inner)) row[`${key}.${deeper}`] = String(inner)
      }
    }
  }
  return rule({ ...row, key: keys.at(-1) ?? '' })
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

function collect(value: unknown, keys: readonly string[], around: readonly Readonly<Record<string, unknown>>[], leaves: Leaf[]): void {
  if (Array.isArray(value)) value.forEach((one: unknown, index) => collect(one, [...keys, String(index)], around, leaves))
  else if (typeof value === 'object' && value !== null) {
    const within = [...around, value as Record<string, unknown>]
    for (const [key, one] of Object.entries(value)) collect(one, [...keys, key], within, leaves)
  } else if (isScalar(value)) leaves.push({ keys, value, around })
}

function first(patterns: readonly Pattern[], keys: readonly string[]): { pattern: Pattern; captured: readonly LabelAttribute[] } | undefined {
  for (const pattern of patterns) {
    const captured = match(pattern.segments, keys, 0, 0)
    if (captured) return { pattern, captured }
  }
  return undefined
}

function match(segments: readonly string[], keys: readonly string[], at: number, key: number): readonly LabelAttribute[] | undefined {
  const segment = segments[at]
  if (segment === undefined) return key === keys.length ? [] : undefined
  if (segment === '**') {
    for (let next = key; next <= keys.length; next += 1) {
      const rest = match(segments, keys, at + 1, next)
      if (rest) return rest
    }
    return undefined
  }
  const name = keys[key]
  if (name === undefined) return undefined
  const capture = segment.startsWith('{')
  if (!capture && segment !== '*' && !glob(segment).test(name)) return undefined
  const rest = match(segments, keys, at + 1, key + 1)
  return rest && capture ? [{ keys: ['*'], value: name }, ...rest] : rest
}

const globs = new Map<string, RegExp>()

function glob(segment: string): RegExp {
  const known = globs.get(segment)
  if (known) return known
  const source = segment.replaceAll('~1', '/').replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')
  const made = new RegExp(`^${source}$`)
  globs.set(segment, made)
  return made
}

function pointer(keys: readonly string[]): string {
  return keys.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
