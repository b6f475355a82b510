/** All specs, by where their files lie. The first that names a file is the one. */

import type { Spec } from '../spec.js'
import { MICRO } from './micro.js'
import { SEED } from './seed.js'
import { SERVER } from './server.js'

export const CORPUS_SPECS: readonly Spec[] = [...MICRO, ...SERVER, ...SEED]

export { FIXTURES as FIXTURE_SPECS } from './fixtures.js'
