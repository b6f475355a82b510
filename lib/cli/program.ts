/** The command line: names, options, help. What a command does is loaded when it runs. */

import { Command, InvalidArgumentError, Option } from 'commander'
import { ChimeraError } from '../stage/index.js'
import { agentsCommand } from './agents-command.js'
import { benchCommand } from './bench-command.js'
import type { Io } from './io.js'
import type { AnalyzeOptions, RecordsOptions, ReportOptions, ScanOptions, SummaryOptions, TraceOptions } from './options.js'
import { asked, promptsCommand } from './prompts-command.js'
import { simCommand } from './sim-command.js'
import { readVersion } from './version.js'

const FORMATS = ['csv', 'json', 'ndjson', 'markdown', 'openmetrics', 'text']

/** `ended` is told the exit code of a command that ran to its end. */
export function program(io: Io, ended: (code: number) => void): Command {
  const chimera = new Command('chimera')
    .description('Reads folders of benchmark results as one stream of metric records, and writes reports whose numbers are measured.')
    .version(readVersion(), '-V, --version', 'print the version')
    .helpCommand(false)
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHelpWidth: () => io.stdout.columns ?? 80,
      getErrHelpWidth: () => io.stderr.columns ?? 80,
    })
    .addHelpText(
      'after',
      examples(
        ['chimera scan results/', 'what is here'],
        ["chimera records results/ | jq -r 'select(.metric==\"ttft\") | .value'", 'every measured number, with unit and place'],
        ['cat run.csv | chimera summary --by model', 'statistics per model'],
        ['chimera report results/ > report.md', 'a report without a model'],
        ['chimera report results/ -m gemma3:latest > report.md', 'the same, worded by a local model'],
        ['chimera agents results/ -m gemma3:latest > report.md', 'by two agents at the same time, measured'],
      ) + '\nstdout is data, stderr is for people. Exit codes: 0 done, 1 failed, 2 wrong use, 3 problems under --strict, 4 the model failed, 130 interrupted.',
    )

  reading(chimera.command('scan').description('Show what is here: counts and sizes per format, the newest, a verdict per file.'))
    .addOption(new Option('-f, --format <format>', 'how to print it').choices(['text', 'ndjson']).default('text'))
    .option('--files', 'list every file with its verdict', false)
    .option('--quick', 'go by names and sizes, read nothing', false)
    .addHelpText('after', examples(['chimera scan results/'], ['chimera scan --files results/*.csv'], ["chimera scan -f ndjson . | jq -r 'select(.verdict==\"rejected\") | .file'"]))
    .action(async (paths: string[], options: ScanOptions) => ended(await (await import('./scan.js')).scan(paths, options, io)))

  reading(chimera.command('records').description('Print every measured number as a metric record: value in base units, statistic, attributes, place.'))
    .addOption(new Option('-f, --format <format>', 'how to print them; default ndjson, with --explain text').choices(['ndjson', 'csv', 'json', 'table', 'text']))
    .option('--at <place>', 'only what stands there: FILE:LINE, FILE:LINE:COLUMN or FILE#/json/pointer')
    .option('--explain', 'why it was read so: each cell or key there, or each column of the files', false)
    .addHelpText(
      'after',
      examples(
        ["chimera records results/ | jq -r 'select(.metric==\"ttft\") | [.attributes.model,.value] | @tsv'"],
        ['chimera records --format csv run.json > run.csv'],
        ['cat run.csv | chimera records | head -1'],
        ['chimera records --strict --rejects rejects.ndjson results/'],
        ['chimera records --at results/run.csv:4 --explain', 'why line 4 was read so'],
        ['chimera records --explain results/run.json', 'each key and what it was taken for'],
      ),
    )
    .action(async (paths: string[], options: RecordsOptions) => ended(await (await import('./records.js')).records(paths, options, io)))

  reading(chimera.command('summary').description('Print statistics per metric, unit and group; samples, aggregates and failed runs apart.'))
    .option('--by <keys>', 'attributes to group by, separated by commas', keyList, [])
    .option('--metric <names>', 'only these metrics, separated by commas', keyList)
    .option('--distinct', 'count files with the same bytes once', false)
    .addOption(new Option('-f, --format <format>', 'how to print them').choices(['table', 'ndjson', 'csv', 'md', 'json']).default('table'))
    .addHelpText(
      'after',
      examples(
        ['chimera summary results/ --by model'],
        ['cat run.csv | chimera summary --by model,num_gpu --metric ttft'],
        ['chimera records results/ | chimera summary --format csv > summary.csv'],
      ),
    )
    .action(async (paths: string[], options: SummaryOptions) => ended(await (await import('./summary.js')).summary(paths, options, io)))

  asked(modelled(reading(chimera.command('analyze').description("Stream a model's analysis of the records to stdout, with a live meter on stderr."))))
    .addHelpText(
      'after',
      examples(
        ['chimera analyze results/ -m gemma3:latest'],
        ['chimera records run.csv | chimera analyze -m openai:gpt-oss-20b --url http://localhost:8000/v1'],
        ['chimera analyze results/ -m gemma3 --option num_ctx=8192 --stats run.ndjson'],
      ),
    )
    .action(async (paths: string[], options: AnalyzeOptions) => ended(await (await import('./analyze.js')).analyze(paths, options, io)))

  asked(modelled(reading(chimera.command('report').description('Write the technical report: measured figures, the words around them by a model or by the built-in narrator.'))))
    .addOption(new Option('-f, --format <format>', 'how to write it').choices(['md', 'html']).default('md'))
    .option('-o, --output <file>', 'write to this file instead of stdout')
    .option('--title <title>', 'title of the report')
    .addHelpText(
      'after',
      examples(
        ['chimera report results/ > report.md'],
        ['chimera report results/ -m gemma3:latest --option num_gpu=80 -o report.md'],
        ['chimera report results/ --format html -o report.html'],
        ['chimera report results/ -m sim:rate=40 | less', 'watch the words arrive without a server'],
      ),
    )
    .action(async (paths: string[], options: ReportOptions) => ended(await (await import('./report.js')).report(paths, options, io)))

  agentsCommand(modelled(reading(chimera.command('agents'))), io, ended, { examples, collect })
  benchCommand(chimera, io, ended, { examples, collect, seconds })

  chimera
    .command('trace')
    .description('Compute the figures of the answers in a trace, as they were computed while they ran.')
    .argument('<file>', 'a file that --trace wrote')
    .addOption(new Option('-f, --format <format>', 'how to print them').choices(['ndjson', 'csv', 'json', 'table']).default('table'))
    .addHelpText(
      'after',
      examples(['chimera report results/ -m gemma3 --trace run.trace > report.md'], ['chimera trace run.trace'], ['chimera report results/ -m trace:run.trace --option speed=max', 'the same answers again']),
    )
    .exitOverride()
    .action(async (file: string, options: TraceOptions) => ended(await (await import('./trace.js')).trace(file, options, io)))

  promptsCommand(chimera, io, ended, examples)
  simCommand(chimera, io, ended, examples)

  chimera
    .command('help')
    .description('Show what a command takes.')
    .argument('[command]')
    .exitOverride()
    .action((name: string | undefined) => {
      const wanted = name === undefined ? chimera : chimera.commands.find((command) => command.name() === name)
      if (wanted) wanted.help()
      throw new ChimeraError('USAGE', `expected a command, found "${name ?? ''}": there are ${chimera.commands.map((command) => command.name()).join(', ')}`)
    })

  return chimera
}

