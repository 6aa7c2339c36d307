import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import type { SceneFacts } from "@vsi/dataset";
import { temporaryFolder } from "@vsi/testing/folders";
import type { QuestionIndex } from "../../src/data/questionIndex.ts";
import { listScenes, summarizeScenes } from "../../src/data/scenes.ts";

const folder = temporaryFolder();

test("a scene without questions is in the split of its room, as its name or a table of rooms says", async () => {
  const rooms: Record<string, string | null> = {
    "47333462": "421372",
    "47333463": "421372",
    "48458663": "422012",
    scene0000_00: null,
    scene0000_01: null,
  };
  await mkdir(join(folder, "scenes"));
  for (const [scene_name, physical_room] of Object.entries(rooms)) {
    const facts = { dataset: "arkitscenes", scene_name, room: { area_m2: 12 }, objects: [], camera: null };
    const stated: Partial<SceneFacts> = physical_room === null ? {} : { physical_room };
    await writeFile(join(folder, "scenes", `${scene_name}.json`), JSON.stringify({ ...facts, ...stated }));
  }
  // A question about the first of each room, in two splits.
  const index = { table: { split: [1, 0], questions: 2 }, rowsOfScene: [[0], [], [], [1], []] };
  const names = await listScenes(folder);
  const summaries = await summarizeScenes(
    folder,
    names,
    ["train", "validation"],
    index as unknown as QuestionIndex,
    new Set(),
  );
  expect(summaries.map(({ scene_name, split }) => [scene_name, split])).toEqual([
    ["47333462", "validation"],
    ["47333463", "validation"],
    ["48458663", null],
    ["scene0000_00", "train"],
    ["scene0000_01", "train"],
  ]);
  expect(summaries[0]).not.toHaveProperty("room");
});
