/** iperf3: throughput of a network, interval by interval and over the whole test. */

import { each, IGNORE, measured } from './field.js'
import type { Layout, LayoutField } from './layout.js'

const RATE = measured('throughput', 'bps', { better: 'higher' })
const MEAN = measured('throughput', 'bps', { better: 'higher', stat: 'mean' })
const share = (metric: string): LayoutField => measured(metric, '%', { better: 'none' })

const TEST: Layout = {
  name: 'iperf3',
  tool: 'iperf3 --json: bits per second, round trips in microseconds; intervals, and means of the whole test',
  keys: ['start.test_start', 'intervals', 'end'],
  settings: ['test_start'],
  statuses: { 'omitted=true': 'warmup' },
  sections: {
    'intervals.*.sum': { attributes: { stream: 'sum' } },
    'intervals.*.sum_bidir_reverse': { attributes: { stream: 'sum', direction: 'reverse' } },
    'end.sum': { attributes: { stream: 'sum' } },
    'end.sum_sent': { attributes: { stream: 'sum', direction: 'sent' } },
    'end.sum_received': { attributes: { stream: 'sum', direction: 'received' } },
    'end.streams.*.sender': { attributes: { direction: 'sent' } },
    'end.streams.*.receiver': { attributes: { direction: 'received' } },
    'server_output_json': { ignore: true },
  },
  levels: { 'intervals.*.streams': 'stream', 'end.streams': 'stream', intervals: 'interval' },
  fields: {
    bits_per_second: RATE,
    ...each(['end.bits_per_second', 'sum_sent.bits_per_second', 'sum_received.bits_per_second', 'sender.bits_per_second', 'receiver.bits_per_second', 'udp.bits_per_second'], MEAN),
    bytes: measured('data_transferred', 'bytes', { better: 'none' }),
    retransmits: measured('retransmits', '', { better: 'lower' }),
    rtt: measured('round_trip_time', 'us', { better: 'lower' }),
    mean_rtt: measured('round_trip_time', 'us', { better: 'lower', stat: 'mean' }),
    min_rtt: measured('round_trip_time', 'us', { better: 'lower', stat: 'min' }),
    max_rtt: measured('round_trip_time', 'us', { better: 'lower', stat: 'max' }),
    rttvar: measured('round_trip_time_variation', 'us', { better: 'lower' }),
    snd_cwnd: measured('congestion_window', 'bytes', { better: 'none' }),
    max_snd_cwnd: measured('congestion_window', 'bytes', { better: 'none', stat: 'max' }),
    jitter_ms: measured('jitter', 'ms', { better: 'lower' }),
    lost_packets: measured('lost_packets', '', { better: 'lower' }),
    packets: measured('packets', '', { better: 'none' }),
    lost_percent: measured('packet_loss', '%', { better: 'lower' }),
    host_total: share('cpu_utilization'),
    host_user: share('user_cpu_utilization'),
    host_system: share('system_cpu_utilization'),
    remote_total: share('remote_cpu_utilization'),
    remote_user: share('remote_user_cpu_utilization'),
    remote_system: share('remote_system_cpu_utilization'),
    error: { role: 'error' },
    time: { role: 'time' },
    ...each(['connected', 'socket', 'start.timestamp', 'timesecs', 'seconds', 'pmtu', 'snd_wnd', 'sock_bufsize', 'sndbuf_actual', 'rcvbuf_actual', 'tcp_mss_default', 'target_bitrate', 'fq_rate', 'cookie', 'omitted', 'out_of_order', 'sum.start', 'sum.end', 'streams.start', 'streams.end', 'sum_sent.start', 'sum_sent.end', 'sum_received.start', 'sum_received.end', 'sender.start', 'sender.end', 'receiver.start', 'receiver.end'], IGNORE),
  },
}

export const IPERF3: readonly Layout[] = [TEST]
