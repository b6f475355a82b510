/** Which of its meanings a number has, by what stands beside it. */

import type { MetricField } from '../layout/field.js'
import type { LayoutField } from '../layout/layout.js'

interface Case {
  readonly tests: readonly (readonly [name: string, expression: RegExp])[]
  readonly field: LayoutField
}

const compiled = new WeakMap<MetricField, readonly Case[]>()

/** Layouts bring expressions of their own: what stands behind so much text is not asked for. */
const LONGEST = 1000

const NOTHING: LayoutField = { role: 'ignore' }

/** The cases of a field, each with the field that then holds: the same objects each time. */
function casesOf(field: MetricField): readonly Case[] {
  let cases = compiled.get(field)
  if (!cases) {
    cases = (field.cases ?? []).map(({ when, ...told }) => ({
      tests: Object.entries(when).map(([name, expression]) => [name, new RegExp(expression)] as const),
      field: told.metric === '' ? NOTHING : { ...withoutCases(field), ...told },
    }))
    compiled.set(field, cases)
  }
  return cases
}

/** `sibling` gives the text beside it, `""` where there is none. */
export function caseOf(field: LayoutField, sibling: (name: string) => string): LayoutField {
  if (field.role !== 'metric' || field.cases === undefined) return field
  return casesOf(field).find(({ tests }) => tests.every(([name, expression]) => expression.test(sibling(name).slice(0, LONGEST))))?.field ?? field
}

function withoutCases(field: MetricField): MetricField {
  const { cases, ...rest } = field
  return cases === undefined ? field : rest
}
