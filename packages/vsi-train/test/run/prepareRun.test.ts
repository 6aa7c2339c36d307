import { mkdir, readdir, readFile, realpath, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { UsageError } from "@vsi/command";
import { temporaryFolder } from "@vsi/testing/folders";
import { prepareRows } from "../../src/rows/prepareRows.ts";
import { writeJsonl } from "../../src/rows/rows.ts";
import { checkResume, prepareRun } from "../../src/run/prepareRun.ts";
import { ROWS_FILES, resolveSettings } from "../../src/settings/resolveSettings.ts";
import type { TrainOptions } from "../../src/settings/trainOptions.ts";
import { makeQuestion, VSI_100K_QUESTIONS } from "../support/question.ts";
import { makeRowsOf } from "../support/rows.ts";
import { makeTrainOptions } from "../support/trainOptions.ts";
import { writeDataset } from "../support/writeDataset.ts";

const root = temporaryFolder();
const rows = VSI_100K_QUESTIONS.map((question) => makeRowsOf(question).grpo);

test("a run goes on with the same weights and rows, and nothing else", async () => {
  const run = join(root, "resumed");
  await mkdir(run);
  const settings = resolveSettings(makeTrainOptions(), run, false);
  // Ended before it started: nothing to compare with.
  await checkResume(settings, rows, 1);
  await mkdir(join(run, "rows"));
  await writeFile(join(run, "worker.json"), JSON.stringify(settings));
  await writeJsonl(join(run, ROWS_FILES.train), rows);
  await checkResume(settings, rows, 1);
  await checkResume(resolveSettings(makeTrainOptions({ learningRate: 1, steps: 3 }), run, false), rows, 1);
  await expect(checkResume(settings, rows.slice(1), 1)).rejects.toThrow(UsageError);
  await expect(checkResume(settings, [...rows].reverse(), 1)).rejects.toThrow(/the rows are not those/);
  const other = resolveSettings(makeTrainOptions({ model: "someone/else", lora: null }), run, false);
  await expect(checkResume(other, rows, 1)).rejects.toThrow(/was started with model "Qwen\/Qwen2-VL-2B-Instruct"/);
});

// With half the processes, half as many rows were passed by as had been trained on, and nothing was said.
test("a run goes on with as many rows a step: on fewer processes, with more accumulation", async () => {
  const run = join(root, "other-processes");
  await mkdir(join(run, "rows"), { recursive: true });
  const settings = resolveSettings(makeTrainOptions(), run, false);
  await writeFile(join(run, "worker.json"), JSON.stringify(settings));
  await writeJsonl(join(run, ROWS_FILES.train), rows);
  const resumed = (own: Partial<TrainOptions>, processes: number) =>
    checkResume(resolveSettings(makeTrainOptions(own), run, false), rows, processes);
  // Nothing was trained yet.
  await resumed({}, 4);
  await writeFile(join(run, "run.json"), JSON.stringify({ trainer: { world_size: 8 } }));
  await resumed({}, 8);
  const { accumulation, batch, trainer } = makeTrainOptions();
  await resumed({ accumulation: 2 * accumulation }, 4);
  await expect(resumed({}, 4)).rejects.toThrow(
    `--resume: a step was --batch ${batch} x --accumulation ${accumulation} x 8 processes, 14 rollouts, now it is --batch ${batch} x --accumulation ${accumulation} x 4 processes, 14 rollouts`,
  );
  await expect(resumed({ batch: 2 * batch }, 8)).rejects.toThrow(UsageError);
  await expect(resumed({ trainer: { ...trainer, num_generations: 7 } }, 8)).rejects.toThrow("now it is");
});

async function optionsFor(name: string, own: Partial<TrainOptions> = {}): Promise<TrainOptions> {
  const data = await writeDataset(join(root, "data"), {
    train: VSI_100K_QUESTIONS,
    validation: [makeQuestion({ id: "00000000000000ff", scene_name: "scene9001_00" })],
  });
  return makeTrainOptions({ data, out: join(root, name), ...own });
}

const idsIn = async (path: string): Promise<string[]> => {
  const lines = (await readFile(path, "utf8")).trim().split("\n");
  return lines.map((line) => (JSON.parse(line) as { id: string }).id);
};

describe("a run's folder", () => {
  test("gets the rows to train on and those held out, and the worker is told absolute paths", async () => {
    const options = await optionsFor("rows");
    const settings = await prepareRun(options, await prepareRows(options));
    expect(await idsIn(settings.rows)).toEqual(VSI_100K_QUESTIONS.map(({ id }) => id));
    expect(await idsIn(settings.held_out_rows!)).toEqual(["00000000000000ff"]);
    expect(settings).toMatchObject({ run: join(root, "rows"), resume: null, dry_run: false, adapter: null });
    expect(settings.reward_command?.at(-1)).toMatch(/vsi-reward\.js$/);
    expect(settings).toMatchObject({ reward: "paper", reward_weights: { format: 1, accuracy: 1, length: 0 } });
  });

  test("nothing is held out when that is asked for, or validation is what is trained on", async () => {
    const none = await optionsFor("none", { heldOut: 0 });
    expect((await prepareRun(none, await prepareRows(none))).held_out_rows).toBeNull();
    const turned = await prepareRows(await optionsFor("turned", { split: "validation" }));
    expect([turned.train, turned.heldOut].map(({ length }) => length)).toEqual([1, 0]);
  });

  test("that holds a run is kept unless --resume or --overwrite says otherwise", async () => {
    const options = await optionsFor("again");
    const rows = await prepareRows(options);
    await prepareRun(options, rows);
    await writeFile(join(options.out, "metrics.jsonl"), "{}\n");
    await expect(prepareRun(options, rows)).rejects.toThrow(UsageError);
    expect(await prepareRun({ ...options, resume: "latest" }, rows)).toMatchObject({ resume: "latest" });
    expect(await readdir(options.out)).toContain("metrics.jsonl");
    await prepareRun({ ...options, overwrite: true }, rows);
    expect((await readdir(options.out)).sort()).toEqual(["checkpoints", "rows"]);
  });

  test("regression: --overwrite removed the adapter, model or data that the new run was to start from", async () => {
    const options = await optionsFor("two-stages");
    const rows = await prepareRows(options);
    await prepareRun(options, rows);
    const model = join(options.out, "model");
    await mkdir(model);
    await symlink(options.out, join(root, "link"));
    for (const [flag, own] of Object.entries({
      adapter: { adapter: model },
      model: { model: join(root, "link", "model") },
      data: { data: join(options.out, "rows", "train.jsonl") },
      "frames-dir": { framesDir: options.out },
    })) {
      const again = prepareRun({ ...options, ...own, overwrite: true }, rows);
      await expect(again).rejects.toThrow(`--overwrite: would remove --${flag} `);
    }
    expect((await readdir(options.out)).sort()).toEqual(["checkpoints", "model", "rows"]);
    // What a run does not write stays, and may be its input.
    const plugin = { file: join(options.out, "reward.py"), name: "reward", sha256: "0".repeat(64) };
    await writeFile(plugin.file, "");
    await writeFile(join(options.out, "worker.json"), JSON.stringify({ method: "grpo", rows: "" }));
    await prepareRun({ ...options, rewardPlugin: plugin, overwrite: true }, rows);
    expect((await readdir(options.out)).sort()).toEqual(["checkpoints", "reward.py", "rows"]);
  });

  test("that is somebody else's is never touched", async () => {
    const options = await optionsFor("thesis", { overwrite: true });
    await mkdir(options.out);
    await writeFile(join(options.out, "thesis.tex"), "years of work");
    await expect(prepareRun(options, await prepareRows(options))).rejects.toThrow(/holds no run/);
    expect(await readdir(options.out)).toEqual(["thesis.tex"]);
  });

  test("that only has a rows folder, or files that a run might write, is somebody else's too", async () => {
    const options = await optionsFor("database", { overwrite: true });
    await mkdir(join(options.out, "rows"), { recursive: true });
    await writeFile(join(options.out, "rows", "customers.csv"), "years of work");
    await writeFile(join(options.out, "metrics.jsonl"), "{}\n");
    await expect(prepareRun(options, await prepareRows(options))).rejects.toThrow(/holds no run/);
    expect(await readFile(join(options.out, "rows", "customers.csv"), "utf8")).toBe("years of work");
    expect((await readdir(options.out)).sort()).toEqual(["metrics.jsonl", "rows"]);
  });

  test("loses to --overwrite only what a run writes: notes and what links lead to stay", async () => {
    const options = await optionsFor("notes");
    const rows = await prepareRows(options);
    const settings = await prepareRun(options, rows);
    await writeFile(join(options.out, "worker.json"), JSON.stringify(settings));
    await writeFile(join(options.out, "notes.txt"), "mine");
    await writeFile(join(options.out, "samples.jsonl"), "{}\n");
    await prepareRun({ ...options, overwrite: true }, rows);
    expect((await readdir(options.out)).sort()).toEqual(["checkpoints", "notes.txt", "rows"]);

    await writeFile(join(options.out, "worker.json"), JSON.stringify(settings));
    const elsewhere = join(root, "elsewhere");
    await mkdir(elsewhere);
    await writeFile(join(elsewhere, "weights"), "mine");
    await symlink(elsewhere, join(options.out, "model"));
    await expect(prepareRun({ ...options, overwrite: true }, rows)).rejects.toThrow(/model is a link/);
    expect(await readdir(elsewhere)).toEqual(["weights"]);
    expect(await readdir(options.out)).toContain("rows");
  });

  test("that an interrupted --overwrite left half removed can be overwritten again", async () => {
    const options = await optionsFor("half");
    const rows = await prepareRows(options);
    await prepareRun(options, rows);
    // Before worker.json was written, or after it was removed.
    await writeFile(join(options.out, "rows", "train.jsonl.partial"), "{");
    await prepareRun({ ...options, overwrite: true }, rows);
    expect((await readdir(options.out)).sort()).toEqual(["checkpoints", "rows"]);
  });

  test("has nothing to go on with when it is new", async () => {
    const options = await optionsFor("new", { resume: "latest" });
    await expect(prepareRun(options, await prepareRows(options))).rejects.toThrow(/holds no run/);
  });

  test("may be begun by a further host before the first one looks, with --overwrite too", async () => {
    const first = await optionsFor("early");
    const rows = await prepareRows(first);
    const launch = { processes: 1, hosts: 2, host: 1, rendezvous: { address: "a", port: 1 } };
    const further = await prepareRun({ ...first, launch }, rows);
    await prepareRun(first, rows);
    await prepareRun({ ...first, overwrite: true }, rows);
    expect(await idsIn(further.rows)).toEqual(VSI_100K_QUESTIONS.map(({ id }) => id));
    expect((await readdir(first.out)).sort()).toEqual(["checkpoints", "hosts", "rows"]);
  });

  test("of a further host is its own but for the checkpoints, which are the run's", async () => {
    const first = await optionsFor("hosts");
    const rows = await prepareRows(first);
    await prepareRun(first, rows);
    const launch = { processes: 1, hosts: 2, host: 1, rendezvous: { address: "a", port: 1 } };
    const settings = await prepareRun({ ...first, launch }, rows);
    expect(settings.run).toBe(join(first.out, "hosts", "1"));
    expect(await idsIn(settings.rows)).toEqual(await idsIn(join(first.out, "rows", "train.jsonl")));
    expect(await realpath(join(settings.run, "checkpoints"))).toBe(await realpath(join(first.out, "checkpoints")));
  });
});
