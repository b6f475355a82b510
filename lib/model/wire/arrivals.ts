/** Bytes with the moment they arrived, between the socket and a consumer that may be slower. */

/** Bytes of one read of the socket; a read may come in several. */
export interface Arrival {
  /** Monotonic milliseconds of the run's clock, taken in the socket's own callback. */
  readonly at: number
  /** Number of the read, from 1. */
  readonly read: number
  readonly bytes: Uint8Array
}

/**
 * A queue bounded in bytes: `push` says when it is full, `onRoom` is called once when half of it is free again. While it is
 * full the socket is not read, and what arrives later is stamped when it is read: the bound should hold more than an answer.
 */
export class Arrivals {
  readonly #limit: number
  readonly #onRoom: () => void
  #queue: Arrival[] = []
  #head = 0
  #bytes = 0
  #full = false

  constructor(limit: number, onRoom: () => void) {
    this.#limit = limit
    this.#onRoom = onRoom
  }

  /** False when the socket should pause. */
  push(arrival: Arrival): boolean {
    this.#queue.push(arrival)
    this.#bytes += arrival.bytes.length
    if (this.#bytes >= this.#limit) this.#full = true
    return !this.#full
  }

  take(): Arrival | undefined {
    const arrival = this.#queue[this.#head]
    if (!arrival) return undefined
    this.#head += 1
    // `shift` moves the whole array on each call; here it is moved once per emptied run.
    if (this.#head === this.#queue.length || this.#head > 1024) {
      this.#queue = this.#queue.slice(this.#head)
      this.#head = 0
    }
    this.#bytes -= arrival.bytes.length
    if (this.#full && this.#bytes <= this.#limit / 2) {
      this.#full = false
      this.#onRoom()
    }
    return arrival
  }
}
