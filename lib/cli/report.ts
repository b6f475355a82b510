/** `chimera report`: the technical report, measured figures by code and the words around them by a model or the narrator. */

import { drawingSamples, reportHtml, writeReport, type PageData } from '../report/index.js'
import { countInventory, formatInventory } from '../source/index.js'
import type { Io } from './io.js'
import type { ReportOptions } from './options.js'
import { measuring } from './measuring.js'
import { prepare } from './preparing.js'
import { promptsFrom } from './prompts.js'
import { readVersion } from './version.js'
import { byName } from './by-name.js'
import { finish, watching, writeText } from './writing.js'

export async function report(paths: readonly string[], options: ReportOptions, io: Io): Promise<number> {
  const startedAt = io.date()
  const own = await promptsFrom(options.prompts, io)
  const asPage = options.format === 'html'
  const { input, model, facts, rows, files, problems, ingestSeconds, sampled } = await prepare(paths, options, io, options.output, asPage ? drawingSamples() : undefined)
  const counter = countInventory()
  for (const file of files) counter.add(byName(file))
  const measured = measuring([model], options.trace, io)
  const run = writeReport({
    facts,
    rows,
    files,
    problems,
    inventoryText: formatInventory(counter.result()),
    ingestSeconds,
    model,
    ...own,
    structured: options.structured,
    ...(options.title === undefined ? {} : { title: options.title }),
    date: startedAt,
    version: readVersion(),
    grounding: options.grounding,
    links: asPage,
    signal: io.signal,
    now: io.now,
    onEvent: watching(measured, input),
  })
  try {
    await writeText(asPage ? page(run, () => ({ rows, sampled, timelines: run.result?.timelines })) : run, options.output, input, io)
  } finally {
    input.progress.stop()
  }
  const { measurements = {}, failure, ledger } = run.result ?? {}
  return finish({ measurements, failure, certificate: measured.end(), ledger }, model, input, options, startedAt, io)
}

/** A page is laid out as a whole, so it comes in one piece when the last section is written. */
async function* page(markdown: AsyncIterable<string>, data: () => PageData): AsyncGenerator<string> {
  let text = ''
  for await (const piece of markdown) text += piece
  yield await reportHtml(text, data())
}
