/** What people put around a number for the eye: emphasis, medals, arrows, footnote marks, tags and TeX. */

/** Leftover emphasis, ticks and medals, footnote marks and trend arrows say nothing about the number. */
export function strip(text: string): string {
  return plainText(BARS.test(text) ? text.replace(BARS, '') : text)
    .trim()
    .replace(/^(?:\*\*|__|`|[↑↓▲▼→⬆⬇✓✔]\s*|\p{Extended_Pictographic}\uFE0F?\s*)+/u, '')
    .replace(/(?:\s*(?:\*+|__|`|†|‡|§|[¹²³⁴⁵⁶⁷⁸⁹]|\[\^?\w{1,4}\]|[↑↓▲▼→⬆⬇✓✔✗✘]|\p{Extended_Pictographic}\uFE0F?))+$/u, '')
    .replace(/\*\*/g, '')
    .trim()
}

/** `░░░░ 366`: a bar that is drawn before or behind the number. */
const BARS = /^\s*[\u2580-\u259f■□▪▫]+\s*(?=\S)|(?<=\d\S{0,12})\s*[\u2580-\u259f■□▪▫]+\s*$/

/** Powers of ten, tags and TeX as plain signs: `1.2×10⁻³`, `<b>5</b><sup>1</sup>`, `$5 \pm 1$`. */
function plainText(text: string): string {
  let plain = text
  if (plain.includes('10')) plain = plain.replace(TEN, (_, digit: string, plainPower: string | undefined, raised: string | undefined) => `${digit}e${(plainPower ?? fromRaised(raised ?? '')).replace('−', '-')}`)
  if (plain.includes('</')) plain = plain.replace(/<su[pb]>[^<>]{0,8}<\/su[pb]>/gi, '').replace(/<\/?[a-z][^<>]{0,60}>/gi, '')
  if (plain.includes('\\')) plain = plain.replace(/\{?\\pm\s*/g, '±').replace(/\\(?:mathbf|textbf|bf|times)\b|\\%/g, (tex) => (tex === '\\%' ? '%' : '')).replace(/[${}_]/g, '')
  return plain
}

const TEN = /(\d)\s*[x×*·]\s*10(?:(?:\^|\*\*)\s*\{?\s*([+\-−]?\d{1,3})\s*\}?|([⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}))/
const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹'

function fromRaised(text: string): string {
  return Array.from(text, (sign) => (sign === '⁻' ? '-' : sign === '⁺' ? '' : String(RAISED.indexOf(sign)))).join('')
}
