/** Every unit spelling that is understood, with its base unit in UCUM and the factor to it. */

export interface UnitEntry {
  /** UCUM. */
  readonly base: string
  /** value in the base unit = (value + offset) * factor */
  readonly factor: number
  readonly offset?: number
}

const LETTERS = ['K', 'M', 'G', 'T', 'P']

/** What a capital or small letter changes the meaning of stands here: `mJ` and `MJ`, `MB` and `Mb`. */
export const EXACT_UNITS: ReadonlyMap<string, UnitEntry> = new Map<string, UnitEntry>([
  ...spell('s', 1, 's'),
  // Of what, is not said.
  ...spell('1/s', 1e3, 'k/s', 'K/s'),
  ...spell('1/s', 1e6, 'M/s'),
  ...spell('1/s', 1e9, 'G/s'),
  ...spell('s', 60, 'm', 'min'),
  ...spell('s', 3600, 'h', 'hr'),
  ...spell('s', 86400, 'd'),
  ...small('s', 's'),
  ...spell('By', 1, 'B', 'By'),
  ...large('By', 1, 'B'),
  ...binary('By', 'B'),
  ...large('By', 1, 'By'),
  ...binary('By', 'By'),
  ...spell('By', 1 / 8, 'bit', 'bits'),
  ...large('By', 1 / 8, 'bit', 'bits'),
  // In small letters bytes are meant; `Mb` is as often meant for bytes as for bits, and plain only in a rate.
  ...spell('By/s', 1 / 8, 'b/s'),
  ...spell('By', 1e3, 'kb'),
  ...spell('By', 1e6, 'mb'),
  ...spell('By', 1e9, 'gb'),
  ...spell('By', 1e12, 'tb'),
  ...large('By/s', 1 / 8, 'b/s', 'bps', 'b/sec', 'b/second').filter(([name]) => !name.startsWith('kb/')),
  ...spell('By/s', 1e6 / 8, 'mbps'),
  ...spell('By/s', 1e9 / 8, 'gbps'),
  ...large('By/s', 1, 'Bps'),
  ...binary('By/s', 'Bps'),
  ...spell('W', 1, 'W'),
  ...small('W', 'W'),
  ...large('W', 1, 'W'),
  ...spell('J', 1, 'J'),
  ...small('J', 'J'),
  ...large('J', 1, 'J'),
  ...spell('J', 3600, 'Wh'),
  ...spell('J', 3.6, 'mWh'),
  ...large('J', 3600, 'Wh'),
  ...spell('Hz', 1, 'Hz'),
  ...large('Hz', 1, 'Hz'),
  ...spell('V', 1, 'V'),
  ...spell('V', 1e-3, 'mV'),
  ...spell('A', 1, 'A'),
  ...spell('A', 1e-3, 'mA'),
  ...spell('Cel', 1, '°C', '℃', 'degC', 'Cel'),
  ...spell('K', 1, 'Kelvin', 'kelvin'),
  ...spell('1', 1, 'x', 'X', '×', '1'),
])

