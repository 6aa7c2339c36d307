import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "@jest/globals";
import { runProcess, runVsiTrain } from "@vsi/testing/commands";
import { temporaryFolder } from "@vsi/testing/folders";
import { VSI_100K_QUESTIONS } from "../support/question.ts";
import { writeDataset } from "../support/writeDataset.ts";

const SCRIPT = fileURLToPath(new URL("../../../../docs/gpu/check.sh", import.meta.url));
const PACKAGES = fileURLToPath(new URL("../../../", import.meta.url));
const root = temporaryFolder();

/** What the script would type, a command a line. */
async function typed(words: readonly string[], env: Record<string, string> = {}): Promise<string[][]> {
  const all = { OUT: root, DRY_RUN: "1", MODEL: "", ...env };
  const { exitCode, stdout, stderr } = await runProcess(["bash", SCRIPT, ...words], { env: all });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  return stdout.split("\n").flatMap((line) => (line.startsWith("$ ") ? [line.slice(2).split(" ")] : []));
}

beforeAll(async () => {
  await writeDataset(join(root, "data"), { train: VSI_100K_QUESTIONS });
  await mkdir(join(root, "tiny"));
  await writeFile(join(root, "tiny", "config.json"), JSON.stringify({ model_type: "qwen2_vl" }));
});

test.each<[string, string[], Record<string, string>]>([
  ["on a GPU", [], {}],
  ["on a GPU with a model", [], { MODEL: join(root, "tiny") }],
  ["on a CPU", ["--preset", "tiny"], {}],
])("docs/gpu/check.sh %s types commands that there are, with flags that they have", async (_, words, env) => {
  const commands = await typed(words, env);
  const names = commands.map(([program, name]) => `${program} ${name}`);
  const made = words.length > 0 || env.MODEL === undefined ? ["vsi-train tiny-model"] : [];
  expect(names).toEqual([
    "vsi-train doctor",
    ...Array.from({ length: 3 }, () => "vsi-train measure"),
    "vsi-build samples",
    "vsi-build --scannet",
    ...made,
    "vsi-train grpo",
    "vsi-train grpo",
  ]);
  for (const [program = "", ...rest] of commands) {
    const command = rest[0]?.startsWith("--") ? [] : rest.slice(0, 1);
    const bin = join(PACKAGES, program, "bin", `${program}.js`);
    const { stdout } = await runProcess([process.execPath, bin, ...command, "--help-all"]);
    const flags = stdout.match(/^ *--[\w-]+/gm)?.map((flag) => flag.trim());
    expect(flags).toEqual(expect.arrayContaining(rest.filter((word) => word.startsWith("--"))));
  }
  for (const [, ...rest] of commands.filter(([, name]) => name === "grpo")) {
    const { exitCode, stderr } = await runVsiTrain([...rest.filter((word) => word !== "--resume"), "--dry-run"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  }
});

test("docs/gpu/check.sh refuses what it does not know", async () => {
  const { exitCode, stderr } = await runProcess(["bash", SCRIPT, "--tiny"], { env: { DRY_RUN: "1" } });
  expect([exitCode, stderr]).toEqual([2, "got --tiny, expected nothing or --preset NAME\n"]);
});
