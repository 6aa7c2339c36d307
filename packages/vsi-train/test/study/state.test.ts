import { mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import { allRuns, type PlannedRun } from "../../src/study/plan.ts";
import {
  checkRecords,
  isMerged,
  modelHash,
  modelOf,
  type StudyInputs,
  stateOf,
  writeRecord,
} from "../../src/study/state.ts";
import { readStudy } from "../../src/study/studyFile.ts";

const root = temporaryFolder();
let made = 0;

/** The runs of a study in a folder of its own: a base model, and a trained one. */
async function twoRuns(steps = 3, out = join(root, `out-${++made}`)): Promise<[PlannedRun, PlannedRun]> {
  const file = join(root, "study.yaml");
  await writeFile(
    file,
    `name: x\ncells:\n  - {id: base, method: base}\n  - {id: sft, method: sft, train: {steps: ${steps}}}\n`,
  );
  const [base, sft] = allRuns(readStudy(file), { data: "data", model: "org/model", out });
  if (base === undefined || sft === undefined) throw new Error("the study has two cells");
  return [base, sft];
}

async function put(run: PlannedRun, path: string, content: unknown = {}): Promise<void> {
  const file = join(run.folder, path);
  await mkdir(join(file, ".."), { recursive: true });
  await writeFile(file, JSON.stringify(content));
}

/** A run's record whose last session ended so. */
function record(exit_code: number | null) {
  const session = { started: "2026-01-01T00:00:00Z", ended: null, exit_code, resumed_from_step: null };
  const settings = { method: "sft", model: "m" };
  return {
    schema: "vsi-train-run/1",
    settings,
    versions: {},
    git: null,
    dataset: {},
    trainer: null,
    sessions: [session],
  };
}

const inputs = (dataSha256 = "d"): StudyInputs => {
  const asked = { questions: 1, scenes: 1, frames: 1, sha256: "b" };
  return {
    data: "data",
    dataSha256,
    asked: new Map([
      ["base", asked],
      ["sft", asked],
    ]),
    models: new Map(),
  };
};

describe("the state of a run", () => {
  test("is what its folder proves, step by step", async () => {
    const [, run] = await twoRuns();
    expect(await stateOf(run)).toBe("missing");
    await put(run, "train/.vsi-lock");
    expect(await stateOf(run)).toBe("missing");
    await put(run, "train/rows/train.jsonl");
    expect(await stateOf(run)).toBe("training");
    await put(run, "train/run.json", record(null));
    await put(run, "train/model/adapter_config.json");
    // Killed between the model and the record's end: the training ends once more, at its last checkpoint.
    expect(await stateOf(run)).toBe("training");
    await put(run, "train/run.json", record(1));
    expect(await stateOf(run)).toBe("training");
    await put(run, "train/run.json", record(0));
    expect(await stateOf(run)).toBe("trained");
    await put(run, "answers/settings.json");
    expect(await stateOf(run)).toBe("evaluating");
    await put(run, "answers/predictions.jsonl");
    expect(await stateOf(run)).toBe("answered");
    await writeFile(join(run.folder, "score.json"), '{"schema":"vsi-score/1","rows":[');
    expect(await stateOf(run)).toBe("answered");
    await put(run, "score.json", { schema: "vsi-score/1", rows: [] });
    expect(await stateOf(run)).toBe("done");
  });

  test("an adapter's model is its merged folder, whole once its config.json is there", async () => {
    const [base, run] = await twoRuns();
    expect(modelOf(base)).toBe("org/model");
    await put(run, "train/model/config.json");
    expect(modelOf(run)).toBe(join(run.folder, "train", "model"));
    await put(run, "train/model/adapter_config.json");
    expect([modelOf(run), isMerged(run)]).toEqual([join(run.folder, "merged"), false]);
    await put(run, "merged/vsi-merge.json");
    expect(isMerged(run)).toBe(false);
    await put(run, "merged/config.json");
    expect(isMerged(run)).toBe(true);
  });
});

describe("the record of a run", () => {
  test("fits as long as nothing has changed, and is written anew where nothing came of it", async () => {
    const [base, run] = await twoRuns();
    await checkRecords([base, run], inputs());
    await writeRecord(run, inputs());
    await checkRecords([base, run], inputs("other"));
    await put(run, "train/rows/train.jsonl");
    await checkRecords([base, run], inputs());
    await expect(checkRecords([base, run], inputs("other"))).rejects.toThrow(
      'sft, seed 0: data_sha256 was "d", now "other". To train it again, remove ',
    );
    const [, changed] = await twoRuns(4, join(run.folder, "..", "..", ".."));
    expect(changed.folder).toBe(run.folder);
    await expect(checkRecords([changed], inputs())).rejects.toThrow('train steps was "3", now "4"');
  });

  test("a folder without one, or with answers of a model that is gone, is said to be removed", async () => {
    const [, run] = await twoRuns();
    await put(run, "train/rows/train.jsonl");
    await expect(checkRecords([run], inputs())).rejects.toThrow(
      "has no cell.json that could be read. Remove the folder.",
    );
    await writeRecord(run, inputs());
    await put(run, "answers/settings.json");
    await rm(join(run.folder, "train"), { recursive: true });
    await expect(checkRecords([run], inputs())).rejects.toThrow("has answers of a model that is no longer there");
  });
});

test("a model's folder is told by its files, a hub name by nothing", async () => {
  const folder = join(root, "model");
  await mkdir(folder);
  await writeFile(join(folder, "config.json"), '{"model_type":"qwen2_vl"}');
  const before = await modelHash(folder);
  await writeFile(join(folder, "model.safetensors"), "weights");
  expect(before).toMatch(/^[0-9a-f]{64}$/);
  expect(await modelHash(folder)).not.toBe(before);
  expect(await modelHash("org/model")).toBeNull();
  // A hub's cache has links: one that leads nowhere is no reason to fall over.
  await symlink(join(root, "nowhere"), join(folder, "tokenizer.json"));
  expect(await modelHash(folder)).toMatch(/^[0-9a-f]{64}$/);
});
