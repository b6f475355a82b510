/** What the terminal can do, as far as the environment and the stream tell. */

export type ProgressMode = 'auto' | 'always' | 'plain' | 'never'

export type Environment = Readonly<Record<string, string | undefined>>

/** `auto` draws only where a person looks: on a terminal that can move its cursor, and not in a CI job's log. */
export function styleOf(mode: ProgressMode, isTty: boolean, env: Environment): 'bars' | 'plain' | 'none' {
  if (mode === 'always') return 'bars'
  if (mode === 'plain') return 'plain'
  return mode === 'auto' && isTty && env['TERM'] !== 'dumb' && !isCi(env) ? 'bars' : 'none'
}

/** `FORCE_COLOR` outranks `NO_COLOR`, as in Node itself; both count only when they are not empty. */
export function hasColor(isTty: boolean, env: Environment): boolean {
  const force = env['FORCE_COLOR']
  if (force !== undefined && force !== '') return force !== '0' && force !== 'false'
  return isTty && !env['NO_COLOR'] && env['TERM'] !== 'dumb'
}

/** By the locale; where none is set, everything but the Linux console is taken to know Unicode. */
export function hasUnicode(env: Environment): boolean {
  if (env['TERM'] === 'linux') return false
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG']
  return locale === undefined || locale === '' || /utf-?8/i.test(locale)
}

function isCi(env: Environment): boolean {
  const ci = env['CI']
  return ci !== undefined && ci !== '' && ci !== '0' && ci !== 'false'
}
