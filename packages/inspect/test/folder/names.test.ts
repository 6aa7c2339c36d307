import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import type { Question, SceneFacts, SceneObject } from "@vsi/dataset";
import { PROTOCOLS } from "@vsi/questions";
import { protocolWith } from "@vsi/questions/internal";
import table from "@vsi/scannet-manifests/label-kinds.json" with { type: "json" };
import fc from "fast-check";
import { doubtfulLabels } from "../../../questions/src/scene/doubtfulLabels.ts";
import { wideName } from "../../../questions/src/scene/names.ts";
import type { VerifySettings } from "../../src/folder/manifest.ts";
import { nameDoubts, widestName } from "../../src/folder/names.ts";
import { verifiedScene } from "../../src/folder/scene.ts";
import { recomputeAnswer } from "../../src/verify/recompute/answer.ts";
import { checkRules } from "../../src/verify/rules.ts";

const { "vsi-100k": VSI_100K, "vsi-bench": VSI_BENCH } = PROTOCOLS;

const SHARED_DATA = process.env.VSI_SHARED_DATA ?? join(import.meta.dirname, "../../../../../shared/data");
const LABEL_MAP = join(SHARED_DATA, "scannet/scannetv2-labels.combined.tsv");

function object(id: number, label: string, category = label): SceneObject {
  const box: SceneObject["box"] = {
    center: [id, 0, 0],
    size: [1, 1, 1],
    axes: [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
  };
  const aabb: SceneObject["aabb"] = { min: [id - 0.5, -0.5, -0.5], max: [id + 0.5, 0.5, 0.5] };
  return { id, label, category, excluded: null, points: 99, centroid: [id, 0, 0], box, aabb };
}

/** Whether both readings of the table doubt the first label beside the second, and what each makes of its name. */
function compare(label: string, other: string): void {
  const named = [object(0, label)];
  const objects = [...named, object(1, other)];
  const [doubt] = doubtfulLabels(new Map([[label, named]]), objects);
  const found = nameDoubts(objects, () => named)(label);
  expect([label, other, found !== null]).toEqual([label, other, doubt !== undefined]);
  if (doubt?.code === "label-plural") expect(found).toContain("many things");
  if (doubt?.code === "label-not-askable") expect(found).toContain("may be anything");
  expect([label, widestName(label)]).toEqual([label, wideName(label)]);
}

describe("a second reading of the label table agrees with the generator's", () => {
  const listed = table.rows.map(({ label }) => label);

  test("of all labels in it, with each other and in compounds and plurals", () => {
    for (const [index, label] of listed.entries()) {
      const other = listed[(index * 7 + 1) % listed.length] ?? "";
      for (const first of [label, `${label}s`, `purple ${label}`, `box of ${label}`, `stack of ${label}s`]) {
        compare(first, other);
        compare(first, label);
        compare(label, first);
      }
    }
  });

  test("regression: of labels written with hyphens or underscores, which verify took for other names", () => {
    expect(widestName("mini-fridge")).toBe("refrigerator");
    for (const [index, label] of listed.entries()) {
      for (const mark of ["-", "_"]) {
        const written = label.replaceAll(" ", mark);
        compare(written, label);
        compare(label, written);
        compare(`office-${written}`, listed[(index * 7 + 1) % listed.length] ?? "");
      }
    }
  });

  test("of whatever else may be a label", () => {
    const words = fc.constantFrom(...listed, ...Object.keys(table.plurals), ...table.not_plural);
    const word = fc.oneof(
      words,
      fc.constantFrom("of", "purple", "s", "es", "dishes", "toes", "stack of", "SOFA", "a_b"),
    );
    const label = fc.oneof(
      fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(" ")),
      fc.string(),
    );
    fc.assert(fc.property(label, label, compare), { numRuns: 3000 });
  });

  (existsSync(LABEL_MAP) ? test : test.skip)("of the 607 labels of ScanNet's label map, all pairs", () => {
    const [, ...rows] = readFileSync(LABEL_MAP, "utf8").trim().split(/\r?\n/);
    const labels = rows.map((row) => row.split("\t")[1] ?? "");
    const objects = labels.map((label, id) => object(id, label));
    const doubtOf = nameDoubts(objects, (name) => objects.filter(({ label }) => label === name));
    for (const [index, label] of labels.entries()) {
      compare(label, labels[(index + 1) % labels.length] ?? "");
      const doubt = doubtfulLabels(new Map([[label, objects.slice(index, index + 1)]]), objects).length > 0;
      expect([label, doubtOf(label) !== null]).toEqual([label, doubt]);
    }
  });
});

