/** Where the Ollama server is, from `OLLAMA_HOST` or a URL, as Ollama itself reads it. */

import { ChimeraError } from '../../stage/index.js'
import { serverPlace, type ServerPlace } from '../wire/place.js'

const DEFAULT_PORT = '11434'

/**
 * Scheme, host and port may each be missing: `http://127.0.0.1:11434` is the default, but port 80 or 443 when a scheme is
 * given without a port. `0.0.0.0` and `[::]`, addresses to listen on, are connected to as this machine. Quotes and blanks around
 * are ignored. (Ollama: envconfig.Host, and its FAQ on `OLLAMA_HOST`.)
 *
 * @throws {ChimeraError} `USAGE` when it is no address. Ollama falls back to its default port there; we would measure another server.
 */
export function ollamaHost(value: string | undefined, from = 'OLLAMA_HOST'): ServerPlace {
  const text = (value ?? '').trim().replace(/^["']+|["']+$/g, '')
  const [, scheme, rest] = /^(?:([a-z][a-z\d+.-]*):\/\/)?(.*)$/i.exec(text) ?? []
  if (scheme !== undefined && !/^https?$/i.test(scheme)) throw wrong(from, text)
  const slash = (rest ?? '').indexOf('/')
  const authority = slash < 0 ? (rest ?? '') : (rest ?? '').slice(0, slash)
  const path = slash < 0 ? '' : (rest ?? '').slice(slash)
  const at = authority.lastIndexOf('@')
  const credentials = at < 0 ? '' : authority.slice(0, at + 1)
  const [host, port] = splitPort(authority.slice(at + 1))
  const fallback = scheme === undefined ? DEFAULT_PORT : ''

  try {
    const url = new URL(`${scheme ?? 'http'}://${credentials}${host || '127.0.0.1'}${port || fallback ? `:${port || fallback}` : ''}${path}`)
    if (url.hostname === '0.0.0.0') url.hostname = '127.0.0.1'
    if (url.hostname === '[::]') url.hostname = '[::1]'
    return serverPlace(url)
  } catch (cause) {
    throw wrong(from, text, cause)
  }
}

/** `host:port`, `:port`, `host`, `[::1]:port`, `::1`. */
function splitPort(authority: string): [host: string, port: string] {
  const colons = authority.split(':').length - 1
  if (colons > 1 && !authority.startsWith('[')) return [`[${authority}]`, '']
  const end = authority.startsWith('[') ? authority.indexOf(']') + 1 : authority.indexOf(':')
  if (end <= 0 && !authority.startsWith(':')) return [authority, '']
  return [authority.slice(0, Math.max(end, 0)), authority.slice(Math.max(end, 0)).replace(/^:/, '')]
}

function wrong(from: string, text: string, cause?: unknown): ChimeraError {
  const shown = text.replace(/\/\/[^@/]*@/, '//***@')
  return new ChimeraError('USAGE', `expected ${from} to be an address such as 127.0.0.1:11434 or http://gpu-box:11434, found "${shown}"`, { cause })
}