/** Words and short forms in which letter case carries nothing; looked up in small letters. */
export const WORD_UNITS: ReadonlyMap<string, UnitEntry> = new Map<string, UnitEntry>([
  ...spell('s', 1, 's', 'sec', 'secs', 'second', 'seconds', 'sek', 'sekunden', 'segundo', 'segundos', '秒', 'с', 'сек'),
  ...spell('s', 1e-3, 'ms', 'msec', 'msecs', 'msecond', 'mseconds', 'milli', 'millis', 'millisecond', 'milliseconds', 'millisec', 'milli sec', '毫秒', 'ミリ秒', 'мс', 'мсек'),
  ...spell('s', 1e-6, 'us', 'µs', 'usec', 'usecs', 'usecond', 'useconds', 'micros', 'microsecond', 'microseconds', '微秒', 'マイクロ秒', 'мкс'),
  ...spell('s', 1e-9, 'ns', 'nsec', 'nsecs', 'nsecond', 'nseconds', 'nanos', 'nanosecond', 'nanoseconds', '纳秒', 'ナノ秒', 'нс'),
  ...spell('s', 1e-12, 'picosecond', 'picoseconds'),
  ...spell('s', 60, 'min', 'mins', 'minute', 'minutes', 'minuten', 'minutos', '分钟', 'мин'),
  ...spell('s', 3600, 'h', 'hr', 'hrs', 'hour', 'hours', 'stunden', 'horas', '小时', '時間', 'ч'),
  ...spell('s', 86400, 'day', 'days'),
  ...spell('By', 1, 'byte', 'bytes', '字节'),
  ...spell('By', 1e3, 'kbyte', 'kbytes', 'kilobyte', 'kilobytes', 'кб'),
  ...spell('By', 1e6, 'mbyte', 'mbytes', 'megabyte', 'megabytes', 'мб'),
  ...spell('By', 1e9, 'gbyte', 'gbytes', 'gigabyte', 'gigabytes', 'гб'),
  ...spell('By', 1e12, 'tbyte', 'tbytes', 'terabyte', 'terabytes'),
  ...spell('By', 1024, 'kib', 'kibibyte', 'kibibytes'),
  ...spell('By', 1024 ** 2, 'mib', 'mebibyte', 'mebibytes'),
  ...spell('By', 1024 ** 3, 'gib', 'gibibyte', 'gibibytes'),
  ...spell('By', 1024 ** 4, 'tib', 'tebibyte', 'tebibytes'),
  ...spell('By/s', 1 / 8, 'bps'),
  ...spell('W', 1, 'w', 'watt', 'watts'),
  ...spell('W', 1e-3, 'milliwatt', 'milliwatts'),
  ...spell('W', 1e3, 'kw', 'kilowatt', 'kilowatts'),
  ...spell('J', 1, 'j', 'joule', 'joules'),
  ...spell('J', 1e-3, 'millijoule', 'millijoules'),
  ...spell('J', 1e-6, 'microjoule', 'microjoules'),
  ...spell('J', 1e3, 'kj', 'kj', 'kilojoule', 'kilojoules'),
  ...spell('J', 1e6, 'megajoule', 'megajoules'),
  ...spell('J', 3600, 'wh', 'watt hour', 'watt hours', 'watt-hour', 'watt-hours'),
  ...spell('J', 3.6e6, 'kwh', 'kilowatt hour', 'kilowatt hours', 'kilowatt-hour', 'kilowatt-hours'),
  ...spell('Hz', 1, 'hz', 'hertz'),
  ...spell('Hz', 1e3, 'khz'),
  ...spell('Hz', 1e6, 'mhz'),
  ...spell('Hz', 1e9, 'ghz'),
  ...spell('Cel', 1, '°c', 'celsius', 'deg c', 'degc'),
  ['°f', { base: 'Cel', factor: 5 / 9, offset: -32 }],
  ['fahrenheit', { base: 'Cel', factor: 5 / 9, offset: -32 }],
  ...spell('1', 0.01, '%', '％', 'percent', 'pct', 'percentage', 'prozent', 'процент', 'процентов'),
  ...spell('1', 0.001, '‰'),
  ...spell('1', 1, 'x', '×', 'times', 'ratio', 'fraction'),
  // Points are differences of percentages: a thing of their own, never made a ratio.
  ...spell('{pp}', 1, 'pp', '%p', 'pct pt', 'pct pts', 'percentage point', 'percentage points', '%-points', '% points', 'p.p.'),
  ...spell('USD', 1, '$', 'us$', 'usd', 'dollar', 'dollars'),
  ...spell('USD', 0.01, 'cent', 'cents', '¢'),
  ...spell('EUR', 1, '€', 'eur', 'euro', 'euros'),
  ...spell('GBP', 1, '£', 'gbp'),
  ...spell('CNY', 1, 'cny', 'rmb', '元'),
  ...spell('JPY', 1, 'jpy', '円'),
  ...counted('token', 'tok', 'toks', 'токенов'),
  ...counted('request', 'req', 'reqs', 'запросов', '请求'),
  ...counted('query', 'qry'),
  ...counted('operation', 'op', 'ops'),
  ...counted('iteration', 'iter', 'iters', 'it', 'its'),
  ...counted('char', 'character', 'characters'),
  ...counted('image', 'img', 'imgs'),
  ...counted('message', 'msg', 'msgs'),
  ...counted('document', 'doc', 'docs'),
  ...counted('transaction', 'txn', 'txns', 'tx', 'txs'),
  ...counted('batch', 'batches'),
  ...counted('packet', 'pkt', 'pkts'),
  ...counted('connection', 'conn', 'conns'),
  ...counted('allocation', 'alloc', 'allocs'),
  ...counted('instruction', 'instr', 'insn', 'insns'),
  ...['word', 'frame', 'sample', 'row', 'line', 'record', 'event', 'step', 'call', 'user', 'item', 'file', 'cycle', 'chunk'].flatMap((noun) => counted(noun)),
  ...counted('flop', 'flops'),
  ...counted('allocation', 'alloc', 'allocs'),
  ...spell('{query}/s', 1, 'qps'),
  ...spell('{query}/s', 1e3, 'kqps'),
  ...spell('{request}/s', 1, 'rps'),
  ...spell('{request}/s', 1e3, 'krps'),
  ...spell('{frame}/s', 1, 'fps'),
  ...spell('{packet}/s', 1, 'pps'),
  ...spell('{packet}/s', 1e3, 'kpps', 'Kpps'),
  ...spell('{packet}/s', 1e6, 'mpps', 'Mpps'),
  ...spell('{operation}/s', 1, 'iops'),
  ...spell('{operation}/s', 1e3, 'kiops'),
  ...powers('{flop}/s', 'flops', 'flop/s', 'flops/s'),
  ...powers('{flop}', 'flop'),
  ...powers('{operation}/s', 'ops/s', 'op/s', 'ops/sec'),
  ...spell('{operation}/s', 1e12, 'tops'),
])

