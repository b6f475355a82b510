/** The units that label specs speak of, with their base unit and factor. Written apart from `lib/record`, which is judged by it. */

export interface Reading {
  readonly unit: string
  readonly factor: number
}

/** `undefined` for a spelling that is not listed: a spec then names a unit that has to be added here. */
export function readingOf(spelling: string): Reading | undefined {
  const text = spelling.trim().replace(/\s+/g, ' ')
  if (text === '') return { unit: '', factor: 1 }
  // Written out, for what no table holds: `u:J/{token}*0.001`.
  const literal = /^u:(.+?)(?:\*([\d.e-]+))?$/.exec(text)
  if (literal) return { unit: literal[1] ?? '', factor: Number(literal[2] ?? 1) }
  if (text === 'rps') return { unit: '{request}/s', factor: 1 }
  if (text === 'qps') return { unit: '{query}/s', factor: 1 }
  const per = /^(.+?)(?: ?\/ ?|\bper\b ?)(.+)$/.exec(text)
  if (!per) return single(text)
  const [, top = '', bottom = ''] = per
  const over = single(top.trim())
  // `ns/op` is a duration; `op/s` is a rate; `ops/ms` is a thousand times the rate.
  if (over?.unit === 's' && PLAIN.has(bottom.toLowerCase())) return over
  const under = single(bottom.trim())
  if (!over || !under || under.unit !== 's') return undefined
  return { unit: `${over.unit}/s`, factor: over.factor / under.factor }
}

const PLAIN = new Set(['op', 'ops', 'iter', 'iters', 'iteration', 'invocation'])

const TABLE: Readonly<Record<string, readonly [unit: string, factor: number]>> = {
  s: ['s', 1],
  sec: ['s', 1],
  second: ['s', 1],
  seconds: ['s', 1],
  ms: ['s', 1e-3],
  msec: ['s', 1e-3],
  us: ['s', 1e-6],
  'µs': ['s', 1e-6],
  'μs': ['s', 1e-6],
  ns: ['s', 1e-9],
  ps: ['s', 1e-12],
  min: ['s', 60],
  m: ['s', 60],
  h: ['s', 3600],
  B: ['By', 1],
  bytes: ['By', 1],
  kB: ['By', 1e3],
  KB: ['By', 1e3],
  MB: ['By', 1e6],
  GB: ['By', 1e9],
  TB: ['By', 1e12],
  KiB: ['By', 1024],
  MiB: ['By', 1024 ** 2],
  GiB: ['By', 1024 ** 3],
  '%': ['1', 0.01],
  ratio: ['1', 1],
  x: ['1', 1],
  '1': ['1', 1],
  '×': ['1', 1],
  X: ['1', 1],
  Percent: ['1', 0.01],
  percent: ['1', 0.01],
  Megabytes: ['By', 1e6],
  pp: ['{pp}', 1],
  W: ['W', 1],
  Watts: ['W', 1],
  mW: ['W', 1e-3],
  kW: ['W', 1e3],
  J: ['J', 1],
  mJ: ['J', 1e-3],
  kJ: ['J', 1e3],
  Wh: ['J', 3600],
  kWh: ['J', 3.6e6],
  millijoules: ['J', 1e-3],
  C: ['Cel', 1],
  '°C': ['Cel', 1],
  Hz: ['Hz', 1],
  MHz: ['Hz', 1e6],
  GHz: ['Hz', 1e9],
  USD: ['USD', 1],
  $: ['USD', 1],
  flop: ['{flop}', 1],
  GFLOP: ['{flop}', 1e9],
  TFLOP: ['{flop}', 1e12],
}

/** What is counted: `{token}` under every spelling of it. */
const NOUNS: Readonly<Record<string, readonly string[]>> = {
  token: ['tok', 'toks', 'token', 'tokens', 't'],
  request: ['req', 'reqs', 'request', 'requests', 'r'],
  operation: ['op', 'ops', 'operation', 'operations'],
  iteration: ['iter', 'iters', 'iteration', 'iterations', 'it'],
  query: ['query', 'queries'],
  sample: ['sample', 'samples'],
  image: ['image', 'images', 'img', 'imgs'],
  char: ['char', 'chars'],
  row: ['row', 'rows'],
  record: ['record', 'records'],
  item: ['item', 'items'],
  line: ['line', 'lines'],
  document: ['doc', 'docs'],
  frame: ['frame', 'frames'],
  event: ['event', 'events'],
  message: ['msg', 'message', 'messages'],
  step: ['step', 'steps'],
  tweet: ['tweet', 'tweets'],
  tile: ['tile', 'tiles'],
  word: ['word', 'words'],
  call: ['call', 'calls'],
  user: ['user', 'users'],
}

const COUNTED = new Map(Object.entries(NOUNS).flatMap(([noun, spellings]) => spellings.map((spelling) => [spelling, noun])))

function single(text: string): Reading | undefined {
  const entry = Object.hasOwn(TABLE, text) ? TABLE[text] : undefined
  if (entry) return { unit: entry[0], factor: entry[1] }
  const scaled = /^([kKMG])(?: ?)([a-z]+)$/.exec(text)
  const noun = COUNTED.get(text.toLowerCase()) ?? (scaled ? COUNTED.get(scaled[2] ?? '') : undefined)
  if (noun === undefined) return undefined
  const factor = scaled && !COUNTED.has(text.toLowerCase()) ? { k: 1e3, K: 1e3, M: 1e6, G: 1e9 }[scaled[1] ?? ''] ?? 1 : 1
  return { unit: `{${noun}}`, factor }
}
