import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** What came of changing single bytes of a dataset, one after the other. */
export interface ChangesOutcome {
  /** Changes by the file's folder ("data") or name ("manifest.json"). */
  tried: Record<string, number>;
  /** "file: offset, old byte, new byte" of those that nothing was said about. */
  missed: string[];
  /** Changes in data/ that a problem names a line of, besides the checksum's. */
  namedLines: number;
}

const BUILT = new URL("../../dist/index.js", import.meta.url).href;

/** In a process of its own, with the built code. */
const SCRIPT = `
import { open, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
const [built, folder, count, ...files] = process.argv.slice(1);
const { verifyDataset } = await import(built);
let state = 1;
// Park and Miller's minimal standard generator: the same changes in every run.
const random = (below) => (state = (state * 48271) % 0x7fffffff) % below;
const outcome = { tried: {}, missed: [], namedLines: 0 };
for (let change = 0; change < Number(count); change++) {
  const file = files[change % files.length];
  const { size } = await stat(join(folder, file));
  const offset = random(size);
  const handle = await open(join(folder, file), "r+");
  const before = Buffer.alloc(1);
  await handle.read(before, 0, 1, offset);
  const after = Buffer.from([(before[0] + 1 + random(255)) % 256]);
  await handle.write(after, 0, 1, offset);
  const { problems } = await verifyDataset(folder);
  await handle.write(before, 0, 1, offset);
  await handle.close();
  const group = file.includes("/") ? file.split("/")[0] : file;
  outcome.tried[group] = (outcome.tried[group] ?? 0) + 1;
  if (problems.length === 0) outcome.missed.push(file + ": " + offset + ", " + before[0] + ", " + after[0]);
  if (group === "data" && problems.some((problem) => problem.line !== null)) outcome.namedLines += 1;
}
process.stdout.write(JSON.stringify(outcome));
`;

/**
 * Changes a byte at random, verifies the dataset, and puts the byte back; `count` times, the files in turns.
 */
export async function verifyChanges(folder: string, files: readonly string[], count: number): Promise<ChangesOutcome> {
  const words = ["--input-type=module", "-e", SCRIPT, BUILT, folder, String(count), ...files];
  const child = spawn(process.execPath, words, {
    stdio: ["ignore", "pipe", "inherit"],
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
  });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (part: string) => {
    text += part;
  });
  await new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
  return JSON.parse(text);
}
