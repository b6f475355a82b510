/** Facts where only summaries are left: their records are gone, and with them outliers' places and single settings. */

import type { SummaryRow } from '../summary/summary-row.js'
import { compareSubjects } from './comparisons.js'
import { withDistinctNames } from './distinct-names.js'
import { inOrder, numbered } from './draft.js'
import type { Evidence } from './evidence.js'
import type { Fact } from './fact.js'
import { missingMetrics, withoutUnit } from './gaps.js'
import { copies, filesWithoutNumbers, problems } from './inventory.js'
import { keyFigures } from './key-figures.js'
import { spreads } from './stability.js'

/** `evidence` tells what became of the files and what problems were met; it need not hold a record. */
export function factsOfRows(rows: readonly SummaryRow[], evidence: Evidence): Fact[] {
  const drafts = [
    ...keyFigures(rows),
    ...compareSubjects(rows, rows),
    ...spreads(rows),
    ...withoutUnit(rows),
    ...missingMetrics(rows),
    ...filesWithoutNumbers(evidence),
    ...copies(evidence),
    ...problems(evidence),
  ]
  return withDistinctNames(inOrder(drafts)).map(numbered)
}
