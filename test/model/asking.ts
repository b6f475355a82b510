/** Asks a simulated server over plain HTTP, and keeps each read as it came. */

import { request, type IncomingHttpHeaders } from 'node:http'
import { connect } from 'node:net'
import type { Test } from 'tap'
import { simServer, type SimServer, type SimServerOptions } from '../../lib/model/simulator/server.js'

export interface Reply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** One for each read of the body. */
  readonly reads: readonly string[]
  readonly text: string
  /** The code of the error that ended it, if one did. */
  readonly error?: string
  /** The body was ended as HTTP has it. */
  readonly complete: boolean
}

export const CHAT = { model: 'gemma3', messages: [{ role: 'user', content: 'how many ships' }] }
export const STREAM = { ...CHAT, stream: true }

export async function serve(t: Test, options: SimServerOptions): Promise<SimServer> {
  const server = await simServer(options)
  t.teardown(() => server.close())
  return server
}

export function post(server: { readonly url: string }, path: string, body: unknown, { until }: { readonly until?: RegExp } = {}): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const reads: Buffer[] = []
    let answered = false
    const sent = request(server.url + path, { method: 'POST', agent: false }, (response) => {
      answered = true
      const end = (error?: string) => {
        const text = Buffer.concat(reads).toString()
        resolve({ status: response.statusCode ?? 0, headers: response.headers, reads: reads.map((read) => read.toString('latin1')), text, complete: response.complete, ...(error ? { error } : {}) })
      }
      response.on('data', (bytes: Buffer) => {
        reads.push(bytes)
        if (until?.test(Buffer.concat(reads).toString())) {
          end()
          response.destroy()
        }
      })
      response.on('end', () => end())
      response.on('error', (error: NodeJS.ErrnoException) => end(error.code))
    })
    sent.on('error', (error: NodeJS.ErrnoException) => {
      if (answered) return
      if (until || error.code === undefined) reject(error)
      else resolve({ status: 0, headers: {}, reads: [], text: '', error: error.code, complete: false })
    })
    sent.end(JSON.stringify(body))
  })
}

/** The very bytes of a response, each read by itself. */
export function postRaw(server: { readonly url: string }, path: string, body: unknown): Promise<readonly Buffer[]> {
  const { hostname, port } = new URL(server.url)
  const text = JSON.stringify(body)
  return new Promise((resolve, reject) => {
    const reads: Buffer[] = []
    const socket = connect(Number(port), hostname, () => {
      socket.write(`POST ${path} HTTP/1.1\r\nhost: sim\r\nconnection: close\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`)
    })
    socket.on('data', (bytes: Buffer) => reads.push(bytes))
    socket.on('error', reject)
    socket.on('close', () => resolve(reads))
  })
}

/** The values of `data:` lines; `[DONE]` stays text. */
export function eventsOf(text: string): unknown[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('data: '))
    .map((line) => (line === 'data: [DONE]' ? '[DONE]' : JSON.parse(line.slice(6))) as unknown)
}

export function linesOf(text: string): unknown[] {
  return text.trimEnd().split('\n').map((line) => JSON.parse(line) as unknown)
}
