/** `chimera prompts`: what a model is told, as the files that it is kept in. */

import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { builtInPrompt, isPromptName, promptKind, PROMPT_NAMES, prompts, readPromptFolder, type Prompts } from '../agent/index.js'
import { ChimeraError } from '../stage/index.js'
import { EXIT, type ExitCode } from './exit.js'
import type { Io } from './io.js'
import type { PromptsOptions } from './prompts-command.js'

export async function printPrompts(name: string | undefined, options: PromptsOptions, io: Io): Promise<ExitCode> {
  if (options.write !== undefined) {
    if (name !== undefined) throw new ChimeraError('USAGE', `expected --write without a name, found "${name}": it writes all prompts; "chimera prompts ${name} > FILE" writes one`)
    await writeAll(options.write, io)
  } else if (name === undefined) io.stdout.write(listing())
  else if (isPromptName(name)) io.stdout.write(builtInPrompt(name))
  else throw new ChimeraError('USAGE', `expected the name of a prompt, found "${name}": there are ${PROMPT_NAMES.join(', ')}`)
  return EXIT.done
}

/** What `--prompts` names; nothing without it, so that the built-in ones are not read before a model is asked. */
export async function promptsFrom(folder: string | undefined, io: Io): Promise<{ prompts?: Prompts }> {
  return folder === undefined ? {} : { prompts: prompts(await readPromptFolder(path.resolve(io.cwd, folder))) }
}

function listing(): string {
  const width = Math.max(...PROMPT_NAMES.map((name) => name.length))
  const lines = PROMPT_NAMES.map((name) => {
    const { purpose, places } = promptKind(name)
    const filled = places.length === 0 ? '' : `; ${places.map((place) => `[[${place}]]`).join(' ')}`
    return `${name.padEnd(width)}  ${purpose}${filled}`
  })
  return `${lines.join('\n')}\n`
}

/** Files that are there stay as they are: they may be somebody's work. */
async function writeAll(folder: string, io: Io): Promise<void> {
  const full = path.resolve(io.cwd, folder)
  try {
    await mkdir(full, { recursive: true })
    for (const name of PROMPT_NAMES) await writeFile(path.join(full, `${name}.md`), builtInPrompt(name), { flag: 'wx' })
  } catch (cause) {
    const found = (cause as { code?: unknown }).code === 'EEXIST' ? 'some of them there' : 'that it cannot be written'
    throw new ChimeraError('UNREADABLE', `expected to write the prompts into ${folder}, found ${found}: name an empty or a new folder`, { cause })
  }
}
