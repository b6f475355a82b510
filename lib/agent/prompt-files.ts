/** Where prompts are read from: the built-in ones when they are first needed, a user's own from a folder. */

import { readFileSync } from 'node:fs'
import { open, readdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { ChimeraError } from '../stage/index.js'
import { FRONT_FILE_LIMIT } from './front.js'
import { isPromptName, PROMPT_NAMES, type PromptName } from './prompt-names.js'

const CURE = '"chimera prompts --write DIR" writes the built-in ones to begin with'

const read = new Map<PromptName, string>()

/** The file as it is. Read once, when it is first asked for: start-up does not wait for it. */
export function builtInPrompt(name: PromptName): string {
  const known = read.get(name)
  if (known !== undefined) return known
  const text = readIfThere(path.join(path.dirname(packageFile()), 'lib', 'agent', 'prompts', `${name}.md`))
  if (text === undefined) throw new ChimeraError('UNREADABLE', `expected the prompt ${name}.md in the package, found none: install it again`)
  read.set(name, text)
  return text
}

/**
 * The prompts in a user's folder, as they are; a README.md beside them is none.
 *
 * @throws {ChimeraError} `NOT_FOUND` when it cannot be read; `USAGE` when nothing in it is a prompt, or a Markdown file there is none.
 */
export async function readPromptFolder(folder: string): Promise<ReadonlyMap<PromptName, string>> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new ChimeraError('NOT_FOUND', `expected a folder with prompts, could not read ${folder}: ${CURE}`, { cause })
  })
  const found = names.filter((name) => name.endsWith('.md') && name.toLowerCase() !== 'readme.md').sort()
  const own = new Map<PromptName, string>()
  for (const file of found) {
    const name = file.slice(0, -'.md'.length)
    if (!isPromptName(name)) throw new ChimeraError('USAGE', `expected prompts named ${PROMPT_NAMES.join(', ')} in ${folder}, found ${file}: rename it, or move it away`)
    own.set(name, await readStart(path.join(folder, file)))
  }
  if (own.size === 0) throw new ChimeraError('USAGE', `expected Markdown files such as rules.md in ${folder}, found none: ${CURE}`)
  return own
}

/** The package has one root, wherever in it this code was compiled or bundled to. */
function packageFile(): string {
  return createRequire(import.meta.url).resolve('chimera/package.json')
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT') return undefined
    throw error
  }
}

/** One byte more than a prompt may have, so that it is seen to be too long. */
async function readStart(file: string): Promise<string> {
  const handle = await open(file).catch((cause: unknown) => {
    throw new ChimeraError('UNREADABLE', `expected to read the prompt ${file}, but could not: check who may read it`, { cause })
  })
  try {
    const buffer = Buffer.alloc(FRONT_FILE_LIMIT + 1)
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0)
    return buffer.toString('utf8', 0, bytesRead)
  } catch (cause) {
    throw new ChimeraError('UNREADABLE', `expected the prompt ${file} to be a file, but could not read it`, { cause })
  } finally {
    await handle.close()
  }
}
