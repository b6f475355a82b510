/** What flows out of `records()`: records, with problems and file reports beside them. Narrowed by `type`. */

import type { Problem } from '../stage/index.js'
import type { FileReport, MetricRecord } from './metric-record.js'

export type Item = MetricRecord | Problem | FileReport
