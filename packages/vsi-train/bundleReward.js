// Bundles vsi-reward's work into one file of the Python package, whose users have Node and none of our packages. The
// command around it (help, flags) is left out, and with it every package that is not ours.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const { version } = JSON.parse(await readFile(here("../scoring/package.json"), "utf8"));

const { metafile } = await build({
  stdin: {
    contents: 'import { run } from "./dist/node/runRewards.js";\nprocess.exitCode = await run();\n',
    resolveDir: here("../scoring"),
  },
  outfile: here("python/vsi_trainer/vsi_reward.mjs"),
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20.19",
  minify: true,
  banner: {
    js: `// vsi-reward of @vsi/scoring ${version} as one file: requests on standard input, rewards on standard output.`,
  },
  metafile: true,
  logLevel: "warning",
});
const written = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs));
const foreign = written.flatMap(([path, { bytesInOutput }]) => {
  return bytesInOutput > 0 && /node_modules\/(?!@vsi\/)/.test(path) ? [path] : [];
});
if (foreign.length > 0)
  throw new Error(`vsi_reward.mjs: got ${foreign[0]}, expected our own code: it would need its licence.`);
