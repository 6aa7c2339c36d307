import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readLines } from "../../src/node/readLines.ts";
import { parseRewardRequest, rewardLine } from "../../src/node/rewardWorker.ts";
import { type RewardRequest, reward } from "../../src/rewards/reward.ts";

describe("parseRewardRequest", () => {
  const REQUEST = {
    completion: "3",
    ground_truth: "3",
    question_type: "object_counting",
    options: null,
    mode: "vanilla",
    accuracy: "mra",
  };

  test("a request comes back as it is, with or without what may be left out", () => {
    expect(parseRewardRequest(JSON.stringify(REQUEST))).toEqual(REQUEST);
    const { options: _options, accuracy: _accuracy, ...least } = { ...REQUEST, ground_truth: 3 };
    expect(parseRewardRequest(JSON.stringify(least))).toEqual(least);
  });

  test("each field of a wrong kind is named, with what came and what belongs there", () => {
    const wrong: Record<string, unknown> = {
      completion: ["3"],
      ground_truth: null,
      question_type: 7,
      options: ["A", 1],
      mode: "Think",
      accuracy: "exact",
    };
    for (const [field, value] of Object.entries(wrong)) {
      expect(() => parseRewardRequest(JSON.stringify({ ...REQUEST, [field]: value }))).toThrow(
        expect.objectContaining({
          code: "request-unfit",
          detail: expect.objectContaining({ place: field, got: JSON.stringify(value) }),
        }),
      );
    }
    expect(() => parseRewardRequest("{}")).toThrow("completion: got nothing, expected a string");
  });

  test("what is no JSON object is refused, and a long line is not repeated", () => {
    for (const line of ["", "{", "[]", "null", "3", '"text"', "x".repeat(1000)]) {
      expect(() => parseRewardRequest(line)).toThrow(expect.objectContaining({ code: "request-unfit" }));
    }
    expect(() => parseRewardRequest("x".repeat(1000))).toThrow(/^the line: got x{80}\.\.\., expected a JSON object/);
  });
});

async function linesOf(chunks: Iterable<string>, longest?: number): Promise<(string | null)[]> {
  const lines: (string | null)[] = [];
  const source = (async function* () {
    yield* chunks;
  })();
  for await (const some of readLines(source, longest)) lines.push(...some);
  return lines;
}

describe("readLines", () => {
  test("gives the same as split, however the text is cut, and null for what is too long", async () => {
    const chunks = fc.array(fc.string({ unit: fc.constantFrom("a", "\n", "\r", "ü", "\u2028") }));
    await fc.assert(
      fc.asyncProperty(chunks, fc.integer({ min: 0, max: 6 }), async (pieces, longest) => {
        const expected = pieces.join("").split("\n");
        if (expected.at(-1) === "") expected.pop();
        expect(await linesOf(pieces, longest)).toEqual(expected.map((line) => (line.length > longest ? null : line)));
      }),
    );
  });

  test("a byte order mark at the start belongs to no line, one later does", async () => {
    expect(await linesOf(["", "\ufeffa\n", "\ufeffb"])).toEqual(["a", "\ufeffb"]);
  });

  test("keeps nothing of a line without an end", async () => {
    const chunk = "x".repeat(2 ** 20);
    const endless = (function* () {
      // 4 Gi characters: more than a string can hold, and more than this process may use.
      for (let at = 0; at < 4096; at += 1) yield chunk;
      yield "\nafter";
    })();
    expect(await linesOf(endless)).toEqual([null, "after"]);
  });
});

describe("rewardLine", () => {
  const REQUEST: RewardRequest = {
    completion: "4\u2028",
    ground_truth: "3",
    question_type: "object_counting",
    mode: "vanilla",
  };

  test("a request's line is answered with its reward on one line", () => {
    const { json, isError } = rewardLine(JSON.stringify(REQUEST), 1);
    expect([JSON.parse(json), isError, json.includes("\n")]).toEqual([reward(REQUEST), false, false]);
  });

  test("what cannot be rewarded is answered with its line and its code", () => {
    const rows: [string | null, string][] = [
      ["{", "request-unfit"],
      [JSON.stringify({ ...REQUEST, question_type: "colour" }), "question-type-unknown"],
      [JSON.stringify({ ...REQUEST, ground_truth: "many" }), "truth-unfit"],
      [JSON.stringify({ ...REQUEST, question_type: "route_planning", options: ["A. x", "A. y"] }), "options-unfit"],
      [null, "line-too-long"],
    ];
    for (const [text, code] of rows) {
      const { json, isError } = rewardLine(text, 7);
      expect(isError).toBe(true);
      expect(JSON.parse(json)).toEqual({ line: 7, code, error: expect.stringMatching(/got .*expected/) });
    }
  });
});
