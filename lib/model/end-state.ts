/** How an answer ended, in one word: the ends that a reader of measurements must not mix up. */

import type { ErrorCode } from '../stage/index.js'
import type { EndReason } from './model.js'

/**
 * - `stop`: the model finished. `length`: it came to its limit of tokens.
 * - `error`: the server said that it failed, also inside a 200. `truncated`: the stream ended without its last message.
 * - `stalled`: it paused for longer than the stall timeout. `timeout`: no first token in time. `cancelled`: we ended it.
 * - `refused`: nobody answers, or we are not let in. `not-found`: no such model. `busy`: no room now. `invalid`: one side does not
 *   understand the other.
 */
export type EndState = 'stop' | 'length' | 'error' | 'truncated' | 'stalled' | 'timeout' | 'cancelled' | 'refused' | 'not-found' | 'busy' | 'invalid'

export function endState(how: EndReason | ErrorCode): EndState {
  switch (how) {
    case 'stop':
    case 'length':
    case 'cancelled':
      return how
    case 'MODEL_UNREACHABLE':
    case 'MODEL_REFUSED':
      return 'refused'
    case 'MODEL_UNKNOWN':
      return 'not-found'
    case 'MODEL_BUSY':
      return 'busy'
    case 'MODEL_INVALID':
      return 'invalid'
    case 'MODEL_TRUNCATED':
      return 'truncated'
    case 'MODEL_TIMEOUT':
      return 'timeout'
    case 'MODEL_STALLED':
      return 'stalled'
    case 'ABORTED':
      return 'cancelled'
    default:
      return 'error'
  }
}
