import t from 'tap'
import { bytes, bytesOf, count, counted, duration, perSecond, waiting } from '../../lib/console/quantity.js'

t.test('numbers as people read them', async (t) => {
  t.strictSame([0, 999, 1000, 4812, 1234567].map(count), ['0', '999', '1,000', '4,812', '1,234,567'])
  t.strictSame([counted(1, 'file'), counted(0, 'file'), counted(2406, 'token')], ['1 file', '0 files', '2,406 tokens'])
  t.strictSame([0, 999, 1000, 18_800, 999_949, 999_950, 1_898_800, 5e15].map(bytes), [
    '0 B', '999 B', '1.0 kB', '18.8 kB', '999.9 kB', '1.0 MB', '1.9 MB', '5.0 PB',
  ])
  t.strictSame([bytesOf(500, 1_900_000), bytesOf(5, 999), bytesOf(2_000_000, 1)], ['0.0/1.9 MB', '5/999 B', '2.0/0.0 MB'])
  t.strictSame([0.0004, 0.0099, 0.00996, 0.625, 0.9994, 0.9996, 3.24, 9.994, 9.996, 59.94, 59.96, 65, 3599.6, 7380].map(duration), [
    '0.4 ms', '9.9 ms', '10 ms', '625 ms', '999 ms', '1.00 s', '3.24 s', '9.99 s', '10.0 s', '59.9 s', '1 min 00 s', '1 min 05 s', '1 h 00 min', '2 h 03 min',
  ])
  t.strictSame([-1, 0.04, 3.21, 61].map(waiting), ['0.0 s', '0.0 s', '3.2 s', '1 min 01 s'])
  t.strictSame([0, 42.84, 999.94, 999.96, 51_204].map(perSecond), ['0.0', '42.8', '999.9', '1,000', '51,204'])
})
