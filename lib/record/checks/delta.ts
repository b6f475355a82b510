/** Differences and speedups that a file states, worked out again from the two numbers beside them. */

import type { MetricRecord } from '../metric-record.js'
import { printed, shown, titleOf, type Failure, type Rule } from './rule.js'

export function deltaRules(row: readonly MetricRecord[]): readonly Rule[] {
  return row.flatMap((record, at): Rule[] => {
    const ratio = record.metric === 'speedup' && record.stat !== 'stddev'
    if (record.stat !== 'delta' && !ratio) return []
    const operands = operandsOf(row, at, record)
    if (!operands) return []
    const [before, after] = operands
    const title = `${titleOf(record)} of ${describe(row[before])} and ${describe(row[after])}`
    return [{
      name: title,
      at: [at],
      test(records) {
        const [a, b, stated] = [records[before], records[after], records[at]]
        return a && b && stated ? compare(a, b, stated, ratio) : undefined
      },
    }]
  })
}

/** The only two numbers in the row that the statement can be about. */
function operandsOf(row: readonly MetricRecord[], at: number, { metric, stat }: MetricRecord): readonly [number, number] | undefined {
  const found = row.flatMap((other, index) => {
    if (index === at || other.stat === 'delta' || other.stat === 'stddev' || other.metric === 'speedup') return []
    return stat === 'delta' && metric !== 'value' && other.metric !== metric ? [] : [index]
  })
  const [before, after] = found
  if (before === undefined || after === undefined || found.length > 2) return undefined
  const [a, b] = [row[before], row[after]]
  // Numbers of different kinds, or of the same column, are not two sides of one comparison.
  if (!a || !b || a.metric !== b.metric || a.unit !== b.unit || a.stat !== b.stat || a.attributes === b.attributes) return undefined
  return [before, after]
}

/** `improvement`, `reduction`, `x faster`: the word gives the sign, not the numbers. */
const SIGNED_BY_WORD = /improve|gain|reduc|sav|faster|slower|better|overhead|speed|decreas|drop|cut/i

function compare(a: MetricRecord, b: MetricRecord, stated: MetricRecord, ratio: boolean): Failure | undefined {
  const [before, after] = [a.value, b.value]
  if (before === 0 || after === 0) return undefined
  const [da, db, slack] = [printed(a), printed(b), printed(stated) * 1.02 + 1e-12]
  const relative = (from: number, to: number, dFrom: number, dTo: number) => ({ value: to / from - 1, off: (dTo + dFrom * Math.abs(to / from)) / Math.abs(from) })
  const forward = relative(before, after, da, db)
  const backward = relative(after, before, db, da)
  const absolute = { value: after - before, off: da + db }
  const times = ratio || /[x×]\s*$/i.test(stated.raw.text.trim())
  const candidates = times
    ? [{ value: forward.value + 1, off: forward.off }, { value: backward.value + 1, off: backward.off }, forward, backward]
    : stated.unit === '1' && a.unit !== '1' ? [forward, backward] : stated.unit === '' && a.unit !== '' ? [forward, { value: forward.value * 100, off: forward.off * 100 }, absolute] : [absolute, forward, backward]
  const fits = ({ value, off }: { value: number; off: number }, said: number) => Math.abs(value - said) <= off + slack
  if (candidates.some((candidate) => fits(candidate, stated.value))) return undefined
  const turned = [forward, absolute].find((candidate) => candidates.includes(candidate) && fits(candidate, -stated.value))
  if (turned && (SIGNED_BY_WORD.test(`${stated.raw.name} ${stated.raw.text}`) || !/[-+−–]/.test(stated.raw.text))) return undefined
  const [first, second] = candidates
  const expected = times && first && second && Math.abs(second.value - stated.value) < Math.abs(first.value - stated.value) ? second : first
  const said = () => `${describe(a)} ${a.raw.text} and ${describe(b)} ${b.raw.text} give ${times ? shown(expected?.value ?? 0) : stated.unit === '1' ? `${shown((expected?.value ?? 0) * 100)} %` : shown(expected?.value ?? 0)}, the file says ${stated.raw.text}`
  return turned
    ? { code: 'delta-mismatch', message: () => `${said()}: only the sign differs; here a delta is the second minus the first`, doubt: 0.8 }
    : { code: 'delta-mismatch', message: said, doubt: 0.5 }
}

function describe(record: MetricRecord | undefined): string {
  if (!record) return ''
  const variant = record.attributes['variant'] ?? record.attributes['model']
  return variant === undefined ? titleOf(record) : String(variant)
}
