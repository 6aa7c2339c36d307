import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Question } from "@vsi/dataset";
import { jpegColor, writeRawScanNet } from "@vsi/synth/node";
import { describeTrainer, trainerPython } from "@vsi/testing/trainerPython";
import { buildDataset, DEFAULT_BUILD_OPTIONS } from "vsi-build";

const EXAMPLES = fileURLToPath(new URL("../../examples/", import.meta.url));

let folder: string;
let dataset: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vsi-examples-"));
  dataset = join(folder, "vsi-bench");
  const raw = join(folder, "raw");
  await writeRawScanNet(raw, { rooms: 2, seed: 0, frames: 6, frameSize: [64, 48], colorEncoder: jpegColor });
  const frames = { frames: 3, sampling: "uniform", size: null, video: false } as const;
  const types = ["object_counting", "room_size_estimation", "object_abs_distance"] as const;
  const options = { ...DEFAULT_BUILD_OPTIONS, scannet: raw, out: dataset, workers: 0, types, frames };
  await buildDataset({ ...options, protocol: "vsi-bench", minVisiblePixels: 1 });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** What the program prints; it must end well and say nothing of errors. */
function run(program: string, ...words: string[]): string {
  const { status, stdout, stderr } = spawnSync(program, words, { cwd: folder, encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout;
}

test("a question type of one's own asks a dataset's scenes, and its answers are true", () => {
  const out = join(folder, "highest.jsonl");
  expect(run(process.execPath, join(EXAMPLES, "custom-question-type.js"), dataset, out)).toMatch(
    /\d+ questions written/,
  );
  const lines = readFileSync(out, "utf8").trim().split("\n");
  const questions = lines.map(
    (line) => JSON.parse(line) as Omit<Question, "question_type"> & { question_type: string },
  );
  expect(questions).not.toHaveLength(0);
  for (const { scene_name, question_type, ground_truth, options, mc_answer, evidence } of questions) {
    const { objects } = JSON.parse(readFileSync(join(dataset, "scenes", `${scene_name}.json`), "utf8"));
    const asked = evidence.object_ids.map((id) => objects.find((object: { id: number }) => object.id === id));
    const tops = asked.map(({ aabb }) => aabb.max[2] as number);
    expect(question_type).toBe("object_reaches_highest");
    expect(options).toContain(`${mc_answer}. ${ground_truth}`);
    expect(asked[tops.indexOf(Math.max(...tops))].label).toBe(ground_truth);
  }
});

test("regression, it left a file in the checkout: without a place to write to, it takes a temporary one", () => {
  const before = readdirSync(folder);
  const [, out = ""] =
    /questions written to (.*\.jsonl),/.exec(
      run(process.execPath, join(EXAMPLES, "custom-question-type.js"), dataset),
    ) ?? [];
  expect(out).toBe(join(tmpdir(), "reaches-highest.jsonl"));
  expect(readFileSync(out, "utf8")).toContain("object_reaches_highest");
  expect(readdirSync(folder)).toEqual(before);
});

test("boxes of one's own become questions, with the distances that one measures by hand", () => {
  const printed = run(process.execPath, join(EXAMPLES, "facts-from-own-boxes.js"));
  expect(printed).toMatch(/object_counting: How many chair\(s\) are in this room\?.* 2$/m);
  // The bed reaches to y = 1.6, the lamp to y = 0.8, and both stand over x = 0.2 to 0.55.
  expect(printed).toMatch(/object_abs_distance: .*\bthe (bed and the lamp|lamp and the bed)\b.* 0\.8$/m);
});

describeTrainer("the PyTorch loader", () => {
  test("gives every question once, with its frames as one tensor", () => {
    const printed = run(trainerPython as string, join(EXAMPLES, "pytorch_loader.py"), dataset);
    const { questions, seen, batches, frames } = JSON.parse(printed);
    const lines = readFileSync(join(dataset, "data/train.jsonl"), "utf8").trim().split("\n");
    expect({ questions, seen, batches }).toEqual({
      questions: lines.length,
      seen: lines.length,
      batches: Math.ceil(lines.length / 4),
    });
    expect(frames).toEqual([3, 3, 48, 64]);
  });
});
