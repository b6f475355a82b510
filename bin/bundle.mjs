// Makes the command as it ships: `dist/command`, a few files with everything that is loaded together in one, from what tsc compiled.
// Loading hundreds of small modules takes longer than reading a folder of results. Beside them lie the licences of what is inside.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const out = path.join(root, 'dist', 'command')

// Large, only needed where a server is asked, and loaded from the package's dependencies then.
const EXTERNAL = ['ollama', 'undici']

const { outputFiles, metafile } = await build({
  absWorkingDir: root,
  entryPoints: { chimera: path.join(root, 'dist', 'bin', 'chimera.js'), ...startedByUrl(path.join(root, 'dist', 'lib')) },
  outdir: out,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  external: EXTERNAL,
  // Names stay as they are: a stack must say where something broke.
  chunkNames: '[name]-[hash]',
  metafile: true,
  // For coverage and `--enable-source-maps` in a clone; they are not shipped.
  sourcemap: 'linked',
  sourcesContent: false,
  write: false,
  logLevel: 'warning',
})

const files = new Map(outputFiles.map((file) => [path.basename(file.path), file.path.endsWith('.js') ? withRequire(file.text) : file.text]))
files.set('THIRD-PARTY.txt', licences(metafile))
mkdirSync(out, { recursive: true })
// The entries come last: what runs meanwhile never meets one whose pieces are not there yet.
for (const [name, text] of [...files].sort(([a], [b]) => Number(isChunk(b)) - Number(isChunk(a)))) writeWhole(path.join(out, name), text)
// Tests ask whether it is older than what was compiled.
utimesSync(path.join(out, 'chimera.js'), new Date(), new Date())
// What another bundler is writing at the same time is left alone.
for (const name of readdirSync(out)) if (!files.has(name) && !/\.\d+$/.test(name)) rmSync(path.join(out, name), { recursive: true })

function isChunk(name) {
  return /-[A-Z0-9]{8}\.js(\.map)?$/.test(name)
}

/** Modules that run in a process or thread of their own are started by the URL beside the module that starts them. */
function startedByUrl(folder) {
  const found = {}
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'))) {
    for (const [, target] of readFileSync(path.join(folder, file), 'utf8').matchAll(/new URL\(['"]([^'"]+\.js)['"], import\.meta\.url\)/g)) {
      const name = path.basename(target, '.js')
      if (target !== `./${name}.js` || name in found || name === 'chimera') throw new Error(`lib/${file}: expected a module beside it with a name of its own, found ${target}: in the bundle all of them lie in one folder`)
      found[name] = path.join(folder, path.dirname(file), target)
    }
  }
  return found
}

/** Packages in CommonJS ask for Node's modules with `require`, which a module has to make for itself. */
function withRequire(text) {
  if (!text.includes('typeof require !== "undefined"')) return text
  // On the first line, so that the source map still fits.
  return `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url); ${text}`
}

function writeWhole(file, text) {
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return
  const half = `${file}.${process.pid}`
  writeFileSync(half, text, { mode: path.basename(file) === 'chimera.js' ? 0o755 : 0o644 })
  renameSync(half, file)
}

/** Whose work is in the bundle, and under which terms: every package of which a line was taken. */
function licences({ outputs }) {
  const folders = new Set()
  for (const { inputs } of Object.values(outputs)) {
    for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
      const [folder] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? []
      if (folder && bytesInOutput > 0) folders.add(path.resolve(root, folder))
    }
  }
  const packages = [...folders].map(described).sort((a, b) => (a.name < b.name ? -1 : 1))
  const parts = packages.map(({ name, version, license, text }) => `${'='.repeat(80)}\n${name} ${version} (${license})\n\n${text.trim()}\n`)
  return `The files in this folder contain these packages, each under the licence that follows its name.\n\n${parts.join('\n')}`
}

function described(folder) {
  const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry))
  if (!file || typeof license !== 'string') throw new Error(`${name}: expected a licence and its text in the package, found ${file ?? license ?? 'none'}: what cannot be named cannot be shipped`)
  return { name, version, license, text: readFileSync(path.join(folder, file), 'utf8') }
}
