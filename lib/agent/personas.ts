/** The two built-in personas. They are files; each is read when somebody first looks at it. */

import type { Persona } from './persona.js'
import { prompts, type PersonaName } from './prompts.js'

/** Agent A: takes stock of what was measured, and of what was not. */
export const dataCollector: Persona = lazy('data-collector')
/** Agent B: turns measured figures into decisions. */
export const insightAgent: Persona = lazy('insight-agent')

function lazy(name: PersonaName): Persona {
  let read: Persona | undefined
  const persona = () => (read ??= prompts().persona(name))
  return {
    get name() {
      return persona().name
    },
    get title() {
      return persona().title
    },
    get version() {
      return persona().version
    },
    get text() {
      return persona().text
    },
  }
}
