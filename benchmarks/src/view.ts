import { existsSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { median } from "@vsi/dataset/internal";
import { writeRawScanNet } from "@vsi/synth/node";
import { type Browser, chromium, type Page } from "playwright-core";
import { serveView } from "vsi-view";
import type { Measurement, ResultTable } from "./harness/measurement.ts";
import { runBuildCommand } from "./harness/processes.ts";
import { threeDigits } from "./harness/ratio.ts";
import { REAL_SIZE } from "./harness/rooms.ts";

const CHROMIUM = process.env.VSI_CHROMIUM ?? "/usr/bin/chromium";

/** Without a graphics card, as on the machines that this runs on: WebGL is drawn by the processor. */
const ARGUMENTS = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"];

/** A scan of real size, and the largest that one meets. */
const SIZES = [REAL_SIZE, 1_000_000];

const VISITS = 3;

/** What vsi-view feels like: until a room is seen, filtering and scrolling a long list, and how much is loaded. */
export const measurement: Measurement = {
  summary:
    "vsi-view in Chromium: the first picture of a room, filtering and scrolling 100,000 questions, bytes of the page",
  byDefault: false,
  flags: { questions: { value: 100_000, help: "questions in the list" } },
  async measure({ folder, flags, say }) {
    const tables = [await bundleTable()];
    if (!existsSync(CHROMIUM)) {
      say(`skipped but for the bundle: ${CHROMIUM} is not there, and VSI_CHROMIUM names no other`);
      return tables;
    }
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
    try {
      const pictures: string[][] = [];
      for (const vertices of SIZES) {
        say(`a room of ${vertices} vertices`);
        const { raw, dataset } = await makeDataset(join(folder, String(vertices)), 1, vertices);
        pictures.push([String(vertices), ...(await firstPictures(browser, raw, dataset))]);
      }
      tables.unshift({
        title: "The first picture of a room in vsi-view",
        columns: ["vertices", "boxes s", "mesh s", "s"],
        rows: pictures,
        notes: [
          `From the address being entered to the frame that shows it: the boxes, and the mesh with its colours; median and range of the latter over ${VISITS} visits. Meshes are read anew each time; WebGL is drawn by the processor.`,
        ],
      });
      say(`a list of ${flags.questions} questions`);
      tables.unshift(await listTable(browser, folder, Number(flags.questions)));
    } finally {
      await browser.close();
    }
    return tables;
  },
};

/** A dataset of sample rooms, without frames. */
async function makeDataset(folder: string, rooms: number, vertexCount: number) {
  const raw = join(folder, "raw");
  await writeRawScanNet(raw, { rooms, seed: 1, vertexCount });
  await runBuildCommand({ raw, folder, workers: "1", scans: rooms });
  const built = (await readdir(folder)).find((name) => name.startsWith("build-"));
  return { raw, dataset: join(folder, built ?? "", "vsi-100k") };
}

/**
 * Resolves once what is there now has been drawn; with the milliseconds since the page was asked for. Three frames: Preact
 * runs effects after the first, which ask for the second to draw the room.
 */
const DRAWN = `new Promise((done) => {
  const after = (frames) => (frames === 0 ? done(performance.now()) : requestAnimationFrame(() => after(frames - 1)));
  after(3);
})`;

async function firstPictures(browser: Browser, scannet: string, folder: string): Promise<string[]> {
  const served = await serveView({ folder, scannet });
  const boxes: number[] = [];
  const meshes: number[] = [];
  try {
    const [scene] = await readdir(join(folder, "scenes"));
    for (let visit = 0; visit < VISITS; visit += 1) {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      await page.goto(`${served.url}#/scenes/${scene?.replace(/\.json$/, "")}`);
      await page.locator(".room-view[data-ready]").waitFor();
      boxes.push((await page.evaluate(DRAWN)) as number);
      await page.getByLabel("Mesh").waitFor();
      meshes.push((await page.evaluate(DRAWN)) as number);
      await page.close();
    }
  } finally {
    await served.close();
  }
  const seconds = (times: readonly number[]) => threeDigits(median(times) / 1000);
  return [
    seconds(boxes),
    seconds(meshes),
    `${threeDigits(Math.min(...meshes) / 1000)} to ${threeDigits(Math.max(...meshes) / 1000)}`,
  ];
}

/** Chooses each type in turn, then types a word: milliseconds from each until the list is drawn. */
const FILTERS = `(async () => {
  const drawn = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const time = async (act) => {
    const start = performance.now();
    act();
    await drawn();
    return performance.now() - start;
  };
  const select = document.querySelector('select[aria-label="Type"]');
  const choose = (value) => { select.value = value; select.dispatchEvent(new Event("change", { bubbles: true })); };
  const types = [];
  for (const { value } of [...select.options]) types.push(await time(() => choose(value)));
  choose("");
  await drawn();
  const search = document.getElementById("search");
  const letters = [];
  for (let end = 1; end <= "distance between".length; end += 1) {
    letters.push(await time(() => {
      search.value = "distance between".slice(0, end);
      search.dispatchEvent(new Event("input", { bubbles: true }));
    }));
  }
  search.value = "";
  search.dispatchEvent(new Event("input", { bubbles: true }));
  await drawn();
  return { types, letters };
})()`;

const SCROLLED_FRAMES = 240;

/** Scrolls most of a screen a frame: frames a second, and the longest time between two. */
const SCROLL = `new Promise((done) => {
  const list = document.querySelector(".list");
  const times = [];
  const step = (time) => {
    times.push(time);
    list.scrollTop += 600;
    if (times.length <= ${SCROLLED_FRAMES}) requestAnimationFrame(step);
    else {
      const gaps = times.slice(1).map((one, index) => one - times[index]);
      done({ frames: (1000 * gaps.length) / (times.at(-1) - times[0]), longest: Math.max(...gaps) });
    }
  };
  requestAnimationFrame(step);
})`;

/** What the page's main thread spends from here on in script, style and layout, in milliseconds. */
async function pageWork(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const spent = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    const names = ["ScriptDuration", "RecalcStyleDuration", "LayoutDuration"];
    return metrics.filter(({ name }) => names.includes(name)).reduce((sum, { value }) => sum + 1000 * value, 0);
  };
  const before = await spent();
  return async () => (await spent()) - before;
}

