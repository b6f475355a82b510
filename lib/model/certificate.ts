/** What disturbed a measurement on our side: how far the clocks of this process can be believed. */

import { monitorEventLoopDelay, performance, type EventLoopUtilization, type IntervalHistogram } from 'node:perf_hooks'
import type { TokenEvent } from './model.js'
import { samples, seconds, type Spread } from './samples.js'
import type { FailedEvent } from './timing.js'

export interface Certificate {
  /** How long it watched. Seconds, as all durations here. */
  readonly duration: number
  /** How late timers fired: while the program was busy no socket was read, so a stamp may be that late. */
  readonly eventLoopDelay: { readonly p99: number; readonly max: number }
  /** How much later than the quickest piece each one was read, by the server's own stamps; absent where it gives none. */
  readonly readLag?: Spread
  /** From the socket's read to whoever reads the answer. Says how slow the reader is, not that a stamp is wrong. */
  readonly deliveryLag?: Spread
  /** Part of the pieces that came in one read of the socket with the piece before; absent without a second piece. */
  readonly coalesced?: number
  /** CPU seconds of this process per second: 1 is one core. */
  readonly cpu: number
  /** Part of the time in which the event loop was busy: near 1 whatever comes has to wait. */
  readonly loopUtilization: number
  /** Which bounds were passed; none: the figures stand. */
  readonly tainted: readonly Taint[]
}

export interface Taint {
  readonly code: 'event-loop-delay' | 'read-lag' | 'coalesced' | 'busy'
  /** What was found, and what to do. */
  readonly message: string
}

/** Past them a run is tainted. */
export interface CertificateBounds {
  /** 99th percentile, ms; default 10. */
  readonly eventLoopDelayMs?: number
  /** The longest one, ms; default 25: in a short run a single pause is in no percentile, but in a gap. */
  readonly longestDelayMs?: number
  /** 99th percentile, ms; default 25. */
  readonly readLagMs?: number
  /** Default 0.2. */
  readonly coalesced?: number
  /** Of {@link Certificate.loopUtilization}; default 0.8. */
  readonly busy?: number
}

export interface CertificateWatch {
  /** Feed it the events of all answers that are measured together; `stream` tells them apart. */
  observe(event: TokenEvent | FailedEvent, stream?: string): void
  /** Stops watching. */
  end(): Certificate
}

/** Others give their stamps after a schedule: nothing in this process disturbs them. */
export function needsCertificate({ provider }: { readonly provider: string }): boolean {
  return provider === 'ollama' || provider === 'openai'
}

/** What is asked of the process; a test brings its own. */
export interface Probes {
  readonly loopDelay: () => Pick<IntervalHistogram, 'enable' | 'disable' | 'percentile' | 'max' | 'count'>
  readonly utilization: (before?: EventLoopUtilization) => EventLoopUtilization
  readonly cpuUsage: (before?: NodeJS.CpuUsage) => NodeJS.CpuUsage
  readonly now: () => number
}

/** The histogram samples once in so many ms, and its values have this interval inside. */
const RESOLUTION_MS = 10

const PROBES: Probes = {
  loopDelay: () => monitorEventLoopDelay({ resolution: RESOLUTION_MS }),
  utilization: (before) => performance.eventLoopUtilization(before),
  cpuUsage: (before) => process.cpuUsage(before),
  now: () => performance.now(),
}

/** Watches from now on. Costs a timer each 10 ms and some additions a piece. */
export function certificate(bounds: CertificateBounds = {}, probes: Probes = PROBES): CertificateWatch {
  const delays = probes.loopDelay()
  delays.enable()
  const begun = probes.now()
  const cpuBefore = probes.cpuUsage()
  const loopBefore = probes.utilization()
  const deliveryLag = samples()
  const offsets: number[] = []
  let least = Infinity
  let pieces = 0
  let followers = 0
  let coalesced = 0
  const reads = new Map<string, number | undefined>()

  return {
    observe(event, stream = '') {
      if (event.type === 'end' || event.type === 'failed') reads.delete(stream)
      if (event.type !== 'token') return
      const { at, read, deliveredAt, serverTime } = event
      pieces += 1
      if (reads.has(stream)) {
        followers += 1
        if (read !== undefined && reads.get(stream) === read) coalesced += 1
      }
      reads.set(stream, read)
      if (deliveredAt !== undefined) deliveryLag.add(deliveredAt - at)
      if (serverTime === undefined) return
      least = Math.min(least, at - serverTime)
      if (offsets.length < OFFSETS_KEPT) offsets.push(at - serverTime)
    },
    end() {
      delays.disable()
      const duration = (probes.now() - begun) / 1000
      const { user, system } = probes.cpuUsage(cpuBefore)
      const lag = samples()
      for (const offset of offsets) lag.add(Math.max(0, offset - least))
      const readLag = lag.spread()
      const delivery = deliveryLag.spread()
      const late = (ns: number) => (delays.count === 0 ? 0 : seconds(Math.max(0, ns / 1e6 - RESOLUTION_MS)))
      const found = {
        duration: seconds(duration * 1000),
        eventLoopDelay: { p99: late(delays.percentile(99)), max: late(delays.max) },
        ...(readLag ? { readLag } : {}),
        ...(delivery ? { deliveryLag: delivery } : {}),
        ...(followers > 0 ? { coalesced: coalesced / followers } : {}),
        cpu: duration > 0 ? (user + system) / 1e6 / duration : 0,
        loopUtilization: probes.utilization(loopBefore).utilization,
      }
      return { ...found, tainted: pieces === 0 ? [] : taints(found, bounds) }
    },
  }
}

const OFFSETS_KEPT = 100_000

function taints(found: Omit<Certificate, 'tainted'>, bounds: CertificateBounds): Taint[] {
  const { eventLoopDelayMs = 10, longestDelayMs = 25, readLagMs = 25, coalesced = 0.2, busy = 0.8 } = bounds
  const ms = (value: number) => `${(value * 1000).toFixed(1)} ms`
  const percent = (value: number) => `${Math.round(value * 100)} %`
  return [
    ...(found.eventLoopDelay.p99 * 1000 > eventLoopDelayMs || found.eventLoopDelay.max * 1000 > longestDelayMs
      ? [
          taint(
            'event-loop-delay',
            `this process was busy for ${ms(found.eventLoopDelay.p99)} at a time (p99; bound ${eventLoopDelayMs} ms), once for ${ms(found.eventLoopDelay.max)} (bound ${longestDelayMs} ms), so stamps may be that late: measure with less beside it`,
          ),
        ]
      : []),
    ...(found.readLag && found.readLag.p99 * 1000 > readLagMs
      ? [taint('read-lag', `pieces were read up to ${ms(found.readLag.p99)} later than the server stamped them (p99; bound ${readLagMs} ms): something between the server and here holds them back`)]
      : []),
    ...(found.coalesced !== undefined && found.coalesced > coalesced
      ? [taint('coalesced', `${percent(found.coalesced)} of the pieces arrived together with the piece before (bound ${percent(coalesced)}), so gaps are those of reads: something on the way gathers them`)]
      : []),
    ...(found.loopUtilization > busy
      ? [taint('busy', `this process was busy ${percent(found.loopUtilization)} of the time (bound ${percent(busy)}), so the client may have been the limit: use fewer streams, or more clients`)]
      : []),
  ]
}

function taint(code: Taint['code'], message: string): Taint {
  return { code, message }
}
