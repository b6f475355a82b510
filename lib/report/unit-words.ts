/** Units as people type them after a number, and what they are in base units. */

/** `unit` is UCUM as in facts, or one of the words below that no fact has as its unit. */
export interface TypedUnit {
  readonly unit: string
  /** Typed value * factor = value in `unit`. */
  readonly factor: number
}

/** Counts of things: they agree with any fact that counts, and with the number of samples behind a fact. */
export const COUNT = 'count'
/** `2x`, `twice`: a ratio that is a multiple, not a share. */
export const MULTIPLE = 'multiple'
/** Percentage points are a difference of shares, never a share. */
export const POINTS = 'percentage points'

const TABLE: readonly [unit: string, factor: number, words: string][] = [
  ['s', 1, 's|sec|secs|second|seconds|Sekunde|Sekunden|segundo|segundos|seconde|secondes'],
  ['s', 1e-3, 'ms|msec|msecs|millisecond|milliseconds|Millisekunde|Millisekunden|milisegundo|milisegundos|millisecondes'],
  ['s', 1e-6, 'us|µs|μs|microsecond|microseconds'],
  ['s', 1e-9, 'ns|nanosecond|nanoseconds'],
  ['s', 60, 'min|mins|minute|minutes|Minuten|minutos'],
  ['s', 3600, 'h|hour|hours|Stunden|horas|heures'],
  ['By', 1, 'B|byte|bytes'],
  ['By', 1e3, 'kB|KB|kilobytes'],
  ['By', 1e6, 'MB|megabytes'],
  ['By', 1e9, 'GB|gigabytes'],
  ['By', 1e12, 'TB|terabytes'],
  ['By', 2 ** 10, 'KiB|kibibytes'],
  ['By', 2 ** 20, 'MiB|mebibytes'],
  ['By', 2 ** 30, 'GiB|gibibytes'],
  ['By', 2 ** 40, 'TiB|tebibytes'],
  ['By/s', 1e3, 'kB/s|KB/s'],
  ['By/s', 1e6, 'MB/s'],
  ['By/s', 1e9, 'GB/s'],
  ['By/s', 1e12, 'TB/s'],
  ['By/s', 2 ** 20, 'MiB/s'],
  ['By/s', 2 ** 30, 'GiB/s'],
  ['{token}/s', 1, 'tok/s|tokens/s|token/s|t/s|tps|TPS|tok/sec|tokens/sec|tok per second|tokens per second|tokens a second|tokens each second|tokens/second|Token pro Sekunde|Tokens pro Sekunde|tokens por segundo|jetons par seconde'],
  ['{request}/s', 1, 'req/s|requests/s|request/s|rps|RPS|qps|QPS|requests/sec|requests per second|requests a second|requests/second|Anfragen pro Sekunde|solicitudes por segundo'],
  ['{operation}/s', 1, 'op/s|ops/s|ops/sec|operations/s|operations per second'],
  ['{query}/s', 1, 'queries/s|queries per second'],
  ['{flop}/s', 1e9, 'GFLOP/s|GFLOPS'],
  ['{flop}/s', 1e12, 'TFLOP/s|TFLOPS'],
  ['{sample}/s', 1, 'samples/s|samples per second'],
  ['W', 1e-3, 'mW|milliwatts'],
  ['W', 1, 'W|watt|watts'],
  ['W', 1e3, 'kW|kilowatts'],
  ['J', 1, 'J|joule|joules'],
  ['J', 1e3, 'kJ|kilojoules'],
  ['J', 3600, 'Wh|watt-hours'],
  ['J', 3.6e6, 'kWh|kilowatt-hours'],
  ['Cel', 1, '°C|℃|degrees Celsius|degrees C'],
  ['Hz', 1, 'Hz|hertz'],
  ['Hz', 1e6, 'MHz|megahertz'],
  ['Hz', 1e9, 'GHz|gigahertz'],
  ['USD', 1, 'USD|dollars|dollar'],
  ['1', 0.01, '%|percent|per cent|Prozent|por ciento|pour cent'],
  [POINTS, 1, 'percentage points|percentage point|percent points|%-points|pp|Prozentpunkte|puntos porcentuales'],
  [MULTIPLE, 1, 'x|X|×|times|fold|-fold|veces|mal|fois'],
  ['{token}', 1, 'tokens|token'],
  ['{request}', 1, 'requests|request'],
  [
    COUNT,
    1,
    'files|file|records|record|runs|run|samples|sample|measurements|measurement|values|models|model|configurations|configuration|metrics|metric|problems|problem|errors|error|rows|row|copies|copy|failures|failed runs|configs|config|pairs|pair|subjects|subject|settings|setting|backends|backend|reports|report|tests|test|kinds|kind|layouts|layout|variants|variant|facts|figures|numbers|Dateien|archivos|Modelle|modelos|Läufe|ejecuciones',
  ],
]

/** Between a number and its unit: nothing, a space, a hyphen, and emphasis that ends at the number. */
const SEPARATORS = ['', ' ', '\u00a0', '\u202f', '-', '*', '* ', '**', '** ']
/** Shorter words are told apart by their case: `MB`, `ms`, `W`. */
const FOLDED_FROM = 4

interface Word {
  readonly text: string
  readonly folded: string
  readonly typed: TypedUnit
}

const WORDS: readonly Word[] = TABLE.flatMap(([unit, factor, words]) =>
  words.split('|').map((text) => ({ text, folded: text.length < FOLDED_FROM ? text : text.toLowerCase(), typed: { unit, factor } })),
).sort((a, b) => b.text.length - a.text.length)

/** Longest text that {@link readUnit} may have to see. */
export const UNIT_WINDOW = Math.max(...WORDS.map((word) => word.text.length)) + 4

export type UnitReading = { readonly length: number; readonly typed: TypedUnit } | 'none' | 'more'

/** Reads the unit that `text` starts with; `more` when what comes next may still change the answer. */
export function readUnit(text: string, ended: boolean): UnitReading {
  const window = text.slice(0, UNIT_WINDOW)
  const more = !ended && text.length < UNIT_WINDOW
  const folded = window.toLowerCase()
  let best: { length: number; typed: TypedUnit } | undefined
  for (const separator of SEPARATORS) {
    if (!window.startsWith(separator)) {
      if (more && separator.startsWith(window)) return 'more'
      continue
    }
    for (const word of WORDS) {
      const from = separator.length
      const shown = (word.text.length < FOLDED_FROM ? window : folded).slice(from, from + word.text.length)
      if (shown.length < word.text.length) {
        if (more && from + shown.length === window.length && word.folded.startsWith(shown)) return 'more'
        continue
      }
      if (shown !== word.folded) continue
      const end = from + word.text.length
      if (end >= window.length) {
        if (more) return 'more'
      } else if (isWordSign(word.text.at(-1)) && isWordSign(window[end])) continue
      if (!best || end > best.length) best = { length: end, typed: word.typed }
    }
  }
  return best ?? 'none'
}

function isWordSign(sign: string | undefined): boolean {
  return sign !== undefined && /[\p{L}\p{N}_/]/u.test(sign)
}
