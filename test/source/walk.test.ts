import fc from 'fast-check'
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { chmod, mkdir, symlink, unlink } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import t from 'tap'
import { compareBytes } from '../../lib/source/name-order.js'
import { artifacts } from '../../lib/source/index.js'
import { ChimeraError, type ReadingEvent } from '../../lib/stage/index.js'
import { collect, folder, names, one, text } from './folder.js'

t.test('a directory gives its known files in the byte order of their paths', async (t) => {
  const cwd = await folder(t, {
    'b.json': '', 'a/z.csv': '', 'a.csv': '', 'a-b/x.md': '', 'B.CSV': '', 'ä.tsv': '', 'deep/er/still/n.ndjson.gz': '',
    'x.jsonl.ZST': '', 'note.markdown': '', 'notes.txt': '', 'image.png': '', 'README': '', '.hidden.csv': '', '.git/c.json': '',
    'node_modules/p/package.json': '', 'csv': '', 'archive.gz': '',
  })
  const expected = ['B.CSV', 'a-b/x.md', 'a.csv', 'a/z.csv', 'b.json', 'deep/er/still/n.ndjson.gz', 'note.markdown', 'x.jsonl.ZST', 'ä.tsv']
  t.same(await names('.', { cwd }), expected)
  t.same(await names(cwd, { cwd }), expected, 'named from the root, shown relative')
  t.same(await names('a', { cwd }), ['a/z.csv'])
  t.same(await names('../', { cwd: path.join(cwd, 'deep', 'er') }), ['../er/still/n.ndjson.gz'], 'outside: as it was named')
  t.same(await names(path.join(cwd, 'a'), { cwd: path.join(cwd, 'deep') }), [`${cwd}/a/z.csv`])
})

t.test('what the name and the directory tell of each file', async (t) => {
  const cwd = await folder(t, { 'a.csv.gz': 'abc', 'b.md': '' })
  const seen: ReadingEvent[] = []
  const [a, b] = await collect('.', { cwd, watch: (event) => seen.push(event) })
  t.match(a, { type: 'artifact', name: 'a.csv.gz', format: 'csv', compression: 'gzip', bytes: 3, modified: Date })
  t.match(b, { type: 'artifact', name: 'b.md', format: 'markdown', bytes: 0 })
  t.notOk(a && 'named' in a, 'found, not named')
  t.same(seen, [{ type: 'found', file: 'a.csv.gz', bytes: 3 }, { type: 'found', file: 'b.md', bytes: 0 }])
})

t.test('byte order is that of UTF-8', async () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), (a, b) => {
      return Math.sign(compareBytes(a, b)) === Buffer.compare(Buffer.from(a), Buffer.from(b))
    }),
  )
})

t.test('a named file is given whatever its name', async (t) => {
  const cwd = await folder(t, { 'log.txt': 'x', 'data': '{}', '.hidden.csv': '', '.cache/r.json': '' })
  const items = await collect(['log.txt', 'data', '.hidden.csv', '.cache'], { cwd, inputFormat: 'ndjson' })
  t.match(items, [
    { name: 'log.txt', named: true, format: 'ndjson', forced: true },
    { name: 'data', named: true },
    { name: '.hidden.csv', named: true },
    { name: '.cache/r.json', format: 'json', named: undefined, forced: undefined },
  ])
})

t.test('globs', async (t) => {
  const cwd = await folder(t, {
    'r/a.csv': '', 'r/b.json': '', 'r/c.log': '', 'r/sub/d.csv': '', 'r/sub/e.log': '', 'r/[1].csv': '', 'r/.h/x.csv': '', 'other/f.csv': '',
  })
  t.same(await names('r/*.csv', { cwd }), ['r/[1].csv', 'r/a.csv'])
  t.same(await names('r/**/*.csv', { cwd }), ['r/[1].csv', 'r/a.csv', 'r/sub/d.csv'])
  t.same(await names('./r/*.{csv,log}', { cwd }), ['r/[1].csv', 'r/a.csv', 'r/c.log'], 'an extension in the pattern names the file')
  t.same(await names('r/*', { cwd }), ['r/[1].csv', 'r/a.csv', 'r/b.json', 'r/sub/d.csv'], 'a directory that matches is walked')
  t.same(await names('r/**', { cwd }), ['r/[1].csv', 'r/a.csv', 'r/b.json', 'r/sub/d.csv'])
  t.same(await names('*/f.csv', { cwd }), ['other/f.csv'])
  t.same(await names(`${cwd}/r/s?b/*.csv`, { cwd }), ['r/sub/d.csv'])
  t.same(await names('r/[1].csv', { cwd }), ['r/[1].csv'], 'an existing path is no glob')
})

