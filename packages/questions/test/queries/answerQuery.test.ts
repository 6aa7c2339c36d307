import { describe, expect, test } from "@jest/globals";
import { QUESTION_TYPES } from "@vsi/dataset";
import type { SceneFacts } from "@vsi/geometry";
import fc from "fast-check";
import { FactsError, QueryError } from "../../src/errors.ts";
import { generateQuestions } from "../../src/generateQuestions.ts";
import type { GenerateOptions } from "../../src/options.ts";
import { answerQuery, checkQuery, queryDistance, queryScene } from "../../src/queries/answerQuery.ts";
import { parseQuestion } from "../../src/queries/parseQuestion.ts";
import { phraseQuery } from "../../src/queries/phraseQuery.ts";
import { refuseOnePlace } from "../../src/types/directionRules.ts";
import type { Query } from "../../src/types/registry.ts";
import { arbitraryWalkFacts, cameraWith } from "../support/camera.ts";
import { arbitraryFacts, factsWith, objectAt } from "../support/facts.ts";
import { hasPublishedFacts, publishedFacts } from "../support/publishedFacts.ts";

describe("answerQuery", () => {
  const facts = factsWith(
    [
      objectAt(0, "bed", [0, 0, 0], [1, 2.034, 0.5]),
      objectAt(1, "sink", [0, 3, 0], [0.4, 0.4, 0.4]),
      objectAt(2, "tv", [-2, 1, 0], [0.4, 0.4, 0.4]),
      objectAt(3, "chair", [3, 0, 0], [0.4, 0.4, 0.4]),
      objectAt(4, "chair", [0, -3, 0], [0.4, 0.4, 0.4]),
      objectAt(5, "lamp", [0, -5, 0], [0.4, 0.4, 0.4]),
      { ...objectAt(6, "wall", [0, 0, 0]), excluded: "structure" },
    ],
    { area_m2: 24.25 },
  );
  const stand = { positioning: "bed", orienting: "sink", querying: "tv" } as const;

  describe("by hand", () => {
    test.each<[Query, object]>([
      [
        { question_type: "object_counting", category: "chair" },
        { ground_truth: "2", value: 2, unit: "count", margin: null, evidence: { object_ids: [3, 4] } },
      ],
      [
        { question_type: "object_counting", category: "bed" },
        { ground_truth: "1", value: 1, evidence: { object_ids: [0], frames: null } },
      ],
      [
        { question_type: "object_size_estimation", category: "bed" },
        { ground_truth: "203", unit: "cm", margin: null, evidence: { object_ids: [0] } },
      ],
      [{ question_type: "room_size_estimation" }, { ground_truth: "24.3", value: 24.25, unit: "m2", margin: null }],
      [
        { question_type: "object_abs_distance", objects: ["lamp", "chair"] },
        { ground_truth: "1.6", unit: "m", margin: null, evidence: { object_ids: [5, 4] } },
      ],
      [
        { question_type: "object_rel_distance", category: "chair", choices: ["sink", "lamp", "tv"] },
        { ground_truth: "lamp", unit: "m", evidence: { object_ids: [4, 1, 5, 2] } },
      ],
      [
        { question_type: "object_rel_direction_easy", ...stand },
        { ground_truth: "left", unit: "degree" },
      ],
      [{ question_type: "object_rel_direction_medium", ...stand }, { ground_truth: "left" }],
      [{ question_type: "object_rel_direction_hard", ...stand }, { ground_truth: "front-left" }],
      [
        { question_type: "object_rel_direction_hard", ...stand, querying: "lamp" },
        { ground_truth: "back-left", value: 180, margin: 0 },
      ],
      [
        { question_type: "object_rel_direction_medium", ...stand, querying: "lamp" },
        { ground_truth: "back", value: 180, margin: 45 },
      ],
    ])("%j", (query, answer) => {
      expect(answerQuery(facts, query)).toMatchObject(answer);
    });

    test("of the nearest: its distance, and how much farther the second nearest is", () => {
      const { value, margin } = answerQuery(facts, {
        question_type: "object_rel_distance",
        category: "chair",
        choices: ["sink", "lamp", "tv"],
      });
      expect(value).toBeCloseTo(1.6, 12);
      // The sink and the chair at (3, 0): 2.6 m between the boxes along x and y. The tv is farther, by 3.6 m along y
      // alone.
      expect(margin).toBeCloseTo(Math.hypot(2.6, 2.6) - 1.6, 12);
    });
  });

  describe("what is meant", () => {
    const pair: Query = { question_type: "object_abs_distance", objects: ["sink", "tv"] };

    test("the published count, where there is one", () => {
      const published = { ...facts, counts: { chair: 3 } };
      expect(answerQuery(published, { question_type: "object_counting", category: "chair" }).ground_truth).toBe("3");
    });

    test("canonical names unless raw ones are asked for", () => {
      const named = factsWith([{ ...objectAt(0, "beds", [0, 0, 0]), category: "bed" }]);
      const query = (category: string): Query => ({ question_type: "object_counting", category });
      expect(answerQuery(named, query("bed")).ground_truth).toBe("1");
      expect(answerQuery(named, query("beds"), { labels: "raw" }).ground_truth).toBe("1");
      expect(() => answerQuery(named, query("beds"))).toThrow(QueryError);
    });

    test("surface distances where there are any, else boxes; others on demand, also after each other", () => {
      const meshed = { ...facts, surface_distances: [{ a: 1, b: 2, distance_m: 2.55 }] };
      expect(answerQuery(meshed, pair).value).toBe(2.55);
      expect(answerQuery(meshed, pair, { distance: "box" }).value).toBeCloseTo(Math.hypot(1.6, 1.6), 12);
      expect(answerQuery(meshed, pair, { distance: "centroid" }).value).toBeCloseTo(Math.hypot(2, 2), 12);
      expect(answerQuery(meshed, pair, { distance: "sampled" }).value).toBeGreaterThanOrEqual(
        Math.hypot(1.6, 1.6) - 1e-9,
      );
      expect(answerQuery(facts, pair).value).toBeCloseTo(Math.hypot(1.6, 1.6), 12);
      expect(() => answerQuery(facts, pair, { distance: "surface" })).toThrow(FactsError);
    });
  });

  test.each<[string, Query, string]>([
    ["walls", { question_type: "object_counting", category: "wall" }, "query-category"],
    ["none", { question_type: "object_counting", category: "door" }, "query-category"],
    ["the size of several", { question_type: "object_size_estimation", category: "chair" }, "query-several"],
    [
      "a direction of several",
      { question_type: "object_rel_direction_hard", ...stand, querying: "chair" },
      "query-several",
    ],
    ["a category twice", { question_type: "object_abs_distance", objects: ["bed", "bed"] }, "query-names"],
    [
      "the target among the choices",
      { question_type: "object_rel_distance", category: "bed", choices: ["bed", "tv"] },
      "query-names",
    ],
    ["a single choice", { question_type: "object_rel_distance", category: "bed", choices: ["tv"] }, "query-names"],
    ["no list of choices", { question_type: "object_rel_distance", category: "bed" } as never, "query-names"],
    ["a single object", { question_type: "object_abs_distance", objects: ["bed"] } as never, "query-names"],
    ["a type without a query", { question_type: "camera_displacement" } as never, "query-type"],
    ["a route of nothing", { question_type: "route_planning" } as never, "query-form"],
    ["a sum with none", { question_type: "object_counting", category: "bed", others: ["door"] }, "query-category"],
    ["a sum of one thing twice", { question_type: "object_counting", category: "bed", others: ["bed"] }, "query-names"],
    [
      "neither the closest nor the farthest",
      { question_type: "object_rel_distance", category: "bed", choices: ["tv", "sink"], which: "middle" } as never,
      "query-form",
    ],
    ["an order without a stream", { question_type: "obj_appearance_order", choices: ["bed", "tv"] }, "query-no-stream"],
  ])("%s: refused, with the scene's name", (_, query, code) => {
    expect(() => answerQuery(facts, query)).toThrow(QueryError);
    expect(() => answerQuery(facts, query)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining("scene9000_00") }),
    );
  });

  test("objects in one place have no direction", () => {
    const stacked = factsWith([
      objectAt(0, "bed", [1, 1, 0]),
      objectAt(1, "sink", [1, 1, 2]),
      objectAt(2, "tv", [0, 0, 0]),
    ]);
    for (const [place, query] of [
      ["orienting", stand],
      ["querying", { ...stand, orienting: "tv", querying: "sink" }],
    ] as const) {
      expect(() => answerQuery(stacked, { question_type: "object_rel_direction_easy", ...query })).toThrow(
        expect.objectContaining({ code: "query-one-place", detail: expect.objectContaining({ place }) }),
      );
    }
  });

  test("facts that hold NaN are refused, also when asked again", () => {
    const broken = factsWith([objectAt(0, "bed", [0, Number.NaN, 0])]);
    for (let time = 0; time < 2; time++) {
      expect(() => answerQuery(broken, { question_type: "object_counting", category: "bed" })).toThrow(FactsError);
    }
  });

  test("whatever the room, an answer is a number or a word, never NaN, and errors are QueryErrors", () => {
    const name = fc.constantFrom("bed", "sink", "table", "rug", "bin", "tv", "door");
    const query: fc.Arbitrary<Query> = fc.oneof(
      fc.record({ question_type: fc.constantFrom("object_counting", "object_size_estimation"), category: name }),
      fc.record({ question_type: fc.constant("object_abs_distance"), objects: fc.tuple(name, name) }),
      fc.record({ question_type: fc.constant("object_rel_distance"), category: name, choices: fc.array(name) }),
      fc.record({
        question_type: fc.constantFrom("object_rel_direction_easy", "object_rel_direction_hard"),
        positioning: name,
        orienting: name,
        querying: name,
      }),
    ) as fc.Arbitrary<Query>;
    fc.assert(
      fc.property(arbitraryFacts, fc.array(query, { maxLength: 20 }), (facts, queries) => {
        for (const query of queries) {
          try {
            const { ground_truth, value, margin } = answerQuery(facts, query);
            expect(ground_truth).toMatch(/^\d+(\.\d)?$|^[a-z]+(-[a-z]+)?$/);
            expect(Number.isFinite(value)).toBe(true);
            expect(margin === null || margin >= 0).toBe(true);
          } catch (error) {
            if (!(error instanceof QueryError)) {
              throw error;
            }
          }
        }
      }),
    );
  });
});

