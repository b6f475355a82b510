/** The answers that are running, by stage, stream and model: never changed, cheap to follow by another also with a thousand in it. */

import type { ModelStream, StreamKey } from './model-stream.js'

export interface StreamTable {
  readonly size: number
  readonly shards: readonly (readonly ModelStream[])[]
}

/** A token copies one shard and the list of them: with 1,000 answers some 80 places, where one list would be 1,000. */
const SHARDS = 61
/** Code units of a name that are looked at. Names count up, so they differ at the end. */
const HASHED = 8

export const noStreams: StreamTable = { size: 0, shards: [] }

export function find({ shards }: StreamTable, key: StreamKey): ModelStream | undefined {
  return shards[shardOf(key)]?.find((one) => isSame(one, key))
}

/** Takes the place of the one with the same key. */
export function put({ size, shards }: StreamTable, stream: ModelStream): StreamTable {
  const number = shardOf(stream)
  const shard = (shards[number] ?? []).slice()
  const index = shard.findIndex((one) => isSame(one, stream))
  if (index < 0) shard.push(stream)
  else shard[index] = stream
  return { size: index < 0 ? size + 1 : size, shards: withShard(shards, number, shard) }
}

export function without({ size, shards }: StreamTable, key: StreamKey): StreamTable {
  const number = shardOf(key)
  const shard = shards[number] ?? []
  const left = shard.filter((one) => !isSame(one, key))
  return { size: size - (shard.length - left.length), shards: withShard(shards, number, left) }
}

/** In no order. */
export function list({ shards }: StreamTable): ModelStream[] {
  return shards.flat()
}

export function isSame(a: StreamKey, b: StreamKey): boolean {
  return a.stream === b.stream && a.stage === b.stage && a.model === b.model
}

function withShard(shards: StreamTable['shards'], number: number, shard: readonly ModelStream[]): StreamTable['shards'] {
  const copy = shards.length === 0 ? Array.from({ length: SHARDS }, (): readonly ModelStream[] => []) : shards.slice()
  copy[number] = shard
  return copy
}

function shardOf({ stage, stream = stage }: StreamKey): number {
  let hash = 0
  for (let index = Math.max(0, stream.length - HASHED); index < stream.length; index += 1) hash = (hash * 31 + stream.charCodeAt(index)) | 0
  return (hash >>> 0) % SHARDS
}
