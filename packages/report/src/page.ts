import { at, checkRecord, fields, listOf, type OptionKinds, oneOf, sha256, TEXT } from "@vsi/dataset/internal";
import { type Cell, type Column, cellText, checkTable, sortKey, type Table, toneOf } from "./cells.ts";
import { type Chart, chartMarkup } from "./charts.tsx";
import { PAGE_SCRIPT } from "./pageScript.ts";
import { CHART_STYLE, FONT, PALETTE_STYLE, TABLE_STYLE } from "./parts/style.ts";
import { escapeHtml } from "./text.ts";

/** The policy of pages until 0.1. */
const EARLIER_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** What made the page, as HTML's own meta names it. */
const GENERATOR = "VSI toolkit, @vsi/report";

const BLOCK_KINDS: readonly Block["kind"][] = [
  "paragraph",
  "heading",
  "list",
  "table",
  "chart",
  "figure",
  "code",
  "warning",
  "details",
];

const PAGE_FIELDS: OptionKinds<Page> = {
  title: TEXT,
  lead: TEXT,
  blocks: listOf(fields({ kind: oneOf(BLOCK_KINDS) }), "a list of blocks with kind"),
};

/**
 * The page as one HTML file: no address outside itself, every text escaped; light and dark, for phones and for print.
 * Tables sort and filter and charts show their numbers by a script of ours, the only one that the page's policy lets
 * run; without it everything is readable. The same page gives the same bytes.
 *
 * @throws ReportError "length-mismatch" for a table whose rows do not fit.
 *
 * @example
 * ```js
 * import { renderPage } from "@vsi/report";
 *
 * const chart = { kind: "bars", title: "Questions", categories: ["counting", "size"], values: [12, 30], xTitle: "questions" };
 * const blocks = [{ kind: "paragraph", text: "Two types." }, { kind: "chart", chart, caption: "Questions by type" }];
 * console.log(renderPage({ title: "Report", lead: "A small dataset.", blocks }).includes("<h1>Report</h1>")); // true
 * ```
 */
export function renderPage(page: Page): string {
  checkRecord(page, PAGE_FIELDS, "renderPage");
  const { title, lead, blocks } = page;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="generator" content="${GENERATOR}">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
<p class="lead">${escapeHtml(lead)}</p>
${renderBlocks(blocks)}</main>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
}

/** Nothing is loaded, and nothing runs but the page's own script, even if an escape were forgotten. */
function contentPolicy(): string {
  return `default-src 'none'; style-src '${hashOf(PAGE_STYLE)}'; script-src '${hashOf(PAGE_SCRIPT)}'; img-src data:`;
}

/** A source of this hash in a content policy. */
function hashOf(text: string): string {
  return `sha256-${btoa(String.fromCharCode(...sha256(text)))}`;
}

/**
 * Whether a file with this beginning is a page of ours, which a command may replace without asking: renderPage's mark,
 * or how it began its pages until 0.1, which had none.
 */
export function isOurPage(beginning: string): boolean {
  const head = '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n';
  return (
    beginning.startsWith(`${head}<meta name="generator" content="${GENERATOR}">\n`) ||
    beginning.startsWith(`${head}<meta http-equiv="Content-Security-Policy" content="${EARLIER_POLICY}">\n`)
  );
}

/** One part of a page. All texts are plain text; none is read as HTML. */
export type Block =
  | { kind: "paragraph"; text: string }
  | { kind: "heading"; text: string }
  | { kind: "list"; items: readonly string[] }
  | { kind: "table"; table: Table; caption?: string }
  /** A chart that shows its numbers when pointed at. Neighbouring charts stand beside each other. */
  | { kind: "chart"; chart: Chart; caption: string }
  /**
   * `svg`: a whole SVG document, shown as an image, so that nothing in it can run. The caption is also its alternative
   * text. Neighbouring figures stand beside each other.
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

/**
 * The style sheet of every page: text in a column that is easy to read, charts in as many columns as there is room for,
 * tables in boxes of their own that scroll.
 */
