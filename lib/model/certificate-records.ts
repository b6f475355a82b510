/** What disturbed a measurement, as metric records beside those of the run. */

import type { Certificate } from './certificate.js'
import { recordsOf, type Figure, type MeasurementSource } from './measurement-records.js'

/** Attributes as those of the run, and `side: client`: nothing of this is the server's. */
export function certificateRecords(found: Certificate, source: MeasurementSource): ReturnType<typeof recordsOf> {
  const duration = (metric: string, value: number | undefined, stat: 'p99' | 'max'): Figure => ({ metric, unit: 's', better: 'lower', stat, value })
  const share = (metric: string, value: number | undefined): Figure => ({ metric, unit: '1', better: 'lower', value })
  const figures: Figure[] = [
    duration('event_loop_delay', found.eventLoopDelay.p99, 'p99'),
    duration('event_loop_delay', found.eventLoopDelay.max, 'max'),
    duration('read_lag', found.readLag?.p99, 'p99'),
    duration('read_lag', found.readLag?.max, 'max'),
    duration('delivery_lag', found.deliveryLag?.p99, 'p99'),
    duration('delivery_lag', found.deliveryLag?.max, 'max'),
    share('coalesced_share', found.coalesced),
    share('cpu_utilization', found.cpu),
    share('event_loop_utilization', found.loopUtilization),
  ]
  return recordsOf(figures, 'ok', { ...source, attributes: { ...source.attributes, side: 'client' } }, JSON.stringify(found))
}

/** How a run is marked when a bound was passed: the codes, as one attribute; nothing for a clean one. */
export function taintAttribute({ tainted }: Certificate): { readonly tainted?: string } {
  return tainted.length === 0 ? {} : { tainted: tainted.map(({ code }) => code).join(', ') }
}
