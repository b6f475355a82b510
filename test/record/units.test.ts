import fc from 'fast-check'
import t from 'tap'
import { baseUnit, toBase } from '../../lib/record/units.js'
import { EXACT_UNITS, WORD_UNITS } from '../../lib/record/unit-table.js'

const CASES: readonly [number, string, number, string][] = [
  [12, 'ms', 0.012, 's'],
  [12, 'µs', 0.000012, 's'],
  [12, 'μs', 0.000012, 's'],
  [9.408, 'us', 0.000009408, 's'],
  [5, 'ns', 5e-9, 's'],
  [2, 'min', 120, 's'],
  [2, 'hours', 7200, 's'],
  [4369.26, 'ms', 4.36926, 's'],
  [3, 'GB', 3e9, 'By'],
  [3, 'GiB', 3 * 2 ** 30, 'By'],
  [3, 'kB', 3000, 'By'],
  [3, 'KiB', 3072, 'By'],
  [291, 'MB', 291e6, 'By'],
  [400, 'B', 400, 'By'],
  [1, 'Kbyte', 1000, 'By'],
  [8, 'Gbps', 1e9, 'By/s'],
  [504, 'GB/s', 504e9, 'By/s'],
  [79.9, '%', 0.799, '1'],
  [9.2, 'percent', 0.092, '1'],
  [4, 'pp', 4, '{pp}'],
  [1.985, 'x', 1.985, '1'],
  [102.31, 'tok/s', 102.31, '{token}/s'],
  [102.31, 'tokens/s', 102.31, '{token}/s'],
  [102.31, 'tokens/sec', 102.31, '{token}/s'],
  [102.31, 'token/sec', 102.31, '{token}/s'],
  [102.31, 't/s', 102.31, '{token}/s'],
  [102.31, 'tokens/second', 102.31, '{token}/s'],
  [102.31, 'tokens per second', 102.31, '{token}/s'],
  [5, 'tokens/sec/user', 5, '{token}/s/{user}'],
  [3, 'ops/ms', 3000, '{operation}/s'],
  [60, 'req/min', 1, '{request}/s'],
  [7, 'requests/sec', 7, '{request}/s'],
  [7, 'iter/sec', 7, '{iteration}/s'],
  [7, 'Queries/s', 7, '{query}/s'],
  [7, 'Samples/s', 7, '{sample}/s'],
  [250, 'ns/op', 250e-9, 's'],
  [175, 'W', 175, 'W'],
  [5, 'Watts', 5, 'W'],
  [5, 'mJ', 0.005, 'J'],
  [5, 'MJ', 5e6, 'J'],
  [5, 'millijoules', 0.005, 'J'],
  [2.48, 'GHz', 2.48e9, 'Hz'],
  [52, '°C', 52, 'Cel'],
  [212, '°F', 100, 'Cel'],
  [3.6, '$/hr', 0.001, 'USD/s'],
  [2, '$/1M tokens', 2e-6, 'USD/{token}'],
  [500, 'chars', 500, '{char}'],
  [3, 'kb', 3000, 'By'],
  [8, 'Gb/s', 1e9, 'By/s'],
  [8, 'Mbit/s', 1e6, 'By/s'],
  [2, 'GBps', 2e9, 'By/s'],
  [2, 'GiBps', 2 * 2 ** 30, 'By/s'],
  [2, 'GiB/s', 2 * 2 ** 30, 'By/s'],
  [2, 'MBytes/sec', 2e6, 'By/s'],
  [1, 'mWh', 3.6, 'J'],
  [1, 'kWh', 3.6e6, 'J'],
  [1, 'kwh', 3.6e6, 'J'],
  [2, 'J/token', 2, 'J/{token}'],
  [16, 'B/op', 16, 'By/{operation}'],
  [2, 'allocs/op', 2, '{allocation}/{operation}'],
  [7, 'us/iter', 7e-6, 's'],
  [7, 'ms/token', 0.007, 's'],
  [3, 's/it', 3, 's'],
  [2, 'ktok/s', 2000, '{token}/s'],
  [2, 'M tokens/s', 2e6, '{token}/s'],
  [2, 'Mops/s', 2e6, '{operation}/s'],
  [2, 'Melem/s', 2e6, '{element}/s'],
  [5, 'tok/s/user', 5, '{token}/s/{user}'],
  [5, 'tok/s/GPU', 5, '{token}/s/{gpu}'],
  [5, 'tokens per second per user', 5, '{token}/s/{user}'],
  [5, 'prompts/min', 5 / 60, '{prompt}/s'],
  [2, 'TFLOPS', 2e12, '{flop}/s'],
  [2, 'GFLOP/s', 2e9, '{flop}/s'],
  [2, '$/MTok', 2e-6, 'USD/{token}'],
  [2, '$/1K tok', 0.002, 'USD/{token}'],
  [2, 'USD/million tokens', 2e-6, 'USD/{token}'],
  [12, 'мс', 0.012, 's'],
  [12, '毫秒', 0.012, 's'],
  [12, 'tokens/秒', 12, '{token}/s'],
]

t.test('every spelling has its base unit', async (t) => {
  for (const [value, spelled, expected, unit] of CASES) {
    const found = toBase(value, spelled)
    t.equal(found?.unit, unit, spelled)
    t.ok(found && Math.abs(found.value - expected) <= Math.abs(expected) * 1e-12, `${value} ${spelled} is ${expected} ${unit}, found ${found?.value}`)
  }
})

t.test('a tool may mean 2^20 by MB', async (t) => {
  t.strictSame(toBase(1, 'MB', 'binary'), { value: 2 ** 20, unit: 'By' })
  t.strictSame(toBase(1, 'MB'), { value: 1e6, unit: 'By' })
  t.strictSame(toBase(1, 'MiB', 'binary'), { value: 2 ** 20, unit: 'By' })
})

t.test('unknown words stay unknown', async (t) => {
  for (const spelled of ['', 'layers', 'foo', 'ms/foo', '/s', 'tokens/', 'a/b/c/d', 'x'.repeat(100), 'Mb', 'GPUs', 'points', 's/s', 'ns/day', 'M', 'T']) t.equal(toBase(1, spelled), undefined, spelled)
})

t.test('property: conversion is linear, finite, and the same for every order of calls', async () => {
  const spellings = [...EXACT_UNITS.keys(), ...WORD_UNITS.keys()].filter((name) => !/^°f$|fahrenheit/.test(name))
  fc.assert(
    fc.property(fc.constantFrom(...spellings), fc.double({ min: 1e-6, max: 1e9, noNaN: true }), (spelled, value) => {
      const one = toBase(1, spelled)
      const many = toBase(value, spelled)
      return one !== undefined && many !== undefined && one.unit === baseUnit(spelled) && Math.abs(many.value / one.value / value - 1) < 1e-9
    }),
  )
  fc.assert(
    fc.property(fc.constantFrom('ms', 'us', 'ns', 'min', 'h'), fc.constantFrom('ops', 'req', 'tokens'), fc.double({ min: 1e-3, max: 1e6, noNaN: true }), (time, noun, value) => {
      const rate = toBase(value, `${noun}/${time}`)
      const span = toBase(1 / value, time)
      // So many per time unit is one in so much time.
      return rate !== undefined && span !== undefined && Math.abs(rate.value * span.value - 1) < 1e-9
    }),
  )
})

t.test('property: any text at all gives a finite value or nothing', async () => {
  fc.assert(
    fc.property(fc.string(), fc.double({ noNaN: true }), (spelled, value) => {
      const found = toBase(value, spelled)
      return found === undefined || Number.isFinite(found.value)
    }),
  )
})
