/** Any bytes at all give events or problems: never a throw, a hang, or a changed prototype. */

import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import t from 'tap'
import { readerStep, type FormatEvent } from '../../lib/format/index.js'
import type { FormatName } from '../../lib/source/artifact.js'
import { fixture } from '../support/paths.js'
import { collect, plain } from './support/collect.js'

const FORMATS: readonly (FormatName | undefined)[] = ['csv', 'json', 'ndjson', 'markdown', 'text', undefined]
const seeds = readdirSync(fixture('format'))
  .filter((name) => !name.endsWith('.events.json'))
  .map((name) => readFileSync(fixture('format', name)))

const known = Object.getOwnPropertyNames(Object.prototype).join()
const CODES = /^[a-z]+(?:-[a-z0-9]+)+$/

function check(bytes: Uint8Array, format: FormatName | undefined, force: boolean, cut: number): void {
  const make = () => readerStep('x', format ? (force ? { force: format } : { format }) : {})
  const at = bytes.length > 0 ? cut % bytes.length : 0
  const events: FormatEvent[] = collect(make(), [bytes.subarray(0, at), bytes.subarray(at)])
  for (const event of events) {
    if (event.type === 'problem' && !(CODES.test(event.code) && event.message !== '' && event.file === 'x')) throw new Error(`a problem that says nothing: ${event.code}`)
    if (event.type === 'row' && event.bytes && event.bytes[1] > bytes.length) throw new Error('a row behind the end of the file')
  }
  // Places must be found without a throw, and it must not matter how the bytes came.
  const one = JSON.stringify(plain(events))
  const other = JSON.stringify(plain(collect(make(), [bytes])))
  if (one !== other) throw new Error(`cut at ${at}:\n${one}\n${other}`)
  if (Object.getOwnPropertyNames(Object.prototype).join() !== known) throw new Error('Object.prototype was changed')
}

const how = [fc.constantFrom(...FORMATS), fc.boolean(), fc.nat()] as const

t.test('any bytes', async (t) => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), ...how, check), { numRuns: 400 })
  t.pass('no throw')
})

t.test('any text made of what the formats are made of', async (t) => {
  const part = fc.constantFrom('"', ',', '\n', '\r\n', '{', '}', '[', ']', ':', '|', '---', '| --- |', '#', '## A', '\t', ';', '```', '- ', '1', 'NaN', 'a', '\\', '<!--', '__proto__', '\u0000', 'é', '🎉', ' ', '> ', '**', '`', '/*', '//')
  fc.assert(fc.property(fc.array(part, { maxLength: 60 }), ...how, (parts, ...rest) => check(Buffer.from(parts.join('')), ...rest)), { numRuns: 600 })
  t.pass('no throw')
})

t.test('good files with something wrong in them', async (t) => {
  const change = fc.record({ at: fc.nat(), drop: fc.nat({ max: 5 }), put: fc.oneof(fc.uint8Array({ maxLength: 3 }), fc.constantFrom(...['"', '\n', '|', '{', '\ufeff', ',,'].map((text) => Buffer.from(text)))) })
  fc.assert(
    fc.property(fc.constantFrom(...seeds), fc.array(change, { minLength: 1, maxLength: 4 }), ...how, (seed, changes, ...rest) => {
      let bytes: Buffer = seed
      for (const { at, drop, put } of changes) {
        const from = at % bytes.length
        bytes = Buffer.concat([bytes.subarray(0, from), put, bytes.subarray(from + drop)])
        if (bytes.length === 0) return
      }
      check(bytes, ...rest)
    }),
    { numRuns: 400 },
  )
  t.pass('no throw')
})
