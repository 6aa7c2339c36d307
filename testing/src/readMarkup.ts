import { type DefaultTreeAdapterTypes, parse, parseFragment } from "parse5";

type Node = DefaultTreeAdapterTypes.ChildNode;
export type Element = DefaultTreeAdapterTypes.Element;

/** What an HTML parser of its own makes of a page or of an SVG document: elements in order, and what it objected to. */
export interface Markup {
  elements: Element[];
  errors: string[];
}

export function readPage(html: string): Markup {
  const errors: string[] = [];
  return { elements: below(parse(html, { onParseError: ({ code }) => errors.push(code) }).childNodes), errors };
}

export function readSvg(svg: string): Markup {
  const errors: string[] = [];
  const fragment = parseFragment(svg, { onParseError: ({ code }) => errors.push(code) });
  return { elements: below(fragment.childNodes), errors };
}

/** All text in an element. */
export function textOf(node: Node): string {
  if (node.nodeName === "#text") return (node as DefaultTreeAdapterTypes.TextNode).value;
  return "childNodes" in node ? node.childNodes.map(textOf).join("") : "";
}

export function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((one) => one.name === name)?.value;
}

/** The texts of all elements of one name. */
export function textsOf({ elements }: Markup, name: string): string[] {
  return elements.filter(({ tagName }) => tagName === name).map(textOf);
}

/** The lines of text that a chart shows. */
export function linesOf(markup: Markup): string[] {
  return textsOf(markup, "text");
}

/** All elements in a chart's groups of this class. */
export function marksOf({ elements }: Markup, group: string): Element[] {
  return elements
    .filter((element) => attribute(element, "class")?.split(" ").includes(group))
    .flatMap((element) => below(element.childNodes));
}

function below(nodes: readonly Node[]): Element[] {
  return nodes.flatMap((node) => ("tagName" in node ? [node, ...below((node as Element).childNodes)] : []));
}
