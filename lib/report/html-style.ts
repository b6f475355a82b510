/** The report's looks: one column for reading, tables that scroll by themselves, dark and light, and print. */

export const STYLE = `
:root { color-scheme: light dark; --text: #1b1f24; --dim: #57606a; --line: #d0d7de; --shade: #f6f8fa; --back: #ffffff; }
@media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --dim: #9da7b1; --line: #3a424b; --shade: #161b22; --back: #0d1117; } }
body { margin: 0; background: var(--back); color: var(--text); font: 16px/1.55 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.7rem; line-height: 1.25; }
h2 { margin-top: 2.4rem; padding-bottom: .3rem; border-bottom: 1px solid var(--line); font-size: 1.3rem; }
h3 { margin-top: 1.8rem; font-size: 1.1rem; }
hr { border: 0; border-top: 1px solid var(--line); margin: 2rem 0; }
blockquote { margin: 1rem 0; padding: .1rem 1rem; border-left: .25rem solid var(--dim); background: var(--shade); }
code, pre { font: .875em/1.5 ui-monospace, monospace; background: var(--shade); }
code { padding: .1em .3em; border-radius: .25em; }
pre { padding: .8rem 1rem; overflow-x: auto; border: 1px solid var(--line); border-radius: .4rem; }
pre code { padding: 0; }
.scroll { overflow-x: auto; }
:focus-visible { outline: 2px solid #0969da; outline-offset: 2px; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .9rem; }
th, td { padding: .35rem .7rem; border: 1px solid var(--line); text-align: left; vertical-align: top; }
th { background: var(--shade); }
th[align=right], td[align=right] { text-align: right; white-space: nowrap; }
@media print {
  :root { color-scheme: light; --text: #000; --dim: #444; --line: #bbb; --shade: #f4f4f4; --back: #fff; }
  main { max-width: none; padding: 0; }
  .scroll, pre { overflow: visible; white-space: pre-wrap; }
  tr, blockquote { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  thead { display: table-header-group; }
}
`
