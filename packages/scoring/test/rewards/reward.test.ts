import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type RewardRequest, reward } from "../../src/rewards/reward.ts";
import { nastyText } from "../support/nastyText.ts";

const piece = fc.oneof(
  fc.constantFrom(
    "<think>",
    "</think>",
    "<observe>",
    "</observe>",
    "<answer>",
    "</answer>",
    "I see three chairs by the wall.",
    "left",
    "B",
    " ",
  ),
  nastyText,
  fc.string({ unit: "binary" }),
);
const completion = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(""));
const question: fc.Arbitrary<Pick<RewardRequest, "ground_truth" | "question_type" | "options">> = fc.constantFrom(
  { ground_truth: "3", question_type: "object_counting" },
  { ground_truth: 0, question_type: "object_abs_distance" },
  { ground_truth: "-1e300", question_type: "room_size_estimation" },
  { ground_truth: "left", question_type: "object_rel_direction_easy" },
  { ground_truth: "B", question_type: "object_rel_distance", options: ["A. bed", "B. sink"] },
);

describe("reward", () => {
  test("every reward of any text is finite and in its range", () => {
    fc.assert(
      fc.property(
        completion,
        question,
        fc.constantFrom("vanilla", "think", "observe"),
        fc.constantFrom("paper", "mra"),
        (text, asked, mode, accuracy) => {
          const parts = reward({ ...asked, completion: text, mode, accuracy });
          expect(parts.accuracy >= 0 && parts.accuracy <= 1).toBe(true);
          expect(mode === "vanilla" ? parts.format === null : parts.format === 0 || parts.format === 1).toBe(true);
          expect(parts.total).toBe((parts.format ?? 0) + parts.accuracy);
          if (parts.value === null) expect(parts.accuracy).toBe(0);
          if (parts.guards.length === 0) expect(parts.format).not.toBe(0);
        },
      ),
      { numRuns: 3000 },
    );
  });

  test("a request is checked and paid the same with weights that change nothing, which take no shortcut", () => {
    const wrong = fc.constantFrom<Partial<Record<keyof RewardRequest, unknown>>>(
      {},
      { completion: 3 },
      { mode: "reason" },
      { ground_truth: null },
      { ground_truth: true },
      { options: "A. bed" },
      { options: ["A. bed", 3] },
      { reward: null },
      { reward: "paper-length" },
      { reward: "constructor" },
      { accuracy: 1 },
      { accuracy: "mra" },
    );
    const paid = (request: unknown): unknown => {
      try {
        return reward(request as RewardRequest);
      } catch (error) {
        return String(error);
      }
    };
    fc.assert(
      fc.property(completion, question, fc.constantFrom("vanilla", "think"), wrong, (text, asked, mode, other) => {
        const request = { ...asked, completion: text, mode, ...other };
        expect(paid(request)).toEqual(paid({ ...request, weights: {} }));
      }),
    );
    for (const request of [null, undefined, [], "text", 3]) expect(() => reward(request as never)).toThrow("request");
  });

  test("a megabyte of tags is worth nothing", () => {
    for (const tag of ["<think></think>", "<answer>", "</answer>", "<answer>3</answer>", "<", "<think "]) {
      const text = tag.repeat(1_000_000 / tag.length);
      const parts = reward({ completion: text, ground_truth: "3", question_type: "object_counting", mode: "think" });
      expect(parts.total).toBe(0);
    }
  });

  test("a truth or a type that is not fit is the question's fault, whatever the completion", () => {
    for (const text of ["", "3", "<answer>3</answer>"]) {
      const request = { completion: text, mode: "think", question_type: "object_counting" } as const;
      expect(() => reward({ ...request, ground_truth: "many" })).toThrow(
        expect.objectContaining({ code: "truth-unfit" }),
      );
      expect(() => reward({ ...request, ground_truth: "3", question_type: "colour" })).toThrow(
        expect.objectContaining({ code: "question-type-unknown" }),
      );
    }
  });

  // VSTI-Bench's own metrics (VLM-3R, arXiv 2505.20279): relative accuracy of a number, a choice is right or wrong.
  // Regression: these types had no reward, so that GRPO stopped on a default dataset of the protocol vsi-bench.
  test.each<[string, string, string[] | null, [string, number][]]>([
    [
      "camera_displacement",
      "2.0",
      null,
      [
        ["2.0", 1],
        ["2.5 m", 0.75],
        ["250 cm", 0.75],
        ["left", 0],
      ],
    ],
    [
      "camera_obj_abs_dist",
      "1.5",
      null,
      [
        ["1.5 meters", 1],
        ["3", 0],
      ],
    ],
    [
      "camera_movement_direction",
      "forward",
      ["A. left", "B. forward", "C. up", "D. right"],
      [
        ["B", 1],
        ["B. forward", 1],
        ["forward", 1],
        ["A left", 0],
        ["forward and up", 0],
        ["forward, then down", 0],
      ],
    ],
    [
      "camera_obj_rel_dist",
      "sofa",
      ["A. bed", "B. sofa"],
      [
        ["B", 1],
        ["the sofa", 1],
        ["A", 0],
        ["A or B", 0],
      ],
    ],
  ])("pays questions about the camera: %s", (question_type, ground_truth, options, answers) => {
    for (const [completion, accuracy] of answers) {
      expect(reward({ completion, question_type, ground_truth, options, mode: "vanilla" }).accuracy).toBe(accuracy);
    }
  });

  test("the truth may be the letter, the text or both", () => {
    for (const ground_truth of ["B", "sink", "B. sink"]) {
      const asked = { ground_truth, question_type: "object_rel_distance", options: ["A. bed", "B. sink"] };
      expect(reward({ ...asked, completion: "(B)", mode: "vanilla" }).total).toBe(1);
      expect(reward({ ...asked, completion: "bed", mode: "vanilla" }).total).toBe(0);
    }
  });
});

test("regression: of a request it was not said which part does not fit", () => {
  const request = { completion: "2", mode: "vanilla", question_type: "object_counting", groundtruth: "2" };
  expect(() => reward(request as unknown as RewardRequest)).toThrow("reward(): request.ground_truth: got nothing");
  const thnk = { ...request, mode: "thnk", ground_truth: "2" };
  expect(() => reward(thnk as unknown as RewardRequest)).toThrow('request.mode: got "thnk", expected one of vanilla');
});
