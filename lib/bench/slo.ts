/** Service level objectives: which requests were good enough. */

import { ChimeraError } from '../stage/index.js'

/** Seconds; a request is good when it ended well and none of them is exceeded. */
export type Slo = Readonly<Partial<Record<SloName, number>>>
export type SloName = 'ttft' | 'tpot' | 'e2e'

const NAMES: readonly SloName[] = ['ttft', 'tpot', 'e2e']
const UNITS: ReadonlyMap<string, number> = new Map([['us', 1e-6], ['ms', 1e-3], ['s', 1], ['min', 60]])

/** `ttft=500ms,tpot=50ms,e2e=10s`. @throws {ChimeraError} `USAGE` that says which part is wrong. */
export function parseSlo(text: string): Slo {
  const slo: Partial<Record<SloName, number>> = {}
  for (const part of text.split(',').map((one) => one.trim()).filter((one) => one !== '')) {
    const [, name, amount, unit] = /^([a-z\d]+)=(\d+(?:\.\d+)?)([a-z]+)$/.exec(part) ?? []
    const known = NAMES.find((one) => one === name)
    const size = UNITS.get(unit ?? '')
    if (known === undefined || size === undefined || slo[known] !== undefined || Number(amount) === 0) {
      throw new ChimeraError('USAGE', `expected --slo to be limits for ${NAMES.join(', ')}, each once, found "${part}": write it like ttft=500ms,tpot=50ms,e2e=10s`)
    }
    slo[known] = Number((Number(amount) * size).toPrecision(12))
  }
  if (Object.keys(slo).length === 0) throw new ChimeraError('USAGE', 'expected --slo to be limits such as ttft=500ms,tpot=50ms, found nothing')
  return slo
}

/** What a request took, seconds. Absent: not known. */
export type Taken = Readonly<Partial<Record<SloName, number | undefined>>>

/**
 * Whether a request that ended well met every limit. What cannot be told counts as not met: a server that counts no tokens gives no
 * time per token, and calling that good would flatter it.
 */
export function meets(slo: Slo, taken: Taken): boolean {
  return NAMES.every((name) => {
    const limit = slo[name]
    if (limit === undefined) return true
    const value = taken[name]
    return value !== undefined && value <= limit
  })
}

/** `ttft=500ms,tpot=50ms`: as it is typed. */
export function sloText(slo: Slo): string {
  return NAMES.flatMap((name) => {
    const limit = slo[name]
    if (limit === undefined) return []
    return [`${name}=${limit < 1 ? `${Number((limit * 1000).toPrecision(12))}ms` : `${limit}s`}`]
  }).join(',')
}
