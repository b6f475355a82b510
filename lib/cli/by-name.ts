/** The format under which a file is counted. */

import type { FileReport } from '../record/metric-record.js'
import { readName } from '../source/file-name.js'

/** A file that was rejected is still counted under the format that its name promises. */
export function byName(report: FileReport): FileReport {
  const { format = readName(report.file).format } = report
  return format === undefined ? report : { ...report, format }
}
