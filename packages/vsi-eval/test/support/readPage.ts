import { readPage as readMarkup, textOf, textsOf } from "@vsi/testing/readMarkup";

/** What an HTML parser makes of a page. */
export interface ReadPage {
  tags: string[];
  /** The text of each element of a tag. */
  textsOf: (tag: string) => string[];
  /** The texts of each chart. */
  figures: string[];
}

/** Reads a page with a parser that knows nothing of how it was written. */
export function readPage(html: string): ReadPage {
  const page = readMarkup(html);
  const charts = page.elements.filter(({ tagName }) => tagName === "svg");
  return {
    tags: page.elements.map(({ tagName }) => tagName),
    textsOf: (tag) => textsOf(page, tag),
    figures: charts.map(textOf),
  };
}
