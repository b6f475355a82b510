/** Reads one JSON object while it streams, and gives what is complete of it: each member, and each item of a member that is a list. */

export interface JsonItem {
  readonly key: string
  readonly value: unknown
  /** It stood in a list. */
  readonly listed: boolean
}

export interface JsonItems {
  /** What has become complete, wherever the text is cut. */
  write(text: string): JsonItem[]
  /** `open`: its end has not come; `broken`: it is no JSON, and no more comes of it. */
  readonly state: 'open' | 'complete' | 'broken'
  /** Items that were no JSON, or too large, and were left out. */
  readonly spoiled: number
}

/** Largest item, in UTF-16 code units. */
export const ITEM_LIMIT = 32 * 1024
/** Lists and objects within an item. */
export const DEPTH_LIMIT = 16
/** More items than a reader would look at are a loop. */
export const ITEMS_LIMIT = 500

type Place = 'before' | 'key' | 'in-key' | 'colon' | 'value' | 'list' | 'item' | 'after' | 'broken'

const SPACE = /\s/
const ESCAPED = /["\\/bfnrtu]/

/** Forgives what models do: line ends inside strings, backslashes that escape nothing, commas too many, text behind the end. */
export function jsonItems(): JsonItems {
  let place: Place = 'before'
  let key = ''
  let listed = false
  /** The text of the item, with what JSON forbids in strings escaped. */
  let raw = ''
  let open = 0
  let inString = false
  let escaping = false
  let tooLarge = false
  let count = 0
  let spoiled = 0
  let found: JsonItem[] = []

  const begin = (next: 'in-key' | 'item', inList = false): void => {
    place = next
    listed = inList
    raw = ''
    open = 0
    inString = false
    escaping = false
    tooLarge = false
  }

  const complete = (): void => {
    const value = tooLarge ? undefined : parsed(raw)
    const wasKey = place === 'in-key'
    raw = ''
    if (wasKey) {
      if (typeof value !== 'string') place = 'broken'
      else {
        key = value
        place = 'colon'
      }
      return
    }
    place = listed ? 'list' : 'key'
    count += 1
    if (count > ITEMS_LIMIT) place = 'broken'
    else if (value === undefined) spoiled += 1
    else found.push({ key, value, listed })
  }

  /** True when the sign belongs to the item; a number or word ends at the sign behind it. */
  const collect = (sign: string): boolean => {
    if (inString) {
      add(escaping ? (ESCAPED.test(sign) ? sign : `\\${inner(sign)}`) : inner(sign))
      if (escaping) escaping = false
      else if (sign === '\\') escaping = true
      else if (sign === '"') {
        inString = false
        if (open === 0) complete()
      }
      return true
    }
    if (open === 0 && raw !== '' && /[,\]}\s]/.test(sign)) {
      complete()
      return false
    }
    add(sign)
    if (sign === '"') inString = true
    else if (sign === '{' || sign === '[') {
      open += 1
      if (open > DEPTH_LIMIT) place = 'broken'
    } else if (sign === '}' || sign === ']') {
      open -= 1
      if (open <= 0) complete()
    }
    return true
  }

  const add = (text: string): void => {
    if (raw.length + text.length > ITEM_LIMIT) tooLarge = true
    else raw += text
  }

  const take = (sign: string): void => {
    if (place === 'in-key' || place === 'item') {
      if (collect(sign)) return
    }
    if (place === 'after' || place === 'broken' || SPACE.test(sign)) return
    if (place === 'before') place = sign === '{' ? 'key' : 'broken'
    else if (place === 'key') {
      if (sign === '"') {
        begin('in-key')
        collect(sign)
      } else if (sign === '}') place = 'after'
      else if (sign !== ',') place = 'broken'
    } else if (place === 'colon') place = sign === ':' ? 'value' : 'broken'
    else if (place === 'value' && sign === '[') place = 'list'
    else if (place === 'list' && sign === ']') place = 'key'
    else if (place === 'list' && sign === ',') return
    else {
      begin('item', place === 'list')
      collect(sign)
    }
  }

  return {
    write(text) {
      for (const sign of text) take(sign)
      const out = found
      found = []
      return out
    },
    get state() {
      return place === 'broken' ? 'broken' : place === 'after' ? 'complete' : 'open'
    },
    get spoiled() {
      return spoiled
    },
  }
}

/** As it may stand in a JSON string. */
function inner(sign: string): string {
  return sign < ' ' ? JSON.stringify(sign).slice(1, -1) : sign
}

function parsed(raw: string): unknown {
  try {
    return JSON.parse(raw) as unknown
  } catch {
    return undefined
  }
}
