// Takes the pictures of the page that the documentation shows (docs/images/view-*.png) again, on sample rooms: the same
// rooms and questions each time. `npm run screenshots`; needs Chromium.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeMadeUpRun, writeMadeUpTraining } from "@vsi/testing/madeUpRuns";
import { chromium } from "playwright-core";
import sharp from "sharp";
import { serveView } from "vsi-view";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");
const IMAGES = join(ROOT, "docs/images");
const CHROMIUM = process.env.VSI_CHROMIUM ?? "/usr/bin/chromium";

/**
 * Questions are named by their type: the first of it is shown. Those of "reports" show rooms without frames, enough of
 * them for an audit, with runs and trainings that no model made.
 */
const PICTURES = [
  { name: "question", type: "object_rel_distance", width: 1280 },
  { name: "directions-dark", type: "object_rel_direction_hard", width: 1280, colorScheme: "dark" },
  { name: "questions", hash: "#/questions", width: 1280 },
  { name: "scene", hash: "#/scenes/scene9001_00", width: 1280 },
  { name: "narrow", type: "object_abs_distance", width: 400, height: 900 },
  { name: "runs", hash: "#/runs?a=0&b=2", width: 1280, height: 1000, of: "reports", until: ".tiles" },
  { name: "audit", hash: "#/audit", width: 1280, height: 900, of: "reports", until: ".findings" },
  {
    name: "training-dark",
    hash: "#/training",
    width: 1280,
    height: 1000,
    colorScheme: "dark",
    of: "reports",
    until: ".curve canvas",
  },
  { name: "runs-narrow", hash: "#/runs?a=0&b=2", width: 400, height: 900, of: "reports", until: ".tiles" },
  { name: "narrow-dark", hash: "#/questions?refused=1", width: 400, height: 900, colorScheme: "dark" },
];

if (!existsSync(CHROMIUM)) throw new Error(`${CHROMIUM} is not there: name Chromium's file in VSI_CHROMIUM`);
const work = mkdtempSync(join(tmpdir(), "vsi-view-"));
const build = (...words) =>
  execFileSync(process.execPath, [join(ROOT, "packages/vsi-build/bin/vsi-build.js"), ...words, "--quiet"], {
    stdio: "inherit",
  });
const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"],
});
try {
  const [raw, folder] = [join(work, "raw"), join(work, "vsi-bench")];
  build("samples", raw, "--rooms", "3", "--seed", "11", "--frames", "300");
  build("--scannet", raw, "--out", folder, "--protocol", "vsi-bench", "--frames", "16");
  const views = { rooms: await serveView({ folder, scannet: raw }), reports: await serveView(await reports()) };
  const [overview, table] = await Promise.all(
    ["overview", "questions"].map((name) =>
      fetch(`${views.rooms.url}data/${name}.json`).then((answer) => answer.json()),
    ),
  );
  mkdirSync(IMAGES, { recursive: true });
  for (const { name, type, hash, width, height = 800, colorScheme = "light", of = "rooms", until } of PICTURES) {
    const page = await browser.newPage({ viewport: { width, height }, colorScheme });
    const row = table.type.indexOf(overview.types.indexOf(type));
    await page.goto(views[of].url + (hash ?? `#/questions?id=${table.id[row]}`));
    const shows = hash?.startsWith("#/questions") ? ".list-row" : ".room-view[data-ready]";
    await page
      .locator(until ?? shows)
      .first()
      .waitFor({ timeout: 120_000 });
    // The mesh and the frames are read after the page is there.
    if (hash === undefined || hash.includes("scene9")) await page.getByLabel("Mesh").waitFor();
    await page.waitForLoadState("networkidle");
    await page.waitForTimeout(1000);
    const picture = await page.screenshot();
    await page.close();
    // A palette: half the bytes of a screenshot, and nobody sees it.
    await sharp(picture)
      .png({ palette: true, colours: 128, effort: 10 })
      .toFile(join(IMAGES, `view-${name}.png`));
  }
  for (const served of Object.values(views)) await served.close();
} finally {
  await browser.close();
  rmSync(work, { recursive: true, force: true });
}

/** A dataset with two evaluations after a first one, and two trainings, one with an alarm. */
async function reports() {
  const [raw, folder] = [join(work, "many-raw"), join(work, "many/vsi-bench")];
  build("samples", raw, "--rooms", "40", "--seed", "11", "--vertices", "8000");
  build("--scannet", raw, "--out", folder, "--protocol", "vsi-bench");
  const questions = readdirSync(join(folder, "data"))
    .sort()
    .flatMap((file) =>
      readFileSync(join(folder, "data", file), "utf8")
        .split("\n")
        .filter(Boolean),
    )
    .map((line) => JSON.parse(line));
  const runs = ["base-7b", "after-sft", "after-grpo"].map((name) => join(work, "runs", name));
  for (const [index, skill] of [0.35, 0.5, 0.58].entries()) {
    await writeMadeUpRun({ folder: runs[index], questions, seed: index + 1, skill });
  }
  const train = ["grpo-beta-0", "grpo-beta-0.04"].map((name) => join(work, "trainings", name));
  const fixture = join(ROOT, "testing/fixtures/0.1/train-run");
  for (const [index, alarm] of [true, false].entries()) {
    const made = { folder: train[index], questions, seed: index + 5, skill: index === 0 ? 0.5 : 0.35 };
    await writeMadeUpTraining(made, { fixture, alarm });
  }
  return { folder, runs, train };
}
