/** Every unit spelling that is understood, with its base unit in UCUM and the factor to it. */

export interface UnitEntry {
  /** UCUM. */
  readonly base: string
  /** value in the base unit = (value + offset) * factor */
  readonly factor: number
  readonly offset?: number
}

/** What a capital or small letter changes the meaning of stands here: `mJ` and `MJ`, `MB` and `Mb`. */
export const EXACT_UNITS: ReadonlyMap<string, UnitEntry> = new Map<string, UnitEntry>([
  ...spell('s', 1, 's'),
  ...spell('s', 1e-3, 'ms'),
  ...spell('s', 1e-6, 'us', 'µs', 'usec'),
  ...spell('s', 1e-9, 'ns'),
  ...spell('s', 1e-12, 'ps'),
  ...spell('s', 60, 'm', 'min'),
  ...spell('s', 3600, 'h', 'hr'),
  ...spell('s', 86400, 'd'),
  ...spell('By', 1, 'B', 'By'),
  ...prefixed('B', 'By'),
  ...prefixed('By', 'By'),
  ...spell('By', 1 / 8, 'b', 'bit', 'bits'),
  ...spell('By', 1e3 / 8, 'kb', 'Kb', 'kbit', 'Kbit'),
  ...spell('By', 1e6 / 8, 'Mb', 'Mbit'),
  ...spell('By', 1e9 / 8, 'Gb', 'Gbit'),
  ...spell('By/s', 1e3 / 8, 'kbps', 'Kbps'),
  ...spell('By/s', 1e6 / 8, 'Mbps'),
  ...spell('By/s', 1e9 / 8, 'Gbps'),
  ...spell('By/s', 1e6, 'MBps'),
  ...spell('By/s', 1e9, 'GBps'),
  ...spell('W', 1, 'W'),
  ...spell('W', 1e-3, 'mW'),
  ...spell('W', 1e3, 'kW', 'KW'),
  ...spell('W', 1e6, 'MW'),
  ...spell('J', 1, 'J'),
  ...spell('J', 1e-3, 'mJ'),
  ...spell('J', 1e-6, 'uJ', 'µJ'),
  ...spell('J', 1e3, 'kJ', 'KJ'),
  ...spell('J', 1e6, 'MJ'),
  ...spell('J', 3600, 'Wh'),
  ...spell('J', 3.6e6, 'kWh', 'KWh'),
  ...spell('Hz', 1, 'Hz'),
  ...spell('Hz', 1e3, 'kHz', 'KHz'),
  ...spell('Hz', 1e6, 'MHz'),
  ...spell('Hz', 1e9, 'GHz'),
  ...spell('Cel', 1, '°C', '℃', 'degC', 'Cel'),
  ...spell('1', 1, 'x', 'X', '×', '1'),
])

