import { createHash } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { attribute, readPage, textOf, textsOf } from "@vsi/testing/readMarkup";
import fc from "fast-check";
import { type Block, isOurPage, renderPage } from "../src/page.ts";
import { nastyText } from "./support/nastyText.ts";

/** A page with each kind of block, all texts the same. */
function pageOf(text: string) {
  const table = { columns: [{ head: text }], rows: [[text], [text]], totalsFrom: 1 };
  const blocks: Block[] = [
    { kind: "paragraph", text },
    { kind: "heading", text },
    { kind: "list", items: [text, text] },
    { kind: "table", table, caption: text },
    { kind: "figure", svg: `<svg xmlns="http://www.w3.org/2000/svg"><text>${text}</text></svg>`, caption: text },
    {
      kind: "chart",
      chart: { kind: "bars", title: text, categories: [text], values: [1], xTitle: text },
      caption: text,
    },
    { kind: "code", text },
    { kind: "warning", text },
  ];
  return { title: text, lead: text, blocks: [...blocks, { kind: "details", summary: text, blocks } as Block] };
}

test("whatever the text, a parser finds it whole in every place and no element but ours", () => {
  // A chart breaks its title into as many lines as it needs.
  const namesOf = ({ elements }: ReturnType<typeof readPage>) =>
    elements.map(({ tagName }) => tagName).filter((name) => name !== "text");
  const plain = namesOf(readPage(renderPage(pageOf("plain"))));
  fc.assert(
    fc.property(nastyText, (text) => {
      const page = readPage(renderPage(pageOf(text)));
      expect(namesOf(page)).toEqual(plain);
      const readable = text.replace(/[\0\p{Cs}]/gu, "\uFFFD");
      expect(new Set(textsOf(page, "title").slice(0, 1))).toEqual(new Set([readable]));
      for (const place of ["h1", "h2", "li", "th", "td", "figcaption", "code", "summary"]) {
        expect(new Set(textsOf(page, place))).toEqual(new Set([readable]));
      }
      expect(textsOf(page, "p")).toContain(`Warning: ${readable}`);
    }),
  );
});

