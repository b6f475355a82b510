/** Brings messages onto the socket: HTTP chunks written by hand, so that they can also be cut where no server would cut them. */

import { STATUS_CODES, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { SimWire } from './spec.js'

export interface SinkOptions {
  readonly contentType: string
  readonly wire?: SimWire
  /** Numbers from 0 to below 1, for where to cut. */
  readonly random: () => number
}

export interface Sink {
  /** Sends the header now. */
  head(): void
  /** Sends it byte by byte, then calls back; the connection ends with this response. */
  slowHead(byteMs: number, after: (ms: number, then: () => void) => void, done: () => void): void
  /** True when it is written and the socket takes more; otherwise `done` is called when that is so. `last` is told just before the last byte is handed over. */
  write(bytes: string | Uint8Array, last: () => void, done: () => void): boolean
  /** Ends the response as it should be. */
  end(): void
  /** Closes the connection where it stands. */
  close(): void
  /** The same, with a reset. */
  reset(): void
}

/** After this much in one turn, the rest waits for the next: an answer of many pieces is not written in one go. */
export function sink(response: ServerResponse, options: SinkOptions): Sink {
  const { contentType, wire, random } = options
  let chunked = true
  /** Its header was written by hand, so its end must be, too. */
  let byHand: Socket | undefined

  const head = () => {
    if (response.headersSent || byHand) return
    response.writeHead(200, { 'content-type': contentType })
    response.flushHeaders()
    chunked = response.chunkedEncoding
  }
  const frame = (bytes: Uint8Array | string): string | Buffer => {
    if (!chunked) return typeof bytes === 'string' ? bytes : Buffer.from(bytes)
    const size = (typeof bytes === 'string' ? Buffer.byteLength(bytes) : bytes.length).toString(16)
    return typeof bytes === 'string' ? `${size}\r\n${bytes}\r\n` : Buffer.concat([Buffer.from(`${size}\r\n`), bytes, Buffer.from('\r\n')])
  }
  const parts = (bytes: string | Uint8Array): readonly (string | Buffer)[] => {
    const whole = typeof bytes === 'string' ? Buffer.from(bytes) : Buffer.from(bytes)
    switch (wire) {
      case 'bytes':
        return Array.from(whole, (_, at) => frame(whole.subarray(at, at + 1)))
      case 'split':
        return cut(whole, 1 + Math.floor(random() * (whole.length - 1))).map(frame)
      case 'utf8':
        return cut(whole, insideCharacter(whole)).map(frame)
      case 'frames': {
        const framed = Buffer.from(frame(whole))
        return cut(framed, 1 + Math.floor(random() * (framed.length - 1)))
      }
      default:
        return [frame(bytes)]
    }
  }

  return {
    head,
    slowHead(byteMs, after, done) {
      const { socket } = response
      if (!socket) return
      byHand = socket
      const lines = [`HTTP/1.1 200 ${STATUS_CODES[200]}`, `content-type: ${contentType}`, 'transfer-encoding: chunked', 'connection: close', '', '']
      const bytes = Buffer.from(lines.join('\r\n'))
      const next = (at: number) => {
        if (socket.destroyed) return
        if (at >= bytes.length) {
          done()
          return
        }
        socket.write(bytes.subarray(at, at + 1))
        after(byteMs, () => next(at + 1))
      }
      next(0)
    },
    write(bytes, last, done) {
      const { socket } = response
      if (!socket) return false
      // The header and the first message leave together, as they do from a server that waits for its first token.
      socket.cork()
      head()
      if (wire === undefined) {
        last()
        const more = socket.write(frame(bytes))
        socket.uncork()
        if (!more) onceDrained(socket, done)
        return more
      }
      socket.uncork()
      const rest = parts(bytes)
      const next = (at: number) => {
        const part = rest[at]
        if (part === undefined || socket.destroyed) {
          done()
          return
        }
        if (at === rest.length - 1) last()
        const onward = () => next(at + 1)
        // In a turn of its own: else the kernel would give it to the reader with the one before.
        if (socket.write(part)) setImmediate(onward)
        else onceDrained(socket, onward)
      }
      next(0)
      return false
    },
    end() {
      if (byHand) {
        byHand.end('0\r\n\r\n')
        return
      }
      head()
      response.end()
    },
    close: () => response.socket?.destroySoon(),
    reset: () => response.socket?.resetAndDestroy(),
  }
}

function cut(bytes: Buffer, at: number): readonly Buffer[] {
  return at > 0 && at < bytes.length ? [bytes.subarray(0, at), bytes.subarray(at)] : [bytes]
}

/** Behind the first byte of the first character that has several; 0 when there is none. */
function insideCharacter(bytes: Buffer): number {
  return bytes.findIndex((byte) => byte >= 0xc0) + 1
}

function onceDrained(socket: Socket, done: () => void): void {
  const settle = () => {
    socket.off('drain', settle)
    socket.off('close', settle)
    done()
  }
  socket.once('drain', settle)
  socket.once('close', settle)
}
