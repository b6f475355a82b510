/** `chimera agents`: two agents over one reading, their report, and what it cost each to work beside the other. */

import { appendFile, open, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { agentRecords, AGENTS, checkScenario, dataCollector, formatPersona, insightAgent, parsePersona, PERSONA_LIMIT, type AgentId, type Agents, type AgentsRun, type Persona, type Prompts } from '../agent/index.js'
import { traceWriter, type TraceWriter } from '../model/index.js'
import { formatRecord, type MetricRecord } from '../record/index.js'
import { agentGroundingRecords, agentsSummary, writeAgentsReport, type AgentsReportResult } from '../report/index.js'
import { countInventory, formatInventory } from '../source/index.js'
import { ChimeraError } from '../stage/index.js'
import { byName } from './by-name.js'
import { describe, EXIT, exitCodeOf, type ExitCode } from './exit.js'
import type { Io } from './io.js'
import type { AgentsOptions } from './options.js'
import { ingest, modelOf } from './preparing.js'
import { promptsFrom } from './prompts.js'
import { note } from './reading.js'
import { readVersion } from './version.js'
import { writeText } from './writing.js'

const BUILT_IN: Readonly<Record<AgentId, Persona>> = { A: dataCollector, B: insightAgent }

export async function agents(paths: readonly string[], options: AgentsOptions, io: Io): Promise<number> {
  if (options.printPersona !== undefined) {
    io.stdout.write(formatPersona(BUILT_IN[options.printPersona === 'a' ? 'A' : 'B']))
    return EXIT.done
  }
  const { mode, scenario, runs, warmup: warmups, measureSequential, stats, summary, output } = options
  const startedAt = io.date()
  const own = await promptsFrom(options.prompts, io)
  const pair = await agentsOf(options, own.prompts, io)
  if (scenario) checkScenario(scenario, { A: pair.A.model, B: pair.B.model })
  if (measureSequential && mode === 'sequential') {
    throw new ChimeraError('USAGE', 'expected --measure-sequential with agents that run at the same time, found --mode sequential, which measures that anyway: leave one of the two out')
  }
  const outputs = { '--stats': stats, '--trace': options.trace, '--summary': summary, '--output': output }
  const { input, facts, rows, files, problems, ingestSeconds } = await ingest(paths, options, io, outputs, AGENTS.map((id) => pair[id].model))
  const counter = countInventory()
  for (const file of files) counter.add(byName(file))
  const keep = stats === undefined ? undefined : await statsFile(stats, pair, options, io)
  const trace = tracing(options.trace, pair, io)
  const run = writeAgentsReport({
    facts,
    rows,
    files,
    problems,
    inventoryText: formatInventory(counter.result()),
    ingestSeconds,
    agents: pair,
    ...own,
    mode,
    runs,
    warmups,
    measureSequential,
    ...(scenario === undefined ? {} : { scenario }),
    ...(options.title === undefined ? {} : { title: options.title }),
    reportDate: startedAt,
    version: readVersion(),
    grounding: options.grounding,
    signal: io.signal,
    now: io.now,
    date: io.date,
    onEvent: (event) => {
      if (event.type === 'model') trace?.watch(event)
      input.progress.emit(event)
    },
    ...(keep ? { onRun: keep } : {}),
  })
  try {
    await writeText(run, output, input, io)
  } finally {
    input.progress.stop()
    trace?.close()
  }
  note(input, options, io)
  const { result } = run
  if (stats !== undefined && result) await append(stats, agentGroundingRecords(result, options.grounding, { agents: pair, file: stats, ...(scenario === undefined ? {} : { scenario }) }), io)
  if (summary !== undefined && result) await write(summary, '--summary', io, (file) => writeFile(file, agentsSummary(result.setup, result.session)))
  if (options.progress !== 'never') for (const message of taints(result)) io.stderr.write(`chimera: tainted: ${message}\n`)
  return ending(result, io)
}

async function agentsOf(options: AgentsOptions, prompts: Prompts | undefined, io: Io): Promise<Agents> {
  const [A, B] = await Promise.all([persona('A', options.personaA, prompts, io), persona('B', options.personaB, prompts, io)])
  const { option = [], firstTokenTimeout, stallTimeout, retries } = options
  const side = (model = options.model, url: string | undefined, own: readonly string[] = []) =>
    modelOf({ model, option: [...option, ...own], firstTokenTimeout, stallTimeout, retries, ...urlOf(model, url, options.url) }, io)
  return {
    A: { persona: A, model: side(options.modelA, options.urlA, options.optionA) },
    B: { persona: B, model: side(options.modelB, options.urlB, options.optionB) },
  }
}

/** The common URL is not meant for a side that has no server. */
function urlOf(model: string, own: string | undefined, common: string | undefined): { url?: string } {
  const url = own ?? (/^(?:sim|narrator)(?::|$)/.test(model.trim()) ? undefined : common)
  return url === undefined ? {} : { url }
}

async function persona(id: AgentId, file: string | undefined, prompts: Prompts | undefined, io: Io): Promise<Persona> {
  if (file === undefined) return prompts?.persona(id === 'A' ? 'data-collector' : 'insight-agent') ?? BUILT_IN[id]
  return parsePersona(await start(file, `--persona-${id.toLowerCase()}`, io), file)
}

/** One byte more than a persona may have, so that it is seen to be too long. */
async function start(file: string, option: string, io: Io): Promise<string> {
  try {
    const handle = await open(path.resolve(io.cwd, file))
    try {
      const buffer = Buffer.alloc(PERSONA_LIMIT + 1)
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0)
      return buffer.toString('utf8', 0, bytesRead)
    } finally {
      await handle.close()
    }
  } catch (cause) {
    throw new ChimeraError('NOT_FOUND', `expected ${option} to name a persona file, could not read ${file}: "chimera agents --print-persona a" prints one to begin with`, { cause })
  }
}