async function listTable(browser: Browser, folder: string, questions: number): Promise<ResultTable> {
  const { dataset } = await makeDataset(join(folder, "list"), 4, 20_000);
  const served = await serveView({ folder: dataset });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await repeatQuestions(page, served.url, questions);
    await page.goto(`${served.url}#/questions`);
    await page.locator(".list-row").first().waitFor();
    const shown = (await page.evaluate(DRAWN)) as number;
    const { types, letters } = (await page.evaluate(FILTERS)) as { types: number[]; letters: number[] };
    const worked = await pageWork(page);
    const { frames, longest } = (await page.evaluate(SCROLL)) as { frames: number; longest: number };
    const own = (await worked()) / SCROLLED_FRAMES;
    const range = (times: readonly number[]) =>
      `${threeDigits(median(times))} (most ${threeDigits(Math.max(...times))})`;
    return {
      title: `A list of ${questions} questions in vsi-view`,
      columns: ["what", "value"],
      rows: [
        ["first picture of the list, s", threeDigits(shown / 1000)],
        ["choosing a type, ms until drawn", range(types)],
        ["a letter of a search, ms until drawn", range(letters)],
        ["scrolling 600 pixels a frame, frames a second", threeDigits(frames)],
        ["longest time between two frames, ms", threeDigits(longest)],
        ["of a frame, the page's own work: script, style and layout, ms", threeDigits(own)],
      ],
      notes: [
        "The questions of a small dataset, repeated under ids of their own. A frame takes 16.7 ms at 60 a second, the most that Chromium draws; times until drawn have half of one in them. What is not the page's own work is drawing, which takes over 20 ms of CPU a frame here, where WebGL's stand-in draws all of the browser.",
      ],
    };
  } finally {
    await served.close();
  }
}

/** Answers the list of questions with as many as are wanted: those that there are, over and over. */
async function repeatQuestions(page: Page, home: string, wanted: number): Promise<void> {
  const table = (await (await fetch(`${home}data/questions.json`)).json()) as Record<string, unknown[]> & {
    questions: number;
    rows: number;
  };
  const longer: Record<string, unknown> = { questions: wanted, rows: wanted };
  for (const [name, column] of Object.entries(table)) {
    if (!Array.isArray(column)) continue;
    longer[name] = Array.from({ length: wanted }, (_, row) =>
      name === "id" ? row.toString(16).padStart(16, "0") : column[row % table.questions],
    );
  }
  const body = JSON.stringify(longer);
  await page.route("**/data/questions.json", (route) => route.fulfill({ contentType: "application/json", body }));
}

const PAGE_FOLDER = fileURLToPath(new URL("../../packages/vsi-view/dist/page/", import.meta.url));

/** What comes over a tunnel before anything is seen. */
async function bundleTable(): Promise<ResultTable> {
  const rows: string[][] = [];
  let all = 0;
  for (const name of ["page.js", "page.css"]) {
    const zipped = gzipSync(await readFile(join(PAGE_FOLDER, name))).length;
    all += zipped;
    rows.push([name, kilobytes((await stat(join(PAGE_FOLDER, name))).size), kilobytes(zipped)]);
  }
  const aim = 350;
  return {
    title: "Bytes of vsi-view's page",
    columns: ["file", "kB", "kB gzipped"],
    rows: [...rows, ["both", "", kilobytes(all)]],
    aims: [
      {
        what: "page.js and page.css over 350 kB, gzipped",
        bound: "at most",
        aim: 1,
        ratio: { median: all / 1024 / aim, min: all / 1024 / aim, max: all / 1024 / aim },
      },
    ],
    notes: ["three, uPlot, Preact and the rest, in one file; a kB is 1024 bytes."],
  };
}

function kilobytes(bytes: number): string {
  return String(Math.round(bytes / 1024));
}
