/** The order in which files are read: that of the bytes of their paths, the same on every machine. */

/** Compares as UTF-8 bytes would, without making them. */
export function compareBytes(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length)
  for (let at = 0; at < shorter; at += 1) {
    const difference = rank(a.charCodeAt(at)) - rank(b.charCodeAt(at))
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

/** In UTF-16 the halves of characters beyond U+FFFF stand below U+E000; in UTF-8 those characters come last. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800
}
