import { spawn } from "node:child_process";
import { mkdir, readdir, readFile, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type BytesCase, FACTS, INPUTS, SHARED, type Step } from "./cases.ts";
import { choicesOf } from "./choices.ts";
import { type Sums, sumsOf } from "./sums.ts";

/** Absolute paths. */
export interface Places {
  /** Of the repository: its commands and the facts beside the sums are used. */
  repository: string;
  /** Data that is not ours to redistribute; it need not be there. */
  shared: string;
  /** Temporary folder that holds the inputs and a folder a case. */
  work: string;
}

/** Makes the raw scans that the cases read. */
export async function makeInputs(places: Places): Promise<void> {
  for (const { folder, command, break: scan } of INPUTS) {
    await runStep({ command }, places.work, places);
    if (scan === undefined) continue;
    const mesh = join(places.work, folder, "scans", scan, `${scan}_vh_clean_2.ply`);
    await truncate(mesh, Math.floor((await stat(mesh)).size / 2));
  }
}

/** Sums of a case's output, and of what its builds chose to ask. */
export interface CaseSums {
  sums: Sums;
  choices: Sums;
}

/** Runs a case's commands and sums its output. */
export async function runCase(bytesCase: BytesCase, places: Places): Promise<CaseSums> {
  const folder = join(places.work, bytesCase.name);
  const output = join(folder, bytesCase.output ?? "out");
  await mkdir(output, { recursive: true });
  for (const step of bytesCase.steps) {
    const printed = await runStep(step, folder, places);
    if (step.stdout !== undefined) await writeFile(join(output, step.stdout), printed);
  }
  if (bytesCase.show !== undefined) await showEachType(bytesCase.show, output, folder, places);
  return { sums: await sumsOf(output, places.work), choices: await choicesOf(output) };
}

/** Shows the first question of each type, as `<type>.json` and its drawing `<type>.svg` below the output. */
async function showEachType(dataset: string, output: string, folder: string, places: Places): Promise<void> {
  const firstIds = new Map<string, string>();
  for (const name of (await readdir(join(folder, dataset, "data"))).sort()) {
    for (const line of (await readFile(join(folder, dataset, "data", name), "utf8")).split("\n")) {
      if (line === "") continue;
      const { id, question_type } = JSON.parse(line);
      if (!firstIds.has(question_type)) firstIds.set(question_type, id);
    }
  }
  for (const [type, id] of firstIds) {
    const command = `vsi-build show ${dataset} ${id} --json --svg ${join(output, `${type}.svg`)}`;
    await writeFile(join(output, `${type}.json`), await runStep({ command }, folder, places));
  }
}

/**
 * Runs one command in `folder` and returns what it printed.
 *
 * @throws Error when its exit code is not the step's.
 */
async function runStep({ command, exitCode = 0 }: Step, folder: string, places: Places): Promise<string> {
  const [program = "", ...words] = command.trim().split(/ +/);
  const facts = join(places.repository, "testing", "bytes", "facts.json");
  const replaced = words.map((word) => word.replace(FACTS, facts).replace(SHARED, places.shared));
  const bin = join(places.repository, "node_modules", ".bin", program);
  const { code, stdout, stderr } = await finished(bin, replaced, folder);
  if (code !== exitCode) throw new Error(`${command}: exit code ${code}, expected ${exitCode}\n${stderr}`);
  return stdout;
}

async function finished(bin: string, words: string[], folder: string) {
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve, reject) => {
    // Through Node, as npm's link of a bin is a script.
    const child = spawn(process.execPath, [bin, ...words], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}
