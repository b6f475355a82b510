/** One line of a chart of alternatives: what was measured, and the figures that are drawn of it. */

export interface ChartMember {
  readonly name: string
  /** Median of samples, or an average that stood in the files. */
  readonly value: number
  /** `median`, `value` of a single sample, `mean` ... */
  readonly stat: string
  /** Samples; absent where they are not known. */
  readonly n?: number
  readonly min?: number
  readonly max?: number
  /** Numbers of runs that failed or warmed up; none of them is drawn. */
  readonly leftOut: number
  /** Some or all of the samples. */
  readonly samples: readonly number[]
}

export interface Alternatives {
  /** `output throughput`. */
  readonly metric: string
  readonly unit: string
  readonly better: 'higher' | 'lower' | null
  /** In what the members differ: `model`, `model and tag`. */
  readonly by: string
  /** What all members share, in words; may be empty. */
  readonly among: string
  readonly members: readonly ChartMember[]
  /** Members that found no room. */
  readonly further: number
}

/** `n 46`, `n unknown`. */
export function countOf({ n }: ChartMember): string {
  return n === undefined ? 'n unknown' : `n ${n}`
}

/** `Output throughput of transformer on cuda by backend`. */
export function titleOf({ metric, among, by }: Alternatives): string {
  const title = `${metric}${among === '' ? '' : ` of ${among}`} by ${by}`
  return title.slice(0, 1).toUpperCase() + title.slice(1)
}

/** `Further 3 are not drawn. 12 figures of failed or warm-up runs are left out.` */
export function omissions({ members, further }: Alternatives): string {
  const leftOut = members.reduce((sum, member) => sum + member.leftOut, 0)
  return [
    further > 0 ? ` ${further} more, with fewer samples, ${further === 1 ? 'is' : 'are'} not drawn.` : '',
    leftOut > 0 ? ` ${leftOut} ${leftOut === 1 ? 'figure' : 'figures'} of failed or warm-up runs ${leftOut === 1 ? 'is' : 'are'} left out.` : '',
  ].join('')
}
