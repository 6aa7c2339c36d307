import { escapeHtml } from "../text/escapeHtml.ts";
import type { Page } from "./page.ts";
import { PAGE_STYLE } from "./pageStyle.ts";
import { renderBlock } from "./renderBlock.ts";

/** Nothing is loaded and nothing runs, even if an escape were forgotten. */
const CONTENT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/**
 * The page as one HTML file: no script, no address outside itself, every text escaped; light and dark, for phones and
 * for print. The same page gives the same bytes. Throws ReportError "length-mismatch" for a table whose rows do not
 * fit.
 */
export function renderPage({ title, lead, blocks }: Page): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
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
