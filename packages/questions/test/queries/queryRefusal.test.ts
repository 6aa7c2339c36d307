import { describe, expect, test } from "@jest/globals";
import { QUESTION_TYPES } from "@vsi/dataset";
import fc from "fast-check";
import { RULES_NAMES } from "../../src/choices.ts";
import { QueryError } from "../../src/errors.ts";
import { generateQuestions } from "../../src/generateQuestions.ts";
import { PROTOCOL_NAMES } from "../../src/protocols/protocols.ts";
import { answerQuery } from "../../src/queries/answerQuery.ts";
import { parseQuestion } from "../../src/queries/parseQuestion.ts";
import { queryRefusal } from "../../src/queries/queryRefusal.ts";
import { sceneOf } from "../../src/scene/scene.ts";
import type { Query } from "../../src/types/registry.ts";
import { arbitraryClearFacts, arbitraryFacts, factsWith, objectAt } from "../support/facts.ts";
import { hasPublishedFacts, publishedFacts } from "../support/publishedFacts.ts";

const protocols = fc.constantFrom(...PROTOCOL_NAMES);
const rules = fc.constantFrom(...RULES_NAMES);

describe("queryRefusal", () => {
  test("canonical names are as wide as the rules have them: what the generator asks is no unknown category", () => {
    const facts = factsWith([
      objectAt(0, "office chair", [0, 0, 0]),
      objectAt(1, "chair", [2, 0, 0]),
      objectAt(2, "kitchen counter", [0, 4, 0]),
      objectAt(3, "bed", [4, 4, 0]),
    ]);
    const asked = { protocol: "vsi-100k", rules: "careful", labels: "canonical", distance: "centroid" } as const;
    const { questions } = generateQuestions(facts, asked);
    expect(questions.map(({ question }) => question)).toContain("How many chair(s) are in this room?");
    expect(questions.some(({ question }) => question.includes("the counter"))).toBe(true);
    for (const { question, ground_truth } of questions) {
      const query = parseQuestion(question);
      expect(queryRefusal(facts, query, asked)).toBeNull();
      expect(answerQuery(facts, query, asked).ground_truth).toBe(ground_truth);
    }
  });

  test("names in doubt are answered and refused", () => {
    const facts = factsWith([objectAt(0, "office chair", [0, 0, 0]), objectAt(1, "chair", [2, 0, 0])]);
    const query = { question_type: "object_size_estimation", category: "chair" } as const;
    const options = { protocol: "vsi-100k", rules: "careful", labels: "raw" } as const;
    expect(answerQuery(facts, query, options).evidence.object_ids).toEqual([1]);
    expect(queryRefusal(facts, query, options)).toMatchObject({ code: "label-overlaps", object_ids: [1] });
  });

  test("refuses nothing that the generator asks, under any protocol and rules", () => {
    let asked = 0;
    fc.assert(
      fc.property(fc.oneof(arbitraryFacts, arbitraryClearFacts), protocols, rules, (facts, protocol, name) => {
        const { questions } = generateQuestions(facts, { protocol, rules: name, labels: "raw" });
        const categories = facts.objects.map(({ label }) => label);
        for (const { question } of questions) {
          asked += 1;
          const query = parseQuestion(question, { categories });
          expect(queryRefusal(facts, query, { protocol, rules: name, labels: "raw" })).toBeNull();
        }
      }),
    );
    expect(asked).toBeGreaterThan(100);
  });

  test("of types that ask every candidate, it refuses exactly what the generator does not ask", () => {
    fc.assert(
      fc.property(fc.oneof(arbitraryFacts, arbitraryClearFacts), protocols, rules, (facts, protocol, name) => {
        const options = { protocol, rules: name, labels: "raw" } as const;
        const { questions } = generateQuestions(facts, {
          ...options,
          balance: false,
          types: ["object_counting", "object_size_estimation", "object_abs_distance"],
        });
        const categories = facts.objects.map(({ label }) => label);
        const asked = new Set(questions.map(({ question }) => keyOf(parseQuestion(question, { categories }))));
        const { objectsByLabel, doubtfulLabels } = sceneOf(facts, "raw", null, { name: protocol, names: "literal" });
        expect(doubtfulLabels).toEqual([]);
        const labels = [...objectsByLabel.keys()];
        const queries: Query[] = [
          ...labels.map((category) => ({ question_type: "object_counting", category }) as const),
          ...labels.map((category) => ({ question_type: "object_size_estimation", category }) as const),
          ...labels.flatMap((a, place) =>
            labels.slice(place + 1).map((b) => ({ question_type: "object_abs_distance", objects: [a, b] }) as const),
          ),
        ];
        for (const query of queries) {
          expect([query, isRefused(() => queryRefusal(facts, query, options))]).toEqual([
            query,
            !asked.has(keyOf(query)),
          ]);
        }
      }),
    );
  });

  test("every question about the published scenes is answered or gets a code that rejects can have", () => {
    if (!hasPublishedFacts()) return;
    const [facts] = publishedFacts();
    const codes = new Set<string>();
    const names = [...new Set(facts!.objects.map(({ category }) => category))].slice(0, 8);
    for (const positioning of names) {
      for (const orienting of names) {
        for (const querying of names) {
          if (new Set([positioning, orienting, querying]).size < 3) continue;
          const query = { question_type: "object_rel_direction_hard", positioning, orienting, querying } as const;
          try {
            codes.add(queryRefusal(facts!, query, { rules: "published" })?.code ?? "asked");
          } catch (error) {
            expect(error).toBeInstanceOf(QueryError);
          }
        }
      }
    }
    expect(codes).toContain("asked");
    expect(codes).not.toContain("objects-too-far");
  });

  test.each([
    ["published", null],
    ["paper", "objects-too-far"],
  ] as const)("by %s rules, a direction over six metres: %s", (name, code) => {
    const facts = factsWith([
      objectAt(0, "bed", [0, 0, 0]),
      objectAt(1, "sofa", [6, 0, 0]),
      objectAt(2, "tv", [1.5, 3, 0]),
    ]);
    const query = {
      question_type: "object_rel_direction_easy",
      positioning: "bed",
      orienting: "sofa",
      querying: "tv",
    } as const;
    expect(queryRefusal(facts, query, { rules: name })?.code ?? null).toBe(code);
  });

  test("an office chair beside a chair: the count of chairs is refused by careful rules alone", () => {
    const facts = factsWith([
      objectAt(0, "chair", [0, 0, 0]),
      objectAt(1, "chair", [2, 0, 0]),
      objectAt(2, "office chair", [4, 0, 0]),
    ]);
    const query = { question_type: "object_counting", category: "chair" } as const;
    expect(queryRefusal(facts, query, { rules: "careful", labels: "raw" })?.code).toBe("label-overlaps");
    expect(queryRefusal(facts, query, { rules: "paper", labels: "raw" })).toBeNull();
  });

  test("routes are never taken over", () => {
    const facts = factsWith([objectAt(0, "bed", [0, 0, 0])]);
    const query = { question_type: "route_planning" } as unknown as Query;
    expect(() => queryRefusal(facts, query)).toThrow(QueryError);
    expect(QUESTION_TYPES).toContain("route_planning");
  });
});

/** Pairs may be named either way round. */
function keyOf(query: Query): string {
  return query.question_type === "object_abs_distance"
    ? `${query.question_type} ${[...query.objects].sort().join(" + ")}`
    : JSON.stringify(query);
}

/** Several where one is meant is no question at all. */
function isRefused(refusalOf: () => unknown): boolean {
  try {
    return refusalOf() !== null;
  } catch (error) {
    if (error instanceof QueryError && error.code === "query-several") return true;
    throw error;
  }
}
