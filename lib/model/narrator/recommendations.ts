/** What to do next, as far as the facts ask for it; no targets are set. */

import type { Fact } from '../../fact/fact.js'
import { among, isColdStart, isOfFiles, ofWhom } from './passages.js'
import { byCount, counted, fileOnly, metricName, number, percent, place, present, sentences, series, than, times, value, who } from './phrase.js'
import { isDecisive, isSameChoice, mainComparisons, WORTH_IT, type Comparison, type Story } from './story.js'

const MOST = 10
const CHOICES_TOLD = 3
const METRICS_TOLD = 2
/** Choosing another one of these changes the answers, not only their speed. */
const ANSWER_CHANGES: ReadonlySet<string> = new Set(['model', 'model_name', 'model_id', 'tag', 'quantization', 'quant', 'precision', 'dtype', 'file'])

export function recommendations(story: Story): string[] {
  const lines = present(...choices(story), ...settings(story), ...measuring(story), ...files(story)).slice(0, MOST)
  return lines.length > 0 ? lines : ['Nothing in these figures calls for action. Repeat the measurement to confirm them.']
}

/** Figures against a baseline, which has none itself and may be the better choice. */
const RELATIVE = new Set(['speedup', 'efficiency'])

/** One line for each winner: what is best in several metrics is named with all of them. */
function choices(story: Story): string[] {
  const winners: Comparison[][] = []
  for (const one of mainComparisons(story).filter((compared) => isDecisive(compared) && compared.of !== 'files' && !RELATIVE.has(compared.best.metric ?? ''))) {
    const known = winners.find(([first]) => first && isSameChoice(first, one))
    if (known) known.push(one)
    else winners.push([one])
  }
  return winners.slice(0, CHOICES_TOLD).flatMap((list) => {
    const [first] = list
    if (!first) return []
    const told = list.slice(0, METRICS_TOLD)
    const { best, ratio } = first
    const shared = ratio?.group ?? {}
    const caution = Object.keys(best.group ?? {}).some((key) => ANSWER_CHANGES.has(key) && !Object.hasOwn(shared, key))
    const forWhom = ratio?.among === undefined || ratio.among === '' ? '' : ` for ${among(ratio)}`
    return [
      sentences(
        `Where ${series(told.map((one) => metricName(one.best)))} ${told.length === 1 ? 'decides' : 'decide'}, prefer ${who(best)}${forWhom}: ${series(told.map(against))}.`,
        caution ? 'Compare the quality of the answers before deciding: smaller or coarser models are often the faster choice.' : undefined,
      ),
    ]
  })
}

function against({ best, worst }: Comparison): string {
  return worst ? `${value(best)} against ${value(worst)} with ${who(worst)}` : value(best)
}

function settings(story: Story): string[] {
  const [strongest] = story.effects.filter(({ value }) => value >= WORTH_IT).sort((a, b) => b.value - a.value)
  if (strongest) {
    const direction = story.higherIsBetter(strongest.metric) ? 'higher' : 'lower'
    return [`Use ${who(strongest)} rather than ${than(strongest)}: the ${metricName(strongest)}${ofWhom(strongest)} was ${direction} with it by a factor of ${value(strongest)}, beyond chance. Confirm it with repeated runs.`]
  }
  const [none] = story.noEffects
  return none ? [`Repeat the settings with more runs before changing any: none showed an effect on the ${metricName(none)}${ofWhom(none)} beyond chance.`] : []
}

function measuring(story: Story): string[] {
  const all = story.counted('allFailed')
  const some = story.counted('someFailed')
  const single = story.counted('single')
  const noUnit = story.counted('noUnit')
  const cold = story.outliers.find(isColdStart)
  const other = story.outliers.find((fact) => !isColdStart(fact))
  const [again] = story.coldStarts
  const [runs] = story.betweenRuns
  const spread = story.spreads.find(({ note }) => note !== 'prompts')
  return present(
    all && `Run again what failed: ${which(all)} ${byCount(all, 'has', 'have')} no successful run at all. Read the error texts first, and check that the server was reachable.`,
    all ? undefined : some && `Look into ${which(some)}, where some runs failed and others worked: a failure that comes and goes is worth more attention than a constant failure.`,
    cold && `Warm up before measuring, or mark the first run as a warm-up: the ${value(cold)} of ${who(cold)}, ${cold.better === 'higher' ? 'far below' : `${times(cold)} times`} the median, spoils every mean it is part of. Where users do meet cold starts, measure them as a figure of their own.`,
    cold ? undefined : again && `Warm up before measuring, or mark the first run as a warm-up: the opening run of a series is off by a factor of ${value(again)} in the ${metricName(again)} of ${who(again)}, and spoils every mean it is part of.`,
    runs && `Measure ${who(runs)} again before its ${metricName(runs)} is compared with anything: with the same settings it differs by a factor of ${value(runs)} between files.`,
    other && `Find out what happened at the single ${metricName(other)} of ${value(other)} (${place(other) || who(other)}) before ${who(other)} is compared with anything.`,
    single && `Repeat each configuration: ${value(single)}${single.n === undefined ? '' : ` of ${number(single)}`} ${byCount(single, 'was', 'were')} not repeated, and then a difference cannot be told from chance.`,
    spread && `Measure longer where values scatter, starting with the ${metricName(spread)} ${fileOnly(spread) ? 'in' : 'of'} ${who(spread)}: ${percent(spread)} of its mean.`,
    noUnit && `Write the unit into the column name or beside the value: ${counted(noUnit, 'metric')} cannot be compared without.`,
  )
}

function files(story: Story): string[] {
  const empty = story.counted('empty')
  const rejected = story.counted('rejected')
  const copies = story.counted('copies')
  const [gap] = story.gaps
  const [said] = story.disagreements
  const doubtful = present(empty && `the ${counted(empty, 'file')} without a measured number`, rejected && `the ${counted(rejected, 'rejected file')}`)
  return present(
    doubtful.length > 0 ? `Check ${series(doubtful)}: notes are fine, but results should not be among them.` : undefined,
    said && `Correct ${place(said)}, or add the runs it speaks of: its ${metricName(said)} of ${who(said)} is not among what was measured.`,
    gap && `Record ${metricName(gap)} ${isOfFiles(gap) ? 'in all files' : 'for all subjects'}, so that they can be compared: ${value(gap)} ${byCount(gap, 'lacks', 'lack')} it.`,
    copies && `Keep ${byCount(copies, 'the file that is a copy', 'the files that are copies')} out of the results folder: ${byCount(copies, 'it counts', 'they count')} again wherever nobody looks at the bytes.`,
  )
}

/** A single file by its name, of several the first one. */
function which(fact: Fact): string {
  const [first] = fact.files
  if (first === undefined) return counted(fact, 'file')
  return fact.value === 1 ? `{{${fact.id}.file}}` : `${counted(fact, 'file')} ({{${fact.id}.file}} and others)`
}
