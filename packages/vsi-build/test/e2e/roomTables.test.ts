import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { Manifest, Question, SceneFacts } from "@vsi/dataset";
import { auditDataset, verifyDataset } from "@vsi/inspect";
import { makeRoom } from "@vsi/synth";
import { folderContent, temporaryFolder } from "@vsi/testing/folders";
import { editJsonFile, readLines } from "@vsi/testing/jsonFiles";
import { buildDataset } from "../../src/buildDataset.ts";
import { describeDryRun, dryRun } from "../../src/dryRun.ts";
import { mergeShards } from "../../src/mergeShards.ts";
import type { BuildOptions } from "../../src/options.ts";
import { publishedFile } from "../support/publishedForms.ts";

/** Made-up visits of ARKitScenes; VSI-Bench tests on 41069025. */
const APPLE = `video_id,visit_id,fold
41069025,381658,Validation
41069026,381658,Validation
47333462,921372,Training
47333463,921372,Training
48458663,922012.0,Validation
`;
const SPLITS = {
  "41069025": "test",
  "41069026": "test",
  "47333462": "train",
  "47333463": "train",
  "48458663": "validation",
} as const;
const VIDEOS = Object.keys(SPLITS);

describe("a build with tables of rooms", () => {
  const folder = temporaryFolder();
  const out = join(folder, "out");
  const given: Partial<BuildOptions> = {
    metaInfo: [join(folder, "facts.json")],
    roomTables: [join(folder, "3dod_train_val_splits.csv")],
    protocol: "vsi-bench",
    types: ["object_counting", "object_size_estimation", "room_size_estimation"],
    workers: 0,
  };
  const warnings: string[] = [];
  const build = (options: Partial<BuildOptions>) =>
    buildDataset({ ...given, ...options }, { onProblem: (_, message) => warnings.push(message) });
  const scenesOf = async (dataset: string, split: string) =>
    new Set((await readLines<Question>(join(dataset, "data", `${split}.jsonl`))).map(({ scene_name }) => scene_name));

  beforeAll(async () => {
    const rooms = VIDEOS.map((name, seed) => {
      const { truth } = makeRoom({ sceneName: `scene900${seed}_00`, seed, vertexCount: 8_000 });
      return { name, dataset: "arkitscenes", truth };
    });
    await writeFile(join(folder, "facts.json"), JSON.stringify(publishedFile("VLM-3R", rooms)));
    await writeFile(join(folder, "3dod_train_val_splits.csv"), APPLE);
    await build({ out });
  });

  test("every room goes where its dataset has it, and a room that is tested on is test as a whole", async () => {
    for (const split of ["train", "validation", "test"] as const) {
      expect(await scenesOf(out, split)).toEqual(
        new Set(VIDEOS.filter((name) => SPLITS[name as "41069025"] === split)),
      );
    }
    expect(warnings).toEqual([]);
    const facts = JSON.parse(await readFile(join(out, "scenes", "41069026.json"), "utf8")) as SceneFacts;
    expect(facts).toMatchObject({ physical_room: "381658", room_split: "test" });
    const { inputs } = JSON.parse(await readFile(join(out, "manifest.json"), "utf8")) as Manifest;
    expect(inputs.scenes_on_room_tables).toBe(VIDEOS.length);
    const card = await readFile(join(out, "README.md"), "utf8");
    expect(card).toContain("vsi-build --meta-info FILE --room-tables FILE --protocol vsi-bench");
    expect(card).toContain("Rooms with questions: train 1, validation 1, test 1; in more than one split: 0.");
  });

  test("verify finds it intact, making every question again", async () => {
    const { problems, regenerated } = await verifyDataset(out, { regenerate: true });
    expect(problems).toEqual([]);
    expect(regenerated).toBeGreaterThan(20);
  });

  test("the audit holds out the room, whatever the number of its videos", async () => {
    const { splits } = await auditDataset(out);
    expect(splits.train?.map(({ rooms }) => rooms)).toEqual(splits.train?.map(() => 1));
    expect(splits.train).toHaveLength(3);
  });

  test.each<[string, string, (facts: SceneFacts) => void, string[]]>([
    ["another split", "47333462", (facts) => Object.assign(facts, { room_split: "validation" }), ["question-split"]],
    [
      "that a room is tested on",
      "47333463",
      (facts) => Object.assign(facts, { room_split: "test" }),
      ["test-room-in-train"],
    ],
    [
      "a room of another split",
      "48458663",
      (facts) => Object.assign(facts, { physical_room: "921372" }),
      ["room-in-two-splits"],
    ],
    [
      "a room that a benchmark tests on",
      "47333462",
      (facts) => Object.assign(facts, { physical_room: "381658" }),
      ["test-room-in-train"],
    ],
    [
      "nothing of its room",
      "41069026",
      (facts) => {
        delete facts.physical_room;
        delete facts.room_split;
      },
      ["count", "question-split"],
    ],
  ])("facts that were changed to say %s are found", async (what, scene, change, codes) => {
    const copy = join(folder, what);
    await cp(out, copy, { recursive: true });
    await editJsonFile(copy, `scenes/${scene}.json`, change);
    const { problems } = await verifyDataset(copy, { regenerate: codes.includes("question-split") });
    const found = problems.map(({ code }) => code);
    expect(found).toEqual(expect.arrayContaining(codes));
  });

  test("a manifest that leaves out how many scenes tables name is found: nobody would read what they say", async () => {
    const copy = join(folder, "uncounted");
    await cp(out, copy, { recursive: true });
    await editJsonFile(copy, "manifest.json", ({ inputs }) => delete inputs.scenes_on_room_tables);
    const { problems } = await verifyDataset(copy);
    expect(problems.map(({ got }) => got)).toContain("inputs.scenes_on_room_tables left out");
  });

  test("shards become the same bytes; shards of different tables are refused", async () => {
    const shards = join(folder, "sharded");
    for (const index of [0, 1]) await build({ out: shards, shard: { index, total: 2 } });
    await mergeShards({ out: shards });
    expect(await folderContent(shards)).toEqual(await folderContent(out));
    const other = join(folder, "other.csv");
    await writeFile(other, APPLE.replace("47333463,921372", "47333463,921373"));
    await build({ out: shards, shard: { index: 1, total: 2 }, roomTables: [other], overwrite: true });
    await expect(
      mergeShards({ out: join(folder, "never"), shards: [`${shards}.shards/0-of-2`, `${shards}.shards/1-of-2`] }),
    ).rejects.toThrow(
      /got a shard with other rooms or splits \(--room-tables\) than .*Build all shards with the same flags/,
    );
  });

  test("--resume takes a dataset of another table for none of its own", async () => {
    expect((await build({ out, resume: true })).scans_read).toBe(VIDEOS.length);
    const other = join(folder, "swapped.csv");
    await writeFile(other, APPLE.replace("47333463,921372", "47333463,921373"));
    await expect(build({ out, resume: true, roomTables: [other] })).rejects.toThrow("holds a finished dataset");
  });

  test("--exclude of a video takes the other videos of its room along; --split goes by the table", async () => {
    const kept = join(folder, "kept");
    await build({ out: kept, exclude: ["47333462", "381658"] });
    expect(await scenesOf(kept, "validation")).toEqual(new Set(["48458663"]));
    expect(await scenesOf(kept, "train")).toEqual(new Set());
    const part = join(folder, "part");
    await build({ out: part, split: "val" });
    expect(await scenesOf(part, "validation")).toEqual(new Set(["48458663"]));
  });

  test("scenes on no table are counted once, and a build without tables names the flag", async () => {
    warnings.length = 0;
    const short = join(folder, "short.csv");
    await writeFile(short, APPLE.replace(/47333462.*\n48/s, "48"));
    await build({ out: join(folder, "short"), roomTables: [short] });
    expect(warnings).toEqual([expect.stringMatching(/^--room-tables: 2 scenes, such as 47333462, are on none/)]);
    // Regression: a dry run said nothing of it, and a build of hours at its start alone.
    const dry = await dryRun({ ...given, out: join(folder, "short"), roomTables: [short] });
    expect(dry.warnings).toEqual(warnings);
    expect(describeDryRun(dry)).toContain(`\nwarning: ${warnings[0]}`);
    warnings.length = 0;
    await build({ out: join(folder, "none"), roomTables: [] });
    expect(warnings).toEqual([
      expect.stringMatching(/4 videos of ARKitScenes, such as 41069026, .*give --room-tables/),
    ]);
    expect(await scenesOf(join(folder, "none"), "train")).toEqual(new Set(VIDEOS.slice(1)));
    const facts = await readFile(join(folder, "none", "scenes", "41069026.json"), "utf8");
    expect(facts).not.toMatch(/physical_room|room_split/);
  });
});
