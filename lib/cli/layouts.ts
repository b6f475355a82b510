/** `--layout FILE`: layouts of the user's own, from JSON or from a module. */

import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Layout } from '../layout/index.js'
import { defineLayout } from '../record/index.js'
import { ChimeraError } from '../stage/index.js'
import type { Io } from './io.js'

/** In the order of the files; the first of two that fit a file alike is taken. */
export async function loadLayouts(files: readonly string[], io: Io): Promise<readonly Layout[]> {
  const loaded: Layout[] = []
  for (const file of files) {
    const content = await contentOf(file, path.resolve(io.cwd, file))
    const list: readonly unknown[] = Array.isArray(content) ? content : [content]
    if (list.length === 0) throw wrong(file, 'a layout or an array of them', 'an empty array')
    for (const layout of list) loaded.push(checked(file, layout))
  }
  return loaded
}

function checked(file: string, layout: unknown): Layout {
  try {
    return defineLayout(layout as Layout)
  } catch (error) {
    if (error instanceof ChimeraError) throw new ChimeraError(error.code, `--layout ${file}: ${error.message}`, { cause: error })
    throw error
  }
}

async function contentOf(file: string, whole: string): Promise<unknown> {
  return /\.[cm]?js$/.test(file) ? moduleOf(file, whole) : jsonOf(file, whole)
}

async function moduleOf(file: string, whole: string): Promise<unknown> {
  let found: { readonly default?: unknown }
  try {
    found = (await import(pathToFileURL(whole).href)) as { readonly default?: unknown }
  } catch (error) {
    throw wrong(file, 'a module that can be imported', messageOf(error), error)
  }
  if (found.default === undefined) throw wrong(file, 'a default export, a layout or an array of them', 'none')
  return found.default
}

async function jsonOf(file: string, whole: string): Promise<unknown> {
  let text: string
  try {
    text = await readFile(whole, 'utf8')
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    throw new ChimeraError(missing ? 'NOT_FOUND' : 'UNREADABLE', `--layout ${file}: expected a file with a layout, found ${missing ? 'no such file' : messageOf(error)}; name a JSON file or a module`, { cause: error })
  }
  try {
    return JSON.parse(text)
  } catch (error) {
    throw wrong(file, 'a layout as JSON', messageOf(error), error)
  }
}

function wrong(file: string, expected: string, found: string, cause?: unknown): ChimeraError {
  return new ChimeraError('USAGE', `--layout ${file}: expected ${expected}, found ${found}; docs/layouts.md shows how one is written`, { cause })
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
