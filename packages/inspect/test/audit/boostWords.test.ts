import { describe, expect, test } from "@jest/globals";
import { boostWords } from "../../src/audit/boostWords.ts";
import { choiceFeatures } from "../../src/audit/choiceFeatures.ts";
import { lot, sideGroup } from "../support/auditQuestion.ts";

const ROOMS = 60;
const TRAINING = 240;

/** Learns from the first 40 rooms and guesses at the other 20. */
function guess(group: ReturnType<typeof sideGroup>) {
  const rows = choiceFeatures(group);
  const training = Int32Array.from({ length: TRAINING }, (_, index) => index);
  const asked = Int32Array.from({ length: group.questions.length - TRAINING }, (_, index) => TRAINING + index);
  const shares = boostWords(rows, training, asked);
  const right = [...asked].filter((question) => {
    const own = shares.subarray(rows.starts[question], rows.starts[question + 1]);
    return rows.right[rows.starts[question]! + own.indexOf(Math.max(...own))] === 1;
  });
  return { rows, shares, accuracy: right.length / asked.length };
}

describe("boostWords", () => {
  test("shares of the asked questions sum to 1, and others have none", () => {
    const { rows, shares } = guess(sideGroup(ROOMS, (_, room) => (lot(room) < 0.5 ? "left" : "right")));
    for (let question = 0; question < rows.starts.length - 1; question++) {
      const own = shares.subarray(rows.starts[question], rows.starts[question + 1]);
      const sum = own.reduce((all, share) => all + share, 0);
      expect(sum).toBeCloseTo(question < TRAINING ? 0 : 1, 10);
    }
  });

  test("finds what one name decides, and what takes two", () => {
    expect(guess(sideGroup(ROOMS, ([, querying]) => (querying < "desk" ? "left" : "right"))).accuracy).toBeGreaterThan(
      0.95,
    );
    const two = guess(sideGroup(ROOMS, ([orienting, querying]) => (querying < orienting ? "left" : "right")));
    expect(two.accuracy).toBeGreaterThan(0.85);
  });

  test("coins fall as they fall", () => {
    const accuracies = Array.from(
      { length: 10 },
      (_, draw) =>
        guess(sideGroup(ROOMS, (_, room, index) => (lot(draw, room, index) < 0.5 ? "left" : "right"))).accuracy,
    );
    // 1,200 coins: standard deviation 1.4 points; four of them either side.
    expect(Math.abs(accuracies.reduce((sum, own) => sum + own / 10, 0) - 0.5)).toBeLessThan(0.058);
  });

  test("without a feature or a question to learn from all candidates are alike", () => {
    const group = sideGroup(2, () => "left");
    const rows = { ...choiceFeatures(group) };
    const shares = boostWords(rows, new Int32Array(0), Int32Array.of(0));
    expect([...shares.subarray(0, 2)]).toEqual([0.5, 0.5]);
  });
});
