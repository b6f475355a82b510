/** The house has one direction: a station imports only from itself and from those before it. */

import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import t from 'tap'
import { root } from '../support/paths.js'

const ORDER = ['stage', 'source', 'format', 'layout', 'record', 'summary', 'fact', 'model', 'agent', 'report', 'output', 'bench', 'console', 'cli']

/** Only the stream core makes Node streams; the others may name their types. */
const STREAM_MAKERS = new Set(['stage'])

const lib = path.join(root, 'lib')
const files = readdirSync(lib, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.split(path.sep).join('/'))
  .sort()

t.test('every folder of lib is a station', async (t) => {
  const folders = readdirSync(lib, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
  t.strictSame(
    folders.filter((folder) => !ORDER.includes(folder)),
    [],
  )
  t.ok(files.length > 20, `${files.length} files`)
})

t.test('imports point back only', async (t) => {
  const wrong: string[] = []
  let seen = 0
  for (const file of files) {
    for (const target of importsOf(file)) {
      seen += 1
      const from = stationOf(file)
      const to = stationOf(target)
      if (to === undefined) {
        if (from !== undefined) wrong.push(`${file} -> ${target}: nothing in lib imports index.ts`)
      } else if (from !== undefined && ORDER.indexOf(to) > ORDER.indexOf(from)) wrong.push(`${file} -> ${target}`)
    }
  }
  t.ok(seen > 50, `${seen} imports seen`)
  t.strictSame(wrong, [])
})

t.test('index.ts only exports', async (t) => {
  const lines = readFileSync(path.join(lib, 'index.ts'), 'utf8').split('\n')
  t.strictSame(
    lines.filter((line) => /^(import|const|let|function|class)\b/.test(line)),
    [],
  )
})

t.test('Node streams are made in one folder', async (t) => {
  const makers = files.filter((file) => {
    const text = readFileSync(path.join(lib, file), 'utf8')
    return /\bnew (Readable|Writable|Duplex|Transform|PassThrough)\(|extends (Readable|Writable|Duplex|Transform)\b/.test(text)
  })
  t.strictSame(
    makers.filter((file) => !STREAM_MAKERS.has(stationOf(file) ?? '')),
    [],
  )
})

t.test('no import cycles between files', async (t) => {
  const cycles: string[] = []
  const state = new Map<string, 'open' | 'done'>()
  const visit = (file: string, trail: readonly string[]) => {
    if (state.get(file) === 'done') return
    if (state.get(file) === 'open') {
      cycles.push([...trail.slice(trail.indexOf(file)), file].join(' -> '))
      return
    }
    state.set(file, 'open')
    for (const target of importsOf(file, { types: false })) visit(target, [...trail, file])
    state.set(file, 'done')
  }
  for (const file of files) visit(file, [])
  t.strictSame(cycles, [])
})

function stationOf(file: string): string | undefined {
  const [folder, ...rest] = file.split('/')
  return rest.length > 0 ? folder : undefined
}

/** Files of lib that `file` imports, as paths below lib. */
function importsOf(file: string, { types = true } = {}): string[] {
  const text = readFileSync(path.join(lib, file), 'utf8')
  const statements = text.matchAll(/(?:^|\n)\s*(import|export)(\s+type)?[^;'"`]*?from\s+'(\.[^']+)'|import\('(\.[^']+)'\)/g)
  return [...statements]
    .filter((match) => types || match[2] === undefined)
    .map((match) => match[3] ?? match[4] ?? '')
    .map((target) => path.posix.join(path.posix.dirname(file), target).replace(/\.js$/, '.ts'))
}
