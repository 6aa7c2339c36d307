import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import sharp from "sharp";
import { prepareRows } from "../../src/rows/prepareRows.ts";
import { makeTrainOptions } from "../support/trainOptions.ts";

const root = temporaryFolder();

const COUNTING = {
  id: 7,
  dataset: "arkitscenes",
  scene_name: "41069025",
  question_type: "object_counting",
  question: "How many table(s) are in this room?",
  ground_truth: "4",
  options: null,
};
const CHOICE = {
  ...COUNTING,
  id: "b",
  question_type: "object_rel_distance",
  question: "Which of these objects is the closest to the tv?",
  ground_truth: "B",
  options: ["A. bed", "B. sink"],
};

/** Writes a JSONL and a scene's three frames below <dataset>/<scene> or <scene>. */
async function write(name: string, records: readonly object[], isByDataset = true) {
  const [data, framesDir] = [join(root, `${name}.jsonl`), join(root, `${name}-frames`)];
  await writeFile(data, records.map((record) => `${JSON.stringify(record)}\n`).join(""));
  const folder = join(framesDir, ...(isByDataset ? [COUNTING.dataset] : []), COUNTING.scene_name);
  await mkdir(folder, { recursive: true });
  for (const frame of ["10", "2", "1"]) {
    await sharp({ create: { width: 8, height: 8, channels: 3, background: "red" } })
      .jpeg()
      .toFile(join(folder, `${frame}.jpg`));
  }
  return { data, framesDir, folder };
}

test("a JSONL in VSI-Bench's form becomes rows: frames in natural order, the word for the letter, nothing held out", async () => {
  const { data, framesDir, folder } = await write("bench", [COUNTING, CHOICE]);
  const rows = await prepareRows(makeTrainOptions({ data, framesDir, frames: 3 }));
  expect(rows.heldOut).toEqual([]);
  expect(rows.train).toMatchObject([
    { id: "7", ground_truth: "4", options: null, images: ["1", "2", "10"].map((name) => join(folder, `${name}.jpg`)) },
    { id: "b", ground_truth: "sink", options: ["A. bed", "B. sink"] },
  ]);
});

test("SFT with reasoning leaves out what nothing was measured of; DPO finds other answers", async () => {
  const { data, framesDir } = await write("methods", [COUNTING, CHOICE], false);
  const dpo = await prepareRows(makeTrainOptions({ method: "dpo", data, framesDir }));
  expect(dpo.train).toMatchObject([{ chosen: [{ content: "4" }] }, { rejected: [{ content: "bed" }] }]);
  await expect(prepareRows(makeTrainOptions({ method: "sft", mode: "think", data, framesDir }))).rejects.toThrow(
    /no question that the method can use/,
  );
});

test.each([
  [{ ...COUNTING, question_type: "object_colour" }, /line 1, \/question_type: got "object_colour"/],
  [{ ...COUNTING, scene_name: "../elsewhere" }, /\/scene_name.*a name without folders/],
  [{ ...COUNTING, scene_name: "nowhere" }, /no \.jpg or \.png in .*nowhere/],
  [{ ...CHOICE, ground_truth: "C" }, /\/ground_truth.*one of the letters A, B/],
  [{ ...CHOICE, options: ["bed"] }, /\/options/],
  [{ ...COUNTING, question: "" }, /\/question: /],
  [{ ...COUNTING, id: null }, /\/id: /],
])("%j is refused with its line", async (record, message) => {
  const { data, framesDir } = await write("bad", [record]);
  await expect(prepareRows(makeTrainOptions({ data, framesDir }))).rejects.toThrow(message);
});