test("whatever JavaScript gives as a query, there is an answer or an error that says what is wrong", () => {
  const facts = factsWith(
    [objectAt(0, "bed", [0, 0, 0]), objectAt(1, "tv", [2, 0, 0]), objectAt(2, "sink", [0, 3, 0])],
    {
      camera: cameraWith([], { 0: 1, 1: 4, 2: 9 }),
    },
  );
  const name = fc.oneof(fc.constantFrom("bed", "tv", "sink"), fc.anything());
  const names = fc.oneof(fc.array(name, { maxLength: 4 }), fc.anything());
  const action = fc.oneof(
    fc.constant({ action: "turn" }),
    fc.record({ action: fc.constantFrom("forward", "turn", "jump"), until: name }),
    fc.anything(),
  );
  const query = fc.record(
    {
      question_type: fc.constantFrom(...QUESTION_TYPES, "object_colour"),
      category: name,
      others: names,
      objects: names,
      choices: names,
      which: fc.constantFrom("closest", "farthest", "nearest", null),
      facing: fc.oneof(fc.constantFrom("toward", "opposite"), name),
      rooms: fc.constantFrom("main", "all", 3),
      positioning: name,
      orienting: name,
      querying: name,
      start: name,
      destination: name,
      actions: fc.oneof(fc.array(action, { maxLength: 4 }), fc.anything()),
    },
    { requiredKeys: ["question_type"] },
  );
  let answers = 0;
  fc.assert(
    fc.property(query, (asked) => {
      for (const ask of [(query: Query) => answerQuery(facts, query), (query: Query) => phraseQuery(query)]) {
        try {
          ask(asked as Query);
          answers++;
        } catch (error) {
          if (!(error instanceof QueryError)) {
            throw error;
          }
        }
      }
    }),
    { numRuns: 2000 },
  );
  expect(answers).toBeGreaterThan(100);
});

