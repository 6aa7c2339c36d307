import { createHash } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { QUESTION_TYPES, type Question, type Reject } from "@vsi/dataset";
import { validateQuestion, validateReject, validateScene } from "@vsi/dataset/validate";
import type { SceneFacts, SceneObject } from "@vsi/geometry";
import { testStream } from "@vsi/testing/stream";
import fc from "fast-check";
import { FactsError } from "../src/errors.ts";
import { askTask, generateQuestions, questionId } from "../src/generateQuestions.ts";
import { protocolTypes } from "../src/protocols/protocols.ts";
import { VSI_100K } from "../src/protocols/vsi100k.ts";
import { sceneOf } from "../src/scene/scene.ts";
import type { Task } from "../src/types/questionType.ts";
import { arbitraryClearFacts, arbitraryFacts, factsWith, objectAt } from "./support/facts.ts";

describe("generateQuestions", () => {
  test("options that are undefined are left out, as JavaScript callers pass them on", () => {
    const facts = factsWith([
      objectAt(0, "bed", [0, 0, 0]),
      objectAt(1, "tv", [2, 0, 0]),
      objectAt(2, "tv", [0, 3, 0]),
    ]);
    const nothing = { protocol: undefined, rules: undefined, seed: undefined, balance: undefined } as unknown as object;
    expect(generateQuestions(facts, nothing)).toEqual(generateQuestions(facts));
  });

  const seed = fc.integer();
  const rooms = fc.oneof(arbitraryFacts, arbitraryClearFacts);
  const rules = fc.constantFrom("paper", "careful" as const);

  const objectsOf = (facts: SceneFacts, record: { object_ids: number[] }): SceneObject[] =>
    record.object_ids.map((id) => facts.objects.find((object) => object.id === id)!);

  const distance = (a: SceneObject, b: SceneObject) =>
    Math.sqrt(a.centroid.reduce((sum, value, axis) => sum + (value - b.centroid[axis]!) ** 2, 0));

  const floorDistance = (a: SceneObject, b: SceneObject) =>
    Math.sqrt((a.centroid[0] - b.centroid[0]) ** 2 + (a.centroid[1] - b.centroid[1]) ** 2);

  /** Difference of two compass headings, turned into -180 to 180: another way than the cross product. */
  function turn([at, ahead, asked]: SceneObject[]): number {
    const heading = (to: SceneObject) =>
      (Math.atan2(to.centroid[1] - at!.centroid[1], to.centroid[0] - at!.centroid[0]) * 180) / Math.PI;
    return ((((heading(asked!) - heading(ahead!)) % 360) + 540) % 360) - 180;
  }

  /** The answer's value once more, from the facts and the ids that the evidence names. */
  function expectedValue(facts: SceneFacts, question: Question): number {
    const objects = objectsOf(facts, question.evidence);
    switch (question.question_type) {
      case "object_counting":
        return facts.objects.filter(({ label, excluded }) => label === objects[0]!.label && excluded === null).length;
      case "object_size_estimation":
        return 100 * [...objects[0]!.box.size].sort((one, other) => other - one)[0]!;
      case "object_abs_distance":
        return distance(objects[0]!, objects[1]!);
      case "object_rel_distance":
        return Math.min(...objects.slice(1).map((object) => distance(objects[0]!, object)));
      case "object_rel_direction_easy":
      case "object_rel_direction_medium":
      case "object_rel_direction_hard":
        return turn(objects);
      case "room_size_estimation":
        return facts.room.area_m2;
      case "route_planning":
        // Only VSI-Bench has routes; their own test walks them. No value is close to this one.
        return Number.NaN;
      default:
        throw new RangeError(`${question.question_type} needs a stream; streamQuestions.test.ts has it.`);
    }
  }

  test("every answer follows from the facts and the ids its evidence names", () => {
    fc.assert(
      fc.property(rooms, seed, rules, (facts, seed, rules) => {
        for (const question of generateQuestions(facts, { seed, rules }).questions) {
          const objects = objectsOf(facts, question.evidence);
          const value = expectedValue(facts, question);
          expect(question.evidence.value).toBeCloseTo(value, 6);
          if (question.question_type === "object_rel_distance") {
            const [target, ...listed] = objects;
            const nearest = listed.find((object) => distance(target!, object) <= value + 1e-9)!;
            expect(question.ground_truth).toBe(nearest.label);
          } else if (question.question_type === "object_rel_direction_easy") {
            expect(question.ground_truth).toBe(value > 0 ? "left" : "right");
          } else {
            const unit = ["m", "m2"].includes(question.evidence.unit!) ? 0.1 : 1;
            expect(Math.abs(Number(question.ground_truth) - value)).toBeLessThanOrEqual(unit / 2 + 1e-6);
            expect(Number(question.ground_truth)).toBeGreaterThan(0);
          }
          for (const { label } of objects) {
            expect(question.question).toContain(label);
          }
        }
      }),
    );
  });

  /**
   * Whether a set of objects breaks the rule that `code` stands for, by the recipe's words; a code of no rule is never
   * right.
   */
  function breaks(facts: SceneFacts, code: string, objects: SceneObject[]): boolean {
    const gap = facts.room.area_m2 > 40 ? 0.3 : 0.15;
    const [first, ...others] = objects;
    const pairs = objects.flatMap((one, index) => objects.slice(index + 1).map((other) => floorDistance(one, other)));
    switch (code) {
      case "nearest-too-close": {
        const [nearest, second] = others.map((object) => distance(first!, object)).sort((one, other) => one - other);
        return second! - nearest! < gap;
      }
      case "objects-too-close":
        return pairs.some((pair) => pair < 0.3);
      case "objects-too-far":
        return pairs.some((pair) => pair > 5);
      case "angle-near-edge":
        return Math.abs(turn(objects)) < 10 || Math.abs(turn(objects)) > 170;
      default:
        return false;
    }
  }

  test("what was refused breaks its rule, what was accepted breaks none", () => {
    fc.assert(
      fc.property(arbitraryFacts, seed, (facts, seed) => {
        const { questions, rejects } = generateQuestions(facts, { seed, rules: "paper" });
        for (const reject of rejects) {
          if (reject.code === "rounds-to-zero") {
            expect(reject.value).toBeLessThan(reject.limit!);
          } else {
            expect(breaks(facts, reject.code, objectsOf(facts, reject))).toBe(true);
          }
        }
        for (const question of questions) {
          const objects = objectsOf(facts, question.evidence);
          if (question.question_type === "object_rel_distance") {
            expect(breaks(facts, "nearest-too-close", objects)).toBe(false);
          } else if (question.question_type === "object_rel_direction_easy") {
            const codes = ["objects-too-close", "objects-too-far", "angle-near-edge"];
            expect(codes.filter((code) => breaks(facts, code, objects))).toEqual([]);
          }
        }
      }),
    );
  });

  test("under careful rules nothing is accepted that breaks a rule of the recipe, but for the largest distance", () => {
    let asked = 0;
    fc.assert(
      fc.property(arbitraryClearFacts, seed, (facts, seed) => {
        for (const { question_type: type, evidence } of generateQuestions(facts, { seed }).questions) {
          const objects = objectsOf(facts, evidence);
          if (type === "object_rel_distance") {
            expect(breaks(facts, "nearest-too-close", objects)).toBe(false);
            asked += 1;
          } else if (type === "object_rel_direction_easy") {
            const codes = ["objects-too-close", "angle-near-edge"];
            expect(codes.filter((code) => breaks(facts, code, objects))).toEqual([]);
            asked += 1;
          }
        }
      }),
    );
    expect(asked).toBeGreaterThan(50);
  });

  test("who is named: never an excluded object; only one-instance labels, but for counting", () => {
    fc.assert(
      fc.property(rooms, seed, rules, (facts, seed, rules) => {
        const { questions, rejects } = generateQuestions(facts, { seed, rules });
        const records = [...questions.map((question) => ({ ...question, ...question.evidence })), ...rejects];
        for (const record of records) {
          const wrong = objectsOf(facts, record).filter((object) => {
            const same = facts.objects.filter(({ label, excluded }) => label === object.label && excluded === null);
            return object.excluded !== null || (same.length === 1) !== (record.question_type !== "object_counting");
          });
          if (wrong.length > 0) expect({ record, wrong }).toBeNull();
        }
      }),
    );
  });

  test("all are asked that the recipe names: labels, objects, pairs, targets and the room", () => {
    fc.assert(
      fc.property(arbitraryFacts, seed, (facts, seed) => {
        const labels = facts.objects.filter(({ excluded }) => excluded === null).map(({ label }) => label);
        const singles = labels.filter((label) => labels.indexOf(label) === labels.lastIndexOf(label)).length;
        const { questions, rejects } = generateQuestions(facts, { seed, rules: "paper" });
        const number = (records: (Question | Reject)[], type: string) =>
          records.filter((record) => record.question_type === type).length;
        const both = (type: string) => number(questions, type) + number(rejects, type);
        expect(both("object_counting")).toBe(new Set(labels).size - singles);
        expect(both("object_size_estimation")).toBe(singles);
        expect(both("object_abs_distance")).toBe((singles ** 2 - singles) / 2);
        expect(both("room_size_estimation")).toBe(1);
        expect(number(questions, "object_rel_distance")).toBeLessThanOrEqual(singles < 5 ? 0 : singles);
        expect(both("object_rel_distance")).toBeGreaterThanOrEqual(singles < 5 ? 0 : singles);
        expect(number(questions, "object_rel_direction_easy")).toBeLessThanOrEqual(6);
      }),
    );
  });

  test("the same for the same seed, in whatever order the objects come; the facts stay untouched", () => {
    fc.assert(
      fc.property(rooms, seed, rules, seed, (facts, seed, rules, order) => {
        const before = structuredClone(facts);
        const once = generateQuestions(facts, { seed, rules });
        expect(facts).toEqual(before);
        const objects = [...facts.objects].sort(
          (one, other) => ((one.id * 7919 + order) % 101) - ((other.id * 7919 + order) % 101),
        );
        expect(generateQuestions({ ...facts, objects }, { seed, rules })).toEqual(once);
      }),
    );
  });

  test("fewer types, in any order, change no question of the others; types come in their fixed order", () => {
    fc.assert(
      fc.property(rooms, seed, rules, fc.shuffledSubarray(protocolTypes(VSI_100K)), (facts, seed, rules, types) => {
        const all = generateQuestions(facts, { seed, rules });
        const some = generateQuestions(facts, { seed, rules, types });
        expect(some.questions).toEqual(all.questions.filter(({ question_type }) => types.includes(question_type)));
        expect(some.rejects).toEqual(all.rejects.filter(({ question_type }) => types.includes(question_type!)));
        const positions = all.questions.map(({ question_type }) => QUESTION_TYPES.indexOf(question_type));
        expect(positions).toEqual([...positions].sort());
      }),
    );
  });

  test("a limit takes a part, in order, and counts the rest", () => {
    fc.assert(
      fc.property(
        arbitraryFacts,
        seed,
        fc.nat(5),
        fc.constantFrom(...protocolTypes(VSI_100K)),
        (facts, seed, limit, type) => {
          const all = generateQuestions(facts, { seed, types: [type], rules: "paper" });
          const some = generateQuestions(facts, {
            seed,
            types: [type],
            rules: "paper",
            maxPerScene: { [type]: limit },
          });
          expect(some.questions.length).toBeLessThanOrEqual(limit);
          expect(all.questions.filter((question) => some.questions.some(({ id }) => id === question.id))).toEqual(
            some.questions,
          );
          if (some.questions.length < all.questions.length) {
            expect(some.questions).toHaveLength(limit);
            expect(some.notDrawn[type]).toBeGreaterThanOrEqual(all.questions.length - limit);
          }
        },
      ),
    );
  });

  test("ids and texts are unique in a scene, and every record follows the dataset's schemas", () => {
    fc.assert(
      fc.property(rooms, seed, rules, (facts, seed, rules) => {
        const { questions, rejects } = generateQuestions(facts, { seed, rules });
        expect(new Set(questions.map(({ id }) => id)).size).toBe(questions.length);
        expect(new Set(questions.map(({ question }) => question)).size).toBe(questions.length);
        validateScene(JSON.parse(JSON.stringify(facts)), { file: "facts" });
        for (const question of questions) {
          validateQuestion(JSON.parse(JSON.stringify(question)), { file: "questions" });
        }
        for (const reject of rejects) {
          validateReject(JSON.parse(JSON.stringify(reject)), { file: "rejects" });
        }
      }),
    );
  });

  describe("seeds", () => {
    const objects = Array.from({ length: 12 }, (_, id) =>
      objectAt(id, `thing ${id}`, [id % 4, Math.floor(id / 4), 0.1 * id]),
    );
    const drawn = (facts: SceneFacts, seed: number) =>
      generateQuestions(facts, { seed, types: ["object_rel_direction_easy"] }).questions.map(
        ({ evidence }) => evidence.object_ids,
      );

    test("another seed, dataset or scene draws other triples", () => {
      const draws = [
        drawn(factsWith(objects), 0),
        drawn(factsWith(objects), 1),
        drawn(factsWith(objects, { scene_name: "scene9001_00" }), 0),
        drawn(factsWith(objects, { dataset: "scannet" }), 0),
      ];
      expect(new Set(draws.map(String)).size).toBe(4);
    });
  });

  test("80 identical objects took 889 MB: what is refused goes out one by one, in the same order", () => {
    const crowd = Array.from({ length: 80 }, (_, id) => objectAt(id, `thing ${id}`, [1, 1, 1]));
    const facts = factsWith(crowd.slice(0, 12));
    for (const protocol of ["vsi-100k", "vsi-bench"] as const) {
      const kept = generateQuestions(facts, { protocol, rules: "paper" });
      const streamed: Reject[] = [];
      const { rejects, ...others } = generateQuestions(facts, { protocol, rules: "paper" }, (reject) =>
        streamed.push(reject),
      );
      expect(rejects).toEqual([]);
      expect({ ...others, rejects: streamed }).toEqual(kept);
      expect(streamed.length).toBeGreaterThan(600);
    }
    let count = 0;
    generateQuestions(factsWith(crowd), { protocol: "vsi-100k", rules: "paper" }, () => {
      count += 1;
    });
    expect(count).toBeGreaterThan(246_480);
  });

  test("facts that no question can rest on are refused, so that no answer is ever NaN", () => {
    const facts = factsWith([objectAt(0, "bed", [0, 0, 0]), objectAt(1, "sink", [Number.NaN, 0, 0])]);
    expect(() => generateQuestions(facts)).toThrow(FactsError);
  });
});

