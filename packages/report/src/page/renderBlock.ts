import { escapeHtml } from "../text/escapeHtml.ts";
import { htmlTable } from "./htmlTable.ts";
import type { Block } from "./page.ts";
import { svgAddress } from "./svgAddress.ts";

/** One part of a page as HTML. */
export function renderBlock(block: Block): string {
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
