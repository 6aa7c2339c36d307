import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { type Block, renderPage } from "../src/page.ts";
import { LEAST_FILTERED } from "../src/parts/table.tsx";

/** Debian's; elsewhere these tests are left out. */
const CHROMIUM = "/usr/bin/chromium";

const FOLDER = temporaryFolder();

const NAMES = Array.from({ length: LEAST_FILTERED }, (_, index) => `object_${index}`);

const BLOCKS: Block[] = [
  {
    kind: "chart",
    chart: { kind: "bars", title: "Counts", categories: ["<b>left</b>", "right"], values: [3, 5], xTitle: "questions" },
    caption: "c",
  },
  { kind: "heading", text: "Table" },
  {
    kind: "table",
    table: {
      columns: [{ head: "name" }, { head: "score (95 %)", align: "right" }],
      rows: [
        ...NAMES.map((name, index) => [name, index === 0 ? null : `${(7 * index) % 20}.5 (1 to 9)`]),
        ["all", "1"],
      ],
      totalsFrom: NAMES.length,
    },
  },
];

const withChromium = existsSync(CHROMIUM) ? describe : describe.skip;

withChromium("in Chromium", () => {
  let browser: Browser;
  const file = join(FOLDER, "report.html");

  beforeAll(async () => {
    await writeFile(file, renderPage({ title: "Report", lead: "l", blocks: BLOCKS }));
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
  });
  afterAll(async () => {
    await browser?.close();
  });

  /** The page, and what it complains of: a breach of its policy is an error on the console. */
  async function open(options: BrowserContextOptions = {}): Promise<{ page: Page; complaints: string[] }> {
    const context = await browser.newContext({ viewport: { width: 400, height: 800 }, ...options });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    await page.goto(pathToFileURL(file).href);
    return { page, complaints };
  }

  const column = (page: Page, index: number) => page.locator(`tbody tr:visible td:nth-child(${index})`).allInnerTexts();

  test("a head sorts by the first number up, down and back; empty cells stay last, totals below", async () => {
    const { page, complaints } = await open();
    const before = await column(page, 2);
    const head = page.getByRole("button", { name: "score (95 %)" });
    await head.click();
    const up = (await column(page, 2)).map((text) =>
      text === "–" ? Number.POSITIVE_INFINITY : Number.parseFloat(text),
    );
    expect(up).toEqual([...up].sort((a, b) => a - b));
    expect(await page.locator("th[aria-sort=ascending]").count()).toBe(1);
    await head.press("Enter");
    const down = await column(page, 2);
    expect(down[0]).toBe("19.5 (1 to 9)");
    expect(down.at(-1)).toBe("–");
    await head.click();
    expect(await column(page, 2)).toEqual(before);
    expect(await page.locator("tfoot td").allInnerTexts()).toEqual(["all", "1"]);
    expect(complaints).toEqual([]);
  });

  test("the field filters by every word, and says how many rows are left", async () => {
    const { page } = await open();
    await page.getByRole("searchbox", { name: "Filter rows" }).fill("OBJECT_1 7.5");
    expect(await column(page, 1)).toEqual(["object_1", "object_11"]);
    expect(await page.locator(".vsi-filter span").innerText()).toBe(`2 of ${NAMES.length} rows`);
  });

  test("a pointer over a bar shows its name and number as text", async () => {
    const { page, complaints } = await open();
    await page.locator(".bars rect").first().hover();
    expect(await page.locator(".tip").innerText()).toBe("<b>left</b>: 3");
    await page.locator("h1").hover();
    expect(await page.locator(".tip").isVisible()).toBe(false);
    expect(complaints).toEqual([]);
  });

  test("without script everything is there, and marks name themselves", async () => {
    const { page } = await open({ javaScriptEnabled: false });
    expect(await page.locator("tbody tr").count()).toBe(NAMES.length);
    expect(await page.locator(".bars rect title").first().innerHTML()).toContain("left");
    expect(await page.locator("button, input").count()).toBe(0);
  });

  test.each([400, 1280])("nothing is wider than a window of %d pixels, and no text smaller than 11", async (width) => {
    const { page } = await open({ viewport: { width, height: 800 } });
    const measured = await page.evaluate(() => {
      const texts = [...document.querySelectorAll<SVGTextElement>(".vsi-chart text")];
      const scales = texts.map((text) => text.getScreenCTM()?.a ?? 0);
      return {
        pageWidth: document.documentElement.scrollWidth,
        smallest: Math.min(
          ...texts.map((text, index) => (scales[index] ?? 0) * Number.parseFloat(getComputedStyle(text).fontSize)),
        ),
      };
    });
    expect(measured.pageWidth).toBe(width);
    expect(measured.smallest).toBeGreaterThanOrEqual(11);
  });

  test("in the dark the ground of the page and of charts is dark, their text light", async () => {
    const { page } = await open({ colorScheme: "dark" });
    const colours = await page.evaluate(() => [
      getComputedStyle(document.body).backgroundColor,
      getComputedStyle(document.querySelector(".vsi-chart .ground") as Element).fill,
      getComputedStyle(document.querySelector(".vsi-chart text") as Element).fill,
    ]);
    expect(colours).toEqual(["rgb(20, 23, 27)", "rgb(20, 23, 27)", "rgb(230, 232, 236)"]);
  });
});
