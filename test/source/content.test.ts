import fc from 'fast-check'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readlinkSync } from 'node:fs'
import { open, unlink, writeFile } from 'node:fs/promises'
import { createServer, connect } from 'node:net'
import path from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import t from 'tap'
import zlib from 'node:zlib'
import type { Artifact } from '../../lib/source/index.js'
import type { ReadingEvent } from '../../lib/stage/index.js'
import { collect, folder, one, text } from './folder.js'

const { zstdCompressSync } = zlib as typeof zlib & { zstdCompressSync?: (data: Buffer) => Buffer }
const noZstd = zstdCompressSync ? false : 'this Node has no zstd'
/** Does not compress well, so that it is many pieces when compressed, too. */
const large = Buffer.from(Array.from({ length: 60_000 }, (_, at) => `${(at * 7_919_777) % 1_000_003},${at}\n`).join(''))

/** Everything until the error, and the error. */
async function drain(artifact: Artifact): Promise<{ content: Buffer; error: unknown }> {
  const chunks: Uint8Array[] = []
  try {
    for await (const chunk of artifact.open()) chunks.push(chunk)
    return { content: Buffer.concat(chunks), error: undefined }
  } catch (error) {
    return { content: Buffer.concat(chunks), error }
  }
}

t.test('a file is read again and again, and its bytes are told', async (t) => {
  const cwd = await folder(t, { 'a.csv': large, 'empty.csv': '' })
  let bytes = 0
  const artifact = await one('a.csv', { cwd, watch: (event) => (bytes += event.type === 'bytes' ? event.bytes : 0) })
  t.equal(await text(artifact), large.toString())
  t.equal(bytes, large.length)
  t.equal(await text(artifact), large.toString())
  t.equal(await text(await one('empty.csv', { cwd })), '')
})

t.test('gzip, by name and by its first bytes', async (t) => {
  const packed = zlib.gzipSync(large)
  const cwd = await folder(t, { 'a.csv.gz': packed, 'b.csv': packed, 'two.json.gz': Buffer.concat([zlib.gzipSync('{"a":'), zlib.gzipSync('1}')]) })
  const seen: ReadingEvent[] = []
  for (const name of ['a.csv.gz', 'b.csv']) {
    t.equal(await text(await one(name, { cwd, watch: (event) => seen.push(event) })), large.toString(), name)
  }
  const told = seen.map((event) => (event.type === 'bytes' && event.file === 'a.csv.gz' ? event.bytes : 0))
  t.equal(told.reduce((a, b) => a + b, 0), packed.length, 'bytes on disk are told')
  t.equal(await text(await one('two.json.gz', { cwd })), '{"a":1}', 'members one after another')
  t.equal(await text(await one('-', { stdin: Readable.from([packed.subarray(0, 1), packed.subarray(1, 2), packed.subarray(2)]) })), large.toString())
})

t.test('zstd, by name and by its first bytes', { skip: noZstd }, async (t) => {
  const packed = zstdCompressSync?.(large) ?? Buffer.alloc(0)
  const cwd = await folder(t, { 'a.csv.zst': packed, 'b.csv': packed, 'cut.csv.zst': packed.subarray(0, packed.length >> 1) })
  t.equal(await text(await one('a.csv.zst', { cwd })), large.toString())
  t.equal(await text(await one('b.csv', { cwd })), large.toString())
  t.equal(await text(await one('-', { stdin: Readable.from([packed.subarray(0, 3), packed.subarray(3)]) })), large.toString())
  const { content, error } = await drain(await one('cut.csv.zst', { cwd }))
  t.ok(content.length > 0 && large.subarray(0, content.length).equals(content), 'the good part comes')
  t.match(error, { code: 'UNREADABLE', message: /cut short or damaged/ })
})

t.test('zstd where Node has none says what is needed', { skip: zstdCompressSync ? 'this Node has zstd' : false }, async (t) => {
  const cwd = await folder(t, { 'a.csv.zst': '', 'b.csv': Buffer.from('28b52ffd00', 'hex') })
  for (const name of ['a.csv.zst', 'b.csv']) await t.rejects(text(await one(name, { cwd })), { code: 'UNREADABLE', message: /Node 22\.15/ })
})

