/** The tarball as a user gets it: its command runs, its import works, its types are there, and nothing else is in it. */

import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import t from 'tap'
import { bin as command } from '../support/cli.js'
import { root } from '../support/paths.js'

const run = promisify(execFile)
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'

interface Manifest {
  name: string
  version: string
  dependencies: Record<string, string>
  bin: Record<string, string>
}

const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Manifest

t.test('npm pack gives a package that works where it is installed', async (t) => {
  const folder = t.testdir({})
  const { stdout } = await run(npm, ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], { cwd: root, env: cleanEnv(), maxBuffer: 1 << 26 })
  const [packed] = JSON.parse(stdout) as { filename: string; files: { path: string }[] }[]
  t.ok(packed)
  if (!packed) return

  const files = packed.files.map((file) => file.path)
  for (const wanted of ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md', 'dist/lib/index.js', 'dist/lib/index.d.ts', 'dist/command/chimera.js', 'dist/command/THIRD-PARTY.txt']) t.ok(files.includes(wanted), wanted)
  t.strictSame(
    files.filter((file) => /(^|\/)(test|benchmarks|node_modules|\.ci|\.tap)\/|^(dist\/)?bin\/|\.tsbuildinfo$|\.map$/.test(file)),
    [],
    'nothing that only serves development',
  )

  const folderOf = path.dirname(command)
  const terms = readFileSync(path.join(folderOf, 'THIRD-PARTY.txt'), 'utf8')
  for (const name of taken(folderOf)) {
    const { version, license } = JSON.parse(readFileSync(path.join(root, 'node_modules', name, 'package.json'), 'utf8')) as { version: string; license: string }
    const [, text = ''] = terms.split(`\n${name} ${version} (${license})\n`)
    t.match(text.split('='.repeat(80))[0], /permi(t|ssion)/i, `the terms of ${name} are told`)
  }

  // Installed as npm would lay it out; the dependencies are those of this checkout, so that no network is needed.
  const modules = path.join(folder, 'app', 'node_modules')
  mkdirSync(path.join(modules, '.bin'), { recursive: true })
  await run('tar', ['-xzf', path.join(folder, packed.filename), '-C', modules])
  renameSync(path.join(modules, 'package'), path.join(modules, 'chimera'))
  linkDependencies(modules)
  const app = path.join(folder, 'app')

  const bin = path.join(modules, 'chimera', manifest.bin['chimera'] ?? '')
  const rules = await run(process.execPath, [bin, 'prompts', 'rules'], { cwd: app, env: cleanEnv() })
  t.match(rules.stdout, /^---\nname: rules\n/, 'prompts are in the package')
  t.match(readFileSync(bin, 'utf8'), /^#!\/usr\/bin\/env node\n/)
  const version = await run(process.execPath, [bin, '--version'], { cwd: app, env: cleanEnv() })
  t.equal(version.stdout.trim(), manifest.version)

  writeFileSync(path.join(app, 'run.csv'), 'model,ttft_s\na,0.25\n')
  const records = await run(process.execPath, [bin, 'records', 'run.csv'], { cwd: app, env: cleanEnv() })
  t.match(JSON.parse(records.stdout), { metric: 'ttft', value: 0.25, unit: 's', attributes: { model: 'a' } })

  writeFileSync(
    path.join(app, 'use.mjs'),
    `import { pipeline } from 'node:stream/promises'
import { artifacts, ndjson, records } from 'chimera'
await pipeline(artifacts('run.csv'), records(), ndjson(), process.stdout)
`,
  )
  const used = await run(process.execPath, ['use.mjs'], { cwd: app, env: cleanEnv() })
  t.match(used.stdout, /"metric":"ttft"/)

  // A user's strict project type-checks against the declarations that were shipped.
  writeFileSync(
    path.join(app, 'use.ts'),
    `import { artifacts, fuse, records, type Item } from 'chimera'
export async function ttfts(path: string): Promise<number[]> {
  const found: number[] = []
  for await (const item of fuse(artifacts(path), records())) {
    const one: Item = item
    if (one.type === undefined && one.metric === 'ttft') found.push(one.value)
  }
  return found
}
`,
  )
  writeFileSync(path.join(app, 'package.json'), '{ "type": "module" }')
  const tsc = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  const options = ['--noEmit', '--strict', '--skipLibCheck', 'false', '--module', 'nodenext', '--target', 'es2022', '--typeRoots', path.join(root, 'node_modules', '@types'), '--types', 'node']
  const checked = await run(process.execPath, [tsc, ...options, 'use.ts'], { cwd: app, env: cleanEnv() }).catch((error: unknown) => error as { stdout: string })
  t.equal(checked.stdout, '', 'types of the package are right')
})

/** Packages that a part of the command was taken from: the bundler says above each module where it comes from. */
function taken(folder: string): ReadonlySet<string> {
  const found = new Set<string>()
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.js'))) {
    for (const [, name] of readFileSync(path.join(folder, file), 'utf8').matchAll(/^\s*\/\/ .*node_modules\/((?:@[^/\s]+\/)?[^/\s]+)\//gm)) if (name !== undefined) found.add(name)
  }
  return found
}

/** Links what the package depends on, directly or not, as an install would have put it there. */
function linkDependencies(modules: string): void {
  for (const entry of readdirSync(path.join(root, 'node_modules'))) {
    if (entry.startsWith('.') || entry === 'chimera') continue
    const target = path.join(modules, entry)
    if (!existsSync(target)) symlinkSync(path.join(root, 'node_modules', entry), target)
  }
}

/** Without the coverage and loader settings of the test runner: the package runs as a user's would. */
function cleanEnv(): NodeJS.ProcessEnv {
  return { ...process.env, NODE_OPTIONS: '', NODE_V8_COVERAGE: undefined }
}
