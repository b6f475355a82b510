/** Several steps as one: batches go from step to step by plain calls, without a stream in between. */

import { Block, type Batch } from './block.js'
import { stageError } from './error.js'
import { isPromise, PULL, pullOf, type Pull, type Pullable } from './pull.js'
import type { Batches, SourceDefinition, StageContext, StageDefinition, Step } from './step.js'

/* eslint-disable @typescript-eslint/no-explicit-any -- neighbours in the chain agree by construction; the public `fuse` types them */
type AnyStep = Step<any, any>
type AnyDefinition = StageDefinition<any, any>
type AnyPull = Pull<Batch<any>>
/* eslint-enable @typescript-eslint/no-explicit-any */

/** An error keeps the name of the inner stage that threw it, not only that of the whole. */
export function compose(definitions: readonly AnyDefinition[]): AnyDefinition {
  const name = definitions.map((definition) => definition.name).join(' + ')
  return {
    name,
    start(context: StageContext): AnyStep {
      const steps = definitions.map((definition) => guard(definition.name, () => definition.start(context)))
      const names = definitions.map((definition) => definition.name)
      return {
        write: (batch) => chain(steps, names, 0, () => first(steps).write(batch)),
        writeBlock: (block) => chain(steps, names, 0, () => give(first(steps), block)),
        end: () => endAll(steps, names),
      }
    },
  }
}

/** A source with steps behind it, as one source. */
export function composeSource(source: SourceDefinition<unknown>, definitions: readonly AnyDefinition[]): SourceDefinition<unknown> {
  const names = [source.name, ...definitions.map((definition) => definition.name)]
  return {
    name: names.join(' + '),
    start(context) {
      const steps = definitions.map((definition) => guard(definition.name, () => definition.start(context)))
      // The source stands where a step before the first one would.
      const levels = [SOURCE, ...steps]
      return inTurn([() => chain(levels, names, 0, () => source.start(context)), () => endAll(levels, names)])
    },
  }
}

/** Never written to; its place in the chain is all that matters. */
const SOURCE: AnyStep = { write: () => [] }

/** Drives `open()`, the output of step `level`, through all steps behind it, depth first. */
function chain(steps: readonly AnyStep[], names: readonly string[], level: number, open: () => Batches<unknown>): Batches<unknown> {
  return pullable(() => {
    const stack: { pull: AnyPull; level: number }[] = []
    const last = steps.length - 1
    const enter = (at: number, make: () => Batches<unknown>) => {
      stack.push({ pull: guard(name(names, at), () => pullOf(make())), level: at })
    }
    let opened = false
    const next = (): IteratorResult<Batch<unknown>> | Promise<IteratorResult<Batch<unknown>>> => {
      if (!opened) {
        opened = true
        enter(level, open)
      }
      for (;;) {
        const top = stack.at(-1)
        if (!top) return { done: true, value: undefined }
        const result = guard(name(names, top.level), () => top.pull.next())
        if (isPromise(result)) {
          return result.then(
            (settled) => take(top, settled) ?? next(),
            (error: unknown) => {
              throw stageError(name(names, top.level), error)
            },
          )
        }
        const out = take(top, result)
        if (out) return out
      }
    }
    const take = (top: { level: number }, result: IteratorResult<Batch<unknown>, unknown>) => {
      if (result.done) {
        stack.pop()
        return undefined
      }
      if (top.level === last) return { done: false as const, value: result.value }
      if (result.value.length > 0) {
        const step = steps[top.level + 1]
        if (step) enter(top.level + 1, () => give(step, result.value))
      }
      return undefined
    }
    return { next, return: () => closeAll(stack.splice(0).reverse().map((entry) => entry.pull)) }
  })
}

function give(step: AnyStep, batch: Batch<unknown>): Batches<unknown> {
  if (!(batch instanceof Block)) return step.write(batch)
  return step.writeBlock ? step.writeBlock(batch) : step.write(batch.items())
}

/** Ends the steps in order; what one gives at its end still passes through those behind it before they end. */
function endAll(steps: readonly AnyStep[], names: readonly string[]): Batches<unknown> {
  return inTurn(steps.map((step, at) => () => chain(steps, names, at, () => step.end?.() ?? [])))
}

/** One after the other, each opened when its turn comes. */
function inTurn(parts: readonly (() => Batches<unknown>)[]): Batches<unknown> {
  return pullable(() => {
    let at = 0
    let current: AnyPull | undefined
    const next = (): IteratorResult<Batch<unknown>> | Promise<IteratorResult<Batch<unknown>>> => {
      for (;;) {
        const part = parts[at]
        if (!part) return { done: true, value: undefined }
        current ??= pullOf(part())
        const result = current.next()
        if (isPromise(result)) return result.then((settled) => take(settled) ?? next())
        const out = take(result)
        if (out) return out
      }
    }
    const take = (result: IteratorResult<Batch<unknown>, unknown>) => {
      if (!result.done) return { done: false as const, value: result.value }
      current = undefined
      at += 1
      return undefined
    }
    return { next, return: () => closeAll(current ? [current] : []) }
  })
}

function pullable(open: () => AnyPull): Batches<unknown> {
  const source: Pullable<unknown> & AsyncIterable<Batch<unknown>> = {
    [PULL]: open,
    [Symbol.asyncIterator]: () => {
      const pull = open()
      return {
        next: async () => pull.next() as IteratorResult<Batch<unknown>>,
        return: async () => {
          await pull.return?.()
          return { done: true as const, value: undefined }
        },
      }
    },
  }
  return source
}

function closeAll(pulls: readonly AnyPull[]): unknown {
  const pending = pulls.map((pull) => pull.return?.()).filter((value) => isPromise(value))
  return pending.length > 0 ? Promise.all(pending) : undefined
}

function guard<T>(stage: string, call: () => T): T {
  try {
    return call()
  } catch (error) {
    throw stageError(stage, error)
  }
}

function first(steps: readonly AnyStep[]): AnyStep {
  const [step] = steps
  if (!step) throw new RangeError('compose needs at least one step')
  return step
}

function name(names: readonly string[], at: number): string {
  return names[at] ?? 'unknown'
}