/** Two agents may have one model's name and different options: the stream tells them apart. */
function tracing(file: string | undefined, pair: Agents, io: Io): TraceWriter | undefined {
  if (file === undefined) return undefined
  const about = (_: string, stream?: string) => {
    const { provider, options } = pair[stream === 'B' ? 'B' : 'A'].model
    return { provider, options }
  }
  return traceWriter(path.resolve(io.cwd, file), { about, date: () => io.date().getTime() })
}

/** Run by run, so that a long session that breaks off has lost nothing. */
async function statsFile(file: string, pair: Agents, { scenario }: AgentsOptions, io: Io): Promise<(run: AgentsRun) => Promise<void>> {
  await write(file, '--stats', io, (full) => writeFile(full, ''))
  return (run) => append(file, agentRecords(run, { agents: pair, file, ...(scenario === undefined ? {} : { scenario }) }), io)
}

function append(file: string, records: readonly MetricRecord[], io: Io): Promise<void> {
  return write(file, '--stats', io, (full) => appendFile(full, records.map((record) => `${formatRecord(record)}\n`).join('')))
}

async function write(file: string, option: string, io: Io, how: (full: string) => Promise<void>): Promise<void> {
  await how(path.resolve(io.cwd, file)).catch((error: unknown) => {
    throw new ChimeraError('UNREADABLE', `expected to write to ${file}, but could not: choose another ${option} file`, { cause: error })
  })
}

/** Each kind once. */
function taints(result: AgentsReportResult | undefined): Iterable<string> {
  const found = new Map<string, string>()
  for (const { together, alone } of result?.runs ?? []) {
    for (const pass of [together, alone]) for (const { code, message } of pass?.certificate?.tainted ?? []) if (!found.has(code)) found.set(code, message)
  }
  return found.values()
}

function ending(result: AgentsReportResult | undefined, io: Io): ExitCode {
  const failure = result?.failure
  if (!failure) return EXIT.done
  io.stderr.write(`${describe(failure, io.env)}\n`)
  return io.signal.aborted ? EXIT.interrupted : exitCodeOf(failure)
}
