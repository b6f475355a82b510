/** The docs say what the code does. */

import { execFile } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import t from 'tap'
import { FAULTS } from '../../lib/model/simulator/fault.js'
import { DIALECTS, KEYS, WIRES } from '../../lib/model/simulator/spec.js'
import { CANONICAL } from '../../lib/record/vocabulary.js'
import { results } from '../support/cli.js'
import { root } from '../support/paths.js'

const run = promisify(execFile)

t.test('docs/metrics.md lists every canonical metric, with its units and direction', async (t) => {
  const rows = new Map(
    readFileSync(path.join(root, 'docs', 'metrics.md'), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) => {
        const [, name = '', unit = '', better = ''] = line.split('|').map((cell) => cell.trim())
        return [name.replaceAll('`', ''), { unit, better }] as const
      }),
  )
  t.strictSame([...rows.keys()].sort(), CANONICAL.map((metric) => metric.name).sort())
  for (const { name, better, units } of CANONICAL) {
    t.equal(rows.get(name)?.better, better ?? '', `${name}: direction`)
    t.ok(units.some((unit) => rows.get(name)?.unit.includes(`\`${unit === '' ? '""' : unit}\``)), `${name}: unit`)
  }
})

t.test('docs/reading.md lists every code of a problem', async (t) => {
  const page = readFileSync(path.join(root, 'docs', 'reading.md'), 'utf8')
  const table = page.slice(page.indexOf('| code | what happened |')).split('\n\n')[0] ?? ''
  const listed = table.split('\n').slice(2).flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([a-z-]+)`/g)].map((match) => match[1] ?? ''))
  const sources = ['source', 'format', 'record'].flatMap((folder) => readdirSync(path.join(root, 'lib', folder), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts')).map((file) => readFileSync(path.join(root, 'lib', folder, file), 'utf8')))
  const text = sources.join('\n')
  const written = new Set([...text.matchAll(/(?:\b(?:problem|note|bad|tell|report)\((?:[\w.]+, )?|\bcode(?: =|:) [^'\n]*)'([a-z]+(?:-[a-z]+)+)'/g)].map((match) => match[1] ?? ''))
  t.ok(written.size > 12, 'the pattern finds them')
  for (const code of written) t.ok(listed.includes(code), `${code} is in the table`)
  for (const code of listed) t.ok(text.includes(`'${code}'`), `${code} is in lib`)
})

t.test('docs/simulator.md lists every key, dialect, way of travelling and fault, in their order', async (t) => {
  const page = readFileSync(path.join(root, 'docs', 'simulator.md'), 'utf8')
  const rows = (heading: string) => {
    const table = page.slice(page.indexOf(`\n\n| ${heading} |`) + 2).split('\n\n')[0] ?? ''
    return table.split('\n').slice(2).map((row) => row.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')))
  }
  const names = (heading: string) => rows(heading).map(([cell = '']) => /^`([\w-]+)/.exec(cell)?.[1])
  t.strictSame(names('key'), [...Object.keys(KEYS), 'text'])
  t.strictSame(names('`dialect`'), [...DIALECTS])
  t.strictSame(names('`wire`'), [...WIRES])
  t.strictSame(names('fault').slice(1), Object.keys(FAULTS).slice(1))
  t.strictSame(rows('fault').map(([, what]) => what), Object.values(FAULTS), 'and says of each fault what the code says')
})

t.test('the examples run', async (t) => {
  const cwd = path.dirname(results(t.testdir({})))
  const examples = path.join(root, 'docs', 'examples')
  const wanted: Record<string, RegExp> = {
    'slow-starts.mjs': /^2\.5 s {2}ada:7b {2}results\/sweep\.csv:2\n/,
    'grid.mjs': /^# Benchmark of sim[\s\S]*\| output_tokens \| tok \| sim:tokens=12,ttft=1ms,rate=10000 \| 80 \| 2 \| 12 \| 0 \|/,
    'summary-per-model.mjs': /^metric,unit,better,model,.*\n(.*\n)*ttft,s,lower,ada:7b,value,5,/,
    'live-analysis.mjs': /\w+ \w+/,
  }
  t.strictSame(readdirSync(examples).sort(), Object.keys(wanted).sort(), 'every example is run')
  for (const [name, output] of Object.entries(wanted)) {
    const { stdout, stderr } = await run(process.execPath, [path.join(examples, name), 'results'], { cwd })
    t.match(stdout, output, name)
    if (name === 'live-analysis.mjs') t.match(stderr, /TTFT [\d.]+ ms/)
  }
})

/**
 * A block with a file's name behind its language is that file. Blocks marked `console` hold commands after `$ ` with what they
 * print. Each is run in a folder that holds `results/` and those files; a line
 * of `...` stands for any lines, and figures that differ from run to run are written as `<any>`.
 */
const pages = ['README.md', ...readdirSync(path.join(root, 'docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)]
const shown = pages.filter((page) => readFileSync(path.join(root, page), 'utf8').includes('```console'))
for (const page of shown) {
  t.test(`${page}: its commands print what it shows`, async (t) => {
    const text = readFileSync(path.join(root, page), 'utf8')
    const blocks = [...text.matchAll(/```console\n([\s\S]*?)```/g)].map((match) => match[1] ?? '')
    const files = [...text.matchAll(/```\w+ ([\w.-]+)\n([\s\S]*?)```/g)]
    t.ok(blocks.length > 0, 'has examples')
    // For a command that runs another one.
    const tools = mkdtempSync(path.join(tmpdir(), 'chimera-docs-'))
    t.teardown(() => rmSync(tools, { recursive: true }))
    writeFileSync(path.join(tools, 'chimera'), '#!/bin/sh\nexec "$NODE_BIN" "$CHIMERA_BIN" "$@"\n')
    chmodSync(path.join(tools, 'chimera'), 0o755)
    for (const block of blocks) {
      const cwd = path.dirname(results(t.testdir({})))
      for (const [, name = '', content = ''] of files) writeFileSync(path.join(cwd, name), content)
      for (const [command = '', expected = ''] of commandsOf(block)) {
        const shell = `chimera() { "$NODE_BIN" "$CHIMERA_BIN" "$@"; }\n${command}`
        const env = { ...process.env, PATH: `${tools}${path.delimiter}${process.env['PATH'] ?? ''}`, NO_COLOR: '1', NODE_BIN: process.execPath, CHIMERA_BIN: path.join(root, 'dist', 'bin', 'chimera.js'), OLLAMA_HOST: 'http://127.0.0.1:9' }
        const { stdout } = await run('bash', ['-c', shell], { cwd, env }).catch((error: unknown) => error as { stdout: string })
        t.match(stdout, patternOf(expected), command)
      }
    }
  })
}

function commandsOf(block: string): [command: string, expected: string][] {
  return block
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const end = part.search(/[^\\]\n/) + 1
      return [part.slice(0, end).replaceAll('\\\n', ''), part.slice(end + 1)]
    })
}

function patternOf(expected: string): RegExp {
  const lines = expected.trimEnd().split('\n').map((line) => (line.trim() === '...' ? '[\\s\\S]*?' : line.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('<any>', '.*?')))
  return new RegExp(`^${lines.join('\\n').replaceAll('\\n[\\s\\S]*?', '[\\s\\S]*?')}\\s*$`)
}