/** Words and short forms in which letter case carries nothing; looked up in small letters. */
export const WORD_UNITS: ReadonlyMap<string, UnitEntry> = new Map<string, UnitEntry>([
  ...spell('s', 1, 's', 'sec', 'secs', 'second', 'seconds'),
  ...spell('s', 1e-3, 'ms', 'msec', 'msecs', 'msecond', 'mseconds', 'milli', 'millis', 'millisecond', 'milliseconds'),
  ...spell('s', 1e-6, 'us', 'µs', 'usec', 'usecond', 'useconds', 'micros', 'microsecond', 'microseconds'),
  ...spell('s', 1e-9, 'ns', 'nsec', 'nsecond', 'nseconds', 'nanos', 'nanosecond', 'nanoseconds'),
  ...spell('s', 1e-12, 'picosecond', 'picoseconds'),
  ...spell('s', 60, 'min', 'mins', 'minute', 'minutes'),
  ...spell('s', 3600, 'h', 'hr', 'hrs', 'hour', 'hours'),
  ...spell('s', 86400, 'day', 'days'),
  ...spell('By', 1, 'byte', 'bytes'),
  ...spell('By', 1e3, 'kb', 'kbyte', 'kbytes', 'kilobyte', 'kilobytes'),
  ...spell('By', 1e6, 'mb', 'mbyte', 'mbytes', 'megabyte', 'megabytes'),
  ...spell('By', 1e9, 'gb', 'gbyte', 'gbytes', 'gigabyte', 'gigabytes'),
  ...spell('By', 1e12, 'tb', 'tbyte', 'tbytes', 'terabyte', 'terabytes'),
  ...spell('By', 1024, 'kib', 'kibibyte', 'kibibytes'),
  ...spell('By', 1024 ** 2, 'mib', 'mebibyte', 'mebibytes'),
  ...spell('By', 1024 ** 3, 'gib', 'gibibyte', 'gibibytes'),
  ...spell('By', 1024 ** 4, 'tib', 'tebibyte', 'tebibytes'),
  ...spell('By/s', 1 / 8, 'bps'),
  ...spell('By/s', 1e3 / 8, 'kbps'),
  ...spell('By/s', 1e6 / 8, 'mbps'),
  ...spell('By/s', 1e9 / 8, 'gbps'),
  ...spell('W', 1, 'w', 'watt', 'watts'),
  ...spell('W', 1e-3, 'milliwatt', 'milliwatts'),
  ...spell('W', 1e3, 'kw', 'kilowatt', 'kilowatts'),
  ...spell('J', 1, 'j', 'joule', 'joules'),
  ...spell('J', 1e-3, 'millijoule', 'millijoules'),
  ...spell('J', 1e-6, 'microjoule', 'microjoules'),
  ...spell('J', 1e3, 'kj', 'kilojoule', 'kilojoules'),
  ...spell('J', 1e6, 'megajoule', 'megajoules'),
  ...spell('J', 3600, 'wh'),
  ...spell('J', 3.6e6, 'kwh'),
  ...spell('Hz', 1, 'hz', 'hertz'),
  ...spell('Hz', 1e3, 'khz'),
  ...spell('Hz', 1e6, 'mhz'),
  ...spell('Hz', 1e9, 'ghz'),
  ...spell('Cel', 1, '°c', 'celsius', 'deg c', 'degc'),
  ['°f', { base: 'Cel', factor: 5 / 9, offset: -32 }],
  ['fahrenheit', { base: 'Cel', factor: 5 / 9, offset: -32 }],
  ...spell('1', 0.01, '%', 'percent', 'pct', 'percentage'),
  ...spell('1', 1, 'x', '×', 'times', 'ratio', 'fraction'),
  // Points are differences of percentages: a thing of their own, never made a ratio.
  ...spell('{pp}', 1, 'pp', 'pps', 'percentage point', 'percentage points', 'p.p.'),
  ...spell('USD', 1, '$', 'usd', 'dollar', 'dollars'),
  ...spell('USD', 0.01, 'cent', 'cents', '¢'),
  ...spell('EUR', 1, '€', 'eur', 'euro', 'euros'),
  ...spell('GBP', 1, '£', 'gbp'),
  ...counted('token', 'tok', 'toks', 't'),
  ...counted('request', 'req', 'reqs'),
  ...counted('query', 'queries'),
  ...counted('operation', 'op', 'ops'),
  ...counted('iteration', 'iter', 'iters', 'it', 'its'),
  ...counted('char', 'chars', 'character', 'characters'),
  ...counted('word'),
  ...counted('frame'),
  ...counted('sample'),
  ...counted('image', 'img', 'imgs'),
  ...counted('row'),
  ...counted('line'),
  ...counted('record'),
  ...counted('message', 'msg', 'msgs'),
  ...counted('event'),
  ...counted('step'),
  ...counted('call'),
  ...counted('user'),
  ...counted('item'),
  ...counted('file'),
  ...counted('document', 'doc', 'docs'),
  ...counted('transaction', 'txn', 'tx'),
  ...counted('flop', 'flops'),
  ...counted('allocation', 'alloc', 'allocs'),
  ...spell('{query}/s', 1, 'qps'),
  ...spell('{request}/s', 1, 'rps'),
  ...spell('{frame}/s', 1, 'fps'),
  ...spell('{operation}/s', 1, 'iops'),
  ...spell('{flop}/s', 1e6, 'mflops'),
  ...spell('{flop}/s', 1e9, 'gflops'),
  ...spell('{flop}/s', 1e12, 'tflops'),
  ...spell('{flop}', 1e9, 'gflop'),
  ...spell('{flop}', 1e12, 'tflop'),
])

function spell(base: string, factor: number, ...names: string[]): [string, UnitEntry][] {
  return names.map((name) => [name, { base, factor }])
}

function counted(noun: string, ...more: string[]): [string, UnitEntry][] {
  return spell(`{${noun}}`, 1, noun, noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`, ...more)
}

function prefixed(symbol: string, base: string): [string, UnitEntry][] {
  const powers = ['K', 'M', 'G', 'T', 'P']
  return [
    ...spell(base, 1e3, `k${symbol}`),
    ...powers.flatMap((letter, at) => [
      ...spell(base, 1000 ** (at + 1), `${letter}${symbol}`),
      ...spell(base, 1024 ** (at + 1), `${letter}i${symbol}`),
    ]),
  ]
}
