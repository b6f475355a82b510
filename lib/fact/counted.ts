/** The subjects of facts that count, by which a writer recognises them. */

export const COUNTED = {
  files: 'files read',
  records: 'metric records',
  failedRuns: 'failed runs',
  failedRows: 'failed rows of written reports',
  allFailed: 'files in which every run failed',
  someFailed: 'files in which some runs failed',
  empty: 'files without a measured number',
  rejected: 'rejected files',
  copies: 'copied files',
  single: 'configurations measured only once',
  untested: 'settings compared over too few runs',
  noUnit: 'metrics without a unit',
  repeated: 'configurations measured in several files',
  delta: 'stated deltas that do not match',
  leftOut: 'facts left out',
} as const
