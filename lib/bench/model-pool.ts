/** The models of an experiment: one for each cell, so that its connections serve all its runs. */

import { modelFrom, type Model, type ModelFromOptions, type ModelOptions } from '../model/index.js'
import type { Cell } from './grid.js'

export interface ModelPool {
  /** `options` are put over the cell's own. Nothing is connected yet. */
  readonly of: (cell: Cell, options?: ModelOptions) => Model
  readonly close: () => Promise<void>
}

export function modelPool(shared: Omit<ModelFromOptions, 'options'> = {}): ModelPool {
  const made = new Map<string, Model>()
  return {
    of(cell, more) {
      const options = { ...cell.options, ...more }
      const key = JSON.stringify([cell.model, options])
      const known = made.get(key)
      if (known) return known
      const model = modelFrom(cell.model, { ...shared, options })
      made.set(key, model)
      return model
    },
    close: async () => {
      await Promise.all([...made.values()].flatMap((model) => model.close?.() ?? []))
    },
  }
}
