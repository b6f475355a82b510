/** Bytes as they stand on disk or come through a pipe. */

import { closeSync, constants, openSync, open as openWithCallback, readSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { Socket } from 'node:net'
import type { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { ChimeraError } from '../stage/index.js'

/** 64 KiB: larger pieces measured slower when they are cut into strings. */
const CHUNK_BYTES = 65_536
/** Up to here a file is read without waiting for anything, so nothing else gets a turn meanwhile. */
const SMALL_BYTES = 65_536

const openDescriptor = promisify(openWithCallback) as (path: string, flags: number) => Promise<number>

/** Reads a regular file of about so many bytes; the handle is closed however the loop over it ends. */
export async function* fileBytes(path: string, name: string, size: number, signal?: AbortSignal): AsyncGenerator<Buffer> {
  throwIfAborted(name, signal)
  if (size <= SMALL_BYTES) {
    yield* smallFile(path, name, size)
    return
  }
  const handle = await open(path, 'r').catch((error: unknown) => {
    throw unreadable(name, error)
  })
  try {
    for (;;) {
      throwIfAborted(name, signal)
      const buffer = Buffer.allocUnsafe(CHUNK_BYTES)
      const { bytesRead } = await handle.read(buffer, 0, CHUNK_BYTES).catch((error: unknown) => {
        throw unreadable(name, error)
      })
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await handle.close()
  }
}

/** At once: the way to Node's threads and back takes several times as long as the file. */
function* smallFile(path: string, name: string, size: number): Generator<Buffer> {
  const act = <Result>(action: () => Result): Result => {
    try {
      return action()
    } catch (error) {
      throw unreadable(name, error)
    }
  }
  const descriptor = act(() => openSync(path, 'r'))
  try {
    for (;;) {
      const buffer = Buffer.allocUnsafe(size + 1)
      let filled = 0
      for (let read = -1; read !== 0 && filled < buffer.length; filled += read) read = act(() => readSync(descriptor, buffer, filled, buffer.length - filled, null))
      if (filled > 0) yield buffer.subarray(0, filled)
      // A full buffer: it has grown since it was looked at.
      if (filled < buffer.length) return
    }
  } finally {
    closeSync(descriptor)
  }
}

/**
 * Reads a named pipe. Opened without blocking and read as a socket: a blocking read would hold one of Node's few threads, and
 * the process, until somebody writes.
 */
export async function* pipeBytes(path: string, name: string, signal?: AbortSignal): AsyncGenerator<Buffer> {
  throwIfAborted(name, signal)
  // A bare descriptor, not a FileHandle: the socket owns and closes it.
  const fd = await openDescriptor(path, constants.O_RDONLY | constants.O_NONBLOCK).catch((error: unknown) => {
    throw unreadable(name, error)
  })
  let socket: Socket
  try {
    socket = new Socket({ fd, readable: true, writable: false })
  } catch (error) {
    closeSync(fd)
    throw unreadable(name, error)
  }
  yield* streamBytes(socket, name, signal)
}

/** Reads a stream that somebody else opened, standard input say; it is destroyed when the loop ends early. */
export async function* streamBytes(stream: Readable, name: string, signal?: AbortSignal): AsyncGenerator<Buffer> {
  const abort = () => stream.destroy(new Error('aborted'))
  if (signal?.aborted) abort()
  else signal?.addEventListener('abort', abort, { once: true })
  try {
    for await (const chunk of stream as AsyncIterable<Buffer | string>) {
      yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    }
  } catch (error) {
    throwIfAborted(name, signal)
    throw unreadable(name, error)
  } finally {
    signal?.removeEventListener('abort', abort)
  }
}

export function unreadable(name: string, cause: unknown): ChimeraError {
  const { code } = cause as NodeJS.ErrnoException
  const found =
    code === 'ENOENT'
      ? 'it vanished after it was listed: run again'
      : code === 'EACCES' || code === 'EPERM'
        ? 'permission was denied: change its mode or owner'
        : `the system said: ${cause instanceof Error ? cause.message : String(cause)}`
  return new ChimeraError('UNREADABLE', `expected to read ${name}, but ${found}`, { cause })
}

function throwIfAborted(name: string, signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new ChimeraError('ABORTED', `reading ${name} was ended before its end`, { cause: signal.reason })
}
