/** Words that say which of two is more or better: each a claim that a fact must make, too. */

/**
 * - `good`: `sign` 1 is better, -1 worse, whatever the metric.
 * - `value`: `sign` 1 is a larger value, -1 a smaller one.
 * - `significance`: beyond chance.
 */
export interface Direction {
  readonly axis: 'good' | 'value' | 'significance'
  readonly sign: 1 | -1
  readonly degree: 'comparative' | 'superlative' | 'change' | 'none'
  /** Speaks of speed, so of no accuracy or size. */
  readonly speed?: true
  /** Has many harmless senses (`more`): judged only where two things are named that can be compared. */
  readonly weak?: true
}

const TABLE: readonly [direction: Direction, words: string][] = [
  [{ axis: 'good', sign: 1, degree: 'comparative', speed: true }, 'faster quicker sooner snappier speedier schneller outpaces outpaced outruns'],
  [{ axis: 'good', sign: -1, degree: 'comparative', speed: true }, 'slower laggier langsamer'],
  [{ axis: 'good', sign: 1, degree: 'superlative', speed: true }, 'fastest quickest soonest schnellste schnellsten speediest'],
  [{ axis: 'good', sign: -1, degree: 'superlative', speed: true }, 'slowest langsamste langsamsten'],
  [{ axis: 'good', sign: 1, degree: 'comparative' }, 'better superior outperforms outperformed outperform outperforming beats beat surpasses surpassed exceeds besser'],
  [{ axis: 'good', sign: -1, degree: 'comparative' }, 'worse inferior underperforms underperformed underperform lags trails schlechter'],
  [{ axis: 'good', sign: 1, degree: 'superlative' }, 'best leads winner wins beste besten leader top-performing'],
  [{ axis: 'good', sign: -1, degree: 'superlative' }, 'worst weakest loser schlechteste schlechtesten'],
  [{ axis: 'value', sign: 1, degree: 'comparative' }, 'higher larger bigger greater longer höher größer länger'],
  [{ axis: 'value', sign: -1, degree: 'comparative' }, 'lower smaller shorter niedriger kleiner kürzer'],
  [{ axis: 'value', sign: 1, degree: 'comparative', weak: true }, 'more mehr más'],
  [{ axis: 'value', sign: -1, degree: 'comparative', weak: true }, 'less fewer weniger menos'],
  [{ axis: 'value', sign: 1, degree: 'superlative' }, 'highest largest biggest greatest longest höchste höchsten größte größten'],
  [{ axis: 'value', sign: -1, degree: 'superlative' }, 'lowest smallest shortest niedrigste niedrigsten kleinste kleinsten'],
  [{ axis: 'good', sign: 1, degree: 'change' }, 'improved improves improving improvement improvements verbessert'],
  [{ axis: 'good', sign: -1, degree: 'change' }, 'degraded degrades degrading degradation regressed regresses regression regressions worsened worsens deteriorated deteriorates verschlechtert'],
  [{ axis: 'value', sign: 1, degree: 'change' }, 'increased increases increasing rose rises risen grew grows climbed climbs gained'],
  [{ axis: 'value', sign: -1, degree: 'change' }, 'decreased decreases decreasing dropped drops fell falls fallen declined declines shrank reduced reduces'],
  [{ axis: 'significance', sign: 1, degree: 'none' }, 'significant significantly signifikant'],
]
const WORDS: ReadonlyMap<string, Direction> = new Map(TABLE.flatMap(([direction, words]) => words.split(' ').map((word) => [word, direction])))

export function directionOf(word: string): Direction | undefined {
  return WORDS.get(word.toLowerCase())
}

/** Senses that compare nothing, and definitions such as `lower is better`. */
const HARMLESS =
  /\bbest[ -](?:practices?|efforts?|guess|way|case)\b|\bworst[ -]case\b|\bat (?:best|worst)\b|\b(?:higher|lower|smaller|larger|bigger|shorter)(?: \w+){0,2} (?:is|are|means?|being) (?:better|worse)\b|\bno better than chance\b|\bno \w+ is (?:better|worse)\b|\b(?:no|any|better) longer\b|\bhigher[ -]level\b|\bbetter (?:understand|safe)\w*|\b(?:more|less) (?:than|or less|often|about|details?|likely)\b|\bfalls? (?:back|under|into|within)\b|\bmore (?:runs|samples|data|files|measurements|tests|work)\b/gi

/** The parts of a sentence in which such a word claims nothing. */
export function harmless(sentence: string): readonly (readonly [start: number, end: number])[] {
  return Array.from(sentence.matchAll(HARMLESS), (found) => [found.index, found.index + found[0].length])
}

/** A wish, a condition or advice says what may be, not what was measured. */
const SUPPOSED =
  /\b(?:should|could|would|may|might|can|consider|prefer|recommend\w*|if|whether|unless|try|aim|expect\w*|likely|probably|needs?|must|use|choose|check|compare|avoid|repeat|measure again|to (?:get|find|see|be|make|improve|reduce|increase|confirm|test|achieve|reach|tell|rank|decide|know|learn))\b|^\W*(?:run|test|measure|warm|start|look|rerun|investigate|set|tune|try|keep|add|verify)\b/i

export function isSupposed(sentence: string): boolean {
  return SUPPOSED.test(sentence)
}
