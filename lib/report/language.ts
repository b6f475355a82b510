/** In which language a text is, by its script and its commonest words: enough to see that it is not the one asked for. */

/** Words that are common in one of these languages and rare in the others. */
const COMMON: Readonly<Record<string, string>> = {
  en: 'the of and is are was were that this with for from it as by which than there have has been not its all more most each their they when where while only between both should would can you no at be or on to',
  de: 'der die das und ist nicht ein eine einen mit auf von für sind wird werden bei auch dass sich dem den des im zu zum zur oder als wurde wurden es wir sie nach über',
  fr: 'le la les des est une dans que qui sur pour pas avec sont aux cette ces par plus ont été mais ou et du au il elle nous leur',
  es: 'el los las una que para con por del es son está están más como pero sus fue entre sobre también muy este esta se y lo al',
  it: 'il lo gli una che di con del della dei delle è sono più come anche questo questa nel alla tra si ma dal dalla stato',
  pt: 'os uma que para por da dos das é são não mais como mas foi entre sobre também este esta pelo pela ao na um em pelos com',
  nl: 'het een van en dat niet zijn met voor op aan ook bij naar deze wordt worden door als maar uit tot nog meer er werd over',
  pl: 'na się że jest nie jak przez dla są był była było oraz tym które który',
  tr: 've bir bu için ile olan olarak daha en çok de da ise gibi kadar ancak her sonra göre',
}
const NAMES: Readonly<Record<string, string>> = { en: 'English', de: 'German', fr: 'French', es: 'Spanish', it: 'Italian', pt: 'Portuguese', nl: 'Dutch', pl: 'Polish', tr: 'Turkish' }
const LANGUAGES = new Map(Object.entries(COMMON).map(([language, words]) => [language, new Set(words.split(' '))]))
/** Whole ones: parts of names, paths and addresses are of no language. */
const WORD = /(?<![^\s("'«“¿¡])\p{L}+(?=[\s.,;:!?)"'»”]|$)/gu
const LETTERS = /\p{L}+/gu
const NOT_LATIN = /(?!\p{Script=Latin})\p{L}/gu

export interface LanguageEvidence {
  readonly words: number
  /** Share of its letters that are not Latin ones. */
  readonly foreign: number
  /** Common words of each language, and how many different ones. */
  readonly common: ReadonlyMap<string, number>
  readonly different: ReadonlyMap<string, number>
}

/** Slots and code must be taken out before: names of columns are English in any language. */
export function languageEvidence(text: string): LanguageEvidence {
  const words = text.match(LETTERS) ?? []
  const letters = words.reduce((sum, word) => sum + word.length, 0)
  const common = new Map<string, number>()
  const different = new Map<string, number>()
  const seen = new Set<string>()
  for (const word of text.match(WORD) ?? []) {
    const lower = word.toLowerCase()
    for (const [language, set] of LANGUAGES) {
      if (!set.has(lower)) continue
      common.set(language, (common.get(language) ?? 0) + 1)
      if (!seen.has(lower)) different.set(language, (different.get(language) ?? 0) + 1)
    }
    seen.add(lower)
  }
  return { words: words.length, foreign: letters === 0 ? 0 : (text.match(NOT_LATIN)?.join('').length ?? 0) / letters, common, different }
}

/** `yes`, `no`, or undefined while too little was said. One that is not known here is never refused. */
export function isInLanguage(evidence: LanguageEvidence, asked: string): boolean | undefined {
  const language = asked.toLowerCase().split(/[-_]/)[0] ?? ''
  const own = LANGUAGES.has(language) ? (evidence.common.get(language) ?? 0) : undefined
  if (own === undefined) return true
  if (evidence.words >= FEW_WORDS && evidence.foreign > 0.5) return false
  const others = [...evidence.common].filter(([name]) => name !== language)
  const most = Math.max(0, ...others.map(([, count]) => count))
  if (others.some(([name, count]) => count >= OTHER_WORDS && count >= 3 * own && (evidence.different.get(name) ?? 0) >= DIFFERENT_WORDS)) return false
  return own > 0 && own >= most ? true : undefined
}

/** What it looks like, for a reader: `German`, `another script`. */
export function languageName(evidence: LanguageEvidence): string {
  if (evidence.foreign > 0.5) return 'another script'
  const [best] = [...evidence.common].sort((a, b) => b[1] - a[1])
  return NAMES[best?.[0] ?? ''] ?? 'another language'
}

/** Scripts without spaces have few words. */
const FEW_WORDS = 2
const OTHER_WORDS = 4
const DIFFERENT_WORDS = 3