/** What every command that reads takes. */
function reading(command: Command): Command {
  return command
    .argument('[paths...]', 'files, folders, globs; "-" or nothing reads stdin')
    .addOption(new Option('--input-format <format>', 'read everything as this format instead of looking').choices(FORMATS))
    .option('--layout <file>', 'a layout of your own, as JSON or a module; repeatable', collect)
    .option('--strict', 'stop at the first problem, exit code 3', false)
    .option('--rejects <file>', 'write problems to this file, one JSON object a line')
    .addOption(new Option('--progress <mode>', 'what to show on stderr while working').choices(['auto', 'always', 'plain', 'never']).default('auto'))
    .exitOverride()
}

/** What every command with a model takes. */
function modelled(command: Command): Command {
  return command
    .option('-m, --model <model>', 'gemma3:latest (Ollama), openai:NAME, narrator (no model), sim:SPEC, trace:FILE', 'narrator')
    .option('--url <url>', 'where the model is served; default OLLAMA_HOST or OPENAI_BASE_URL')
    .option('--option <name=value>', 'a model option such as num_gpu=80; repeatable', collect)
    .option('--as-of <date>', 'say how old the newest measurement is on this date; without it no age is told')
    .option('--stats <file>', "write the run's own measurements as metric records")
    .option('--trace <file>', 'write every piece of the answers with its stamps, while they come; "-m trace:FILE" replays it')
    .addOption(new Option('--grounding <mode>', 'numbers that nothing backs: mark them, drop their sentence, leave them').choices(['mark', 'strict', 'off']).default('mark'))
    .option('--first-token-timeout <seconds>', 'how long to wait for the first token', seconds, 600)
    .option('--stall-timeout <seconds>', 'how long a stream may pause', seconds, 120)
    .option('--retries <count>', 'how often a request is sent again that failed before its first token', whole, 0)
}

function examples(...lines: readonly (readonly [command: string, note?: string])[]): string {
  const width = Math.max(...lines.map(([command]) => command.length))
  return ['', 'Examples:', ...lines.map(([command, note]) => (note === undefined ? `  ${command}` : `  ${command.padEnd(width)}   # ${note}`)), ''].join('\n')
}

function keyList(text: string): string[] {
  const keys = text.split(',').map((key) => key.trim()).filter((key) => key !== '')
  if (keys.length === 0) throw new InvalidArgumentError('expected names separated by commas, such as model,num_gpu')
  return [...new Set(keys)]
}

function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value]
}

function whole(text: string): number {
  if (!/^\d{1,4}$/.test(text)) throw new InvalidArgumentError('expected a whole number')
  return Number(text)
}

function seconds(text: string): number {
  const value = Number(text)
  if (!Number.isFinite(value) || value <= 0) throw new InvalidArgumentError('expected a number of seconds above 0')
  return value
}
