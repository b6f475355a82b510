/** A temporary folder for one test, and what the tests of this station ask of artifacts. */

import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { artifacts, type Artifact, type ArtifactsOptions } from '../../lib/source/index.js'
import type { Problem } from '../../lib/stage/index.js'

/** Makes a folder with these files (a name that ends with `/` is a folder), and removes it after the test. */
export async function folder(t: { teardown(fn: () => unknown): void }, files: Record<string, string | Buffer> = {}): Promise<string> {
  const root = await realpath(await mkdtemp(path.join(tmpdir(), 'chimera-source-')))
  t.teardown(() => rm(root, { recursive: true, force: true }))
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(root, name)
    await mkdir(name.endsWith('/') ? file : path.dirname(file), { recursive: true })
    if (!name.endsWith('/')) await writeFile(file, content)
  }
  return root
}

export async function collect(paths: string | string[], options: ArtifactsOptions): Promise<(Artifact | Problem)[]> {
  const items: (Artifact | Problem)[] = []
  for await (const item of artifacts(paths, options)) items.push(item)
  return items
}

/** Names of artifacts, and `code name` of problems, in order. */
export async function names(paths: string | string[], options: ArtifactsOptions): Promise<string[]> {
  return (await collect(paths, options)).map((item) => (item.type === 'artifact' ? item.name : `${item.code} ${item.file}`))
}

export async function one(paths: string | string[], options: ArtifactsOptions): Promise<Artifact> {
  const [item, ...more] = await collect(paths, options)
  if (item?.type !== 'artifact' || more.length > 0) throw new Error(`expected one artifact, found ${JSON.stringify([item, ...more])}`)
  return item
}

export async function text(artifact: Artifact, signal?: AbortSignal): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of artifact.open(signal)) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}
