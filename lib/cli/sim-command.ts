/** What `chimera sim` takes. */

import { InvalidArgumentError, type Command } from 'commander'
import type { Io } from './io.js'

export interface SimOptions {
  readonly host: string
  readonly port: number
  /** Names the server knows. */
  readonly model?: readonly string[]
  readonly truth?: string
  readonly requests?: number
}

type Examples = (...lines: readonly (readonly [command: string, note?: string])[]) => string

export function simCommand(chimera: Command, io: Io, ended: (code: number) => void, examples: Examples): void {
  chimera
    .command('sim')
    .description("Serve a simulated model in Ollama's and OpenAI's protocols: a seeded schedule of tokens, and any fault a server can have.")
    .argument('[spec...]', 'such as tokens=200,ttft=120ms,rate=80,fault=cut@50 (docs/simulator.md has all of it), and behind "--" a command to run with OLLAMA_HOST and OPENAI_BASE_URL set')
    .usage('[options] [spec] [-- command...]')
    .option('--port <port>', 'where to listen; 0 is any free port', wholeNumber(0, 65_535), 0)
    .option('--host <host>', 'the address to listen on', '127.0.0.1')
    .option('--model <name...>', 'the models it has; default gemma3:latest and llama3.2:1b')
    .option('--truth <file>', 'write what really happened and when, one JSON object a line; "-" is stdout')
    .option('--requests <count>', 'end after so many answers', wholeNumber(1, 1e9))
    .exitOverride()
    .addHelpText(
      'after',
      examples(
        ['chimera sim --port 11434', 'in the place of Ollama, until Ctrl-C'],
        ['chimera sim dialect=vllm,chunk=1-5,fault=error@50%10 --truth truth.ndjson'],
        ['chimera sim rate=40 -- chimera analyze results/ -m gemma3', 'for one command'],
      ),
    )
    .action(async ([spec, ...command]: string[], options: SimOptions) => ended(await (await import('./sim.js')).sim(spec, command, options, io)))
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (text.trim() === '' || !Number.isInteger(value) || value < least || value > most) throw new InvalidArgumentError(`expected a whole number from ${least} to ${most}`)
    return value
  }
}