const PAGE_STYLE = `${PALETTE_STYLE}${CHART_STYLE}${TABLE_STYLE}
:root { color-scheme: light dark; --alarm-ground: #fff4e0; }
@media screen and (prefers-color-scheme: dark) { :root { --alarm-ground: #33260f; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--vsi-ground); color: var(--vsi-ink); font: 16px/1.55 ${FONT}; }
main { max-width: 78rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; overflow-wrap: anywhere; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 2.25rem 0 .75rem; padding-top: .75rem; border-top: 1px solid var(--vsi-line); }
h1, p, ul { max-width: 46rem; }
p, ul, figure, pre, details { margin: 0 0 1rem; }
.lead { font-size: 1.1rem; color: var(--vsi-soft); }
p, li, code { white-space: pre-wrap; }
figcaption { font-size: .875rem; line-height: 1.4; color: var(--vsi-soft); margin: .35rem 0; max-width: 46rem; }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(22rem, 100%), 1fr)); gap: 1rem; align-items: start; margin: 0 0 1rem; }
.charts > figure { margin: 0; min-width: 0; max-width: 28rem; border: 1px solid var(--vsi-line); border-radius: 8px; overflow: hidden; }
.charts > figure figcaption { padding: .4rem .75rem .6rem; margin: 0; border-top: 1px solid var(--vsi-line); }
.beside { display: flex; flex-wrap: wrap; gap: 1rem 2rem; align-items: start; }
.beside > .charts { flex: 1 1 22rem; max-width: 28rem; grid-template-columns: 1fr; }
.beside > .tables { flex: 1 1 34rem; min-width: min(34rem, 100%); max-width: 100%; }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(22rem, 100%), 1fr)); gap: 1rem; align-items: start; }
.charts > .wide { grid-column: 1 / -1; max-width: none; }
.vsi-chart { display: block; width: 100%; height: auto; }
.vsi-chart.wide { width: auto; max-width: none; }
.scroll { overflow-x: auto; }
img { display: block; max-width: 100%; height: auto; border-radius: 6px; }
pre { background: var(--vsi-card); border-radius: 6px; padding: .75rem 1rem; overflow-x: auto; font-size: .85rem; line-height: 1.45; }
pre code { white-space: pre; font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
.warning { background: var(--alarm-ground); color: var(--vsi-warn); border-left: 4px solid currentColor; padding: .5rem .9rem; }
details { border: 1px solid var(--vsi-line); border-radius: 8px; padding: .5rem .9rem; }
details[open] > summary { margin-bottom: .75rem; }
summary { cursor: pointer; font-weight: 600; }
.tip { position: fixed; z-index: 1; max-width: 20rem; padding: .35rem .6rem; border-radius: 6px; background: var(--vsi-ink);
  color: var(--vsi-ground); font-size: .85rem; line-height: 1.4; white-space: pre-line; pointer-events: none; }
@media print {
  :root { color-scheme: light; }
  main { max-width: none; padding: 0; }
  .scroll, .vsi-table { overflow: visible; }
  .vsi-filter { display: none; }
  figure, tr, .warning { break-inside: avoid; }
  h2 { break-after: avoid; }
  pre code { white-space: pre-wrap; }
  details::details-content { content-visibility: visible; height: auto; }
}
`;

/**
 * Blocks one after the other; charts that follow each other share a grid, and so do figures; tables that follow a single
 * chart stand beside it where there is room.
 */
function renderBlocks(blocks: readonly Block[]): string {
  const left = [...blocks];
  const parts: string[] = [];
  while (left.length > 0) {
    const charts = takeFirst(left, "chart").map(({ chart, caption }) => chartFigure(chart, caption));
    const grid = `<div class="charts">${charts.join("\n")}</div>\n`;
    const tables = takeFirst(left, "table").map(({ table, caption }) => htmlTable(table, caption));
    if (charts.length === 1 && tables.length > 0) {
      parts.push(`<div class="beside">${grid}<div class="tables">${tables.join("\n")}</div></div>\n`);
    } else {
      if (charts.length > 0) parts.push(grid);
      parts.push(...tables.map((table) => `${table}\n`));
    }
    const figures = takeFirst(left, "figure").map(figureHtml);
    if (figures.length > 1) parts.push(`<div class="figures">${figures.join("\n")}</div>\n`);
    else parts.push(...figures.map((figure) => `${figure}\n`));
    const [block] = left;
    if (block !== undefined && block.kind !== "chart" && block.kind !== "table" && block.kind !== "figure") {
      parts.push(`${renderBlock(block)}\n`);
      left.shift();
    }
  }
  return parts.join("");
}

