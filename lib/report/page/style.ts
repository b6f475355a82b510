/** The page's looks: one column for reading, tables that scroll by themselves, dark and light, and print. */

/** Colours that the colour-blind tell apart (after Okabe and Ito), each with three to one against its background; shapes differ too. */
const LIGHT = '--text: #1b1f24; --dim: #57606a; --line: #d0d7de; --shade: #f6f8fa; --back: #ffffff; --link: #0550ae; --mark: #fff3c4; --bar: #9cc5e8; --ink: #1b1f24; --dot: #0072b2; --s1: #0072b2; --s2: #c04f00; --s3: #00795a; --s4: #a8488f; --s5: #806600; --s6: #444c56;'
const DARK = '--text: #e6edf3; --dim: #9da7b1; --line: #3a424b; --shade: #161b22; --back: #0d1117; --link: #79b8ff; --mark: #4a3d00; --bar: #1f5f93; --ink: #e6edf3; --dot: #56b4e9; --s1: #56b4e9; --s2: #ff9e4a; --s3: #2fd0a0; --s4: #e79cc8; --s5: #f0e442; --s6: #c3ccd5;'

export const STYLE = `
:root { color-scheme: light dark; ${LIGHT} }
@media (prefers-color-scheme: dark) { :root { ${DARK} } }
html { scroll-padding-top: 1rem; }
body { margin: 0; background: var(--back); color: var(--text); font: 16px/1.55 system-ui, sans-serif; overflow-wrap: anywhere; }
main, nav { max-width: 60rem; margin: 0 auto; padding: 0 1.25rem; }
main { padding-bottom: 4rem; }
nav { padding-top: 1rem; font-size: .9rem; }
nav ol { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; margin: 0; padding: 0; list-style: none; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
a { color: var(--link); unicode-bidi: isolate; }
main p a, main li a, main td a { text-decoration-thickness: 1px; text-underline-offset: .15em; text-decoration-style: dotted; }
a.back { padding: 0 .2em; }
h1 { font-size: 1.7rem; line-height: 1.25; }
h2 { margin-top: 2.4rem; padding-bottom: .3rem; border-bottom: 1px solid var(--line); font-size: 1.3rem; }
h3 { margin-top: 1.8rem; font-size: 1.1rem; }
h4, h5, h6 { font-size: 1rem; }
hr { border: 0; border-top: 1px solid var(--line); margin: 2rem 0; }
blockquote { margin: 1rem 0; padding: .1rem 1rem; border-left: .25rem solid var(--dim); background: var(--shade); }
code, pre { font: .875em/1.5 ui-monospace, monospace; background: var(--shade); }
code { padding: .1em .3em; border-radius: .25em; }
pre { padding: .8rem 1rem; overflow-x: auto; border: 1px solid var(--line); border-radius: .4rem; }
pre code { padding: 0; }
.scroll { overflow-x: auto; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
:target { background: var(--mark); }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .9rem; }
th, td { max-width: 26rem; padding: .35rem .7rem; border: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: break-word; unicode-bidi: isolate; }
th { background: var(--shade); white-space: nowrap; }
th[align=right], td[align=right] { text-align: right; white-space: nowrap; }
th button { all: unset; cursor: pointer; font: inherit; }
th button:focus-visible { outline: 2px solid var(--link); }
th button::after { content: "\\2195"; padding-left: .35em; color: var(--dim); font-weight: 400; }
th[aria-sort=ascending] button::after { content: "\\2191"; color: inherit; }
th[aria-sort=descending] button::after { content: "\\2193"; color: inherit; }
figure { margin: 1.6rem 0; }
figcaption { margin-bottom: .5rem; color: var(--dim); font-size: .9rem; }
figcaption strong { display: block; color: var(--text); font-size: 1rem; }
svg { display: block; width: 100%; height: auto; }
svg text { fill: var(--text); font: 12px system-ui, sans-serif; unicode-bidi: isolate; }
svg .tick, svg .axis { fill: var(--dim); }
.grid { stroke: var(--line); }
.bar { fill: var(--bar); }
.range { stroke: var(--ink); stroke-width: 1.2; }
.arrow { fill: none; stroke: var(--ink); stroke-width: 1.5; }
.dots { fill: none; stroke: var(--dot); stroke-width: 5; stroke-linecap: round; stroke-opacity: .75; }
.median { stroke: var(--ink); stroke-width: 2.4; }
.point { fill-opacity: .75; stroke-width: 1; }
${[1, 2, 3, 4, 5, 6].map((at) => `.s${at} { fill: var(--s${at}); stroke: var(--s${at}); }`).join('\n')}
.trace { fill: none; stroke: var(--s1); stroke-width: 1.8; }
.needles { stroke: var(--s2); stroke-width: 1.2; }
.first { stroke: var(--ink); stroke-dasharray: 4 3; }
summary { cursor: pointer; color: var(--dim); font-size: .9rem; }
@page { margin: 15mm; }
@media print {
  :root { color-scheme: light; ${LIGHT} --back: #fff; --text: #000; --mark: #fff; }
  body { font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  nav, th button::after, .back { display: none; }
  a { color: inherit; text-decoration: none; }
  .scroll, pre { overflow: visible; white-space: pre-wrap; }
  table { font-size: 8pt; }
  th, td { padding: .2rem .35rem; overflow-wrap: anywhere; }
  th, th[align=right], td[align=right] { white-space: normal; }
  tr, blockquote, figure, svg { break-inside: avoid; }
  h2, h3, figcaption { break-after: avoid; }
  thead { display: table-header-group; }
  details::details-content { content-visibility: visible; block-size: auto; }
  svg { max-height: 20cm; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`
