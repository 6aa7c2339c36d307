// After tsc: the page as one classic script, one style sheet and index.html in dist/page, and the licences of what is
// bundled in THIRD_PARTY_LICENSES. Part of the package's build, so that users need no bundler.
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { PARTS_STYLE } from "@vsi/report/parts";
import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const PAGE = join(HERE, "dist/page");

/** Gzipped bytes of script and style; what comes over an ssh tunnel should be there in a second. */
const AIM = 350 * 1024;

rmSync(PAGE, { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: [
    { in: join(HERE, "src/page/main.tsx"), out: "page" },
    { in: join(HERE, "src/page/styles.css"), out: "page" },
  ],
  outdir: PAGE,
  absWorkingDir: HERE,
  bundle: true,
  // One classic script: Chromium loads no modules from a file, and an export must open from one.
  format: "iife",
  target: "es2022",
  minify: true,
  jsx: "automatic",
  jsxImportSource: "preact",
  conditions: ["@vsi/source", "browser"],
  // The licences' texts are in THIRD_PARTY_LICENSES.
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
});
// Before the page's own rules, which set some of its colours.
const css = join(PAGE, "page.css");
writeFileSync(css, PARTS_STYLE + readFileSync(css, "utf8"));
cpSync(join(HERE, "src/page/index.html"), join(PAGE, "index.html"));
writeFileSync(join(HERE, "THIRD_PARTY_LICENSES"), licences(bundledFolders(Object.keys(metafile.inputs))));
const bytes = ["page.js", "page.css"]
  .map((name) => join(PAGE, name))
  .filter((path) => existsSync(path))
  .reduce((sum, path) => sum + gzipSync(readFileSync(path)).length, 0);
if (bytes > AIM) {
  process.stderr.write(
    `vsi-view: the page is ${Math.round(bytes / 1024)} kB gzipped, over the aim of ${AIM / 1024} kB\n`,
  );
}

/** The folders of the packages in node_modules that files of the bundle are from. */
function bundledFolders(inputs) {
  const folders = inputs.flatMap((path) => {
    const [, folder] = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path.replaceAll("\\", "/")) ?? [];
    return folder === undefined ? [] : [join(HERE, folder)];
  });
  return [...new Set(folders)].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

function nameOf(folder) {
  return relative(join(HERE, "../../node_modules"), folder);
}

/** Every package's name, version, licence and the text that it ships. */
function licences(folders) {
  const parts = folders.map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)(\.|$)/i.test(entry));
    if (file === undefined) throw new Error(`${name} ${version} is bundled into the page and ships no licence`);
    const text = readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n").trim();
    return `${name} ${version} (${license})\n\n${text}\n`;
  });
  const head =
    "The page of vsi-view (dist/page/page.js and page.css) holds code of these packages, under their licences.\n";
  return [head, ...parts].join(`\n${"-".repeat(80)}\n\n`);
}
