import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { GeometryError } from "../../src/geometryError.ts";
import { factsFromMetaInfo } from "../../src/metaInfo/factsFromMetaInfo.ts";
import { thrownCode, thrownError } from "../thrownError.ts";
import { metaInfoBox, metaInfoFile } from "./metaInfoFile.ts";
import { mutatedJson } from "./mutatedJson.ts";

/** Every number in a value, wherever it stands. */
function numbersIn(value: unknown): number[] {
  if (typeof value === "number") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

describe("factsFromMetaInfo", () => {
  test("orders scenes by name, whatever the file's order", () => {
    const scene = metaInfoFile().scene0001_00;
    const names = ["b", "B", "41069021", "a10", "a9"];
    const facts = factsFromMetaInfo(Object.fromEntries(names.map((name) => [name, scene])));
    expect(facts.map((scene) => scene.scene_name)).toEqual(["41069021", "B", "a10", "a9", "b"]);
  });

  test("takes the dataset from each scene", () => {
    const { scene0001_00 } = metaInfoFile();
    const json = { a: scene0001_00, b: { ...scene0001_00, dataset: "arkitscenes" } };
    expect(factsFromMetaInfo(json).map((scene) => scene.dataset)).toEqual(["scannet", "arkitscenes"]);
  });

  test("throws the first bad scene by name, with the file, when nobody asks for bad scenes", async () => {
    const file = metaInfoFile();
    file.scene0002_00.room_size = 0;
    file.scene0001_00.room_size = -1;
    const error = await thrownError(() => factsFromMetaInfo(file, { file: "facts.json" }));
    expect(error?.message).toMatch(/^facts\.json: scene0001_00\.room_size: got -1, expected/);
  });

  test("reports bad scenes to who asks, and goes on without them", () => {
    const file = { ...metaInfoFile(), "../etc": metaInfoFile().scene0001_00, scene0003_00: { room_size: 3 } };
    file.scene0002_00.object_bbox.table = [];
    const reported: string[][] = [];
    const facts = factsFromMetaInfo(file, { onBadScene: (name, error) => reported.push([name, error.code]) });
    expect(facts.map((scene) => scene.scene_name)).toEqual(["scene0001_00"]);
    expect(reported).toEqual([
      ["../etc", "meta-info-unsafe-name"],
      ["scene0002_00", "meta-info-empty-category"],
      ["scene0003_00", "meta-info-bad-shape"],
    ]);
  });

  test.each<[string, unknown]>([
    ["a list", [metaInfoFile()]],
    ["null", null],
    ["nothing", undefined],
    ["text", "{}"],
    ["an object without scenes", {}],
    ["another program's settings", { name: "vsi", scripts: { test: "jest" } }],
    ["one scene alone", metaInfoFile().scene0002_00],
  ])("%s is no such file, even for who takes bad scenes", async (_, json) => {
    expect(await thrownCode(() => factsFromMetaInfo(json, { onBadScene: () => {} }))).toBe("meta-info-bad-shape");
  });

  test("facts go through JSON unchanged", () => {
    const file = metaInfoFile();
    file.scene0002_00.object_bbox.chair = [metaInfoBox([-0, 0, 0.1 + 0.2])];
    const facts = factsFromMetaInfo(file);
    expect(JSON.parse(JSON.stringify(facts))).toStrictEqual(facts);
  });

  test("of a damaged file come good facts or a GeometryError, never a number that is none", () => {
    let refused = 0;
    let taken = 0;
    fc.assert(
      fc.property(mutatedJson(metaInfoFile()), (json) => {
        try {
          const facts = factsFromMetaInfo(json, { onBadScene: () => refused++ });
          taken += facts.length;
          expect(numbersIn(facts).every(Number.isFinite)).toBe(true);
          expect(JSON.parse(JSON.stringify(facts))).toStrictEqual(facts);
          for (const { objects, counts } of facts) {
            expect(new Set(objects.map((object) => object.category))).toEqual(new Set(Object.keys(counts!)));
          }
        } catch (error) {
          if (!(error instanceof GeometryError)) throw error;
          refused++;
        }
      }),
      { numRuns: 3000, seed: 3 },
    );
    // The mutations reach both ways out, so that the test says something.
    expect(Math.min(refused, taken)).toBeGreaterThan(500);
  });
});
