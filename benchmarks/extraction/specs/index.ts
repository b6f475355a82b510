/** All specs. The first that names a file is the one. */

import type { Spec } from '../spec.js'
import { DIRTY } from './dirty.js'
import { MICRO } from './micro.js'
import { MICRO_TABLES } from './micro-tables.js'
import { QUALITY } from './quality.js'
import { SEED } from './seed.js'
import { SEED_REPORTS } from './seed-reports.js'
import { SERVER } from './server.js'
import { SERVING } from './serving.js'

export const CORPUS_SPECS: readonly Spec[] = [...MICRO, ...MICRO_TABLES, ...SERVER, ...SERVING, ...QUALITY, ...SEED, ...SEED_REPORTS, ...DIRTY]

export { FIXTURES as FIXTURE_SPECS } from './fixtures.js'
