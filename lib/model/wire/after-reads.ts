/** Puts off what is made of arrived bytes until every socket that is ready in this turn of the event loop was read. */

let waiting: (() => void)[] = []

/**
 * Node hands over one ready socket after another, and runs what waits for each before it reads the next: the hundredth of a hundred
 * streams that are ready at once would be stamped after the parsing of ninety-nine others. The queue is the turn's own: it is
 * empty when the turn is over.
 */
export function afterReads(run: () => void): void {
  // Immediates come after the turn's sockets, whatever their number.
  if (waiting.push(run) === 1) setImmediate(runAll)
}

function runAll(): void {
  const turn = waiting
  waiting = []
  for (const run of turn) run()
}
