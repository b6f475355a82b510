/** The numbers that stand in a fact's sentence, which code wrote. */

import type { FigureIndex } from './figure-index.js'
import type { Told } from './known-figures.js'
import { startScanner } from './scanner.js'

export function readTold(sentence: string, figures: FigureIndex): Told[] {
  const scanner = startScanner({ figures, check: true })
  const tokens = [...scanner.write(sentence), ...scanner.end()]
  const texts = tokens.map((token) => token.said ?? token.out)
  return tokens.flatMap(({ claim }, at) => {
    if (claim?.kind !== 'number') return []
    // A counted noun is part of the number's text.
    const after = (claim.number.unit ? (texts[at] ?? '').replace(/^[\d.,]+/, '') : '') + texts.slice(at + 1).join('')
    return [{ number: claim.number, before: texts.slice(0, at).join(''), after }]
  })
}
