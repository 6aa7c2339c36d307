import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { factsFromMetaInfo, type SceneFacts } from "@vsi/geometry";
import { readSplitLists } from "@vsi/geometry/node";
import { generateQuestions, PROTOCOL_NAMES, RULES_NAMES } from "@vsi/questions";
import { makeRoom, type RoomTruth } from "@vsi/synth";
import { temporaryFolder } from "@vsi/testing/folders";
import { publishedSource } from "../../src/scans/publishedSource.ts";
import { readRoomTables } from "../../src/scans/roomTables.ts";
import { PUBLISHED_FORMS, publishedFile } from "../support/publishedForms.ts";

const folder = temporaryFolder();
const truths: RoomTruth[] = [];

beforeAll(() => {
  for (let seed = 0; seed < 3; seed += 1) {
    truths.push(makeRoom({ sceneName: `scene900${seed}_00`, seed, vertexCount: 12_000 }).truth);
  }
});

const room = (name: string, dataset = "scannet", truth = 0) => ({ name, dataset, truth: truths[truth]! });

async function write(name: string, json: unknown): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, JSON.stringify(json));
  return path;
}

async function source(paths: string[], options: Partial<Parameters<typeof publishedSource>[1]> = {}) {
  const lists = await readSplitLists();
  return publishedSource(paths, { split: "all", scenes: null, exclude: [], seed: 0, lists, tables: null, ...options });
}

describe("every form of published facts", () => {
  const factsOf = (form: (typeof PUBLISHED_FORMS)[number]): SceneFacts[] =>
    factsFromMetaInfo(
      JSON.parse(
        JSON.stringify(
          publishedFile(
            form,
            truths.map((_, index) => room(`room${index}`, "scannet", index)),
          ),
        ),
      ),
    );

  test("gives the same questions with the same answers for the same scene", () => {
    let compared = 0;
    for (const protocol of PROTOCOL_NAMES) {
      for (const rules of RULES_NAMES) {
        const [reference, ...others] = PUBLISHED_FORMS.map((form) =>
          factsOf(form).map((facts) =>
            generateQuestions(facts, { protocol, rules, balance: false }).questions.map(
              ({ evidence, ...question }) => ({
                ...question,
                objects: evidence.object_ids,
              }),
            ),
          ),
        );
        for (const other of others) expect(other).toEqual(reference);
        compared += reference!.flat().length;
      }
    }
    // Otherwise equal lists say little.
    expect(compared).toBeGreaterThan(300);
  });

  test("gives the same boxes, and the room's own area", () => {
    const [reference, ...others] = PUBLISHED_FORMS.map(factsOf);
    for (const other of others) {
      for (const [index, facts] of other.entries()) {
        expect(facts.room.area_m2).toBeCloseTo(truths[index]!.area, 9);
        expect(facts.objects.map(({ id, label, box }) => ({ id, label, box }))).toEqual(
          reference![index]!.objects.map(({ id, label, box }) => ({ id, label, box })),
        );
        for (const [place, { aabb }] of facts.objects.entries()) {
          const expected = reference![index]!.objects[place]!.aabb;
          for (const axis of [0, 1, 2] as const) {
            expect(aabb.min[axis]).toBeCloseTo(expected.min[axis], 9);
            expect(aabb.max[axis]).toBeCloseTo(expected.max[axis], 9);
          }
        }
      }
    }
  });
});

