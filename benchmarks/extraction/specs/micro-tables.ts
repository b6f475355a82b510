/** Microbenchmark tools: their tables, CSV and Markdown. */

import type { Spec } from '../spec.js'
import { error, jmh } from './jmh.js'

const CRITERION = 'wild/bheisler__criterion.rs/book/src/user_guide/html_report'

export const MICRO_TABLES: readonly Spec[] = [
  {
    kind: 'csv',
    tool: 'criterion raw.csv',
    files: [`${CRITERION}/**/raw.csv`],
    tables: [{ columns: { group: 'attr *', function: 'attr *', value: 'attr *', sample_time_nanos: 'duration|sample_time*|*sample* [ns]', iteration_count: 'attr iteration_count|iterations' } }],
  },
  {
    kind: 'csv',
    tool: 'JMH CSV',
    files: ['wild/dkomanov__scala-serialization/jmh-result.csv'],
    tables: [
      {
        columns: {
          Benchmark: 'attr *',
          Mode: '-',
          Threads: 'attr',
          Samples: '-',
          Score: (row) => `${jmh(row['Unit'])} [=Unit] mean`,
          'Score Error (99.9%)': (row) => error(row['Unit']).replace('[cell]', '[=Unit]'),
          Unit: '-',
        },
      },
    ],
  },
  {
    kind: 'markdown',
    tool: 'JMH raw results md',
    files: ['wild/fabienrenaud__java-json-benchmark/archive/raw-results-*.md'],
    tables: [
      {
        has: ['Benchmark', 'Mode', 'Score', 'Units'],
        heading: true,
        columns: { Benchmark: 'attr *', Mode: '-', Cnt: '-', Score: (row) => `${jmh(row['Units'])} [=Units] mean`, Error: (row) => error(row['Units']).replace('[cell]', '[=Units]'), Units: '-' },
      },
    ],
  },
  {
    kind: 'markdown',
    tool: 'BenchmarkDotNet md',
    files: ['wild/dotnet__BenchmarkDotNet/docs/articles/samples/Intro{HardwareCounters,Percentiles}.md', 'wild/dotnet__BenchmarkDotNet/docs/articles/overview.md'],
    note: 'Tables in code fences are code. With 0,04% the decimal mark is a comma in one column only.',
    openLines: true,
    tables: [
      {
        columns: {
          Method: 'attr *',
          A: 'attr *',
          B: 'attr *',
          Mean: 'duration [cell] mean',
          Median: 'duration [cell] median',
          Min: 'duration [cell] min',
          Max: 'duration [cell] max',
          StdDev: 'duration [cell] stddev',
          Error: error('s'),
          Ratio: '*ratio* [|1] value|mean',
          '/^P\\d+$/': 'duration [cell] *',
          'Mispredict rate': 'open',
          '*': '@|* [|1] value|mean',
        },
      },
    ],
  },
  {
    kind: 'markdown',
    tool: 'uhop bench md',
    files: ['wild/uhop__stream-chain/bench/*/RESULTS.md'],
    openLines: true,
    tables: [{ columns: { '#1': 'attr *', '/faster/': 'open', '*': 'duration|latency|time|@ [cell] value|mean|median {runtime}' } }],
  },
  {
    kind: 'markdown',
    tool: 'criterion-table md',
    files: ['wild/zakarumych__alkahest/*.md'],
    openLines: true,
    tables: [{ columns: { '#1': 'attr *', '*': 'duration|latency|time|@ [cell] value|mean|median {library}' } }],
  },
  {
    kind: 'csv',
    tool: 'rebar measurement CSV',
    files: ['wild/BurntSushi__rebar/record/all/2023-12-30/*.csv'],
    note: 'A row with an error holds noughts.',
    tables: [
      {
        status: (row) => (row['err'] === '' ? 'ok' : 'none'),
        columns: {
          name: 'attr *',
          model: 'attr model',
          engine: 'attr *',
          haystack_len: 'attr',
          iters: '-',
          total: 'total_duration|duration [cell] sum|value',
          median: 'duration [cell] median',
          mad: '*mad*|*deviation* [cell] ?',
          mean: 'duration [cell] mean',
          stddev: 'duration [cell] stddev',
          min: 'duration [cell] min',
          max: 'duration [cell] max',
          '*': '-',
        },
      },
    ],
  },
  {
    kind: 'markdown',
    tool: 'rebar README',
    files: ['wild/BurntSushi__rebar/README.md', 'wild/BurntSushi__rebar/record/all/2023-12-30/README.md'],
    openLines: true,
    tables: [
      { has: ['Engine', 'Version'], columns: { Engine: 'attr *', Version: '-', 'Geometric mean of speed ratios': '*speed_ratio*|speedup [|1] *', 'Benchmark count': '*benchmark* [|u:{benchmark}] * ?' } },
      { has: ['Engine'], columns: { Engine: 'attr *', compile: 'compile_time|duration|latency|compile [cell] value|median|mean', '*': (row) => (row['Engine'] ? 'throughput|duration|latency|time|memory_bandwidth|@ [cell] value|median|mean {benchmark}' : '-') } },
      { has: ['Parameter', 'Value'], columns: { Parameter: '-', Value: 'open', '*': 'open' } },
    ],
  },
  {
    kind: 'csv',
    tool: 'terminal latency TSV',
    files: ['wild/bash__terminal-colorsaurus/benchmark.tsv'],
    delimiter: '\t',
    tables: [{ columns: { term: 'attr *', iterations: '-', min_ns: 'duration|latency|time [ns] min', max_ns: 'duration|latency|time [ns] max', mean_ns: 'duration|latency|time [ns] mean' } }],
  },
  {
    kind: 'csv',
    tool: 'seqkit bench TSV',
    files: ['wild/shenwei356__seqkit2_benchmark/*.tsv'],
    delimiter: '\t',
    tables: [{ columns: { test: 'attr *', dataset: 'attr *', app: 'attr *', time: 'duration [s|]', mem: '*memory*|mem [|u:By*1024]' } }],
  },
  {
    kind: 'csv',
    tool: 'carquet bench CSV',
    files: ['wild/Vitruves__carquet/benchmark/results.csv'],
    tables: [{ columns: { library: 'attr *', dataset: 'attr *', compression: 'attr *', rows: 'attr', write_ms: '*write*|duration [ms]', read_ms: '*read*|duration [ms]', file_bytes: '*file* [B]' } }],
  },
  {
    kind: 'csv',
    tool: 'RAPL energy CSV',
    files: ['wild/greensoftwarelab__Energy-Languages/{C,Python,Rust}/*.csv'],
    note: 'No header: the numbers have no name and no unit in the file.',
    delimiter: ';',
    header: 0,
    tables: [{ columns: { '#1': 'attr *', '*': '* [|J|ms]' } }],
  },
  {
    kind: 'csv',
    tool: 'RAPL energy CSV',
    files: ['wild/greensoftwarelab__Energy-Languages/Java-GraalVM/GraalVM.csv'],
    note: 'The row has one more cell than the header from DRAM on.',
    tables: [{ columns: { 'benchmark-name': 'attr *', 'PKG (Joules)': 'pkg|*energy*|package [J]', 'CPU (J)': 'cpu|*energy* [J]', '*': 'open' } }],
  },
  {
    kind: 'markdown',
    tool: 'carquet README',
    files: ['wild/Vitruves__carquet/README.md'],
    openLines: true,
    tables: [
      { has: ['Codec', 'PyArrow'], heading: true, columns: { Codec: 'attr *', '/^(?:Speedup|Ratio)$/': 'speedup|ratio [x]', '*': 'throughput|model_size|file_size|size|@ [cell] value|mean {library}' } },
      { has: ['Aspect'], columns: { '*': 'open' } },
      { has: ['Codec', 'Ratio'], columns: { '*': 'open' } },
      { columns: { '*': '-' } },
    ],
  },
  { kind: 'markdown', tool: 'JMH raw results md', files: ['wild/fabienrenaud__java-json-benchmark/archive/all-runs.md'], openLines: true, note: 'Versions of libraries.', tables: [{ columns: { '*': '-' } }] },
]
