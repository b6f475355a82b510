/** Blocks of Markdown. Cells and items are ready for the document: what comes from files went through `plain`. */

/** Columns of numbers are aligned right: say so with `right`. */
export interface Column {
  readonly title: string
  readonly right?: boolean
}

export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(columns.map(({ title }) => title)), line(columns.map(({ right }) => (right ? '---:' : '---'))), ...rows.map(line)].join('\n') + '\n'
}

export function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}\n`).join('')
}

/** Text as it stands; the fence is longer than any run of backticks in it. */
export function fenced(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}\n${text.replace(/\n*$/, '\n')}${fence}\n`
}

/** `12,345` */
export function wholeNumber(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${wholeNumber(count)} ${count === 1 ? one : many}`
}