type BlockOf<Kind extends Block["kind"]> = Extract<Block, { kind: Kind }>;

/** Removes the blocks of one kind that the list begins with, and returns them. */
function takeFirst<Kind extends Block["kind"]>(blocks: Block[], kind: Kind): BlockOf<Kind>[] {
  const end = blocks.findIndex((block) => block.kind !== kind);
  return blocks.splice(0, end === -1 ? blocks.length : end) as BlockOf<Kind>[];
}

function chartFigure(chart: Chart, caption: string): string {
  const markup = chartMarkup(chart);
  const text = `<figcaption>${escapeHtml(caption)}</figcaption>`;
  if (!markup.startsWith('<svg class="vsi-chart wide"')) return `<figure>${markup}${text}</figure>`;
  return `<figure class="wide"><div class="scroll" tabindex="0">${markup}</div>${text}</figure>`;
}

function figureHtml({ svg, caption: text }: BlockOf<"figure">): string {
  const caption = escapeHtml(text);
  return `<figure><img alt="${caption}" src="${svgAddress(svg)}"><figcaption>${caption}</figcaption></figure>`;
}

/** One part of a page as HTML. */
function renderBlock(block: Exclude<Block, { kind: "chart" | "table" | "figure" }>): string {
  switch (block.kind) {
    case "paragraph":
      return `<p>${escapeHtml(block.text)}</p>`;
    case "heading":
      return `<h2>${escapeHtml(block.text)}</h2>`;
    case "list":
      return `<ul>${block.items.map((item) => `<li>${escapeHtml(item)}</li>`).join("")}</ul>`;
    case "code":
      return `<pre tabindex="0"><code>${escapeHtml(block.text)}</code></pre>`;
    case "warning":
      return `<p class="warning"><strong>Warning:</strong> ${escapeHtml(block.text)}</p>`;
    case "details": {
      return `<details><summary>${escapeHtml(block.summary)}</summary>\n${renderBlocks(block.blocks)}</details>`;
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
  const side = ({ align }: Column) => (align === "right" ? ' class="right"' : "");
  const heads = columns.map((column) => `<th scope="col"${side(column)}>${escapeHtml(column.head)}</th>`);
  const line = (row: readonly Cell[]) =>
    `<tr>${row.map((cell, index) => htmlCell(cell, at(columns, index))).join("")}</tr>`;
  const totals = rows.slice(totalsFrom);
  return [
    "<figure>",
    caption === undefined ? "" : `<figcaption>${escapeHtml(caption)}</figcaption>`,
    `<div class="vsi-table" tabindex="0"><table><thead><tr>${heads.join("")}</tr></thead>`,
    `<tbody>${rows.slice(0, totalsFrom).map(line).join("\n")}</tbody>`,
    totals.length === 0 ? "" : `<tfoot>${totals.map(line).join("\n")}</tfoot>`,
    "</table></div></figure>",
  ].join("");
}

/** Characters from which on a cell keeps a width: sentences in a column of single words are long columns. */
const LONG_TEXT = 60;

/** A cell with what it is sorted by, where that is not its text, and its tone. */
function htmlCell(cell: Cell, column: Column): string {
  const key = sortKey(cell, column);
  const isLong = typeof cell === "string" && cell.length > LONG_TEXT;
  const attributes = [
    ...(column.align === "right" ? [' class="right"'] : isLong ? [' class="long"'] : []),
    ...(typeof key === "number" && !Number.isNaN(key) ? [` data-sort="${key}"`] : []),
  ].join("");
  const text = escapeHtml(cellText(cell));
  const tone = toneOf(cell, column);
  return `<td${attributes}>${tone === undefined ? text : `<span class="vsi-tone ${tone}">${text}</span>`}</td>`;
}

/** What ends a URL's data, an HTML attribute, or is dropped from a URL. */
const RESERVED = /[%#"<>&\r\n\t]/g;

/** An SVG document as a data: address for a double-quoted attribute; a third of the length that base64 would add. */
function svgAddress(svg: string): string {
  return `data:image/svg+xml;charset=utf-8,${svg.replace(/\p{Cs}/gu, "\uFFFD").replace(RESERVED, encodeURIComponent)}`;
}
