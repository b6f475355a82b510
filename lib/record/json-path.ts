/** Pointers and dotted paths of a JSON document. */

/** Deeper documents than this are not results. */
export const DEEPEST = 48

/** The nearest named step of a pointer. */
export function keyAbove(pointer: string): string | undefined {
  return pointer
    .split('/')
    .filter((step) => step !== '' && !/^\d+$/.test(step))
    .at(-1)
}

/** As layouts write a path: `/results/3` is `results.*`. */
export function dotted(pointer: string): string {
  return pointer.split('/').slice(1).map((step) => (/^\d+$/.test(step) ? '*' : step)).join('.')
}

export function join(path: string, step: string): string {
  return path === '' ? step : `${path}.${step}`
}

/** What a layout says of a path; its own paths may have `*` for any step. */
export function atPath<Told>(table: Readonly<Record<string, Told>> | undefined, path: string): Told | undefined {
  if (table === undefined) return undefined
  if (Object.hasOwn(table, path)) return table[path]
  let steps = wild.get(table)
  if (!steps) {
    steps = Object.keys(table).filter((key) => key.includes('*')).map((key) => ({ key, steps: key.split('.') }))
    wild.set(table, steps)
  }
  if (steps.length === 0) return undefined
  const own = path.split('.')
  const found = steps.find((known) => known.steps.length === own.length && known.steps.every((step, at) => step === '*' || step === own[at]))
  return found && table[found.key]
}

const wild = new WeakMap<object, readonly { readonly key: string; readonly steps: readonly string[] }[]>()

/** One step of an RFC 6901 pointer. */
export function escape(key: string): string {
  return /[~/]/.test(key) ? key.replace(/~/g, '~0').replace(/\//g, '~1') : key
}
