import fc from 'fast-check'
import t from 'tap'
import { formatNumber, formatQuantity, quantityScale } from '../../lib/record/quantity.js'

const cases: [value: number, unit: string, text: string, shown: string][] = [
  [0.1175, 's', '117.5', 'ms'],
  [0.62515, 's', '625.1', 'ms'],
  [58.44435, 's', '58.44', 's'],
  [1, 's', '1', 's'],
  [0.99999, 's', '1', 's'],
  [0.999, 's', '999', 'ms'],
  [0, 's', '0', 's'],
  [-0.0005, 's', '-500', 'µs'],
  [3e-9, 's', '3', 'ns'],
  [3e-12, 's', '0.003', 'ns'],
  [599, 's', '599', 's'],
  [720, 's', '12', 'min'],
  [90_000, 's', '25', 'h'],
  [0.0233, 's/{token}', '23.3', 'ms/tok'],
  [42.831, '{token}/s', '42.83', 'tok/s'],
  [123456.7, '{token}/s', '123457', 'tok/s'],
  [2406, '{token}', '2406', 'tok'],
  [12, '{request}/s', '12', 'req/s'],
  [3.3e9, 'By', '3.3', 'GB'],
  [512, 'By', '512', 'B'],
  [88_300, 'By', '88.3', 'kB'],
  [999_999, 'By', '1', 'MB'],
  [999_499, 'By', '999.5', 'kB'],
  [1.008e12, 'By/s', '1.008', 'TB/s'],
  [3.2e-8, '{token}/s/By', '32', 'tok/s per GB'],
  [2.5e-12, 'J/By', '2.5', 'mJ per GB'],
  [1.5e-9, '1/By', '1.5', 'per GB'],
  [0.35, 'W', '350', 'mW'],
  [285.5, 'W', '285.5', 'W'],
  [2.52e9, 'Hz', '2.52', 'GHz'],
  [82.6e12, '{flop}/s', '82.6', 'TFLOP/s'],
  [71, 'Cel', '71', '°C'],
  [0.8754321, '1', '0.8754', ''],
  [0.0004217, '', '0.0004217', ''],
  [12345678, '', '12345678', ''],
  [1e21, '', '1e+21', ''],
  [0.02, 'USD', '0.02', 'USD'],
  [5, '{widget}/h', '5', 'widget/h'],
]

for (const [value, unit, text, shown] of cases) {
  t.test(`${value} ${unit}`, async (t) => t.same(formatQuantity(value, unit), { text, unit: shown }))
}

t.test('values of a row share the unit of the one they stand beside', async (t) => {
  const scale = quantityScale(0.1175, 's')
  t.equal(scale.unit, 'ms')
  t.equal(scale.format(4.021), '4021')
  t.equal(scale.format(0.00012), '0.12')
})

t.test('the number shown is the value, within its four digits', async () => {
  const sizes: Record<string, number> = { h: 3600, min: 60, s: 1, ms: 1e-3, µs: 1e-6, ns: 1e-9 }
  fc.assert(
    fc.property(fc.double({ min: 1e-8, max: 1e8, noNaN: true }), fc.boolean(), (magnitude, negative) => {
      const value = negative ? -magnitude : magnitude
      const { text, unit } = formatQuantity(value, 's')
      return Math.abs(Number(text) * (sizes[unit] ?? NaN) - value) <= magnitude * 0.000501
    }),
  )
})

t.test('whole numbers are never rounded', async () => {
  fc.assert(fc.property(fc.maxSafeInteger(), (value) => Number(formatNumber(value)) === value))
})
