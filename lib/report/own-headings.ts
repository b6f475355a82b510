/** Puts a model's own headings below those of the document, while its text streams. */

export interface HeadingStream {
  write(text: string): string
  end(): string
}

const HEADING = /^([ \t]{0,3})#{1,6}(?=[ \t])/
/** A line that may still become a heading. */
const OPEN = /^[ \t]{0,3}#{0,6}$/

/** Every heading becomes one of `level`; a few characters at a line's start wait until it is clear what they are. */
export function lowerHeadings(level = 4): HeadingStream {
  let start: string | undefined = ''
  const mark = '#'.repeat(level)
  return {
    write(text) {
      let out = ''
      let rest = text
      while (rest !== '') {
        if (start === undefined) {
          const end = rest.indexOf('\n') + 1
          out += end === 0 ? rest : rest.slice(0, end)
          rest = end === 0 ? '' : rest.slice(end)
          if (end > 0) start = ''
          continue
        }
        start += rest.charAt(0)
        rest = rest.slice(1)
        if (OPEN.test(start)) continue
        out += start.replace(HEADING, `$1${mark}`)
        start = start.endsWith('\n') ? '' : undefined
      }
      return out
    },
    end() {
      const out = start ?? ''
      start = ''
      return out
    },
  }
}