t.test('nothing there is bad use, before anything is given', async (t) => {
  const cwd = await folder(t, { 'a.csv': '' })
  for (const paths of ['nope.csv', 'a.csv/x', '*.json', 'nope/*.csv', ['a.csv', 'nope']]) {
    const seen: unknown[] = []
    await t.rejects(collect(paths, { cwd, watch: (event) => seen.push(event) }), { name: 'ChimeraError', code: 'NOT_FOUND', stage: 'artifacts', message: /expected .*found .*: check/ })
    t.same(seen, [])
  }
  t.throws(() => artifacts([]), { code: 'USAGE' })
  t.throws(() => artifacts(['']), { code: 'USAGE' })
})

t.test('the same file is given once', async (t) => {
  const cwd = await folder(t, { 'a/x.csv': '', 'a/b/y.csv': '', 'a/b/z.log': '', 'c/w.csv': '', 'c/.h/v.csv': '' })
  await symlink(path.join(cwd, 'a', 'x.csv'), path.join(cwd, 'c', 'link.csv'))
  await symlink('../a/b', path.join(cwd, 'c', 'dirlink'))
  await symlink('.h', path.join(cwd, 'c', 'open'))
  await symlink('x.csv', path.join(cwd, 'a', 'a-alias.csv'))
  t.same(await names(['a', 'a'], { cwd }), ['a/b/y.csv', 'a/x.csv'])
  t.same(await names(['a/b', 'a'], { cwd }), ['a/b/y.csv', 'a/x.csv'], 'the inner one first')
  t.same(await names(['a', 'a/b/y.csv', 'a/b/z.log', 'a/b/*.csv'], { cwd }), ['a/b/y.csv', 'a/x.csv', 'a/b/z.log'])
  t.same(await names(['a/x.csv', 'a', 'a/x.csv'], { cwd }), ['a/x.csv', 'a/b/y.csv'])
  t.same(await names(['c', 'a'], { cwd }), ['c/dirlink/y.csv', 'c/link.csv', 'c/open/v.csv', 'c/w.csv'], 'reached by a link first')
  t.same(await names('.', { cwd }), ['a/b/y.csv', 'a/x.csv', 'c/open/v.csv', 'c/w.csv'])
  t.same(await names('c', { cwd, followSymlinks: false }), ['c/w.csv'])
  t.same(await names('c/dirlink', { cwd, followSymlinks: false }), ['c/dirlink/y.csv'], 'a named link is followed')
})

t.test('loops, dangling links and what is no file become problems, and nothing else is lost', async (t) => {
  const cwd = await folder(t, { 'a/x.csv': '', 'a/b/y.csv': '', 'z.csv': '' })
  await symlink('..', path.join(cwd, 'a', 'b', 'up'))
  await symlink('.', path.join(cwd, 'a', 'self'))
  await symlink('knot2', path.join(cwd, 'knot1'))
  await symlink('knot1', path.join(cwd, 'knot2'))
  await symlink('gone', path.join(cwd, 'dangling.csv'))
  t.equal(spawnSync('mkfifo', [path.join(cwd, 'pipe.csv')]).status, 0)
  const server = createServer().listen(path.join(cwd, 'socket.json'))
  await once(server, 'listening')
  t.teardown(() => server.close())
  t.same(await names('.', { cwd }), [
    'a/b/y.csv', 'symlink-loop a/b/up', 'symlink-loop a/self', 'a/x.csv', 'vanished dangling.csv', 'symlink-loop knot1',
    'symlink-loop knot2', 'not-a-file pipe.csv', 'not-a-file socket.json', 'z.csv',
  ].sort((a, b) => compareBytes(a.replace(/^\S+ /, ''), b.replace(/^\S+ /, ''))))
  t.same(await names(['knot1', 'socket.json', '/dev/null'], { cwd }), ['symlink-loop knot1', 'not-a-file socket.json', 'not-a-file /dev/null'])
})

