// Takes the pictures of the page that the documentation shows (docs/images/view-*.png) again, on sample rooms: the same
// rooms and questions each time. `npm run screenshots`; needs Chromium.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import sharp from "sharp";
import { serveView } from "vsi-view";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");
const IMAGES = join(ROOT, "docs/images");
const CHROMIUM = process.env.VSI_CHROMIUM ?? "/usr/bin/chromium";

/** Questions are named by their type: the first of it is shown. */
const PICTURES = [
  { name: "question", type: "object_rel_distance", width: 1280 },
  { name: "directions-dark", type: "object_rel_direction_hard", width: 1280, colorScheme: "dark" },
  { name: "questions", hash: "#/questions", width: 1280 },
  { name: "scene", hash: "#/scenes/scene9001_00", width: 1280 },
  { name: "narrow", type: "object_abs_distance", width: 400, height: 900 },
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
  const served = await serveView({ folder, scannet: raw });
  const [overview, table] = await Promise.all(
    ["overview", "questions"].map((name) => fetch(`${served.url}data/${name}.json`).then((answer) => answer.json())),
  );
  mkdirSync(IMAGES, { recursive: true });
  for (const { name, type, hash, width, height = 800, colorScheme = "light" } of PICTURES) {
    const page = await browser.newPage({ viewport: { width, height }, colorScheme });
    const row = table.type.indexOf(overview.types.indexOf(type));
    await page.goto(served.url + (hash ?? `#/questions?id=${table.id[row]}`));
    await page.locator(hash?.startsWith("#/questions") ? ".list-row >> nth=0" : ".room-view[data-ready]").waitFor();
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
  await served.close();
} finally {
  await browser.close();
  rmSync(work, { recursive: true, force: true });
}
