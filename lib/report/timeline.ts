/** When the pieces of the model's answers arrived, kept while they stream, for the picture of the run itself. */

import type { WorkflowEvent, WorkflowStage } from '../agent/workflow.js'

export interface Timeline {
  readonly stage: WorkflowStage
  /** Seconds from the request to each piece that is not empty, ascending; the first {@link PIECES_KEPT}. */
  readonly arrivals: readonly number[]
  /** All pieces. */
  readonly pieces: number
}

export interface TimelineBook {
  watch(event: WorkflowEvent): void
  /** Of the answers that had a piece, in the order of their requests. */
  read(): readonly Timeline[]
}

export const PIECES_KEPT = 20_000

export function timelines(): TimelineBook {
  const answers = new Map<WorkflowStage, { sentAt: number; arrivals: number[]; pieces: number }>()
  return {
    watch(event) {
      if (event.type !== 'model' || (event.stage !== 'analysis' && event.stage !== 'report')) return
      const { stage, event: happened } = event
      // Sent again after a failure: what counts begins with the latest attempt.
      if (happened.type === 'sent') answers.set(stage, { sentAt: happened.at, arrivals: [], pieces: 0 })
      const answer = answers.get(stage)
      if (happened.type !== 'token' || happened.text === '' || !answer) return
      answer.pieces += 1
      if (answer.arrivals.length < PIECES_KEPT) answer.arrivals.push((happened.at - answer.sentAt) / 1000)
    },
    read: () => [...answers].flatMap(([stage, { arrivals, pieces }]) => (pieces === 0 ? [] : [{ stage, arrivals, pieces }])),
  }
}
