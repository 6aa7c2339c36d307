import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import { parquetWriteBuffer } from "hyparquet-writer";
import { readBenchmark } from "../src/benchmark.ts";
import { truthOf } from "../src/evalQuestion.ts";
import { scorePredictions } from "../src/score/scorePredictions.ts";
import { jsonLines } from "./support/benchmarkRecords.ts";

const folder = temporaryFolder();
let files = 0;

async function fileOf(text: string | Uint8Array, extension = "jsonl"): Promise<string> {
  files += 1;
  const path = join(folder, `${files}.${extension}`);
  await writeFile(path, text);
  return path;
}

const read = async (records: object[]) => readBenchmark(await fileOf(jsonLines(records)));

const record = { id: 0, dataset: "scannet", scene_name: "scene0000_00", question: "Which is it?" };
const options = ["A. left", "B. right"];
const choice = { ...record, question_type: "object_rel_direction_easy", options, ground_truth: "B" };
const number = { ...record, question_type: "object_counting", options: null, ground_truth: "3" };

describe("VSTI-Bench's records (was: all of them refused)", () => {
  const vsti = { ...choice, ground_truth: "right", mc_answer: "B" };

  test("the text and the letter are both read, types outside our table too", async () => {
    const types = ["camera_movement_direction", "camera_obj_rel_dist_v2", "obj_obj_relative_pos_lr"];
    const questions = await read(types.map((question_type, id) => ({ ...vsti, id, question_type })));
    for (const question of questions)
      expect(question).toMatchObject({ ground_truth: "right", mc_answer: "B", options });
    const answers = new Map([
      ["0", "B"],
      ["1", "right"],
      ["2", "A"],
    ]);
    const { rows } = scorePredictions(questions, answers, { resamples: 10, seed: 0, level: 0.95 }).scores;
    const scored = rows
      .filter(({ questions }) => questions > 0)
      .map(({ row, official, robust }) => [row, official, robust]);
    expect(scored).toEqual([
      ["camera_movement_direction", 1, 1],
      ["camera_obj_rel_dist_v2", 0, 1],
      ["obj_obj_relative_pos_lr", 0, 0],
    ]);
  });

  test("a number keeps its truth, and its options are left aside", async () => {
    const distance = {
      ...vsti,
      question_type: "camera_obj_abs_dist",
      ground_truth: 1.5,
      options: ["A. 1.2", "B. 1.5"],
    };
    expect(await read([distance])).toMatchObject([{ ground_truth: "1.5", mc_answer: null, options: null }]);
  });

  test.each([
    ["a letter that is no option", { ...vsti, mc_answer: "C" }, "mc_answer", "question-field"],
    ["a letter of another text", { ...vsti, mc_answer: "A" }, "ground_truth", "question-truth"],
  ])("refuses %s", async (_, wrong, place, code) => {
    await expect(read([wrong])).rejects.toMatchObject({ code, detail: { place: `line 1, ${place}` } });
  });
});

test("a type that nobody knows is scored as what it is, in a row of its own name", async () => {
  const questions = await read([
    { ...choice, id: "choice", question_type: "colour" },
    { ...number, id: "metres", question_type: "height", question: "How high is it (in meters)?", ground_truth: "2" },
    { ...number, id: "count", question_type: "stairs" },
    { ...number, id: "word", question_type: "constructor", ground_truth: "oak" },
  ]);
  expect(questions.map((question) => truthOf(question).question_type)).toEqual([
    "camera_obj_rel_dist",
    "object_abs_distance",
    "object_counting",
    "camera_obj_rel_dist",
  ]);
  const answers = new Map([
    ["choice", "b"],
    ["metres", "200 cm"],
    ["count", "3"],
    ["word", "Oak"],
  ]);
  const { rows } = scorePredictions(questions, answers, { resamples: 10, seed: 0, level: 0.95 }).scores;
  const scored = rows.filter(({ questions }) => questions > 0).map(({ row, robust }) => [row, robust]);
  expect(scored).toEqual([
    ["colour", 1],
    ["constructor", 1],
    ["height", 1],
    ["stairs", 1],
  ]);
});

