import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import type { SceneFacts } from "@vsi/dataset";
import { temporaryFolder } from "@vsi/testing/folders";
import { askedDistances, sceneDistances } from "../../src/audit/distances.ts";
import type { QuestionGroup } from "../../src/audit/questions.ts";
import { numberQuestion } from "../support/auditQuestion.ts";
import { squareScene } from "../support/squareScene.ts";

describe("sceneDistances", () => {
  const folder = temporaryFolder();

  async function write(facts: SceneFacts): Promise<void> {
    await mkdir(join(folder, "scenes"), { recursive: true });
    await writeFile(join(folder, "scenes", `${facts.scene_name}.json`), JSON.stringify(facts));
  }

  test("of several instances the nearest, between boxes or where it was measured between surfaces; others' scenes are left out", async () => {
    // Boxes of 1 m: chairs at x = 0 and 10, a table at 4, a lamp 3 m and 4 m from the table along x and y.
    const places = { chair: [0, 0], chair2: [10, 0], table: [4, 0], lamp: [8, 5] } as const;
    const facts = squareScene(
      "scene0001_00",
      Object.entries(places).map(([name, [x, y]]) => ({ label: name.replace(/\d/, ""), x, y })),
    );
    await write(facts);
    await write({ ...facts, scene_name: "scene0002_00", surface_distances: [{ a: 0, b: 2, distance_m: 0.25 }] });
    const scenes = new Map([
      ["scene0001_00", "scene0001"],
      ["scene0002_00", "scene0002"],
      ["scene0003_00", "scene0003"],
    ]);
    const found = await sceneDistances(folder, scenes, new Set(["chair", "table", "lamp"]), 0);
    expect([...found.keys()].sort()).toEqual(["scene0001", "scene0002"]);
    const between = (room: string, a: string, b: string) =>
      found.get(room)?.find((own) => own.a === a && own.b === b)?.distance_m;
    expect(between("scene0001", "chair", "table")).toBeCloseTo(3, 10);
    expect(between("scene0001", "lamp", "table")).toBeCloseTo(5, 10);
    expect(between("scene0002", "chair", "table")).toBeCloseTo(0.25, 10);
    // Only names that are asked about.
    expect(await sceneDistances(folder, scenes, new Set(["chair"]), 0)).toEqual(
      new Map([
        ["scene0001", []],
        ["scene0002", []],
      ]),
    );
  });

  test("a scene that can't be read is named; one whose file is missing is left out", async () => {
    await mkdir(join(folder, "scenes"), { recursive: true });
    await writeFile(join(folder, "scenes", "scene0009_00.json"), "{");
    const broken = new Map([["scene0009_00", "scene0009"]]);
    await expect(sceneDistances(folder, broken, new Set(["chair"]), 0)).rejects.toThrow("scenes/scene0009_00.json");
    expect((await sceneDistances(folder, new Map([["scene0008_00", "r"]]), new Set(["chair"]), 0)).size).toBe(0);
  });
});

test("askedDistances: what questions for distances were answered, by room", () => {
  const asked = (room: string, a: string, b: string, value: number) =>
    numberQuestion({ room, places: { a, b }, value });
  const group: QuestionGroup = {
    type: "object_abs_distance",
    kind: "number",
    listing: null,
    questions: [asked("r1", "bed", "tv", 2), asked("r1", "bed", "sofa", 3), asked("r2", "tv", "bed", 4)],
  };
  const sizes: QuestionGroup = { ...group, type: "object_size_estimation" };
  expect(askedDistances([sizes, group])).toEqual(
    new Map([
      [
        "r1",
        [
          { a: "bed", b: "tv", distance_m: 2 },
          { a: "bed", b: "sofa", distance_m: 3 },
        ],
      ],
      ["r2", [{ a: "tv", b: "bed", distance_m: 4 }]],
    ]),
  );
});
