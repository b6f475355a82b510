/** A small terminal for tests: it understands what the painter sends, so that a test can look at what a person would see. */

import { EventEmitter } from 'node:events'
import stringWidth from 'string-width'

export class TestScreen extends EventEmitter {
  readonly isTTY: boolean
  columns: number
  rows: number
  cursorVisible = true
  /** Everything written, in order. */
  readonly writes: string[] = []
  #lines: string[][] = [[]]
  #row = 0
  #column = 0
  /** A full row wraps only when the next character comes. */
  #wrapPending = false
  #saved = [0, 0, 0]
  #scrolled = 0

  constructor(columns = 80, rows = 24, isTTY = true) {
    super()
    this.columns = columns
    this.rows = rows
    this.isTTY = isTTY
  }

  write(text: string): boolean {
    this.writes.push(text)
    const pattern = /\u001b\[(\??)(\d*)([A-Za-z])|\u001b([78D])|([\s\S])/gu
    for (const [, mark, number, final, single, character] of text.matchAll(pattern)) {
      if (character !== undefined) this.#put(character)
      else if (single !== undefined) this.#single(single)
      else this.#sequence(mark ?? '', number ?? '', final ?? '')
    }
    return true
  }

  /** What stands on the screen and above it, without trailing blanks. */
  text(): string {
    const lines = this.#lines.map((line) => Array.from(line, (cell) => cell).join('').trimEnd())
    return lines.join('\n').trimEnd()
  }

  /** Frames painted so far. */
  frames(): number {
    return this.writes.filter((text) => text.includes('\u001b8')).length
  }

  #put(character: string): void {
    if (character === '\n') {
      this.#down()
      this.#column = 0
    } else if (character === '\r') {
      this.#column = 0
      this.#wrapPending = false
    } else {
      const width = stringWidth(character)
      if (this.#wrapPending || this.#column + width > this.columns) {
        this.#down()
        this.#column = 0
      }
      const line = this.#line()
      while (line.length < this.#column) line.push(' ')
      line[this.#column] = character
      if (width === 2) line[this.#column + 1] = ''
      this.#column += width
      this.#wrapPending = this.#column >= this.columns
      if (this.#wrapPending) this.#column = this.columns - 1
    }
  }

  #single(final: string): void {
    if (final === '7') this.#saved = [this.#row, this.#column, this.#scrolled]
    else if (final === '8') [this.#row, this.#column] = [this.#saved[0] ?? 0, this.#saved[1] ?? 0]
    else this.#down()
    this.#wrapPending = false
    // A saved place is a place on the glass, which does not scroll with the text.
    if (final === '8') this.#row += this.#scrolled - (this.#saved[2] ?? 0)
  }

  #sequence(mark: string, number: string, final: string): void {
    if (mark === '?' && number === '25') this.cursorVisible = final === 'h'
    else if (mark === '?' && number === '2026') return
    else if (final === 'A') this.#row = Math.max(this.#scrolled, this.#row - Number(number))
    else if (final === 'K') this.#line().length = Math.min(this.#line().length, this.#column)
    else if (final === 'J') {
      this.#line().length = Math.min(this.#line().length, this.#column)
      this.#lines.length = this.#row + 1
    } else if (final !== 'm') throw new Error(`the test terminal does not know ESC[${mark}${number}${final}`)
    if (final === 'A') this.#wrapPending = false
  }

  #down(): void {
    this.#wrapPending = false
    this.#row += 1
    if (this.#row >= this.#scrolled + this.rows) this.#scrolled = this.#row - this.rows + 1
    this.#line()
  }

  #line(): string[] {
    while (this.#lines.length <= this.#row) this.#lines.push([])
    const line = this.#lines[this.#row]
    if (!line) throw new Error('no such line')
    return line
  }
}
