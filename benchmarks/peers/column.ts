/** Counts rows and sums up `ttft_s`: the least that shows that cells were read, and read right. */

export interface ColumnSum {
  /** The first one is the header. */
  readonly row: (cells: readonly string[]) => void
  readonly print: () => void
}

export function column(): ColumnSum {
  let at: number | undefined
  let rows = 0
  let sum = 0
  return {
    row(cells) {
      if (at === undefined) {
        at = cells.indexOf('ttft_s')
        return
      }
      rows += 1
      sum += Number(cells[at])
    },
    print() {
      process.stdout.write(`${JSON.stringify({ rows, mean: sum / rows })}\n`)
    },
  }
}
