/** Lines of a log, each with several labels and their numbers: `Epoch 1 loss 0.5 | train 3.2s`, `Duration: 0.1s, GFLOPS: 185.2`. */

import type { Found } from './fence-piped.js'
import type { MarkdownLine } from './markdown-lines.js'
import type { TextCell } from './text-table.js'

const UNIT = String.raw`(?:ns|[uµμ]s|ms|s|secs?|seconds?|mins?|%|[KMGT]i?B(?:\/s|ps)?|B|x|[KMGT]?FLOPS|[kMG]?Hz|W|J|fps|[a-zA-Z#]{1,12}\/(?:s|sec|op|iter|it|step|token|tok|batch|epoch|request|GPU))`
const NUMBER = String.raw`[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[-+]?\d+)?`
const LABEL = String.raw`[\p{L}#][\p{L}\d_/@%.]*(?:[ -][\p{L}][\p{L}\d_/@%.]*){0,4}(?: ?\([^()\d]{1,12}\))?`
/** A label with its number, and what parts it from the next one. */
const PART = new RegExp(String.raw`(?<![\p{L}\d])(${LABEL}) ?(?:[:=] *|(?<=[ )]))(${NUMBER}(?:\/\d+)?)( ?${UNIT})?(?=$|[\s,|;)\]])`, 'gu')
/** What may stand between: separators, a label with a word, how far it is (`3/10 [==>...] 5s 2ms/step`). */
const BETWEEN = /^(?:[\s,|;()[\]-]|\[[=>.#-]{0,80}\]|\d+\/\d+(?=[\s,|;]|$)|\d+(?:\.\d+)?m?s(?:\/[a-z]{1,6})?(?=[\s,|;]|$)|[\p{L}_]{1,20}: ?[\p{L}_-]{1,20}(?=[\s,|;]|$))*$/u
const LOGGED = /^\s*\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[\d.,]*(?:Z|[+-]\d\d:?\d\d)?\]?[\s|:-]{0,4}(?:\[?(?:DEBUG|INFO|NOTICE|WARN|WARNING|ERROR)\]?[\s|:-]{0,4})?/
const MEASURED = /(?:^|[\s_/])(?:loss|acc|accuracy|time|duration|latency|throughput|speed|rate|gflops|tflops|ppl|perplexity|score|error|reward|ttft|mean|avg|p\d\d)(?:$|[\s_/(@\d])/i
/** What most lines of data and programs are not, before the long expressions run. */
const LIKELY = /^[\s[]*[\p{L}\d#-].*[\p{L}\d)%](?: ?[:=] *| )[-+]?\d.*(?:[|,;:=]|\s-\s|\d\s*$)/u
const LONGEST = 400
const LEAST_ROWS = 2
const CONFIDENCE = 0.85

interface Read {
  readonly line: MarkdownLine
  readonly cells: ReadonlyMap<string, TextCell>
  readonly units: boolean
}

/** Whether a line has the form; cheap enough to be asked for every line. */
export function isSegmented(text: string): boolean {
  return readLine({ text, line: 0, shift: 0, bytes: [0, 0] }) !== undefined
}

/** Two lines or more that begin with the same labels, at most one of another kind between them; one label with a unit, or known as measured. */
export function segmentedTable(lines: readonly MarkdownLine[], at: number): Found | undefined {
  const first = lines[at] && readLine(lines[at])
  if (!first) return undefined
  const rows = [first]
  const [leading = ''] = first.cells.keys()
  let end = at + 1
  for (; end < lines.length; end += 1) {
    const line = lines[end]
    const next = line && readLine(line)
    if (!next || [...next.cells.keys()][0] !== leading) break
    rows.push(next)
  }
  const header = [...new Set(rows.flatMap(({ cells }) => [...cells.keys()]))]
  if (rows.length < LEAST_ROWS || header.length > 40 || !rows.every(({ cells }) => cells.size > 1) || !(rows.some(({ units }) => units) || header.some((label) => MEASURED.test(label)))) return undefined
  return {
    table: {
      header,
      start: first.line,
      rows: rows.map(({ line, cells }) => ({ line, cells: header.map((label): TextCell => cells.get(label) ?? { text: '', line, column: line.text.length + 1 }) })),
      confidence: CONFIDENCE,
    },
    end,
  }
}

function readLine(line: MarkdownLine): Read | undefined {
  const { text } = line
  if (text.length > LONGEST || !LIKELY.test(text)) return undefined
  const logged = LOGGED.exec(text)?.[0].length ?? 0
  const cells = new Map<string, TextCell>()
  let units = false
  let from = logged
  for (const found of text.slice(logged).matchAll(PART)) {
    const [whole, label = '', number = '', unit = ''] = found
    const at = logged + found.index
    if (!BETWEEN.test(text.slice(from, at)) || cells.has(label)) return undefined
    cells.set(label, { text: number + unit, line, column: at + whole.lastIndexOf(number + unit) + 1 + line.shift })
    units ||= unit !== ''
    from = at + whole.length
  }
  return cells.size > 1 && BETWEEN.test(text.slice(from)) ? { line, cells, units } : undefined
}
