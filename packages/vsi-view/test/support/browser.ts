import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { afterAll, beforeAll, describe } from "@jest/globals";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";

/** Debian's, as .ci/run installs it, or the one that a developer names. */
const CHROMIUM = [process.env.VSI_CHROMIUM, "/usr/bin/chromium"].find((path) => path !== undefined && existsSync(path));

/** Without a graphics card, WebGL is drawn by the processor. */
const ARGUMENTS = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"];

/** Tests in a browser; where there is none, they are skipped, and said to be. */
export function describeInChromium(name: string, tests: () => void): void {
  if (CHROMIUM === undefined) {
    console.warn(`${name}: skipped, there is no /usr/bin/chromium and VSI_CHROMIUM names none`);
    describe.skip(name, tests);
  } else {
    describe(name, tests);
  }
}

/** A page that notes all that goes wrong in it. */
export interface WatchedPage {
  page: Page;
  /** Errors of scripts, lines of the console, failed answers, requests to other than `home`; none is as it should be. */
  problems: string[];
}

export interface PageOptions {
  width?: number;
  height?: number;
  colorScheme?: "light" | "dark";
  /** Runs before the page's own script. */
  before?: string;
}

/** One browser for a describe block; pages are closed with it. */
export function inChromium(): (home: () => string, options?: PageOptions) => Promise<WatchedPage> {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM ?? "", args: ARGUMENTS });
  });
  afterAll(() => browser?.close());
  return async (home, { width = 1280, height = 800, colorScheme = "light", before } = {}) => {
    const page = await browser.newPage({ viewport: { width, height }, colorScheme });
    if (before !== undefined) await page.addInitScript(before);
    const problems: string[] = [];
    page.on("pageerror", (error) => problems.push(`script: ${error.message}`));
    // Drivers tell how slow reading a pixel is; that is no error of ours.
    page.on("console", (line) => line.type() === "error" && problems.push(`console: ${line.text()}`));
    page.on("dialog", (dialog) => {
      problems.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(home()) && !/^(data|blob):/.test(url)) problems.push(`request: ${url}`);
    });
    page.on("response", (response) => {
      if (response.status() >= 400) problems.push(`answer: ${response.status()} ${response.url()}`);
    });
    return { page, problems };
  };
}

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe-core finds serious or critical in a page as it stands: a rule and the first elements that break it. */
export async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const results = (await page.evaluate("axe.run(document)")) as {
    violations: { id: string; impact: string; nodes: { html: string }[] }[];
  };
  return results.violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 2).map(({ html }) => html)}`);
}

/** Whether an image is there and can be shown. */
export function isImageThere(image: Locator): Promise<boolean> {
  return image.evaluate((element: unknown) => {
    const { decode, naturalWidth } = element as { decode(): Promise<void>; naturalWidth: number };
    return decode.call(element).then(() => naturalWidth > 0);
  });
}
