/** The style sheet of every page. Charts keep their white card in the dark: their colours were chosen on white. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --ink: #1c1f24; --soft: #5b6472; --ground: #fff; --card: #f5f6f8; --line: #d5d9e0;
  --alarm: #8a4b00; --alarm-ground: #fff4e0; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e8ec; --soft: #a3abb8; --ground: #14171b; --card: #1e2228; --line: #3a414c;
    --alarm: #ffc46b; --alarm-ground: #33260f; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; overflow-wrap: anywhere; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 2.25rem 0 .5rem; }
p, ul, figure, pre, details { margin: 0 0 1rem; }
.lead { font-size: 1.1rem; color: var(--soft); }
p, li, td, code { white-space: pre-wrap; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: .92rem; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
th, td { padding: .3rem .75rem; text-align: left; vertical-align: top; max-width: 36rem; }
th { border-bottom: 2px solid var(--line); vertical-align: bottom; }
td { border-bottom: 1px solid var(--line); }
tfoot td { font-weight: 600; border-bottom: 0; }
tfoot tr:first-child td { border-top: 2px solid var(--ink); }
th.right, td.right { text-align: right; white-space: nowrap; }
figcaption { font-size: .9rem; color: var(--soft); margin: .25rem 0; }
img { display: block; max-width: 100%; height: auto; background: #fff; border-radius: 6px; }
pre { background: var(--card); border-radius: 6px; padding: .75rem 1rem; overflow-x: auto; font-size: .85rem; line-height: 1.45; }
pre code { white-space: pre; font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
.warning { background: var(--alarm-ground); color: var(--alarm); border-left: 4px solid currentColor; padding: .5rem .9rem; }
details { border: 1px solid var(--line); border-radius: 6px; padding: .5rem .9rem; }
details[open] > summary { margin-bottom: .75rem; }
summary { cursor: pointer; font-weight: 600; }
@media (max-width: 45rem) { img { max-width: none; } }
@media print {
  :root { color-scheme: light; --ink: #000; --soft: #444; --ground: #fff; --card: #f5f6f8; --line: #bbb;
    --alarm: #8a4b00; --alarm-ground: #fff4e0; }
  main { max-width: none; padding: 0; }
  .scroll { overflow: visible; }
  img { max-width: 100%; }
  figure, tr, .warning { break-inside: avoid; }
  h2 { break-after: avoid; }
  pre code { white-space: pre-wrap; }
  details::details-content { content-visibility: visible; height: auto; }
}
`;