describe("publishedSource", () => {
  test("the room decides the split: a benchmark's test rooms, ScanNet's lists, a seeded hash for the rest", async () => {
    const names = ["scene0025_01", "scene0025_00", "scene0011_00", "scene0000_00", "41069025", "0d2ee665be", "Area_1"];
    const path = await write(
      "all.json",
      publishedFile(
        "VLM-3R",
        names.map((name) => room(name)),
      ),
    );
    const { scans, splits } = await source([path]);
    expect(Object.fromEntries(scans.map(({ scanId, split }) => [scanId, split]))).toEqual({
      // VSI-Bench tests on another scan of this room.
      scene0025_00: "test",
      scene0025_01: "test",
      "41069025": "test",
      "0d2ee665be": "test",
      scene0011_00: "validation",
      scene0000_00: "train",
      Area_1: "train",
    });
    expect(splits).toEqual(["train", "validation", "test"]);
    const train = await source([path], { split: "train" });
    expect(train.scans.map(({ scanId }) => scanId)).toEqual(["Area_1", "scene0000_00"]);
    expect(train.splits).toEqual(splits);
  });

  test("test rooms stay so whatever the file calls their dataset", async () => {
    const path = await write("other.json", publishedFile("ReVSI", [room("41069025", "mine")]));
    await expect(source([path], { split: "train" })).rejects.toThrow(
      "--split train: none of the 1 scene of --meta-info is in this split. 1 scene of them is of a room that VSI-Bench tests on, never training data.",
    );
    expect((await source([path])).splits).toEqual(["test"]);
  });

  test("a folder's files and others are read together, ordered by name; none twice", async () => {
    const below = join(folder, "several");
    await mkdir(below);
    await write(
      "several/b.json",
      publishedFile("VSI-Bench", [room("scene0025_01"), room("scene0046_01", "scannet", 1)]),
    );
    await write("several/a.json", publishedFile("ReVSI", [room("scene0030_02")]));
    await write("several/notes.txt", "none");
    const extra = await write("extra.json", publishedFile("VLM-3R", [room("scene0000_00")]));
    const { scans } = await source([below, extra]);
    expect(scans.map(({ scanId }) => scanId)).toEqual(["scene0000_00", "scene0025_01", "scene0030_02", "scene0046_01"]);
    const again = await write("again.json", publishedFile("ReVSI", [room("scene0025_01")]));
    await expect(source([below, again])).rejects.toThrow(/scene0025_01 is in .*b\.json and in .*again\.json/);
  });

  test("a folder without JSON, and a path of nothing, are named", async () => {
    await mkdir(join(folder, "empty"));
    await expect(source([join(folder, "empty")])).rejects.toThrow("got a folder without JSON files");
    await expect(source([join(folder, "nowhere.json")])).rejects.toThrow(
      "nowhere.json: got no such file, expected published scene facts",
    );
  });

  test("regression: of a folder of raw scans, some JSON in it was said to be damaged", async () => {
    const raw = join(folder, "raw");
    await mkdir(join(raw, "scans", "scene0000_00"), { recursive: true });
    await writeFile(join(raw, "samples.json"), "{}");
    await expect(source([raw])).rejects.toThrow(
      `--meta-info ${raw}: got raw scans, expected published scene facts. Give scans as --scannet.`,
    );
  });

  test("of ARKitScenes, videos of unknown rooms are warned about before they are trained on", async () => {
    const names = ["41069025", "47333462"];
    const path = await write(
      "arkit.json",
      publishedFile(
        "VLM-3R",
        names.map((name) => room(name, "arkitscenes")),
      ),
    );
    const { warnings } = await source([path]);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/1 video of ARKitScenes, such as 47333462, .* visit_id.*--room-tables/);
    expect((await source([path], { exclude: ["47333462"] })).warnings).toEqual([]);
    const lists = await readSplitLists();
    // The benchmark's own videos alone: others of their rooms are left, which once nobody was told.
    expect((await source([path], { exclude: [...lists.testRooms] })).warnings).toEqual(warnings);
    // Apple's Validation fold, all that is tested on and several times as much: what is left shows other rooms.
    const others = Array.from({ length: 399 }, (_, index) => String(43_000_000 + index));
    expect((await source([path], { exclude: [...lists.testRooms, ...others] })).warnings).toEqual([]);
  });

  test("of ScanNet++, scenes that go by a hash are warned about, until its lists say where they belong", async () => {
    const names = ["0d2ee665be", "0a5c013435", "7b6477cb96"];
    const path = await write(
      "scannetpp.json",
      publishedFile(
        "VLM-3R",
        names.map((name) => room(name, "scannetpp")),
      ),
    );
    expect((await source([path])).warnings).toEqual([
      expect.stringMatching(
        /2 scenes of ScanNet\+\+, such as 0a5c013435, go to train or validation by a seeded hash.*--room-tables/,
      ),
    ]);
    const lists = await readSplitLists();
    await writeFile(join(folder, "nvs_sem_val.txt"), "0a5c013435\n7b6477cb96\n0d2ee665be\n");
    const tables = await readRoomTables([join(folder, "nvs_sem_val.txt")], lists);
    const { scans, warnings } = await source([path], { tables });
    expect(scans.map(({ split }) => split)).toEqual(["validation", "test", "validation"]);
    expect(warnings).toEqual([]);
    await expect(source([path], { tables, split: "train" })).rejects.toThrow(
      "1 scene of them is of a room that VSI-Bench or a table of --room-tables tests on, never training data.",
    );
  });

  test("regression: videos of one room of ARKitScenes were in train and in validation, by a hash of their names", async () => {
    const names = Array.from({ length: 60 }, (_, index) => String(49_000_000 + index));
    const path = await write(
      "visits.json",
      publishedFile(
        "VLM-3R",
        names.map((name) => room(name, "arkitscenes")),
      ),
    );
    expect(new Set((await source([path])).scans.map(({ split }) => split))).toEqual(new Set(["train"]));
  });

  test("JSON lines are a list of scenes; a packed file is to be unpacked", async () => {
    const scenes = publishedFile("VLM-3R", [room("scene0000_00"), room("scene0011_00")]) as Record<string, object>;
    const lines = Object.entries(scenes).map(([scene_name, scene]) => JSON.stringify({ scene_name, ...scene }));
    await writeFile(join(folder, "lines.jsonl"), `${lines.join("\n")}\n`);
    const { scans } = await source([join(folder, "lines.jsonl")]);
    expect(scans.map(({ scanId }) => scanId)).toEqual(["scene0000_00", "scene0011_00"]);
    await writeFile(join(folder, "facts.json.gz"), gzipSync("{}"));
    await expect(source([join(folder, "facts.json.gz")])).rejects.toThrow("got a packed file, expected published");
  });

  test("regression: macOS's ._ files beside published facts were read as such", async () => {
    await mkdir(join(folder, "mac"));
    await write("mac/a.json", publishedFile("ReVSI", [room("scene0000_00")]));
    await writeFile(join(folder, "mac", "._a.json"), Buffer.of(0, 5, 22, 7));
    expect((await source([join(folder, "mac")])).scans).toHaveLength(1);
  });
});

