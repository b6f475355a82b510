/** What was read: counts per format, verdicts, problems, the newest file. */

import type { FileReport } from '../record/metric-record.js'
import { readName } from '../source/file-name.js'
import { list, plural, table, wholeNumber } from './blocks.js'
import { plain, quantity } from './inline.js'
import type { ProblemTally } from './problem-tally.js'

const FORMATS: Readonly<Record<string, string>> = { csv: 'CSV', json: 'JSON', ndjson: 'NDJSON', markdown: 'Markdown' }
const REJECTED_SHOWN = 5

export function ingestion(files: readonly FileReport[], problems: ProblemTally): string {
  if (files.length === 0) return 'No file was read.\n'
  const formats = [...new Set(files.map(formatOf))].sort((a, b) => countOf(files, b) - countOf(files, a))
  const rows = formats.map((format) => {
    const some = files.filter((file) => formatOf(file) === format)
    return formatRow(FORMATS[format] ?? 'Other', some)
  })
  const total = formats.length > 1 ? [formatRow('**All**', files)] : []
  const columns = ['Files', 'With numbers', 'Records', 'Problems', 'Size'].map((title) => ({ title, right: true }))
  return `${table([{ title: 'Format' }, ...columns], [...rows, ...total])}\n${list(remarks(files, problems))}`
}

function formatRow(name: string, files: readonly FileReport[]): string[] {
  const sum = (of: (file: FileReport) => number) => files.reduce((total, file) => total + of(file), 0)
  const sized = files.some(({ bytes }) => bytes !== undefined)
  return [
    name,
    wholeNumber(files.length),
    wholeNumber(files.filter(({ records }) => records > 0).length),
    wholeNumber(sum(({ records }) => records)),
    wholeNumber(sum(({ problems }) => problems)),
    sized ? plain(quantity(sum(({ bytes }) => bytes ?? 0), 'By')) : '-',
  ]
}

function remarks(files: readonly FileReport[], problems: ProblemTally): string[] {
  const by = (verdict: FileReport['verdict']) => files.filter((file) => file.verdict === verdict)
  const layouts = new Set(by('recognised').map(({ layout }) => layout))
  const rejected = by('rejected')
  const newest = files.reduce<FileReport | undefined>((latest, file) => (file.modified && (!latest?.modified || file.modified > latest.modified) ? file : latest), undefined)
  const told = [
    `Recognised: ${plural(by('recognised').length, 'file')}${layouts.size > 0 ? ` of ${plural(layouts.size, 'known layout')}` : ''}; read by its columns and keys alone: ${wholeNumber(by('guessed').length)}.`,
  ]
  if (rejected.length > 0) {
    const shown = rejected.slice(0, REJECTED_SHOWN).map(({ file, reason }) => `${plain(file)} (${plain(reason).replace(/\.$/, '')})`)
    const more = rejected.length - shown.length
    told.push(`Rejected: ${shown.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`)
  }
  const [kind] = problems.kinds()
  told.push(kind ? `Problems: ${plural(problems.total, 'problem')}, most often ${plain(kind.code)}; the appendix lists them.` : 'Problems: none.')
  if (newest?.modified) told.push(`Newest file: ${plain(newest.file)}, modified ${newest.modified.toISOString().slice(0, 19).replace('T', ' ')} UTC.`)
  return told
}

/** A file that could not be read counts where its name puts it, as a scan counts it. */
function formatOf({ file, format }: FileReport): string {
  return format ?? readName(file).format ?? 'other'
}

function countOf(files: readonly FileReport[], format: string): number {
  return files.filter((file) => formatOf(file) === format).length
}
