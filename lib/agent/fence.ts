/** The marks around text that is data. What stands between them cannot hold them: in labels and answers they are broken up. */

export const FENCE_OPEN = '<<<FIGURES'
export const FENCE_CLOSE = 'FIGURES>>>'
/** Around another agent's answer. */
export const ANSWER_OPEN = '<<<ANSWER'
export const ANSWER_CLOSE = 'ANSWER>>>'

export function withoutFences(text: string): string {
  return text.replaceAll('<<<', '‹').replaceAll('>>>', '›')
}
