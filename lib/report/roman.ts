/** Roman numerals of two signs and more; what a single one means is anybody's guess. */

const FORM = /^(?=[IVXLCDM]{2,})M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})$/
const VALUES: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10, L: 50, C: 100, D: 500, M: 1000 }

export function readRoman(word: string): number | undefined {
  if (!FORM.test(word)) return undefined
  const values = Array.from(word, (sign) => VALUES[sign] ?? 0)
  return values.reduce((sum, value, at) => (value < (values[at + 1] ?? 0) ? sum - value : sum + value), 0)
}
