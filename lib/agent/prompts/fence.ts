/** The marks around text that comes from files. A label cannot hold them: its angle brackets are replaced. */

export const FENCE_OPEN = '<<<FIGURES'
export const FENCE_CLOSE = 'FIGURES>>>'