describe("checkQuery", () => {
  const facts = factsWith([]);

  test.each([
    [{ question_type: "room_size_estimation" }],
    [{ question_type: "object_counting", category: "bed" }],
    [{ question_type: "object_rel_distance", category: "bed", choices: ["tv", "sink"] }],
  ])("%j passes: whether the scene has the categories is not asked here", (query) => {
    expect(() => checkQuery(query as never, facts)).not.toThrow();
  });

  test.each([
    ["a type nobody knows", { question_type: "object_colour" }, /question_type: got "object_colour"/],
    ["no type", {}, /question_type: got nothing/],
    ["one object", { question_type: "object_abs_distance", objects: ["bed"] }, /got \["bed"\], expected at least 2/],
    [
      "the same object faced and asked about",
      { question_type: "object_rel_direction_easy", positioning: "tv", orienting: "bed", querying: "bed" },
      /no two the same/,
    ],
  ])("%s: refused with what was got", (_, query, message) => {
    expect(() => checkQuery(query as never, facts)).toThrow(QueryError);
    expect(() => checkQuery(query as never, facts)).toThrow(message);
  });

  test("one above the other is one place; the faced and the asked may share theirs", () => {
    const bed = objectAt(0, "bed", [0, 0, 0]);
    const above = objectAt(1, "lamp", [0, 0, 2]);
    const [tv, sink] = [objectAt(2, "tv", [1, 0, 0]), objectAt(3, "sink", [1, 0, 0])];
    expect(() => refuseOnePlace([bed, above, tv], facts)).toThrow(/orienting: got an object where "bed" stands/);
    expect(() => refuseOnePlace([bed, tv, above], facts)).toThrow(/querying/);
    expect(() => refuseOnePlace([bed, tv, sink], facts)).not.toThrow();
  });
});

