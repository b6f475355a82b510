/** criterion.rs: samples and estimates of a Rust function. */

import type { Layout, LayoutField } from './layout.js'

const IGNORE: LayoutField = { role: 'ignore' }

const POINT: Readonly<Record<string, LayoutField>> = {
  standard_error: IGNORE,
  confidence_interval: IGNORE,
  slope: IGNORE,
  median_abs_dev: IGNORE,
}

const ESTIMATES: Layout = {
  name: 'criterion',
  tool: 'criterion.rs estimates.json: nanoseconds per iteration',
  keys: ['mean.point_estimate', 'median.point_estimate', 'std_dev.point_estimate'],
  metric: 'duration',
  unit: 'ns',
  fields: POINT,
}

export const CRITERION: readonly Layout[] = [ESTIMATES]
