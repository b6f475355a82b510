/** The different texts of a column, numbered in the order in which they come: what follows from a text is worked out once. */

export interface CellDictionary<Entry> {
  /** Number of the text at these bytes (`to` as `~to`: with doubled quotes); -1 when there is no room for another one. */
  idOf(bytes: Uint8Array, from: number, to: number): number
  entry(id: number): Entry
  readonly size: number
}

/** More different texts than this are not worth remembering: nearly every row has its own. */
const MOST_TEXTS = 4096
const MOST_BYTES = 256 * 1024
const SLOTS = 16384

/** `read` is asked once per text. */
export function cellDictionary<Entry>(read: (bytes: Uint8Array, from: number, to: number) => Entry): CellDictionary<Entry> {
  const slots = new Int32Array(SLOTS).fill(-1)
  const entries: Entry[] = []
  /** Where each text stands in the pool; the one behind the last is its end. A doubled quote is kept doubled. */
  const starts: number[] = [0]
  let pool = new Uint8Array(1024)
  let last = -1

  const same = (id: number, bytes: Uint8Array, from: number, length: number): boolean => {
    const start = starts[id] as number
    if ((starts[id + 1] as number) - start !== length) return false
    for (let at = 0; at < length; at += 1) if (pool[start + at] !== bytes[from + at]) return false
    return true
  }

  const add = (bytes: Uint8Array, from: number, to: number, length: number): number => {
    const used = starts[entries.length] as number
    if (entries.length >= MOST_TEXTS || used + length > MOST_BYTES) return -1
    if (used + length > pool.length) {
      const larger = new Uint8Array(Math.max(pool.length * 2, used + length))
      larger.set(pool)
      pool = larger
    }
    pool.set(bytes.subarray(from, from + length), used)
    starts.push(used + length)
    entries.push(read(bytes, from, to))
    return entries.length - 1
  }

  return {
    get size() {
      return entries.length
    },
    entry: (id) => entries[id] as Entry,
    idOf(bytes, from, to) {
      const length = (to < 0 ? ~to : to) - from
      // Rows of one run come together.
      if (last >= 0 && same(last, bytes, from, length)) return last
      let slot = slotOf(bytes, from, length)
      for (;;) {
        const id = slots[slot] as number
        if (id < 0) {
          last = add(bytes, from, to, length)
          if (last >= 0) slots[slot] = last
          return last
        }
        if (same(id, bytes, from, length)) return (last = id)
        slot = (slot + 1) & (SLOTS - 1)
      }
    },
  }
}

/** FNV-1a, of some of the bytes where there are many: all of them are compared afterwards. */
function slotOf(bytes: Uint8Array, from: number, length: number): number {
  let hash = 0x811c9dc5 ^ length
  const step = (length >> 6) + 1
  for (let at = from + length - 1; at >= from; at -= step) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193)
  return (hash ^ (hash >>> 15)) & (SLOTS - 1)
}
