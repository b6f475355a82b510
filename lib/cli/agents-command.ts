/** What `chimera agents` takes, beside what every command with a model takes. */

import { InvalidArgumentError, Option, type Command } from 'commander'
import type { CommandTools } from './bench-command.js'
import type { Io } from './io.js'
import type { AgentsOptions } from './options.js'

export function agentsCommand(agents: Command, io: Io, ended: (code: number) => void, { examples, collect }: Omit<CommandTools, 'seconds'>): void {
  agents
    .description('Let two agents write over one reading, at the same time or in turn, and measure what that costs each of them.')
    .addOption(new Option('--mode <mode>', "at the same time, or B after A with A's answer").choices(['concurrent', 'sequential']).default('concurrent'))
    .addOption(new Option('--scenario <scenario>', 'A as it is and B tuned, both tuned apart, both tuned alike').choices(['baseline-vs-chimera', 'heterogeneous', 'homogeneous']))
    .option('--runs <count>', 'how often', whole(1), 1)
    .option('--warmup <count>', 'runs before them that count in no figure', whole(0), 0)
    .option('--measure-sequential', 'each run also has each agent answer alone: speedup, efficiency, contention', false)
    .option('--model-a <model>', "agent A's; default --model")
    .option('--model-b <model>', "agent B's; default --model")
    .option('--url-a <url>', "where A's model is served; default --url")
    .option('--url-b <url>', "where B's model is served; default --url")
    .option('--option-a <name=value>', 'a model option for A, over --option; repeatable', collect)
    .option('--option-b <name=value>', 'a model option for B, over --option; repeatable', collect)
    .option('--persona-a <file>', 'who A is: Markdown with a front of name and title')
    .option('--persona-b <file>', 'who B is')
    .option('--prompts <folder>', 'your own prompts, as Markdown files; "chimera prompts" has the names')
    .addOption(new Option('--print-persona <agent>', 'print a built-in persona as such a file, and nothing else').choices(['a', 'b']))
    .option('--summary <file>', 'write what was measured as a Markdown page of its own')
    .option('-o, --output <file>', 'write the report to this file instead of stdout')
    .option('--title <title>', 'title of the report')
    .addHelpText(
      'after',
      examples(
        ['chimera agents results/ -m gemma3:latest > report.md', 'both at once on one server'],
        ['chimera agents results/ -m gemma3 --mode sequential', "B reads A's answer"],
        ['chimera agents results/ -m gemma3 --url-b http://127.0.0.1:11435', 'a server for each'],
        ['chimera agents results/ -m gemma3 --scenario baseline-vs-chimera --option-b num_gpu=80', 'B tuned'],
        ['chimera agents results/ -m gemma3 --warmup 1 --runs 5 --measure-sequential --summary agents.md', 'speedup'],
        ['chimera agents --print-persona b > cost.md', 'a persona to change'],
        ['chimera agents results/ -m gemma3 --persona-b cost.md'],
      ),
    )
    .action(async (paths: string[], options: AgentsOptions) => ended(await (await import('./agents.js')).agents(paths, options, io)))
}

function whole(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (!/^\d{1,6}$/.test(text.trim()) || value < least) throw new InvalidArgumentError(`expected a whole number from ${least}`)
    return value
  }
}
