/** Number words of German, Spanish and French: a model that answers in them must not slip a figure past the check. */

const GERMAN = 'null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn'.split(' ')
const GERMAN_TENS = 'zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig'.split(' ')
const SPANISH =
  'cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve'.split(' ')
const SPANISH_TENS = 'treinta cuarenta cincuenta sesenta setenta ochenta noventa'.split(' ')
const SPANISH_HUNDREDS: Readonly<Record<string, number>> = { cien: 100, ciento: 100, doscientos: 200, trescientos: 300, cuatrocientos: 400, quinientos: 500, seiscientos: 600, setecientos: 700, ochocientos: 800, novecientos: 900 }
const FRENCH = 'zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize'.split(' ')
const FRENCH_TENS: Readonly<Record<string, number>> = { vingt: 20, trente: 30, quarante: 40, cinquante: 50, soixante: 60 }
const WHOLE: Readonly<Record<string, number>> = { hundert: 100, tausend: 1000, mille: 1000, mil: 1000, cent: 100, dutzend: 12, docena: 12, douzaine: 12, million: 1e6, millón: 1e6 }
const MULTIPLES: Readonly<Record<string, number>> = {
  doppelt: 2, doppelte: 2, doppelten: 2, verdoppelt: 2, verdoppelte: 2, verdreifacht: 3, halb: 0.5, halbe: 0.5, hälfte: 0.5, halbiert: 0.5, halbierte: 0.5, drittel: 1 / 3, viertel: 0.25,
  doble: 2, duplicó: 2, triplicó: 3, mitad: 0.5, tercio: 1 / 3, tercios: 1 / 3, cuarto: 0.25,
  moitié: 0.5, tiers: 1 / 3, doublé: 2, triplé: 3,
}
/** They mean something else in English or too much in their own language: numbers before a unit only. */
const DOUBTFUL = new Set(['null', 'elf', 'once', 'un', 'uno', 'six', 'cent', 'mille', 'million', 'acht', 'dos', 'tres', 'seis', 'seize', 'onze', 'dix', 'sept', 'mil'])

/** `dreifach`, `dreimal`, `doble`; as a factor. */
export function foreignMultiple(word: string): number | undefined {
  const plain = word.toLowerCase()
  if (Object.hasOwn(MULTIPLES, plain)) return MULTIPLES[plain]
  const stem = /^(\p{L}+?)(?:mal|fach|fache|fachen)$/u.exec(plain)?.[1]
  return stem === undefined ? undefined : german(stem)
}

/** The number that `text` starts with: `fünfundzwanzig`, `zweihundert`, `treinta y cinco`, `ciento veinte`, `vingt-cinq`. */
export function foreignCardinal(text: string): { readonly length: number; readonly value: number; readonly doubtful: boolean } | undefined {
  const first = /^\p{L}+/u.exec(text.slice(0, 60))?.[0] ?? ''
  const word = first.toLowerCase()
  const value = german(word) ?? spanish(word) ?? french(word)
  if (value === undefined) return undefined
  let length = first.length
  let sum = value
  for (let least = value; least >= 20; ) {
    const next = /^(?: y | et | und |[ -])(\p{L}+)/u.exec(text.slice(length, length + 60))
    const more = next?.[1] === undefined ? undefined : (german(next[1].toLowerCase()) ?? spanish(next[1].toLowerCase()) ?? french(next[1].toLowerCase()))
    if (!next || more === undefined || more >= least || more === 0) break
    sum += more
    length += next[0].length
    least = more
  }
  return { length, value: sum, doubtful: length === first.length && DOUBTFUL.has(word) }
}

function german(word: string): number | undefined {
  const plain = word.replaceAll('ue', 'ü').replaceAll('oe', 'ö').replaceAll('dreissig', 'dreißig')
  const thousands = /^(.*)tausend(.*)$/.exec(plain)
  if (thousands) return joined(thousands, 1000)
  const hundreds = /^(.*)hundert(.*)$/.exec(plain)
  if (hundreds) return joined(hundreds, 100)
  const small = GERMAN.indexOf(plain)
  if (small >= 0) return small
  const tens = GERMAN_TENS.indexOf(plain)
  if (tens >= 0) return (tens + 2) * 10
  const pair = /^(\p{L}+?)und(\p{L}+)$/u.exec(plain)
  const one = pair?.[1] === 'ein' ? 1 : GERMAN.indexOf(pair?.[1] ?? '-')
  const ten = GERMAN_TENS.indexOf(pair?.[2] ?? '-')
  if (one > 0 && one < 10 && ten >= 0) return (ten + 2) * 10 + one
  return word === 'dutzend' ? 12 : undefined
}

function joined([, front = '', back = '']: RegExpExecArray, scale: number): number | undefined {
  const many = front === '' || front === 'ein' ? 1 : german(front)
  const rest = back === '' ? 0 : german(back)
  return many === undefined || rest === undefined ? undefined : many * scale + rest
}

function spanish(word: string): number | undefined {
  const plain = word.normalize('NFC')
  const at = SPANISH.findIndex((one) => one === plain || one.normalize('NFD').replace(/\p{M}/gu, '') === plain)
  if (at >= 0) return at
  const tens = SPANISH_TENS.indexOf(plain)
  if (tens >= 0) return (tens + 3) * 10
  return Object.hasOwn(SPANISH_HUNDREDS, plain) ? SPANISH_HUNDREDS[plain] : undefined
}

function french(word: string): number | undefined {
  const at = FRENCH.indexOf(word)
  if (at >= 0) return at
  if (Object.hasOwn(FRENCH_TENS, word)) return FRENCH_TENS[word]
  return Object.hasOwn(WHOLE, word) ? WHOLE[word] : undefined
}
