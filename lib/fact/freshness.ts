/** How old the figures are, by the times that the files themselves state: against one another, and against a date that the caller gives. */

import type { Evidence } from './evidence.js'
import { tellingRank, WEIGHT, type Draft } from './draft.js'
import { capital } from './key-figures.js'
import { basisOf } from './references.js'
import type { Moment } from './times.js'
import { figureWords, groupDigits, metricWords } from './wording.js'

const STALE_TOLD = 2
const DAY = 86_400_000
/** Times without a zone may be off by a day either way. */
const STALE = 2 * DAY

export const SPAN = 'time between oldest and newest'
export const LAG = 'time behind the newest of all'
export const AGE = 'age at the date given'

/** `asOf` in milliseconds since 1970; without it no age is told. Nothing where no file states a time. */
export function freshness(evidence: Evidence, asOf?: number): Draft[] {
  const span = evidence.times.span()
  if (!span) return []
  const { oldest, newest, count } = span
  const base = { kind: 'freshness' as const, unit: 's', better: null, weight: WEIGHT.freshness }
  const dated = `${groupDigits(count)} of ${groupDigits(evidence.records)} records have a time`
  const whole: Draft = {
    ...base,
    subject: 'time between the oldest and the newest measurement',
    who: dateWords(newest),
    than: dateWords(oldest),
    stat: SPAN,
    value: (newest.ms - oldest.ms) / 1000,
    n: count,
    sentence:
      newest.ms === oldest.ms
        ? `By what the files state, everything that has a time was measured at ${dateWords(newest)} (${dated}).`
        : `By what the files state, measuring went from ${dateWords(oldest)} to ${dateWords(newest)}, over ${figureWords((newest.ms - oldest.ms) / 1000, 's')} (${dated}).`,
    ...basisOf([oldest.at, newest.at], count),
    files: [...new Set([oldest.at.source.file, newest.at.source.file])],
  }
  const stale = evidence.times
    .metrics()
    .filter(({ span: own }) => newest.ms - own.newest.ms >= STALE)
    .sort((a, b) => a.span.newest.ms - b.span.newest.ms || tellingRank(a.metric) - tellingRank(b.metric))
    .slice(0, STALE_TOLD)
    .map(({ metric, span: own }): Draft => {
      const lag = (newest.ms - own.newest.ms) / 1000
      return {
        ...base,
        subject: `how far the newest ${metricWords(metric)} is behind the newest measurement`,
        metric,
        who: dateWords(own.newest),
        than: dateWords(newest),
        note: 'stale',
        stat: LAG,
        value: lag,
        n: own.count,
        sentence: `${capital(metricWords(metric))} was last measured at ${dateWords(own.newest)}, ${figureWords(lag, 's')} before the newest measurement of all (${dateWords(newest)}): it may speak of an older state.`,
        ...basisOf([own.newest.at, newest.at], own.count),
        files: [own.newest.at.source.file],
      }
    })
  return [whole, ...stale, ...(asOf === undefined ? [] : [age(newest, count, asOf, base)])]
}

function age(newest: Moment, count: number, asOf: number, base: Pick<Draft, 'kind' | 'unit' | 'better' | 'weight'>): Draft {
  const value = (asOf - newest.ms) / 1000
  const given = dateWords({ ...newest, ms: asOf, text: new Date(asOf).toISOString() })
  return {
    ...base,
    subject: 'age of the newest measurement',
    who: dateWords(newest),
    than: given,
    stat: AGE,
    value,
    n: count,
    sentence: value < 0 ? `The newest measurement is of ${dateWords(newest)}, after ${given}: a clock was wrong.` : `At ${given}, the newest measurement, of ${dateWords(newest)}, was ${figureWords(value, 's')} old.`,
    ...basisOf([newest.at], count),
    files: [newest.at.source.file],
  }
}

/** `2025-10-02`, `2025-10-02 19:12`; a zone other than UTC is put right where it is known. */
function dateWords({ ms, text }: Moment): string {
  return new Date(ms).toISOString().replace('T', ' ').slice(0, text.length <= 10 ? 10 : 16)
}