function spell(base: string, factor: number, ...names: string[]): [string, UnitEntry][] {
  return names.map((name) => [name, { base, factor }])
}

function counted(noun: string, ...more: string[]): [string, UnitEntry][] {
  return spell(`{${noun}}`, 1, noun, noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`, ...more)
}

/** Milli and smaller; `m` and `M` are a billion apart. */
function small(base: string, symbol: string): [string, UnitEntry][] {
  return [...spell(base, 1e-3, `m${symbol}`), ...spell(base, 1e-6, `u${symbol}`, `µ${symbol}`), ...spell(base, 1e-9, `n${symbol}`), ...spell(base, 1e-12, `p${symbol}`)]
}

/** Kilo and larger, by 1000. */
function large(base: string, factor: number, ...symbols: string[]): [string, UnitEntry][] {
  return symbols.flatMap((symbol) => [
    ...spell(base, 1e3 * factor, `k${symbol}`),
    ...LETTERS.flatMap((letter, at) => spell(base, 1000 ** (at + 1) * factor, letter + symbol)),
  ])
}

function binary(base: string, symbol: string): [string, UnitEntry][] {
  return LETTERS.flatMap((letter, at) => spell(base, 1024 ** (at + 1), `${letter}i${symbol}`))
}

/** As {@link large}, where letter case carries nothing. */
function powers(base: string, ...symbols: string[]): [string, UnitEntry][] {
  return large(base, 1, ...symbols).map(([name, entry]) => [name.toLowerCase(), entry])
}

/** What is a unit only above or below a line: `tok/s/GPU`, `prompts/s`, `$/1M tokens`; `8 GPUs` alone is no measurement. */
export const IN_COMPOUNDS: ReadonlyMap<string, UnitEntry> = new Map<string, UnitEntry>([
  ...[
    'gpu', 'node', 'core', 'thread', 'chip', 'device', 'worker', 'instance', 'replica', 'socket', 'client', 'session', 'accelerator', 'run', 'test', 'inference', 'generation',
    'epoch', 'video', 'page', 'task', 'job', 'block', 'vector', 'object', 'prompt', 'response', 'turn', 'hit', 'error', 'failure', 'key', 'sequence', 'point', 'edge',
  ].flatMap((noun) => counted(noun)),
  ...counted('element', 'elem', 'elems'),
  ...counted('pixel', 'pix'),
  ...spell('{token}', 1, 't'),
  ...spell('{query}', 1, 'q'),
])

/** Below a line only: `$/MTok`, `$/M`. */
export const SCALED_DENOMINATORS: ReadonlyMap<string, UnitEntry> = new Map<string, UnitEntry>([
  ...spell('{token}', 1e6, 'mtok', 'mtoks', 'mtoken', 'mtokens'),
  ...spell('{token}', 1e3, 'ktok', 'ktoks', 'ktoken', 'ktokens'),
])
