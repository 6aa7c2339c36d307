import { describe, expect, test } from "@jest/globals";
import { QUESTION_TYPES } from "../src/questionTypes.ts";
import { MANIFEST_SCHEMA } from "../src/records.ts";
import { SCHEMAS } from "../src/schemas.ts";
import { schemaCheck, validateManifest, validateQuestion, validateReject, validateScene } from "../src/validate.ts";
import { mutations } from "./support/mutations.ts";
import { candidateReject, choiceQuestion, manifest, openQuestion, scanReject, scene } from "./support/samples.ts";

const {
  "manifest.schema.json": manifestSchema,
  "question.schema.json": questionSchema,
  "reject.schema.json": rejectSchema,
} = SCHEMAS;

describe("schemaCheck", () => {
  test("the schema is compiled at the first check, not before", () => {
    const check = schemaCheck({ type: "nonsense" }, "some-schema");
    expect(() => check(1, { file: "a.json" })).toThrow(/schema is invalid/);
  });

  test("a long value is cut in the error, and undefined is named", () => {
    const check = schemaCheck({ type: "number" }, "some-schema");
    expect(() => check("x".repeat(1000), { file: "a.json" })).toThrow(/^a\.json: the record: got "x{79}, expected/);
    expect(() => check(undefined, { file: "a.json" })).toThrow(/got nothing/);
  });
});

describe("validateManifest", () => {
  const where = { file: "manifest.json" };

  test("the type's sample follows the schema", () => {
    expect(() => validateManifest(manifest, where)).not.toThrow();
  });

  test("schema and type know the same format and fields, all required", () => {
    expect(manifestSchema.properties.schema.const).toBe(MANIFEST_SCHEMA);
    expect(manifestSchema.required).toEqual(Object.keys(manifest));
    expect(manifestSchema.properties.inputs.required).toEqual(Object.keys(manifest.inputs));
    expect(manifestSchema.properties.counts.required).toEqual(Object.keys(manifest.counts));
  });

  describe("refuses", () => {
    const byName = [
      "/settings",
      "/versions",
      "/inputs/scans_skipped",
      "/counts/questions",
      "/counts/rejects",
      "/counts/not_drawn",
    ];
    test.each(mutations(manifest, byName))("$change", ({ value }) => {
      expect(() => validateManifest(value, where)).toThrow(expect.objectContaining({ code: "manifest-schema" }));
    });

    test.each([
      ["a seed with a fraction", { seed: 0.5 }],
      ["a version that is a number", { versions: { "@vsi/geometry": 1 } }],
      ["a negative count", { inputs: { ...manifest.inputs, scans_read: -1 } }],
      ["half a question", { counts: { ...manifest.counts, questions: { train: { object_counting: 0.5 } } } }],
    ])("%s", (_, change) => {
      expect(() => validateManifest({ ...manifest, ...change }, where)).toThrow(/^manifest\.json: \//);
    });
  });
});

describe("validateQuestion", () => {
  const where = { file: "data/train.jsonl", place: "line 7" };

  test("the type's samples follow the schema, with and without options", () => {
    expect(() => validateQuestion(openQuestion, where)).not.toThrow();
    expect(() => validateQuestion(choiceQuestion, where)).not.toThrow();
  });

  test("schema and type know the same question types and fields, all required", () => {
    expect(questionSchema.properties.question_type.enum).toEqual(QUESTION_TYPES);
    expect(questionSchema.required).toEqual(Object.keys(openQuestion));
    expect(questionSchema.properties.evidence.required).toEqual(Object.keys(openQuestion.evidence));
  });

  describe("refuses", () => {
    test.each(mutations(choiceQuestion))("$change", ({ value }) => {
      expect(() => validateQuestion(value, where)).toThrow(expect.objectContaining({ code: "question-schema" }));
    });

    test.each([
      ["an id that is no hash", { id: "0123456789ABCDEF" }],
      ["a question type of no task", { question_type: "object_colour" }],
      ["a number as the truth", { ground_truth: 3 }],
      ["an empty truth", { ground_truth: "" }],
      ["options without an answer's letter", { options: ["A. left", "B. right"], mc_answer: null }],
      ["a letter without options", { options: null, mc_answer: "A" }],
      [
        "NaN, which JSON writes as null, in a list of ids",
        { evidence: { ...openQuestion.evidence, object_ids: [null] } },
      ],
      ["a negative margin", { evidence: { ...openQuestion.evidence, margin: -1 } }],
      ["a unit of no answer", { evidence: { ...openQuestion.evidence, unit: "inch" } }],
      ["a scene name over two lines", { scene_name: "scene\n0000" }],
    ])("%s", (_, change) => {
      expect(() => validateQuestion({ ...openQuestion, ...change }, where)).toThrow(
        expect.objectContaining({ code: "question-schema" }),
      );
    });
  });

  test("the error says file, line, field, value and rule", () => {
    const evidence = { ...openQuestion.evidence, unit: "inch" };
    expect(() => validateQuestion({ ...openQuestion, evidence }, where)).toThrow(
      /^data\/train\.jsonl: line 7, \/evidence\/unit: got "inch", expected .*must be equal to one of.*"degree"/,
    );
  });
});

describe("validateReject", () => {
  const where = { file: "rejects.jsonl", place: "line 1" };

  test("the type's samples follow the schema: a scan and a candidate", () => {
    expect(() => validateReject(scanReject, where)).not.toThrow();
    expect(() => validateReject(candidateReject, where)).not.toThrow();
  });

  test("schema and type know the same question types and fields, all required", () => {
    expect(rejectSchema.properties.question_type.enum).toEqual([...QUESTION_TYPES, null]);
    expect(rejectSchema.required).toEqual(Object.keys(scanReject));
  });

  describe("refuses", () => {
    test.each(mutations(candidateReject))("$change", ({ value }) => {
      expect(() => validateReject(value, where)).toThrow(expect.objectContaining({ code: "reject-schema" }));
    });

    test.each(["", "Ply truncated", "-a", "a--b"])("the code %j, which is not fit for counting", (code) => {
      expect(() => validateReject({ ...scanReject, code }, where)).toThrow(/\/code/);
    });
  });
});

describe("validateScene", () => {
  const where = { file: "scenes/scene0000_00.json" };

  test("facts with a mesh and without one follow the schema", () => {
    const [object] = scene.objects;
    expect(() => validateScene(scene, where)).not.toThrow();
    expect(() =>
      validateScene(
        {
          ...scene,
          room: { ...scene.room, outline: null },
          objects: [{ ...object, points: null, excluded: "structure" }],
          counts: { "kitchen cabinet": 2 },
          surface_distances: null,
        },
        where,
      ),
    ).not.toThrow();
  });

  const filmed = (sight: object) => ({
    intrinsics: { width: 4, height: 3, fx: 1, fy: 1, cx: 1, cy: 1 },
    frames_total: 1,
    frames_without_pose: 0,
    frames: [{ name: "000000.jpg", index: 0, time_s: 0, camera_to_world: Array(16).fill(0), visible: [sight] }],
    first_seen: null,
  });

  const closest = [
    [1, 0, 0.3],
    [1.5, 0, 0.3],
  ];
  const [pair] = scene.surface_distances;

  test("facts tell cores, distances to the mesh and closest points, or are of before they did", () => {
    const [object] = scene.objects;
    for (const core of [{ core_size: [1, 0, 0.5] }, { core_size: null }, {}]) {
      expect(() => validateScene({ ...scene, objects: [{ ...object, ...core }] }, where)).not.toThrow();
    }
    for (const points of [{ closest }, {}]) {
      expect(() => validateScene({ ...scene, surface_distances: [{ ...pair, ...points }] }, where)).not.toThrow();
    }
    for (const distance of [{ distance_m: 0 }, { distance_m: 2.5 }, {}]) {
      const camera = filmed({ object_id: 1, pixels: 50, ...distance });
      expect(() => validateScene({ ...scene, camera }, where)).not.toThrow();
    }
  });

  describe("refuses", () => {
    test.each(mutations(scene))("$change", ({ value }) => {
      expect(() => validateScene(value, where)).toThrow(expect.objectContaining({ code: "scene-schema" }));
    });

    const [object] = scene.objects;
    test.each([
      ["a point of two numbers", { objects: [{ ...object, centroid: [1, 2] }] }],
      ["NaN, which JSON writes as null, in a point", { objects: [{ ...object, centroid: [1, null, 2] }] }],
      ["a negative length", { objects: [{ ...object, box: { ...object!.box, size: [1, -1, 1] } }] }],
      ["a negative area", { room: { ...scene.room, area_m2: -1 } }],
      ["a count of 0", { counts: { chair: 0 } }],
      ["a count that is no whole number", { counts: { chair: 1.5 } }],
      ["a list of counts", { counts: [1] }],
      ["a core of two lengths", { objects: [{ ...object, core_size: [1, 2] }] }],
      ["a core of negative length", { objects: [{ ...object, core_size: [1, -1, 1] }] }],
      ["a distance from the camera below 0", { camera: filmed({ object_id: 1, pixels: 50, distance_m: -1 }) }],
      ["no distance, which null is not", { camera: filmed({ object_id: 1, pixels: 50, distance_m: null }) }],
      ["one closest point", { surface_distances: [{ ...pair, closest: closest.slice(1) }] }],
      ["three closest points", { surface_distances: [{ ...pair, closest: [...closest, [0, 0, 0]] }] }],
      [
        "a closest point on the floor plane",
        {
          surface_distances: [
            {
              ...pair,
              closest: [
                [1, 0],
                [1.5, 0],
              ],
            },
          ],
        },
      ],
      ["another reason to exclude", { objects: [{ ...object, excluded: "ugly" }] }],
    ])("%s", (_, change) => {
      expect(() => validateScene({ ...scene, ...change }, where)).toThrow(
        expect.objectContaining({ code: "scene-schema" }),
      );
    });
  });
});