describe("queryScene", () => {
  test("a scene is grouped once for each kind of name, and a distance prepared once for each kind", () => {
    const facts = factsWith([objectAt(0, "bed", [0, 0, 0])]);
    expect(queryScene(facts, "raw")).toBe(queryScene(facts, "raw"));
    expect(queryScene(facts, "canonical")).not.toBe(queryScene(facts, "raw"));
    expect(queryDistance(facts, "sampled")).toBe(queryDistance(facts, "sampled"));
    expect(queryDistance(facts, "box")).not.toBe(queryDistance(facts, "sampled"));
  });

  test("equal facts are scenes of their own: nothing is mixed up between files", () => {
    const bed = objectAt(0, "bed", [0, 0, 0]);
    expect(queryScene(factsWith([bed]), "raw")).not.toBe(queryScene(factsWith([bed]), "raw"));
  });

  test("facts are checked before anything is kept", () => {
    const broken = factsWith([objectAt(0, " ", [0, 0, 0])]);
    expect(() => queryScene(broken, "raw")).toThrow(FactsError);
    expect(() => queryDistance(broken, "box")).toThrow(FactsError);
  });
});

describe("orders of first appearance", () => {
  const chairs = [objectAt(0, "chair", [0, 0, 0]), objectAt(1, "chair", [1, 0, 0])];
  const objects = [
    ...chairs,
    objectAt(2, "bed", [2, 0, 0]),
    objectAt(3, "tv", [3, 0, 0]),
    objectAt(4, "sink", [4, 0, 0]),
  ];
  const order = (...choices: string[]): Query => ({ question_type: "obj_appearance_order", choices });

  test("of several instances the first counts; the frames that are sampled do not matter", () => {
    const facts = factsWith(objects, { camera: cameraWith([], { 0: 9, 1: 2.5, 2: 7, 3: 0.5 }) });
    expect(answerQuery(facts, order("bed", "tv", "chair"))).toEqual({
      ground_truth: "tv, chair, bed",
      value: null,
      unit: "s",
      margin: 2,
      evidence: { object_ids: [2, 3, 1], value: null, unit: "s", margin: 2, route: null, frames: null },
    });
  });

  test("at the same time: as listed, with no margin", () => {
    const facts = factsWith(objects, { camera: cameraWith([], { 2: 7, 3: 7 }) });
    expect(answerQuery(facts, order("tv", "bed"))).toMatchObject({ ground_truth: "tv, bed", margin: 0 });
    expect(answerQuery(facts, order("bed", "tv"))).toMatchObject({ ground_truth: "bed, tv", margin: 0 });
  });

  test.each([
    ["what never comes into view", cameraWith([], { 2: 7 }), "query-unseen", /of which the stream shows none/],
    ["without every frame", cameraWith([{}]), "query-no-stream", /not every frame was looked at/],
    ["without a stream", null, "query-no-stream", /facts without a stream/],
  ])("%s: refused", (_, camera, code, message) => {
    const facts = factsWith(objects, { camera });
    expect(() => answerQuery(facts, order("bed", "sink"))).toThrow(expect.objectContaining({ code }));
    expect(() => answerQuery(facts, order("bed", "sink"))).toThrow(message);
  });

  test("generated ones, asked again from their text, have the same answer", () => {
    let asked = 0;
    fc.assert(
      fc.property(arbitraryWalkFacts, fc.integer(), (facts, seed) => {
        const { questions } = generateQuestions(facts, {
          protocol: "vsi-bench",
          types: ["obj_appearance_order"],
          seed,
        });
        for (const { question, ground_truth, evidence } of questions) {
          const again = answerQuery(facts, parseQuestion(question));
          expect(again.ground_truth).toBe(ground_truth);
          expect(again.evidence).toEqual({ ...evidence, frames: null });
          asked++;
        }
      }),
    );
    expect(asked).toBeGreaterThan(50);
  });
});

