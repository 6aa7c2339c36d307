// After tsc: what a thread of a build runs, dist/pipeline/scanWorker.js, with all of our modules that it needs in one
// file, dist/pipeline/scanThread.js. Each thread loads them for itself: 0.4 s of CPU for 190 files on a slow machine, 0.1
// for one. Other people's packages stay where they are, so that no licence has to come along.
import { readFileSync } from "node:fs";
import { build } from "esbuild";

const { dependencies } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));

/** "delaunator" of "delaunator/index.js", "@noble/hashes" of "@noble/hashes/sha2.js". */
const packageOf = (specifier) => /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;

const { metafile } = await build({
  entryPoints: [{ in: "dist/pipeline/scanWorker.js", out: "scanThread" }],
  outdir: "dist/pipeline",
  absWorkingDir: import.meta.dirname,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20.19",
  plugins: [
    {
      name: "our own code alone",
      setup: ({ onResolve }) =>
        void onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
          kind === "entry-point" || path.startsWith("@vsi/") ? undefined : { path, external: true },
        ),
    },
  ],
  metafile: true,
  logLevel: "warning",
});
for (const { path } of Object.values(metafile.outputs).flatMap(({ imports }) => imports)) {
  if (path.startsWith("node:") || packageOf(path) in dependencies) continue;
  throw new Error(
    `scanThread.js: got an import of ${path}, expected node: and dependencies of vsi-build: add it to its package.json.`,
  );
}
