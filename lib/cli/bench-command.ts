/** What `chimera bench` takes. */

import { InvalidArgumentError, Option, type Command } from 'commander'
import type { BenchOptions } from './bench-options.js'
import type { Io } from './io.js'

/** `examples` and `seconds` are the program's own. */
export interface CommandTools {
  readonly examples: (...lines: readonly (readonly [command: string, note?: string])[]) => string
  readonly collect: (value: string, before?: readonly string[]) => string[]
  readonly seconds: (text: string) => number
}

export function benchCommand(chimera: Command, io: Io, ended: (code: number) => void, { examples, collect, seconds }: CommandTools): void {
  chimera
    .command('bench')
    .description('Controlled experiments against a live model: a grid of settings and loads, run in random order, each run written down when it is over.')
    .requiredOption('-m, --model <model>', 'gemma3:latest (Ollama), openai:NAME, sim:SPEC; repeatable', collect)
    .option('--url <url>', 'where the models are served; default OLLAMA_HOST or OPENAI_BASE_URL')
    .option('--option <name=value>', 'a model option that is the same everywhere; repeatable', collect)
    .option('--set <name=a,b>', 'an option and the values it takes: num_gpu=60,80 or num_ctx=512..4096*2; repeatable', collect)
    .option('--prompt <text>', 'a prompt; repeatable', collect)
    .option('--prompts <file>', 'prompts: one a line, or .ndjson (prompt, messages, max_tokens), or .csv (column prompt)')
    .option('--max-tokens <count>', 'the most tokens of an answer, or none', '128')
    .option('--runs <count>', 'measured runs of each cell; default 5, with --duration 1', whole(1, 100_000))
    .option('--warmup <count>', 'runs of each cell before them, marked and left out of all figures', whole(0, 1000), 1)
    .option('--requests <count>', 'requests of one run; default as many as run at once, with --rate at least 10', whole(1, 100_000))
    .option('--duration <time>', 'let each run send requests for so long instead: 30s, 5min')
    .option('--concurrency <counts>', 'how many requests run at once: 1,4,16; with --rate the most that may')
    .option('--rate <rates>', 'requests per second, sent when due whatever the earlier ones do: 0.5,2')
    .option('--arrivals <kind>', 'when they are due: poisson, constant, gamma:SHAPE', 'poisson')
    .addOption(new Option('--order <order>', 'random: each block of runs holds every cell once, shuffled; given: cell after cell').choices(['random', 'given']).default('random'))
    .option('--seed <number>', 'for the order and the arrivals', whole(0, 0xffff_ffff), 1)
    .addOption(new Option('--cache <state>', 'cold: every prompt begins with words of its own; warm: each was read just before; any: as it comes').choices(['cold', 'warm', 'any']).default('cold'))
    .addOption(new Option('--load <state>', 'warm: the model is loaded before each run; cold: unloaded (Ollama)').choices(['cold', 'warm']).default('warm'))
    .option('--slo <limits>', 'count what meets them: ttft=500ms,tpot=50ms,e2e=10s')
    .option('-o, --output <file>', 'write records to this file, run by run')
    .option('--resume', 'go on with that file where it was cut off', false)
    .option('--force', 'write over that file', false)
    .option('--md <file>', 'write a Markdown report, which chimera reads back')
    .option('--trace <file>', 'write every piece of the answers with its stamps, while they come')
    .addOption(new Option('-f, --format <format>', 'what stdout gets: records (ndjson, csv) as they come, or a summary at the end; default table on a terminal, else ndjson').choices(['ndjson', 'csv', 'table', 'md']))
    .option('--dry-run', 'print the plan and do nothing', false)
    .option('--strict', 'exit code 4 when any measured request failed', false)
    .option('--first-token-timeout <seconds>', 'how long to wait for the first token', seconds, 600)
    .option('--stall-timeout <seconds>', 'how long a stream may pause', seconds, 120)
    .option('--retries <count>', 'how often a request is sent again that failed before its first token; told as retries and retry_wait', whole(0, 9999), 0)
    .addOption(new Option('--progress <mode>', 'what to show on stderr while working').choices(['auto', 'always', 'plain', 'never']).default('auto'))
    .exitOverride()
    .addHelpText(
      'after',
      examples(
        ['chimera bench -m gemma3:latest', 'five runs, one after another'],
        ['chimera bench -m gemma3 --set num_gpu=60,80 --set num_ctx=512,1024 -o grid.ndjson --md grid.md'],
        ['chimera bench -m gemma3 --set num_gpu=60,80 --set num_ctx=512,1024 -o grid.ndjson --md grid.md --resume', 'after an interrupt'],
        ['chimera bench -m openai:gpt-oss-20b --concurrency 1,4,16 --duration 30s --slo ttft=500ms,tpot=50ms'],
        ['chimera bench -m openai:gpt-oss-20b --rate 2 --requests 100 --prompts prompts.ndjson', 'an open loop'],
        ['chimera bench -m sim:tokens=50,ttft=20ms,rate=200 --runs 3', 'without a server'],
      ) + '\nExit codes: 0 done, 2 wrong use, 4 no measured request succeeded, 130 interrupted: what came is kept.',
    )
    .action(async (options: BenchOptions) => ended(await (await import('./bench.js')).bench(options, io)))
}

function whole(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (text.trim() === '' || !Number.isInteger(value) || value < least || value > most) throw new InvalidArgumentError(`expected a whole number from ${least} to ${most}`)
    return value
  }
}