describe("generated questions, asked again", () => {
  type Meaning = Pick<GenerateOptions, "protocol" | "labels" | "distance"> & Partial<Pick<GenerateOptions, "rules">>;

  /** Asks every question once more from its text; returns how many there were. */
  function askAgain(facts: SceneFacts, meaning: Meaning, seed: number): number {
    const { labels, distance } = meaning;
    const categories = facts.objects.map((object) => (labels === "raw" ? object.label : object.category));
    const { questions } = generateQuestions(facts, { ...meaning, seed });
    for (const { question, question_type, ground_truth, evidence } of questions) {
      const query = parseQuestion(question, { categories });
      expect(query.question_type).toBe(question_type);
      const again = answerQuery(facts, query, { labels, distance });
      expect(again).toMatchObject({ ground_truth, evidence });
      const numbers = [evidence.value, evidence.margin].filter((value) => value !== null);
      expect([again.value, again.margin]).toEqual([evidence.value, evidence.margin]);
      expect(numbers.every(Number.isFinite)).toBe(true);
      expect(question).not.toContain("NaN");
    }
    return questions.length;
  }

  const MEANINGS: Meaning[] = [
    { protocol: "vsi-100k", labels: "raw", distance: "centroid" },
    // Queries name categories; careful rules ask with wider names than these ("couch" for a sofa).
    { protocol: "vsi-100k", labels: "canonical", distance: "box", rules: "paper" },
    { protocol: "vsi-bench", labels: "canonical", distance: "box" },
    { protocol: "vsi-bench", labels: "raw", distance: "centroid" },
  ];

  test.each(MEANINGS)(
    "every question of $protocol, $labels names, $distance distance, asked again has the same answer",
    (meaning) => {
      fc.assert(fc.property(arbitraryFacts, fc.integer(), (facts, seed) => void askAgain(facts, meaning, seed)));
    },
  );

  test("sampled distances too", () => {
    fc.assert(
      fc.property(
        arbitraryFacts,
        (facts) => void askAgain(facts, { protocol: "vsi-bench", labels: "canonical", distance: "sampled" }, 0),
      ),
      { numRuns: 10 },
    );
  });

  describe("the 88 scans of VSI-Bench's published facts", () => {
    const whereTheyAre = hasPublishedFacts() ? test : test.skip;

    whereTheyAre.each(MEANINGS)("$protocol, $labels names, $distance distance: the same again", (meaning) => {
      const scans = publishedFacts();
      expect(scans).toHaveLength(88);
      const questions = scans.reduce((sum, facts) => sum + askAgain(facts, meaning, 0), 0);
      expect(questions).toBeGreaterThan(1500);
    });
  });
});
