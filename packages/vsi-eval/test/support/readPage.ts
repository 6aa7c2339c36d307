import { attribute, readPage as readMarkup, textsOf } from "@vsi/testing/readMarkup";

/** What an HTML parser makes of a page. */
export interface ReadPage {
  tags: string[];
  /** The text of each element of a tag. */
  textsOf: (tag: string) => string[];
  /** The SVG documents that are shown as images. */
  figures: string[];
}

/** Reads a page with a parser that knows nothing of how it was written. */
export function readPage(html: string): ReadPage {
  const page = readMarkup(html);
  const images = page.elements.filter(({ tagName }) => tagName === "img");
  const sources = images.map((image) => attribute(image, "src") ?? "");
  return {
    tags: page.elements.map(({ tagName }) => tagName),
    textsOf: (tag) => textsOf(page, tag),
    figures: sources.map((source) => decodeURIComponent(source.slice(source.indexOf(",") + 1))),
  };
}