t.test('two directories that link to each other end', async (t) => {
  const cwd = await folder(t, { 'a/x.csv': '', 'c/y.csv': '' })
  await symlink('../c', path.join(cwd, 'a', 'toc'))
  await symlink('../a', path.join(cwd, 'c', 'toa'))
  t.same(await names('a', { cwd }), ['symlink-loop a/toc/toa', 'a/toc/y.csv', 'a/x.csv'])
})

t.test('a file that vanishes while its directory is read', async (t) => {
  const files = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`f${String(at).padStart(3, '0')}.csv`, '']))
  const cwd = await folder(t, files)
  const got: string[] = []
  for await (const item of artifacts('.', { cwd, highWaterMark: 1 })) {
    if (got.length === 0) await unlink(path.join(cwd, 'f099.csv'))
    got.push(item.type === 'artifact' ? item.name : `${item.code} ${item.file}`)
  }
  t.equal(got.length, 100)
  t.equal(got.at(-1), 'vanished f099.csv')
})

t.test('a directory that vanishes before it is listed', async (t) => {
  const cwd = await folder(t, { 'a.csv': '', 'b/c.csv': '' })
  const got: string[] = []
  for await (const item of artifacts('.', { cwd, highWaterMark: 1, watch: () => rmSync(path.join(cwd, 'b'), { recursive: true, force: true }) })) {
    got.push(item.type === 'artifact' ? item.name : `${item.code} ${item.file}`)
  }
  t.same(got, ['a.csv', 'vanished b'])
})

t.test('what may not be read', { skip: process.getuid ? false : 'no such permissions here' }, async (t) => {
  const cwd = await folder(t, { 'a/x.csv': '', 'b.csv': '', 'c.csv': '' })
  await chmod(cwd, 0o755)
  await chmod(path.join(cwd, 'a'), 0)
  await chmod(path.join(cwd, 'b.csv'), 0)
  const root = process.getuid?.() === 0
  // Root may read everything, so it is somebody else for a moment; access(2) still answers for the real user.
  if (root) process.seteuid?.(65_534)
  try {
    t.same(await names('.', { cwd }), ['unreadable a', root ? 'b.csv' : 'unreadable b.csv', 'c.csv'])
    t.same(await names('a/x.csv', { cwd }), ['unreadable a/x.csv'], 'named, too')
    if (root) await t.rejects(text(await one('b.csv', { cwd })), { code: 'UNREADABLE', message: /permission was denied/, cause: { code: 'EACCES' } })
  } finally {
    if (root) process.seteuid?.(0)
    await chmod(path.join(cwd, 'a'), 0o700)
  }
})

t.test('a name that is no UTF-8', { skip: process.platform === 'linux' ? false : 'other systems refuse it' }, async (t) => {
  const cwd = await folder(t, { 'a.csv': '' })
  await mkdir(path.join(cwd, 'd'))
  t.equal(spawnSync('sh', ['-c', "touch \"$(printf 'd/\\377.csv')\""], { cwd }).status, 0)
  t.same(await names('.', { cwd }), ['a.csv', 'unreadable d/\ufffd.csv'])
})

t.test('a reader that stops reading stops the walk', async (t) => {
  const files = Object.fromEntries(Array.from({ length: 2000 }, (_, at) => [`d${at % 20}/f${at}.csv`, '']))
  const cwd = await folder(t, files)
  let found = 0
  const stream = artifacts('.', { cwd, highWaterMark: 4, watch: () => (found += 1) })
  const iterator = stream[Symbol.asyncIterator]()
  await iterator.next()
  // Long enough for a walk that does not wait to go on: it needs one turn of the loop per step.
  for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve))
  t.ok(found >= 1 && found <= 64, `${found} found`)
  let rest = 1
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) rest += 1
  t.equal(rest, 2000, 'and it goes on')
})

t.test('a signal ends it', async (t) => {
  const cwd = await folder(t, { 'a.csv': '', 'b.csv': '' })
  const controller = new AbortController()
  const got: unknown[] = []
  await t.rejects(
    pipeline(artifacts('.', { cwd, signal: controller.signal, highWaterMark: 1 }), async (items) => {
      for await (const item of items) {
        got.push(item)
        controller.abort()
      }
    }),
    { name: 'AbortError' },
  )
  t.equal(got.length, 1)
})

t.test('the error of a walk is one of ours', async (t) => {
  const cwd = await folder(t)
  const error = await collect('nope', { cwd }).catch((reason: unknown) => reason)
  t.ok(error instanceof ChimeraError && (error.cause as NodeJS.ErrnoException).code === 'ENOENT')
})