describe("published facts with a mistake", () => {
  type Box = Record<"centroid" | "axesLengths" | "min" | "max", number[]>;
  type Scene = { object_bbox: Record<string, Box[]> };
  const one = (change: (scene: Scene) => void, name = "scene0011_00") => {
    const json = structuredClone(publishedFile("VSI-Bench", [room(name)])) as Record<string, Scene>;
    change(json[name]!);
    return json;
  };
  const boxesOf = (scene: Scene): Box[] => Object.values(scene.object_bbox).flat();

  test("a byte order mark, and UTF-16, are no mistake", async () => {
    const text = JSON.stringify(publishedFile("VSI-Bench", [room("scene0011_00")]));
    for (const [name, bytes] of [
      ["bom.json", Buffer.from(`\uFEFF${text}`)],
      ["utf16.json", Buffer.from(`\uFEFF${text}`, "utf16le")],
    ] as const) {
      await writeFile(join(folder, name), bytes);
      expect((await source([join(folder, name)])).scans).toHaveLength(1);
    }
  });

  test.each([100, 1000])("boxes in units %d times as small are refused, scene by scene", async (scale) => {
    const json = one((scene) => {
      for (const box of boxesOf(scene)) {
        for (const field of ["centroid", "axesLengths", "min", "max"] as const) {
          box[field] = box[field].map((value) => value * scale);
        }
      }
    });
    Object.assign(json, publishedFile("VSI-Bench", [room("scene0015_00")]));
    const { scans, unusable } = await source([await write(`units${scale}.json`, json)]);
    expect(scans.map(({ scanId }) => scanId)).toEqual(["scene0015_00"]);
    expect(unusable.map(({ code }) => code)).toEqual(["meta-info-not-metres"]);
  });

  test.each<[string, (box: Box) => void]>([
    ["half lengths", (box) => Object.assign(box, { axesLengths: box.axesLengths.map((length) => length / 2) })],
    ["centroids of another frame", (box) => Object.assign(box, { centroid: box.centroid.map((value) => value + 9) })],
  ])("%s: the boxes' own corners tell, in a warning", async (name, change) => {
    const json = one((scene) => boxesOf(scene).forEach(change));
    const { warnings } = await source([await write(`${name}.json`, json)]);
    expect(warnings).toEqual([
      expect.stringMatching(/of \d+ boxes, such as scene0011_00's .*rows|each row of the axes/),
    ]);
    expect(
      (
        await source([
          await write(
            "right.json",
            one(() => {}),
          ),
        ])
      ).warnings,
    ).toEqual([]);
  });

  test("an exclude list that names every scene is an error, not an empty dataset", async () => {
    const path = await write(
      "all.json",
      one(() => {}),
    );
    await expect(source([path], { exclude: ["SCENE0011"] })).rejects.toThrow(
      "--exclude: names the only scene of --meta-info, so none is left to read",
    );
  });

  test("names that differ by case only are refused, and no case lets a test room into train", async () => {
    const twins = { ...one(() => {}, "scene0011_00"), ...one(() => {}, "Scene0011_00") };
    await expect(source([await write("twins.json", twins)])).rejects.toThrow(
      "differs from another scene's name by case",
    );
    for (const [name, split] of [
      ["SCENE0025_00", "test"],
      ["SCENE0011_00", "validation"],
    ] as const) {
      const { scans } = await source([
        await write(
          "upper.json",
          one(() => {}, name),
        ),
      ]);
      expect(scans.map((scan) => scan.split)).toEqual([split]);
    }
  });
});
