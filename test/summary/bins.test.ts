import fc from 'fast-check'
import t from 'tap'
import { Bins } from '../../lib/summary/bins.js'

t.test('counts are those of a map, wherever the bins lie', async (t) => {
  const bin = fc.oneof(fc.integer({ min: -300, max: 300 }), fc.integer({ min: -9000, max: 9000 }), fc.integer({ min: -80_000, max: 80_000 }))
  fc.assert(
    fc.property(fc.array(fc.tuple(bin, fc.integer({ min: 1, max: 5 }), fc.boolean()), { maxLength: 60 }), (added) => {
      const bins = new Bins()
      const expected = new Map<number, number>()
      for (const [at, by, near] of added) {
        if (near && bins.addNear(at)) {
          t.ok(expected.has(at), 'only a bin that is not empty is near')
          expected.set(at, (expected.get(at) ?? 0) + 1)
          continue
        }
        bins.add(at, by)
        expected.set(at, (expected.get(at) ?? 0) + by)
      }
      t.strictSame(bins.sorted(), [...expected].sort((a, b) => a[0] - b[0]))
      t.equal(bins.size, expected.size)
    }),
    { numRuns: 500 },
  )
})

t.test('bins at both ends of the widest array', async (t) => {
  for (const width of [8062, 8063, 8064, 8190, 8191, 8192, 8193]) {
    const bins = new Bins()
    for (const at of [0, width - 1, 0, 1, width - 2]) bins.add(at, 1)
    t.strictSame(bins.sorted(), [[0, 2], [1, 1], [width - 2, 1], [width - 1, 1]], `${width} wide`)
  }
})
