/** Cases that are whole commands, so that starting up counts for all alike; each on one core and on all. */

import { availableParallelism } from 'node:os'
import type { Answer } from './answer.js'
import { nodeCommand, ONE_CORE, run, type Command, type Cores } from './command.js'
import { chimeraProgram, peerProgram } from './peer.js'
import type { Case, Rounds, Workload } from './question.js'

export interface Whole {
  readonly name: string
  readonly peer?: string
  /** `cores` as a number, for those that want to be told. */
  readonly command: (cores: Cores, count: number) => Command
  /** Throws when it is wrong. */
  readonly check: (output: string) => void
  readonly workload?: Workload
  readonly note?: string
  readonly baseline?: string
  /** It has one thread: more cores are left out. */
  readonly single?: boolean
}

/** Few, since each takes long; a slow machine gets fewer. */
export function wholeRounds(quick: boolean): Rounds {
  return { rounds: quick ? 2 : 3, warmup: 0, patienceSeconds: quick ? 10 : 120 }
}

/** All on one core, then all on every core; where a command cannot be held to one, the latter only. */
export function onCores(wholes: readonly Whole[]): Case[] {
  return CORES.flatMap((cores) => wholes.filter(({ single }) => !single || cores === CORES[0]).map((whole) => caseOf(whole, cores)))
}

/** A line for the page where one core cannot be had. */
export const CORES_NOTE = ONE_CORE ? [] : ['taskset, which holds a command to one core: all cores only']

export const ALL_CORES = availableParallelism()

const CORES: readonly Cores[] = ONE_CORE && ALL_CORES > 1 ? ['one', 'all'] : ['all']

function caseOf({ name, peer, command, check, workload, note, baseline }: Whole, cores: Cores): Case {
  const count = cores === 'one' ? 1 : ALL_CORES
  return {
    name,
    cores: count,
    ...(peer !== undefined && { peer }),
    ...(workload && { workload }),
    ...(note !== undefined && { note }),
    ...(baseline !== undefined && { baseline }),
    async run() {
      const { took, output } = await run(command(cores, count))
      check(output)
      return took
    },
  }
}

/** A program of `peers/`, which prints its answer as JSON. */
export function program(name: string, args: readonly string[], check: (answer: Answer) => void): Pick<Whole, 'command' | 'check'> {
  return {
    command: (cores) => nodeCommand(peerProgram(name), args, cores),
    check: (output) => check(JSON.parse(output) as Answer),
  }
}

export function chimera(args: readonly string[], cores: Cores): Command {
  return nodeCommand(chimeraProgram(), [...args, '--progress', 'never'], cores)
}
