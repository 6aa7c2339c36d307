import { readFile, symlink } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type RunResult, runProcess, type StartedProcess, startProcess } from "@vsi/testing/commands";
import { temporaryFolder } from "@vsi/testing/folders";
import { readLines } from "@vsi/testing/jsonFiles";
import { describeTrainer, trainerPython } from "@vsi/testing/trainerPython";
import { EXPORT_FORMATS, exportDataset, FORMAT_METHODS } from "vsi-train";

const MINUTES = 60_000;
const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));
const README = await readFile(join(REPOSITORY, "README.md"), "utf8");

/** The commands of the README's path in its order, by the block that they stand in. */
const [build = "", look = "", train = "", serve = "", score = "", allTypes = ""] = shellBlocks(
  /<!-- path -->(.*)<!-- \/path -->/s.exec(README)?.[1] ?? "",
);

// A newcomer's clone, made of links: what the README's commands write stays out of ours.
const CLONE = temporaryFolder();
const made: { build?: RunResult; look?: RunResult; allTypes?: RunResult } = {};

beforeAll(async () => {
  for (const name of ["node_modules", "package.json", "demo"]) await symlink(join(REPOSITORY, name), join(CLONE, name));
  made.build = await type(build);
  made.look = await type(look);
  made.allTypes = await type(allTypes);
}, 15 * MINUTES);

/** Types lines into a shell that has the commands as the README's `export PATH` gives them; the first error ends it. */
function type(lines: string, env: Record<string, string> = {}): Promise<RunResult> {
  const [path = ""] = /^export PATH=.*$/m.exec(README) ?? [];
  return runProcess(["sh", "-e", "-c", `${path}\n${lines}`], { cwd: CLONE, env });
}

function shellBlocks(markdown: string): string[] {
  return [...markdown.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = ""]) => block);
}

test("the demo prints what the README shows", async () => {
  const [, shown] = /<!-- demo -->\n\n```\n(.*?)```/s.exec(README) ?? [];
  const { stdout, exitCode } = await runProcess([process.execPath, "demo/demo.js"], { cwd: CLONE });
  const withoutTime = (text = "") => text.trim().replace(/[\d.]+ seconds/, "some seconds");
  expect({ exitCode, stdout: withoutTime(stdout) }).toEqual({ exitCode: 0, stdout: withoutTime(shown) });
});

describe("the README's path, typed line by line in a clone", () => {
  test("builds the dataset that it promises: so many questions, each with frames", async () => {
    expect(made.build).toMatchObject({ exitCode: 0 });
    const [, promised, frames] = /writes \.\/vsi-100k: (\d+) questions, each with (\d+) frames/.exec(build) ?? [];
    const splits = ["train", "validation"].map((split) =>
      readLines<{ frames: string[] }>(CLONE, "vsi-100k", "data", `${split}.jsonl`),
    );
    const questions = (await Promise.all(splits)).flat();
    expect(questions.length).toBe(Number(promised));
    expect(new Set(questions.map((question) => question.frames.length))).toEqual(new Set([Number(frames)]));
  });

  test("looks at it, and draws the README's picture", async () => {
    expect(made.look).toMatchObject({ exitCode: 0 });
    const [drawn, shown] = [join(CLONE, "question.svg"), join(REPOSITORY, "docs", "question.svg")];
    expect(await readFile(drawn, "utf8")).toBe(await readFile(shown, "utf8"));
  });

  // Regression: GRPO and the exports refused the whole dataset for its questions about the camera.
  test("builds a dataset of VSI-Bench's types, all of which every trainer's form takes", async () => {
    expect(made.allTypes).toMatchObject({ exitCode: 0 });
    const data = join(CLONE, "vsi-bench");
    const questions = await readLines<{ question_type: string }>(data, "data", "train.jsonl");
    const types = new Set(questions.map(({ question_type }) => question_type));
    expect([...types].filter((name) => name.startsWith("camera_"))).toHaveLength(4);
    for (const format of EXPORT_FORMATS) {
      for (const method of FORMAT_METHODS[format]) {
        const { rows, skipped } = await exportDataset({
          ...{ format, method, data, out: join(CLONE, "exports", `${format}-${method}`), overwrite: false },
          ...{
            mode: "vanilla",
            reward: "paper",
            rewardWeights: null,
            framesDir: null,
            relativePaths: false,
            split: "train",
            types: null,
            limit: null,
            heldOut: 0,
            seed: 0,
          },
          ...{ frames: 16, maxPixels: 3136 },
        });
        expect({ format, method, rows, skipped }).toEqual({
          ...{ format, method, skipped: {} },
          rows: { train: questions.length },
        });
      }
    }
  });
});

describeTrainer("the README's path to the score of a trained model, with one step of each training", () => {
  // `setup` is left to .ci/run, which has typed it before the tests.
  const env = { VSI_TRAINER_PYTHON: trainerPython ?? "", HF_HUB_OFFLINE: "1", OMP_NUM_THREADS: "1" };
  let server: StartedProcess | undefined;

  afterAll(async () => {
    server?.child.kill("SIGTERM");
    await server?.ended;
  });

  test(
    "trains by SFT and GRPO on the dataset that was built",
    async () => {
      expect(train).toMatch(/^vsi-train setup --cpu/);
      const short = train.replace(/^vsi-train setup.*$/m, "").replaceAll(/--steps \d+/g, "--steps 1");
      const { exitCode, stderr } = await type(short, env);
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.stringContaining("done at step 1") });
      expect(await readFile(join(CLONE, "runs", "grpo", "report.html"), "utf8")).toContain("<!doctype html>");
    },
    15 * MINUTES,
  );

  test(
    "serves the model, asks it about the room that was held out, and scores its answers",
    async () => {
      const port = await freePort();
      // The package's script, as npm runs it.
      const { scripts } = JSON.parse(await readFile(join(CLONE, "package.json"), "utf8"));
      expect(serve).toMatch(/^npm run serve /);
      server = startProcess(["sh", "-c", `exec ${scripts.serve} --port ${port}`], { cwd: CLONE, env });
      await untilServing(port, server);
      const { exitCode, stdout, stderr } = await type(score.replaceAll("8000", String(port)), env);
      expect({ exitCode, stdout, stderr }).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("vsi-bench") });
      const held = await readLines(CLONE, "vsi-100k", "data", "validation.jsonl");
      expect(await readLines(CLONE, "runs", "answers", "predictions.jsonl")).toHaveLength(held.length);
    },
    15 * MINUTES,
  );
});

async function freePort(): Promise<number> {
  const listener = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => listener.once("listening", resolve));
  const { port } = listener.address() as { port: number };
  await new Promise((resolve) => listener.close(resolve));
  return port;
}

async function untilServing(port: number, { child, stderr }: StartedProcess): Promise<void> {
  const isUp = () =>
    fetch(`http://127.0.0.1:${port}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isUp())) {
    if (child.exitCode !== null) throw new Error(`npm run serve ended: ${stderr()}`);
    await pause(500);
  }
}
