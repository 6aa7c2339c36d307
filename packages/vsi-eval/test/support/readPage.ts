import { type DefaultTreeAdapterTypes, parse } from "parse5";

type Element = DefaultTreeAdapterTypes.Element;

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
  const elements = [...elementsOf(parse(html))];
  const sources = elements
    .filter(({ tagName }) => tagName === "img")
    .map(({ attrs }) => attrs.find(({ name }) => name === "src")!.value);
  return {
    tags: elements.map(({ tagName }) => tagName),
    textsOf: (tag) => elements.filter(({ tagName }) => tagName === tag).map(textOf),
    figures: sources.map((source) => decodeURIComponent(source.slice(source.indexOf(",") + 1))),
  };
}

function* elementsOf(node: DefaultTreeAdapterTypes.Node): Generator<Element> {
  if ("tagName" in node) yield node;
  for (const child of "childNodes" in node ? node.childNodes : []) yield* elementsOf(child);
}

function textOf(node: DefaultTreeAdapterTypes.Node): string {
  if (node.nodeName === "#text") return (node as DefaultTreeAdapterTypes.TextNode).value;
  return "childNodes" in node ? node.childNodes.map(textOf).join("") : "";
}
