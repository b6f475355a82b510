/** Pointers and dotted paths of a JSON document. */

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

/** One step of an RFC 6901 pointer. */
export function escape(key: string): string {
  return /[~/]/.test(key) ? key.replace(/~/g, '~0').replace(/\//g, '~1') : key
}