describe("askTask", () => {
  /** Numbers 0 to count - 1; those that `refused` names break a rule. */
  function numbers(count: number, order: Task["order"], refused = (_: number) => false): Task {
    return {
      type: "object_counting",
      order,
      candidates: () => ({
        count,
        ask(index) {
          const evidence = { object_ids: [index], value: null, unit: null, margin: null };
          if (refused(index)) {
            return { draft: null, refusals: [{ ...evidence, code: "odd", message: "Odd.", limit: null }] };
          }
          return { draft: { words: {}, ground_truth: String(index), evidence }, refusals: [] };
        },
      }),
    };
  }

  function ask(task: Task, limit: number, seed: number) {
    const input = {
      scene: sceneOf(factsWith([]), "raw"),
      protocol: VSI_100K,
      distance: () => 1,
      countVisible: false,
      random: () => testStream(seed),
    };
    const refused: number[] = [];
    const asked = askTask(task, limit, input, ({ object_ids }) => refused.push(object_ids[0]!));
    return {
      drafts: asked.drafts.map((draft) => Number(draft.ground_truth)),
      refused,
      notDrawn: asked.notDrawn,
    };
  }

  const isOdd = (index: number) => index % 2 === 1;

  test("without a limit every candidate is asked, in the list's order", () => {
    expect(ask(numbers(9, "every", isOdd), Infinity, 1)).toEqual({
      drafts: [0, 2, 4, 6, 8],
      refused: [1, 3, 5, 7],
      notDrawn: 0,
    });
  });

  test("a limit keeps the order, counts the rest, and a larger one only adds; samples stay in the order drawn", () => {
    fc.assert(
      fc.property(fc.nat(30), fc.nat(12), fc.integer(), (count, limit, seed) => {
        const every = ask(numbers(count, "every", isOdd), limit, seed);
        const more = ask(numbers(count, "every", isOdd), limit + 1, seed);
        const sample = ask(numbers(count, "sample", isOdd), limit, seed);
        expect(every.drafts).toHaveLength(Math.min(limit, Math.ceil(count / 2)));
        expect(every.drafts).toEqual([...every.drafts].sort((one, other) => one - other));
        expect(every.drafts.length + every.refused.length + every.notDrawn).toBe(count);
        expect(more.drafts).toEqual(expect.arrayContaining(every.drafts));
        expect([...sample.drafts].sort((one, other) => one - other)).toEqual(every.drafts);
      }),
    );
  });

  test("with room for all, the list's order gives what drawing them gives", () => {
    /** The same, but that a number of refusals which is never reached could end the draw. */
    const drawn = (task: Task): Task => ({
      ...task,
      candidates: (input) => ({ ...task.candidates(input), mostRefused: Number.MAX_SAFE_INTEGER }),
    });
    /** Every third candidate is neither asked nor refused. */
    const gappy = (task: Task): Task => ({
      ...task,
      candidates(input) {
        const { count, ask } = task.candidates(input);
        return { count, ask: (index) => (index % 3 === 0 ? { draft: null, refusals: [] } : ask(index)) };
      },
    });
    fc.assert(
      fc.property(fc.nat(30), fc.constantFrom(0, 1, Infinity), fc.integer(), (count, more, seed) => {
        for (const task of [numbers(count, "every", isOdd), gappy(numbers(count, "every", isOdd))]) {
          expect(ask(task, count + more, seed)).toEqual(ask(drawn(task), count + more, seed));
        }
      }),
    );
  });

  test("a limit does not take the first candidates", () => {
    const means = Array.from({ length: 200 }, (_, seed) => ask(numbers(100, "every"), 1, seed).drafts[0]!);
    const mean = means.reduce((sum, value) => sum + value, 0) / means.length;
    expect(Math.abs(mean - 49.5)).toBeLessThan((4 * 28.9) / Math.sqrt(means.length)); // four standard errors
  });

  test("samples are not sorted", () => {
    const { drafts } = ask(numbers(50, "sample"), 10, 3);
    expect(drafts).not.toEqual([...drafts].sort((one, other) => one - other));
  });

  test("a task that gives up draws no more after so many refusals, and counts what is left", () => {
    const patient = numbers(1000, "sample", () => true);
    const task: Task = { ...patient, candidates: (input) => ({ ...patient.candidates(input), mostRefused: 7 }) };
    const { drafts, refused, notDrawn } = ask(task, Infinity, 1);
    expect([drafts.length, refused.length, notDrawn]).toEqual([0, 7, 993]);
  });

  test("a task that may draw only so often stops there, also while nothing is refused", () => {
    const picky = numbers(1000, "sample");
    const asked: number[] = [];
    const task: Task = {
      ...picky,
      candidates: (input) => ({
        ...picky.candidates(input),
        ask: (index) => {
          asked.push(index);
          return { draft: null, refusals: [] };
        },
        mostDrawn: 7,
      }),
    };
    expect(ask(task, Infinity, 1)).toEqual({ drafts: [], refused: [], notDrawn: 1000 });
    expect(asked).toHaveLength(7);
  });
});

describe("questionId", () => {
  const question = {
    protocol: "vsi-100k",
    dataset: "scannet",
    scene_name: "scene0000_00",
    question_type: "object_counting",
    question: "How many Küchen(s) are in this room?",
  } as const;

  test("the documented hash, computed here by node:crypto", () => {
    const text = "vsi-100k\nscannet\nscene0000_00\nobject_counting\nHow many Küchen(s) are in this room?";
    expect(questionId(question)).toBe(createHash("sha256").update(text, "utf8").digest("hex").slice(0, 16));
  });

  test("another value of any field gives another id", () => {
    const others = [
      { protocol: "vsi-bench" },
      { dataset: "vsi-synth" },
      { scene_name: "scene0000_01" },
      { question_type: "object_abs_distance" as const },
      { question: "?" },
    ].map((change) => questionId({ ...question, ...change }));
    expect(new Set([questionId(question), ...others]).size).toBe(6);
  });
});
