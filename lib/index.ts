/** Everything a script needs: the stages, the pure parts behind them, and their types. */

export { ChimeraError, fuse, sanitize, sink, source, stage, type Batches, type ErrorCode, type Problem, type ReadingEvent, type Source, type SourceDefinition, type Stage, type StageContext, type StageDefinition, type Step, type StreamOptions, type Watch } from './stage/index.js'
export { artifacts, countInventory, formatInventory, inventory, type Artifact, type ArtifactsOptions, type FormatName, type Inventory } from './source/index.js'
export type { Layout, LayoutField } from './layout/index.js'
export { defineLayout, formatQuantity, formatRecord, parseRecord, records, type AttributeOrigin, type AttributeValue, type Better, type Decision, type ExplainOptions, type Explanation, type FileReport, type Item, type MetricRecord, type ReadingPlace, type ReadingRole, type RecordsOptions, type RecordSource, type Stat, type Status } from './record/index.js'
export { Accumulator, distinct, summary, type AggregateRow, type By, type RecordRef, type Statistics, type SummaryOptions, type SummaryRow } from './summary/index.js'
export { collectFacts, Evidence, facts, type Fact, type FactKind, type FactsOptions } from './fact/index.js'
export { bench, benchPlan, benchRecords, benchReport, benchSummary, type BenchContext, type BenchPlan, type BenchSummary, type PlanOptions, type RunResult } from './bench/index.js'
export { csv, explanationText, json, markdownTable, ndjson, table } from './output/index.js'
export { progress, type Progress, type ProgressEvent, type ProgressMode } from './console/index.js'
export { measurementRecords, modelFrom, narrator, ollama, openai, sim, simServer, startSimProcess, timing, type Measurements, type Message, type Model, type ModelEvent, type ModelOptions, type ModelRequest, type RunContext, type ServerUsage, type Timing, type TokenEvent } from './model/index.js'
export { agentRecords, dataCollector, formatPersona, insightAgent, parsePersona, runAgents, runWorkflow, type Agent, type Agents, type AgentsOptions, type AgentsPart, type AgentsRun, type Persona, type Scenario, type WorkflowPart } from './agent/index.js'
export { agentsSummary, analysisText, analyst, reportHtml, writeAgentsReport, writeReport, type AgentsReportInput, type AgentsReportResult, type AnalystOptions, type Grounding, type Ledger, type PageData, type ReportInput, type ReportResult } from './report/index.js'
