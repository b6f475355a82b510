/** What a response other than 200 from Ollama means, and what to do about it. */

import { ChimeraError } from '../../stage/index.js'
import { errorText, isObject, quoted } from '../wire/text.js'

/** `installed` names the models that the server has, or is absent when it did not tell. */
export function refusal(server: string, name: string, status: number, body: string, installed?: readonly string[], path = '/api/chat'): ChimeraError {
  const said = errorText(body)
  const words = said === undefined ? `status ${status}` : `status ${status}, "${quoted(said)}"`
  if (status === 404 && isErrorBody(body)) {
    return new ChimeraError('MODEL_UNKNOWN', `${server} has no model "${name}": ${have(installed)}ollama pull ${name}`)
  }
  if (status === 404) {
    return new ChimeraError('MODEL_INVALID', `expected ${server} to know ${path}, found ${words}: is that an Ollama server, and is the path of its URL right?`)
  }
  if (status === 503 || status === 429) {
    return new ChimeraError('MODEL_BUSY', `${server} is busy (${words}): try again later, or raise OLLAMA_MAX_QUEUE there`)
  }
  if (status === 401 || status === 403) {
    return new ChimeraError('MODEL_REFUSED', `${server} does not let us in (${words}): put user and password into its URL, or sign in there with "ollama signin"`)
  }
  if (status < 500) {
    return new ChimeraError('MODEL_INVALID', `${server} refused the request for "${name}" (${words}): check the model's options`)
  }
  return new ChimeraError('MODEL_FAILED', `${server} failed (${words}): look into its log`)
}

function have(installed: readonly string[] | undefined): string {
  if (!installed) return 'fetch it with '
  if (installed.length === 0) return 'it has none at all; fetch it with '
  const shown = installed.slice(0, 10).join(', ')
  const more = installed.length > 10 ? ` and ${installed.length - 10} more` : ''
  return `use one that is there (${shown}${more}), or fetch it with `
}

/** Ollama says `{"error": ...}`; a 404 of anything else is not about a model. */
function isErrorBody(body: string): boolean {
  try {
    const value: unknown = JSON.parse(body)
    return isObject(value) && value['error'] !== undefined
  } catch {
    return false
  }
}
