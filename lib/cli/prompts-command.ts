/** What `chimera prompts` takes, and the options of commands that send prompts. */

import { Option, type Command } from 'commander'
import type { Io } from './io.js'

export interface PromptsOptions {
  /** Folder. */
  readonly write?: string
}

type Examples = (...lines: readonly (readonly [command: string, note?: string])[]) => string

export function promptsCommand(chimera: Command, io: Io, ended: (code: number) => void, examples: Examples): void {
  chimera
    .command('prompts')
    .description('Print what a model is told: the list of prompts, or one of them. With --prompts your own take their place.')
    .argument('[name]', 'the prompt to print; without one all are listed')
    .option('--write <folder>', 'write all of them as files into this folder, to begin with')
    .addHelpText(
      'after',
      examples(
        ['chimera prompts'],
        ['chimera prompts report-task > mine/report-task.md', 'one to change'],
        ['chimera prompts --write mine', 'all of them'],
        ['chimera report results/ -m gemma3 --prompts mine', 'those in "mine" win'],
      ),
    )
    .exitOverride()
    .action(async (name: string | undefined, options: PromptsOptions) => ended(await (await import('./prompts.js')).printPrompts(name, options, io)))
}

/** How the answers are asked for. */
export function asked(command: Command): Command {
  return command
    .option('--prompts <folder>', 'your own prompts, as Markdown files; "chimera prompts" has the names')
    .addOption(new Option('--structured <when>', 'findings as JSON after a schema: auto, of servers that can do it').choices(['auto', 'always', 'never']).default('auto'))
}