describe("verify under wide names", () => {
  const settings: VerifySettings = {
    protocol: protocolWith(VSI_100K, "careful"),
    rules: "careful",
    balance: false,
    thinSizes: false,
    types: ["object_counting"],
    labels: "raw",
    distance: null,
    minVisiblePixels: 20,
    countVisible: false,
    pixels: false,
    box: "gravity",
    maxPerScene: {},
    target: null,
  };
  const facts = (objects: SceneObject[], counts: SceneFacts["counts"] = null): SceneFacts => ({
    ...{ schema: "vsi-scene/1", dataset: "vsi-synth", scene_name: "scene9000_00", objects, counts },
    room: { area_m2: 20, center: [0, 0, 0], outline: null, walkable: null },
    ...{ surface_distances: null, camera: null },
  });
  const objects = [
    object(0, "chair"),
    object(1, "chair"),
    object(2, "office chair"),
    object(3, "books", "book"),
    object(4, "books", "book"),
    object(5, "board"),
    object(6, "board"),
    object(7, "bed"),
    object(8, "bed"),
  ];

  /** What is wrong with a true question of how many there are of these. */
  function problemsOf(object_ids: number[], change: Partial<VerifySettings> = {}, given = facts(objects)): string[] {
    const changed = { ...settings, ...change };
    const scene = verifiedScene(given, changed);
    const evidence = { object_ids, value: object_ids.length, unit: "count", margin: null, route: null, frames: null };
    const question = { question_type: "object_counting", evidence, frames: [] } as unknown as Question;
    const answer = recomputeAnswer(question, scene, changed);
    expect(answer.object_ids).toEqual(object_ids);
    const found: string[] = [];
    const place = { file: "data/train.jsonl", line: 1, id: null };
    checkRules(question, answer, scene, changed, place, ({ code, got }) => found.push(`${code}: ${got}`));
    return found;
  }

  test("a question of a label that overlaps, is plural or may be anything breaks a rule", () => {
    expect(problemsOf([0, 1])).toEqual(['rule: "chair" beside id 2, "office chair"']);
    expect(problemsOf([3, 4])).toEqual(['rule: "books", where one annotation covers many things']);
    expect(problemsOf([5, 6])).toEqual(['rule: "board", which may be anything']);
    expect(problemsOf([7, 8])).toEqual([]);
  });

  test("by the paper's rules it breaks none", () => {
    const paper = { protocol: VSI_100K, rules: "paper" } as const;
    expect(
      [
        [0, 1],
        [3, 4],
        [5, 6],
      ].flatMap((ids) => problemsOf(ids, paper)),
    ).toEqual([]);
  });

  test("canonical names are the widest, but for the benchmark's own", () => {
    const canonical = { labels: "canonical" } as const;
    expect(problemsOf([0, 1, 2], canonical)).toEqual([]);
    expect(problemsOf([3, 4], canonical)).toEqual(['rule: "books", where one annotation covers many things']);
    const bench = { ...canonical, protocol: protocolWith(VSI_BENCH, "careful") };
    expect(problemsOf([0, 1], bench)).toEqual(['rule: "chair" beside id 2, "office chair"']);
  });

  test("published counts of kinds that are counted together are added", () => {
    const canonical = { labels: "canonical" } as const;
    expect(problemsOf([0, 1, 2], canonical, facts(objects, { chair: 2, "office chair": 1 }))).toEqual([]);
    const more = facts(objects, { chair: 2, "office chair": 2 });
    expect(() => problemsOf([0, 1, 2], canonical, more)).toThrow(/the published count 4/);
  });
});
