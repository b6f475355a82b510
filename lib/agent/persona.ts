/** Who the model is asked to be. A persona is text with a name and a version; users may bring their own. */

export interface Persona {
  /** Short, as people say it: `DataCollector`. */
  readonly name: string
  /** How a report names the agent: `Chimera Agent A`. */
  readonly title: string
  /** Changes with the text: `data-collector@1`. */
  readonly version: string
  /** Sent as the system message, before the rules. */
  readonly text: string
  /** In which language it has the model answer, as `en` or `de`; `any` accepts every one. Default `en`. */
  readonly language?: string
}