describe("options after a trip through a table", () => {
  test.each([
    ["Python's text", "['A. left', \"B. right\"]"],
    ["numpy's text", "['A. left'\n 'B. right']"],
  ])("%s", async (_, text) => {
    expect(await read([{ ...choice, options: text }])).toMatchObject([{ options, ground_truth: "right" }]);
  });

  test("none, by its names", async () => {
    for (const none of ["None", "nan", "", "[]"]) {
      expect(await read([{ ...number, options: none === "[]" ? [] : none }])).toMatchObject([{ options: null }]);
    }
  });

  test("a text that is no list is refused as it stands", async () => {
    await expect(read([{ ...choice, options: "[A. left, B. right]" }])).rejects.toMatchObject({
      code: "question-options",
      detail: { got: '"[A. left, B. right]"' },
    });
  });
});

describe("files of other forms", () => {
  test("a JSON list, and a list of what is no record", async () => {
    expect(await readBenchmark(await fileOf(JSON.stringify([choice, { ...number, id: 1 }]), "json"))).toHaveLength(2);
    await expect(
      readBenchmark(await fileOf(JSON.stringify([choice, { ...number, id: 0 }]), "json")),
    ).rejects.toMatchObject({
      detail: { place: "item 2, id", got: "0, as on item 1" },
    });
  });

  const parquet = (records: { id: number; options: unknown; pruned: boolean }[]) =>
    new Uint8Array(
      parquetWriteBuffer({
        columnData: [
          { name: "id", data: records.map(({ id }) => BigInt(id)), type: "INT64" },
          ...(["dataset", "scene_name", "question_type", "question", "ground_truth"] as const).map((name) => ({
            name,
            data: records.map(() => choice[name]),
            type: "STRING" as const,
          })),
          { name: "options", data: records.map((one) => one.options), type: "JSON" },
          { name: "pruned", data: records.map(({ pruned }) => pruned), type: "BOOLEAN" },
        ],
      }),
    );

  test("Parquet with integer ids, in a Hugging Face dataset's folder, and its debiased subset", async () => {
    const dataset = join(folder, "hub");
    await mkdir(join(dataset, "data"), { recursive: true });
    await writeFile(join(dataset, "README.md"), "---\nlicense: apache-2.0\n---\n");
    const records = [
      { id: 1, options, pruned: false },
      { id: 2, options, pruned: true },
    ];
    await writeFile(join(dataset, "data", "test-00000-of-00001.parquet"), parquet(records));
    expect((await readBenchmark(dataset)).map(({ id }) => id)).toEqual(["1", "2"]);
    expect((await readBenchmark(dataset, { subset: "debiased" })).map(({ id }) => id)).toEqual(["1"]);
    expect((await readBenchmark(dataset, { subset: "pruned" })).map(({ id }) => id)).toEqual(["2"]);
    await expect(readBenchmark(dataset, { subset: "16_frame" })).rejects.toMatchObject({ code: "benchmark-subset" });
  });

  test("several files for a split: the subset chooses, else they are named", async () => {
    const dataset = join(folder, "several");
    await mkdir(join(dataset, "16_frame"), { recursive: true });
    await mkdir(join(dataset, "32_frame"));
    for (const frames of [16, 32]) {
      const revsi = { ...number, id: frames, scene_name: undefined, scene_id: "s", num_frames: frames };
      await writeFile(join(dataset, `${frames}_frame`, "test.jsonl"), jsonLines([revsi]));
    }
    expect(await readBenchmark(dataset, { subset: "32_frame" })).toMatchObject([{ id: "32", num_frames: 32 }]);
    await expect(readBenchmark(dataset)).rejects.toMatchObject({
      code: "benchmark-missing",
      message: expect.stringMatching(/16_frame\/test\.jsonl, 32_frame\/test\.jsonl.*--subset/),
    });
  });

  test("a subset of records that do not say, and one without questions", async () => {
    const path = await fileOf(jsonLines([choice]));
    await expect(readBenchmark(path, { subset: "debiased" })).rejects.toMatchObject({
      code: "benchmark-subset",
      detail: { place: "line 1, pruned", got: "nothing" },
    });
    const none = await fileOf(jsonLines([{ ...choice, pruned: "True" }]));
    await expect(readBenchmark(none, { subset: "debiased" })).rejects.toMatchObject({
      code: "benchmark-empty",
      detail: { got: "no question of the subset debiased" },
    });
  });
});
