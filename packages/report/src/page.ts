import { checkOptionNames, type OptionNames } from "@vsi/dataset/internal";
import { cellText, checkTable, type Table } from "./tables.ts";
import { escapeHtml } from "./text.ts";

/** Nothing is loaded and nothing runs, even if an escape were forgotten. */
const CONTENT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** What made the page, as HTML's own meta names it. */
const GENERATOR = "VSI toolkit, @vsi/report";

/**
 * The page as one HTML file: no script, no address outside itself, every text escaped; light and dark, for phones and
 * for print. The same page gives the same bytes.
 *
 * @throws ReportError "length-mismatch" for a table whose rows do not fit.
 *
 * @example
 * ```js
 * import { bars, renderPage } from "@vsi/report";
 *
 * const svg = await bars({ title: "Questions", categories: ["counting", "size"], values: [12, 30], xTitle: "questions" });
 * const blocks = [{ kind: "paragraph", text: "Two types." }, { kind: "figure", svg, caption: "Questions by type" }];
 * console.log(renderPage({ title: "Report", lead: "A small dataset.", blocks }).includes("<h1>Report</h1>")); // true
 * ```
 */
export function renderPage(page: Page): string {
  checkOptionNames(page, { title: true, lead: true, blocks: true } satisfies OptionNames<Page>, "renderPage");
  const { title, lead, blocks } = page;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="generator" content="${GENERATOR}">
<meta http-equiv="Content-Security-Policy" content="${CONTENT_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
<p class="lead">${escapeHtml(lead)}</p>
${blocks.map((block) => `${renderBlock(block)}\n`).join("")}</main>
</body>
</html>
`;
}

/**
 * Whether a file with this beginning is a page of ours, which a command may replace without asking: renderPage's mark,
 * or how it began its pages until 0.1, which had none.
 */
export function isOurPage(beginning: string): boolean {
  const head = '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n';
  return (
    beginning.startsWith(`${head}<meta name="generator" content="${GENERATOR}">\n`) ||
    beginning.startsWith(`${head}<meta http-equiv="Content-Security-Policy" content="${CONTENT_POLICY}">\n`)
  );
}

/** One part of a page. All texts are plain text; none is read as HTML. */
export type Block =
  | { kind: "paragraph"; text: string }
  | { kind: "heading"; text: string }
  | { kind: "list"; items: readonly string[] }
  | { kind: "table"; table: Table; caption?: string }
  /**
   * `svg`: a whole SVG document, shown as an image, so that nothing in it can run. The caption is also its alternative
   * text.
   */
  | { kind: "figure"; svg: string; caption: string }
  | { kind: "code"; text: string }
  | { kind: "warning"; text: string }
  /** Folded until it is clicked. */
  | { kind: "details"; summary: string; blocks: readonly Block[] };

/** A report on one page. */
export interface Page {
  title: string;
  /** What the reader has to know first, below the title. */
  lead: string;
  blocks: readonly Block[];
}

/** The style sheet of every page. Charts keep their white card in the dark: their colours were chosen on white. */
const PAGE_STYLE = `
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

/** One part of a page as HTML. */
function renderBlock(block: Block): string {
  switch (block.kind) {
    case "paragraph":
      return `<p>${escapeHtml(block.text)}</p>`;
    case "heading":
      return `<h2>${escapeHtml(block.text)}</h2>`;
    case "list":
      return `<ul>${block.items.map((item) => `<li>${escapeHtml(item)}</li>`).join("")}</ul>`;
    case "table":
      return htmlTable(block.table, block.caption);
    case "figure": {
      const caption = escapeHtml(block.caption);
      return `<figure><div class="scroll" tabindex="0"><img alt="${caption}" src="${svgAddress(block.svg)}"></div><figcaption>${caption}</figcaption></figure>`;
    }
    case "code":
      return `<pre tabindex="0"><code>${escapeHtml(block.text)}</code></pre>`;
    case "warning":
      return `<p class="warning"><strong>Warning:</strong> ${escapeHtml(block.text)}</p>`;
    case "details": {
      const blocks = block.blocks.map(renderBlock).join("\n");
      return `<details><summary>${escapeHtml(block.summary)}</summary>\n${blocks}\n</details>`;
    }
  }
}

/**
 * A table as HTML in a box of its own that scrolls sideways.
 *
 * @throws ReportError when a row does not fit the columns.
 */
function htmlTable(table: Table, caption?: string): string {
  checkTable(table);
  const { columns, rows, totalsFrom = rows.length } = table;
  const side = (index: number) => (columns[index]?.align === "right" ? ' class="right"' : "");
  const heads = columns.map(({ head }, index) => `<th scope="col"${side(index)}>${escapeHtml(head)}</th>`);
  const line = (row: Table["rows"][number]) =>
    `<tr>${row.map((cell, index) => `<td${side(index)}>${escapeHtml(cellText(cell))}</td>`).join("")}</tr>`;
  const totals = rows.slice(totalsFrom);
  return [
    "<figure>",
    caption === undefined ? "" : `<figcaption>${escapeHtml(caption)}</figcaption>`,
    `<div class="scroll" tabindex="0"><table><thead><tr>${heads.join("")}</tr></thead>`,
    `<tbody>${rows.slice(0, totalsFrom).map(line).join("\n")}</tbody>`,
    totals.length === 0 ? "" : `<tfoot>${totals.map(line).join("\n")}</tfoot>`,
    "</table></div></figure>",
  ].join("");
}

/** What ends a URL's data, an HTML attribute, or is dropped from a URL. */
const RESERVED = /[%#"<>&\r\n\t]/g;

/** An SVG document as a data: address for a double-quoted attribute; a third of the length that base64 would add. */
function svgAddress(svg: string): string {
  return `data:image/svg+xml;charset=utf-8,${svg.replace(/\p{Cs}/gu, "\uFFFD").replace(RESERVED, encodeURIComponent)}`;
}