describe("the page", () => {
  const page = readPage(renderPage(pageOf("text")));

  test("is HTML that a parser has nothing against, and the same bytes each time", () => {
    expect(page.errors).toEqual([]);
    expect(renderPage(pageOf("text"))).toBe(renderPage(pageOf("text")));
  });

  test("loads nothing, and runs its own script alone, which its policy names by hash, as its style", () => {
    const policy = page.elements.find((element) => attribute(element, "http-equiv") === "Content-Security-Policy");
    const hashOf = (name: string) => {
      const [text, ...others] = textsOf(page, name);
      expect(others).toEqual([]);
      return `'sha256-${createHash("sha256").update(text!).digest("base64")}'`;
    };
    expect(attribute(policy!, "content")).toBe(
      `default-src 'none'; style-src ${hashOf("style")}; script-src ${hashOf("script")}; img-src data:`,
    );
    for (const { tagName, attrs } of page.elements) {
      for (const { name, value } of attrs) {
        expect(name).not.toMatch(/^on|^style$/);
        if (name === "src" || name === "href") expect(value).toMatch(/^data:/);
        if (tagName === "script") throw new Error(`a script with ${name}`);
      }
    }
    expect(textsOf(page, "style").join()).not.toMatch(/url\(|@import/);
  });

  test("sets totals apart and describes figures", () => {
    expect(textsOf(page, "tfoot")).toEqual(["text", "text"]);
    const images = page.elements.filter(({ tagName }) => tagName === "img");
    expect(images.map((image) => attribute(image, "alt"))).toEqual(["text", "text"]);
  });

  test("neighbouring figures stand beside each other, a lone one does not", () => {
    const figure = { kind: "figure", svg: "<svg/>", caption: "c" } as const;
    const gridsOf = (blocks: readonly Block[]) =>
      renderPage({ title: "", lead: "", blocks }).match(/<div class="figures">(<figure>.*<\/figure>\n?)+<\/div>/g);
    expect(gridsOf([figure, { kind: "heading", text: "h" }, figure])).toBeNull();
    expect(gridsOf([figure, figure, { kind: "heading", text: "h" }, figure])).toHaveLength(1);
  });

  test("an image's address gives the SVG back", () => {
    fc.assert(
      fc.property(nastyText, (text) => {
        const svg = `<svg>${text.replace(/\p{Cs}/gu, "\uFFFD").replaceAll("\0", "")}</svg>`;
        const { elements } = readPage(
          renderPage({ title: "", lead: "", blocks: [{ kind: "figure", svg, caption: "" }] }),
        );
        const image = elements.find(({ tagName }) => tagName === "img");
        const data = new URL(attribute(image!, "src")!).href.replace(/^data:image\/svg\+xml;charset=utf-8,/, "");
        expect(decodeURIComponent(data)).toBe(svg);
      }),
    );
  });
});

test("a page without blocks", () => {
  const page = readPage(renderPage({ title: "", lead: "", blocks: [] }));
  expect(page.errors).toEqual([]);
  expect(page.elements.filter(({ tagName }) => tagName === "main").map(textOf)).toEqual(["\n\n\n"]);
});

describe("blocks beside each other", () => {
  const chart = { kind: "bars", title: "t", categories: ["a"], values: [1], xTitle: "n" } as const;
  const charts: Block[] = ["one", "two", "three"].map((caption) => ({ kind: "chart", chart, caption }));
  const table: Block = { kind: "table", table: { columns: [{ head: "h" }], rows: [["x"]] } };
  const classesOf = (blocks: Block[]) =>
    readPage(renderPage({ title: "", lead: "", blocks })).elements.flatMap(
      (element) => (element.tagName === "div" ? attribute(element, "class") : undefined) ?? [],
    );

  test("charts that follow each other share a grid, tables stand beside a single chart", () => {
    expect(classesOf(charts)).toEqual(["charts"]);
    expect(classesOf([...charts.slice(1), table, ...charts])).toEqual(["charts", "vsi-table", "charts"]);
    expect(classesOf([charts[0]!, table, table, charts[1]!])).toEqual([
      "beside",
      "charts",
      "tables",
      "vsi-table",
      "vsi-table",
      "charts",
    ]);
  });

  test("every block stands on the page once, in its order, whatever its neighbours", () => {
    const kinds = { chart: charts[0]!, table, heading: { kind: "heading", text: "h2" } as Block };
    const sequence = fc.array(fc.constantFrom(...(Object.keys(kinds) as (keyof typeof kinds)[])), { maxLength: 12 });
    fc.assert(
      fc.property(sequence, (names) => {
        const { elements } = readPage(renderPage({ title: "", lead: "", blocks: names.map((name) => kinds[name]) }));
        const found = elements.flatMap(({ tagName }) =>
          tagName === "svg" ? ["chart"] : tagName === "table" ? ["table"] : tagName === "h2" ? ["heading"] : [],
        );
        expect(found).toEqual(names);
      }),
    );
  });

  test("a matrix wider than its column has a row and a box that scrolls for itself", () => {
    const names = Array.from({ length: 18 }, (_, index) => `n${index}`);
    const counts = names.map(() => names.map(() => 1_000));
    const wide = {
      kind: "confusion",
      title: "t",
      rows: names,
      columns: names,
      counts,
      rowTitle: "r",
      columnTitle: "c",
    };
    expect(classesOf([{ kind: "chart", chart: wide as never, caption: "" }])).toEqual(["charts", "scroll"]);
  });
});

test("a page of ours is known by its mark, also one that 0.1 wrote", () => {
  const page = renderPage({ title: "", lead: "", blocks: [] });
  expect(isOurPage(page)).toBe(true);
  const earlier = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">`;
  expect(isOurPage(`<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n${earlier}\n`)).toBe(true);
  expect(isOurPage("<!doctype html>\n<html>")).toBe(false);
});

test("regression: a block of a misspelt kind was left out without a word", () => {
  const blocks = [
    { kind: "paragraph", text: "a" },
    { kind: "tabel", table: [] },
  ] as unknown as Block[];
  expect(() => renderPage({ title: "t", lead: "l", blocks })).toThrow('blocks[1].kind: got "tabel", expected one of');
});
