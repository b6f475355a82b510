/** Documents made of rows, plain and odd ones, and of whatever else may stand between them. */

import fc from 'fast-check'

export const HEAD = '# Runs\n\n| model | ttft (ms) | note |\n| --- | ---: | --- |\n'

export function plainRows(count: number, from = 0): string {
  return Array.from({ length: count }, (_, at) => `| m-${(from + at) % 7} | ${at / 4} | \`text ${at}\` |\n`).join('')
}

const word = fc.constantFrom('1', '2.5', '-3', 'x', 'a b', '', ' ', '12 ms', '`c`', '**b**', '**1**', '`', '*', '**', '_', 'a_b', '~', '~5', '<', '<b', '&', '&lt;', '\\|', '\\', '[', '[b]', '[b](c)', '![b](c)', '-', '---', ':-:', '#', '>', 'é', '漢', '🎉', '\u00a0', '–', '"', '=', 'http://x.y', 'a@b.cd', 'A: 1', '\u0007')
const cell = fc.oneof({ arbitrary: fc.constantFrom('1', '2.5', 'x', 'a b', '`c`', '**b**', '-', ''), weight: 3 }, word, fc.array(word, { maxLength: 3 }).map((words) => words.join(' ')), fc.array(word, { maxLength: 3 }).map((words) => words.join('')))
const space = fc.constantFrom(' ', '', '  ', '\t')
const row = fc.array(fc.tuple(space, cell, space), { minLength: 1, maxLength: 4 }).map((cells) => `|${cells.map((parts) => parts.join('')).join('|')}|`)
const three = fc.array(cell, { minLength: 3, maxLength: 3 }).map((cells) => `| ${cells.join(' | ')} |`)
const line = fc.oneof(
  { arbitrary: three, weight: 6 },
  row,
  { arbitrary: fc.integer({ min: 1, max: 60 }).map((count) => plainRows(count).trimEnd()), weight: 2 },
  three.map((text) => text.replace(/^\||\|$/g, '')),
  fc.constantFrom('', '', '', '## H', 'Text', 'A: 1', '- a: 1', '  - b: 2', '> q', '> | a | b |', '```', '~~~', '<div>', '<table>', '</table>', '<!--', '-->', '<pre>', '[b]: http://x', '===', '---', '    code', '1. n: 1', '| a | b | c |\n|---|:-:|--:|', '| a | b |\n|---|---|', '|---|---|---|', 'a | b | c\n---|---|---', '- | a | b | c |\n  |---|---|---|', '**B:** 2', 'text ## Heading A'),
)
export const document = fc.array(fc.oneof({ arbitrary: line, weight: 4 }, fc.constant(`\n${HEAD.trimEnd()}`)), { minLength: 1, maxLength: 14 }).map((lines) => lines.join('\n'))