t.test('data cut short or damaged: the good part, then an error', async (t) => {
  const packed = zlib.gzipSync(large)
  const damaged = Buffer.from(packed)
  damaged.writeUInt8(damaged.readUInt8(packed.length - 6) ^ 1, packed.length - 6)
  const cwd = await folder(t, { 'cut.csv.gz': packed.subarray(0, packed.length - 1000), 'damaged.csv.gz': damaged, 'not.csv.gz': 'a,b\n1,2\n', 'empty.csv.gz': '' })
  const cut = await drain(await one('cut.csv.gz', { cwd }))
  t.match(cut.error, { code: 'UNREADABLE', message: /expected whole gzip data in cut\.csv\.gz/, cause: { code: 'Z_BUF_ERROR' } })
  t.ok(cut.content.length > large.length * 0.98 && large.subarray(0, cut.content.length).equals(cut.content), `${cut.content.length} of ${large.length}`)
  const checksum = await drain(await one('damaged.csv.gz', { cwd }))
  t.match(checksum.error, { code: 'UNREADABLE', cause: { code: 'Z_DATA_ERROR' } })
  // zlib throws away the piece in which it finds the damage.
  t.ok(checksum.content.length > large.length - 16_384 && large.subarray(0, checksum.content.length).equals(checksum.content))
  t.match(await drain(await one('not.csv.gz', { cwd })), { error: { code: 'UNREADABLE' } })
  t.match(await drain(await one('empty.csv.gz', { cwd })), { error: { code: 'UNREADABLE' } })
})

t.test('whatever the bytes and the pieces they come in', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 8 }), fc.boolean(), async (pieces, packed) => {
      const plain = Buffer.concat(pieces)
      // What begins like compressed data is taken for it.
      if (!packed && (plain[0] === 0x1f || plain[0] === 0x28)) return
      const sent = packed ? Array.from(zlib.gzipSync(plain), (byte) => Buffer.from([byte])) : pieces.map((piece) => Buffer.from(piece))
      const { content, error } = await drain(await one('-', { stdin: Readable.from(sent) }))
      if (error) throw error as Error
      if (!content.equals(plain)) throw new Error('differs')
    }),
    { numRuns: 40 },
  )
})

t.test('a bomb is not unpacked beyond what is read', async (t) => {
  const cwd = await folder(t, { 'bomb.json.gz': zlib.gzipSync(Buffer.alloc(200_000_000), { level: 1 }) })
  const before = process.memoryUsage().rss
  let read = 0
  for await (const chunk of (await one('bomb.json.gz', { cwd })).open()) {
    read += chunk.length
    await new Promise((resolve) => setImmediate(resolve))
    if (read > 2_000_000) break
  }
  t.ok(process.memoryUsage().rss - before < 100_000_000)
})

t.test('a file that vanished after it was listed', async (t) => {
  const cwd = await folder(t, { 'a.csv': '1' })
  const artifact = await one('a.csv', { cwd })
  await unlink(path.join(cwd, 'a.csv'))
  await t.rejects(text(artifact), { code: 'UNREADABLE', message: /vanished/, cause: { code: 'ENOENT' } })
})

t.test('a file that grew or shrank after it was listed is read as it is', async (t) => {
  const cwd = await folder(t, { 'a.csv': '1,2\n', 'b.csv': '1,2\n3,4\n' })
  const [grown, shrunk] = [await one('a.csv', { cwd }), await one('b.csv', { cwd })]
  await writeFile(path.join(cwd, 'a.csv'), large)
  await writeFile(path.join(cwd, 'b.csv'), '1')
  t.equal(await text(grown), large.toString())
  t.equal(await text(shrunk), '1')
})

t.test('leaving early closes the file', { skip: existsSync('/proc/self/fd') ? false : 'no /proc' }, async (t) => {
  const cwd = await folder(t, { 'a.csv': large, 'b.csv.gz': zlib.gzipSync(large), 'small.csv': '1,2\n' })
  for (const name of ['a.csv', 'b.csv.gz', 'small.csv']) {
    const artifact = await one(name, { cwd })
    for await (const chunk of artifact.open()) {
      t.ok(chunk.length > 0)
      t.ok(openFiles().includes(path.join(cwd, name)), `${name} is open while it is read`)
      break
    }
    await until(() => !openFiles().includes(path.join(cwd, name)))
  }
})

