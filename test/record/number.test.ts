import fc from 'fast-check'
import t from 'tap'
import { readNumber, type NumberReading } from '../../lib/record/number.js'

const READ: readonly [string, Partial<NumberReading>][] = [
  ['0.1175', { value: 0.1175, exact: true }],
  ['-973.75 ms (+68.4%)', { value: -973.75, unitText: 'ms' }],
  ['+29,659', { value: 29659 }],
  ['1,234.56', { value: 1234.56 }],
  ['22,80,000', { value: 2280000 }],
  ['5,03,31,648', { value: 50331648 }],
  ['1e-3', { value: 0.001 }],
  ['**102.31 tok/s**', { value: 102.31, unitText: 'tok/s' }],
  ['102.31 tok/s ✅', { value: 102.31, unitText: 'tok/s' }],
  ['-0.8% ❌', { value: -0.8, unitText: '%' }],
  ['−0.8%', { value: -0.8, unitText: '%' }],
  ['5.3 GB', { value: 5.3, unitText: 'GB' }],
  ['449 ms', { value: 449, unitText: 'ms' }],
  ['1.2s', { value: 1.2, unitText: 's' }],
  ['1.23ms', { value: 1.23, unitText: 'ms' }],
  ['489 (7.8%)', { value: 489 }],
  ['1.62s (first prompt: 7.84s, subsequent: 0.07s)', { value: 1.62, unitText: 's' }],
  ['100% (confirmed)', { value: 100, unitText: '%' }],
  ['3.87x faster', { value: 3.87, unitText: 'x' }],
  ['-30% smaller', { value: -30, unitText: '%' }],
  ['354 ms average', { value: 354, unitText: 'ms', statistic: 'average' }],
  ['99.16 ± 0.25 tok/s', { value: 99.16, spread: 0.25, unitText: 'tok/s' }],
  ['1437 ± 75', { value: 1437, spread: 75 }],
  ['12 ms ± 3 ms', { value: 12, spread: 3, unitText: 'ms' }],
  ['±0.9%', { value: 0.9, unitText: '%', spreadOnly: true }],
  ['~1.5 GB', { value: 1.5, unitText: 'GB', exact: false }],
  ['≈5', { value: 5, exact: false }],
  ['<0.001', { value: 0.001, bound: '<', exact: false }],
  ['>10%', { value: 10, unitText: '%', bound: '>' }],
  ['$1.95', { value: 1.95, unitText: '$' }],
  ['$0.50/hr', { value: 0.5, unitText: '$/hr' }],
  ['12.5 †', { value: 12.5 }],
  ['12.5[1]', { value: 12.5 }],
  ['1m 20s', { value: 80, unitText: 's' }],
  ['↑ 5%', { value: 5, unitText: '%' }],
  ['1 234,56', { value: 1234.56 }],
  ['1.234,56', { value: 1234.56 }],
  ['12 345 678', { value: 12345678 }],
  ['1_000', { value: 1000 }],
  ["1'234", { value: 1234 }],
  ['1.2x10^3', { value: 1200 }],
  ['1.2×10⁻³ s', { value: 0.0012, unitText: 's' }],
  ['+12 %', { value: 12, unitText: '%' }],
  ['🥇 **12.3 ms**', { value: 12.3, unitText: 'ms' }],
  ['12.3 ⭐', { value: 12.3 }],
  ['12.3↓', { value: 12.3 }],
  ['12.3<sup>1</sup>', { value: 12.3 }],
  ['<b>12.3</b> ms', { value: 12.3, unitText: 'ms' }],
  ['$12.3 \\pm 0.4$', { value: 12.3, spread: 0.4 }],
  ['12.3 +- 0.4', { value: 12.3, spread: 0.4 }],
  ['12.3 ms (± 0.4 ms)', { value: 12.3, spread: 0.4, unitText: 'ms' }],
  ['12.3 (±0.4) ms', { value: 12.3, spread: 0.4, unitText: 'ms' }],
  ['0.81 (0.02)', { value: 0.81, aside: 0.02 }],
  ['12.3 ms [11.9 ms .. 12.8 ms]', { value: 12.3, unitText: 'ms' }],
  ['12 ms (p99)', { value: 12, unitText: 'ms', statistic: 'p99' }],
  ['5 min', { value: 5, unitText: 'min' }],
  ['90 s (1.5 min)', { value: 90, unitText: 's' }],
  ['12.3k', { value: 12300, scaled: 'k' }],
  ['1.2M req', { value: 1.2, unitText: 'M req' }],
  ['2h 3m', { value: 7380, unitText: 's' }],
  ['00:01:23.5', { value: 83.5, unitText: 's' }],
  ['1:23.45', { value: 83.45, unitText: 's' }],
]

const REJECTED = [
  '', '-', 'N/A', 'nan', 'Infinity', '2025-10-08', '2025-09-30T20:11:33', '1.2.3', '18.x', '10.0.26100', 'v2', 'a2af6cc3eb7f', '0x1F', 'q4_0', '4-bit',
  '512x512', '512x512x512', '007', '6-7 GB', '~6-7 GB', '15-20%', '1.40-1.60x', '3/5 runs', '14/16 (88%)', '13th', '40 layers', '4.3B parameters',
  '12 GB GDDR6X', '102.31 tokens/s @ 0.128s TTFT', 'CPU 13.9% avg', '1.985× baseline', '192.168.0.1', '12:30', '14:05:33', '14:05:33.5', '10…15 ms', '10 to 15', '12.3 / 45.6', '123 ms / 4.5 MB', '10/10 passed', '7b', '8 GPUs', '1 2 3', '1.234.567', 'OOM', '1,23,4', '(128, 1, 1)', '--5', '5..3',
  'x'.repeat(200), '1'.repeat(200),
]

t.test('numbers as people write them', async (t) => {
  for (const [text, expected] of READ) {
    const found = readNumber(text)
    t.ok(found, text)
    t.match(found, expected, text)
    if (!('unitText' in expected)) t.equal(found?.unitText, undefined, `${text} has no unit`)
  }
})

t.test('what is no number stays none', async (t) => {
  for (const text of REJECTED) t.equal(readNumber(text), undefined, text.slice(0, 40))
})

t.test('decimal comma, when asked for', async (t) => {
  t.match(readNumber('1.234,5', { decimal: ',' }), { value: 1234.5 })
  t.match(readNumber('0,75', { decimal: ',' }), { value: 0.75 })
})

t.test('property: never throws, values are finite', async () => {
  const cell = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'0123456789.,-+±%~<>()eEmsGBx /µ°$'.split('')) }))
  fc.assert(fc.property(cell, (text) => {
    const found = readNumber(text)
    return found === undefined || (Number.isFinite(found.value) && (found.spread === undefined || Number.isFinite(found.spread)))
  }), { numRuns: 2000 })
})

t.test('property: a plain number is read as JavaScript reads it', async () => {
  fc.assert(fc.property(fc.double({ min: -1e15, max: 1e15, noNaN: true }), (value) => Object.is(readNumber(String(value))?.value, value === 0 ? 0 : value) || value === 0))
})
