/** Reports as people write them, of any length: words, lists, code and a small table now and then. The same on every machine. */

import { random } from './random.js'

export interface Prose {
  readonly text: string
  /** Of all tables together: their rows, and the mean of the column `ttft_s`. */
  readonly rows: number
  readonly mean: number
}

const WORDS =
  'the a run model server cache warm cold after before while which seems slower faster under load we kept settings same as on evening ' +
  'card memory layers batch prompt answer first token queue driver clock fan noise nobody changed anything between both machines ' +
  'result looks stable again once more compared with what was seen last week because scheduler moved threads across cores'
const VOCABULARY = WORDS.split(' ')
const MODELS = ['ada:7b', 'bob:1b', 'cleo:13b', 'dora:3b']
/** Sections until the next table. */
const TABLE_EVERY = 3

export function prose(bytes: number): Prose {
  const draw = random(11)
  const pick = (count: number) => Math.floor(draw() * count)
  const words = (count: number) => Array.from({ length: count }, () => dressed(VOCABULARY[pick(VOCABULARY.length)] ?? '', pick(40))).join(' ')
  const sentence = () => `${capital(words(6 + pick(14)))}${pick(5) === 0 ? `, in ${1 + pick(9)} of ${10 + pick(20)} tries` : ''}.`
  const paragraph = () => `${wrapped(Array.from({ length: 3 + pick(4) }, sentence).join(' '))}\n`
  const list = () => `${Array.from({ length: 3 + pick(3) }, () => `- ${sentence()}`).join('\n')}\n`
  const code = () => `\`\`\`sh\nserve --layers ${10 * pick(9)} --context ${1024 * (1 + pick(8))}\n\`\`\`\n`
  let rows = 0
  let sum = 0
  const table = () => {
    const lines = MODELS.map((model) => {
      const ttft = 100 + pick(2000)
      rows += 1
      sum += ttft
      return `| ${model} | ${(ttft / 1000).toFixed(3)} | ${(20 + draw() * 60).toFixed(1)} |`
    })
    return `| model | ttft_s | tokens_s |\n| --- | ---: | ---: |\n${lines.join('\n')}\n`
  }
  const parts = ['# Notes of many evenings\n']
  let length = parts[0]?.length ?? 0
  for (let section = 0; length < bytes; section += 1) {
    const blocks = [`## ${capital(words(4))}\n`, paragraph(), paragraph(), list(), paragraph(), ...(section % 2 === 0 ? [code()] : []), ...(section % TABLE_EVERY === 0 ? [table()] : [])]
    parts.push(...blocks)
    length += blocks.reduce((all, block) => all + block.length + 1, 0)
  }
  return { text: parts.join('\n'), rows, mean: sum / 1000 / rows }
}

/** Now and then a word is emphasised, is code, or is a link. */
function dressed(word: string, chance: number): string {
  if (chance === 0) return `**${word}**`
  if (chance === 1) return `\`${word}\``
  if (chance === 2) return `*${word}*`
  return chance === 3 ? `[${word}](notes/${word}.md)` : word
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function wrapped(text: string): string {
  return text.replace(/(.{70,90}) /g, '$1\n')
}
