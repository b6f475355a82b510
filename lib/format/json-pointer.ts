/** Where the parts of a JSON value stand in a text, and how a pointer (RFC 6901) finds them. */

/** Index in the text where a value starts; for a container also where its parts start. */
export type PlaceNode = number | ContainerPlace

export interface ContainerPlace {
  readonly start: number
  /** Index behind the closing bracket; absent when that is missing. */
  end?: number
  readonly parts: PlaceNode[]
  /** Objects only: which part stands under a key. */
  readonly keys?: Map<string, number>
}

/** Sets an own property whatever its name, `__proto__` included, without touching a prototype. */
export function setOwn(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true })
  else target[key] = value
}

/** Where the value under a pointer (RFC 6901, relative to `root`) stands. */
export function nodeAt(root: PlaceNode, pointer: string): PlaceNode | undefined {
  let node: PlaceNode | undefined = root
  if (pointer !== '') {
    if (!pointer.startsWith('/')) return undefined
    for (const token of pointer.slice(1).split('/')) {
      if (node === undefined || typeof node === 'number') return undefined
      const key: string = token.includes('~') ? token.replaceAll('~1', '/').replaceAll('~0', '~') : token
      const part: number | undefined = node.keys ? node.keys.get(key) : /^(?:0|[1-9]\d*)$/.test(key) ? Number(key) : undefined
      node = part === undefined ? undefined : node.parts[part]
    }
  }
  return node
}

/** One token of a JSON pointer. */
export function pointerToken(key: string | number): string {
  return typeof key === 'number' ? `/${key}` : `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
}