function openFiles(): string[] {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/self/fd/${fd}`)]
    } catch {
      return []
    }
  })
}

/** Waits turn by turn of the event loop; the test's own timeout is the limit. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve))
}

t.test('a signal ends reading and closes the file', async (t) => {
  const cwd = await folder(t, { 'a.csv': large, 'b.csv.gz': zlib.gzipSync(large) })
  for (const name of ['a.csv', 'b.csv.gz']) {
    const artifact = await one(name, { cwd })
    const controller = new AbortController()
    const reason = new Error('enough')
    let chunks = 0
    const reading = (async () => {
      for await (const chunk of artifact.open(controller.signal)) {
        chunks += chunk.length > 0 ? 1 : 0
        controller.abort(reason)
      }
    })()
    await t.rejects(reading, { code: 'ABORTED', cause: reason })
    t.ok(chunks < 20, `${chunks} pieces`)
    if (existsSync('/proc/self/fd')) await until(() => !openFiles().includes(path.join(cwd, name)))
  }
  await t.rejects(text(await one('a.csv', { cwd }), AbortSignal.abort()), { code: 'ABORTED' })
})

t.test('standard input: once, in its own name', async (t) => {
  const stdin = new PassThrough()
  const items = await collect(['-', '-'], { stdin, inputFormat: 'csv' })
  t.equal(items.length, 1)
  const [artifact] = items
  if (artifact?.type !== 'artifact') throw new Error('expected an artifact')
  t.match(artifact, { name: '-', named: true, format: 'csv', forced: true })
  t.notOk('bytes' in artifact || 'modified' in artifact)
  stdin.write('a,b\n')
  const iterator = artifact.open()[Symbol.asyncIterator]()
  const first = await iterator.next()
  t.equal(String(first.value), 'a,b\n', 'comes before the input ends')
  t.throws(() => artifact.open(), { code: 'UNREADABLE', message: /cannot be read twice/ })
  await iterator.return?.()
  t.ok(stdin.destroyed, 'leaving early closes it')
})

t.test('a signal ends waiting for standard input', async (t) => {
  const stdin = new PassThrough()
  const controller = new AbortController()
  const reading = text(await one('-', { stdin }), controller.signal)
  setImmediate(() => controller.abort())
  await t.rejects(reading, { code: 'ABORTED' })
  t.ok(stdin.destroyed)
})

t.test('a named pipe', async (t) => {
  const cwd = await folder(t)
  const fifo = path.join(cwd, 'pipe')
  t.equal(spawnSync('mkfifo', [fifo]).status, 0)
  const artifact = await one('pipe', { cwd })
  t.match(artifact, { name: 'pipe', named: true, bytes: undefined })
  // Nobody writes yet: reading has to wait, and must not take the empty pipe for its end.
  const reading = text(artifact)
  await writeFile(fifo, large)
  t.equal(await reading, large.toString())
  t.throws(() => artifact.open(), { code: 'UNREADABLE' })
})

t.test('a signal ends waiting for a pipe that nobody writes to', async (t) => {
  const cwd = await folder(t)
  t.equal(spawnSync('mkfifo', [path.join(cwd, 'pipe')]).status, 0)
  const controller = new AbortController()
  const reading = text(await one('pipe', { cwd }), controller.signal)
  setImmediate(() => controller.abort())
  await t.rejects(reading, { code: 'ABORTED' })
})

t.test('process substitution and /dev/stdin, in a process of their own', { skip: existsSync('/bin/bash') ? false : 'no bash' }, async (t) => {
  const lib = new URL('../../lib/source/index.js', import.meta.url).href
  const script = `const { artifacts } = await import(${JSON.stringify(lib)})
    for await (const one of artifacts(process.argv.slice(1))) {
      let size = 0
      for await (const chunk of one.open()) size += chunk.length
      console.log(size)
    }`
  const run = (command: string) => {
    const { stdout, stderr } = spawnSync('/bin/bash', ['-c', command, 'bash', process.execPath, script], { encoding: 'utf8', input: 'from stdin' })
    t.equal(stderr, '')
    return stdout.trim().split('\n').map(Number)
  }
  t.same(run('"$1" --input-type=module -e "$2" <(seq 100000) <(echo x)'), [588_895, 2])
  t.same(run('"$1" --input-type=module -e "$2" /dev/stdin'), [10])
  t.same(run('seq 3 | "$1" --input-type=module -e "$2" -'), [6])
  t.same(run('seq 3 | gzip | "$1" --input-type=module -e "$2" /dev/stdin'), [6])
})

t.test('standard input that is a socket', async (t) => {
  const server = createServer((socket) => socket.end('hello')).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('expected a port')
  t.equal(await text(await one('-', { stdin: connect(address.port, '127.0.0.1') })), 'hello')
})

t.test('early exit of the process that reads a pipe ends quietly', { skip: existsSync('/bin/bash') ? false : 'no bash' }, async (t) => {
  const lib = new URL('../../lib/source/index.js', import.meta.url).href
  const script = `const { artifacts } = await import(${JSON.stringify(lib)})
    for await (const one of artifacts('-')) for await (const chunk of one.open()) { console.log(chunk.length > 0); break }`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.on('error', () => undefined)
  child.stdin.write('x')
  const [code] = (await once(child, 'close')) as [number]
  t.equal(code, 0, 'it does not wait for the input to end')
})

t.test('open files do not grow while a folder is listed', { skip: existsSync('/proc/self/fd') ? false : 'no /proc' }, async (t) => {
  const cwd = await folder(t, { 'a.csv': '', 'b.csv': '' })
  const handle = await open(path.join(cwd, 'a.csv'))
  t.teardown(() => handle.close())
  await collect('.', { cwd })
  t.same(openFiles().filter((file) => file.startsWith(cwd)), [path.join(cwd, 'a.csv')], 'only the one that the test holds')
})
