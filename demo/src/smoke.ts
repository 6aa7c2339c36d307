import { execFile } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Question } from "@vsi/dataset";
import { readJsonl } from "@vsi/dataset/node";
import { runCommand, runUntilSignal } from "./commands.ts";

/** The versions of Node that are supported; the workflow in .github runs all tests on each. */
const NODE_MAJORS = [20, 22, 24];

/** Everything goes here, below the current folder; what stands there is deleted first. */
const SMOKE_FOLDER = "demo-output/smoke";

/**
 * `npm run smoke`: the way from rooms to a score in small, on Node 20, 22 and 24; npx fetches those that this is not.
 * Each must end well, and write the same bytes.
 */
export async function smoke(): Promise<void> {
  await runUntilSignal("smoke", async (signal) => {
    await rm(SMOKE_FOLDER, { recursive: true, force: true });
    const checksums: string[] = [];
    for (const major of NODE_MAJORS) {
      const node = await findNode(major, signal);
      process.stdout.write(`\nNode ${major}: ${node}\n`);
      const folder = join(SMOKE_FOLDER, `node-${major}`);
      await walkThrough(folder, node, signal);
      checksums.push(await readFile(join(folder, "vsi-bench", "SHA256SUMS"), "utf8"));
    }
    if (new Set(checksums).size > 1) throw new Error("The datasets differ between versions of Node.");
    process.stdout.write(`\nNode ${NODE_MAJORS.join(", ")}: all commands ended well, and wrote the same dataset.\n`);
    return 0;
  });
}

/** The path of a Node of this major version. */
async function findNode(major: number, signal: AbortSignal): Promise<string> {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
  const words = ["--yes", "--package", `node@${major}`, "node", "--print", "process.execPath"];
  // npx is a batch file on Windows, which only a shell can start.
  const found = await promisify(execFile)("npx", words, { signal, shell: process.platform === "win32" });
  return found.stdout.trim();
}

/** Build, look, prepare training, score: all that is Node's. */
async function walkThrough(folder: string, node: string, signal: AbortSignal): Promise<void> {
  const [raw, dataset] = [join(folder, "raw"), join(folder, "vsi-bench")];
  const run = (name: Parameters<typeof runCommand>[0], ...words: string[]): Promise<void> =>
    runCommand(name, words, { signal, node });
  await run("vsi-build", "samples", raw, "--rooms", "2", "--frames", "8", "--vertices", "20000");
  const asked = ["--protocol", "vsi-bench", "--frames", "4", "--workers", "2", "--quiet"];
  await run("vsi-build", "--scannet", raw, "--out", dataset, ...asked);
  await run("vsi-build", "verify", dataset, "--regenerate");
  await run("vsi-build", "stats", dataset);
  await run("vsi-train", "export", "--format", "verl", "--data", dataset, "--out", join(folder, "verl"));
  const answers = join(folder, "answers.jsonl");
  await writeFile(answers, await rightAnswers(join(dataset, "data", "train.jsonl")));
  const html = ["--html", join(folder, "score.html")];
  await run("vsi-eval", "score", answers, "--data", dataset, "--split", "train", ...html);
}

/** A file of predictions with the right answer to each question. */
async function rightAnswers(questions: string): Promise<string> {
  const lines: string[] = [];
  for await (const { record } of readJsonl(questions)) {
    const { id, ground_truth, mc_answer } = record as Question;
    lines.push(`${JSON.stringify({ id, prediction: mc_answer ?? ground_truth })}\n`);
  }
  return lines.join("");
}
