export { collectFacts, DEFAULT_MAX_FACTS, type FactOptions } from './collect-facts.js'
export { Evidence, type FileStory, type ProblemStory } from './evidence.js'
export type { Fact, FactKind } from './fact.js'
export { facts, type FactsOptions } from './facts.js'
