import { describe, expect, test } from "@jest/globals";
import { randomStream } from "@vsi/dataset";
import fc from "fast-check";
import { drawTurn, turnLedger } from "../../src/routes/turnShares.ts";

const PUBLISHED = 57 / 355;

/** Turn after turn back where one is due and right where none is: how many are back after each. */
function backsOf(seed: number, back: number, turns: number, before: readonly string[]): number[] {
  const ledger = turnLedger(randomStream([seed]), { back });
  let backs = 0;
  return Array.from({ length: turns }, () => {
    const isDue = ledger.standing([...before, "Turn Back"]).over === 0;
    backs += isDue ? 1 : 0;
    ledger.tell([...before, isDue ? "Turn Back" : "Turn Right"]);
    return backs;
  });
}

describe.each([
  ["first turns", []],
  ["later turns, whatever the first ones are", ["Turn Left"]],
])("%s", (_, before) => {
  test("after every turn, turns back are less than one off their share", () => {
    const share = fc.double({ min: 0.02, max: 0.98, noNaN: true });
    fc.assert(
      fc.property(fc.integer(), share, (seed, back) => {
        for (const [index, backs] of backsOf(seed, back, 40, before).entries()) {
          expect(Math.abs(backs - back * (index + 1))).toBeLessThan(1 + 1e-9);
        }
      }),
    );
  });

  test("over many scenes of few turns, the mean is the share at every turn", () => {
    const [scenes, turns] = [4000, 6];
    const runs = Array.from({ length: scenes }, (_, seed) => backsOf(seed, PUBLISHED, turns, before));
    for (let turn = 0; turn < turns; turn += 1) {
      const mean = runs.reduce((sum, backs) => sum + backs[turn]!, 0) / scenes;
      // The number in a scene is one of two neighbours, so its deviation is at most a half.
      expect(Math.abs(mean - PUBLISHED * (turn + 1))).toBeLessThan((4 * 0.5) / Math.sqrt(scenes));
    }
  });
});

describe("turnLedger", () => {
  test("a turn back is over its share where none is due, and owed where one is", () => {
    // Half of the turns: after a start, every other one is due.
    const ledger = turnLedger(randomStream(["half"]), { back: 0.5 });
    const isDue = ledger.standing(["Turn Back"]).over === 0;
    for (let turn = 0; turn < 6; turn += 1) {
      const due = turn % 2 === 0 ? isDue : !isDue;
      expect(ledger.standing(["Turn Back"])).toEqual({ over: due ? 0 : 1, owed: 0 });
      expect(ledger.standing(["Turn Left"])).toEqual({ over: 0, owed: due ? 1 : 0 });
      ledger.tell([due ? "Turn Back" : "Turn Left"]);
    }
  });

  test("an unpaid turn back stays due, and standing changes nothing", () => {
    const ledger = turnLedger(randomStream([1]), { back: PUBLISHED });
    for (let turn = 0; turn < 12; turn += 1) {
      ledger.tell(["Turn Right"]);
    }
    const words = ["Turn Back", "Turn Back", "Turn Back"];
    // 12 first turns, no later one: at least one first turn is due, and of two later ones at most one.
    expect(ledger.standing(words).over).toBeGreaterThanOrEqual(1);
    expect(ledger.standing(words)).toEqual(ledger.standing(words));
    expect(ledger.standing(["Turn Back"])).toEqual({ over: 0, owed: 0 });
    expect(ledger.standing(["Turn Left"])).toEqual({ over: 0, owed: 1 });
  });
});

test("drawn turns have their shares", () => {
  const random = randomStream(["turns"]);
  const drawn = Array.from({ length: 20_000 }, () => drawTurn(random, { back: PUBLISHED }));
  for (const [word, share] of [
    ["Turn Back", PUBLISHED],
    ["Turn Left", (1 - PUBLISHED) / 2],
    ["Turn Right", (1 - PUBLISHED) / 2],
  ] as const) {
    const found = drawn.filter((turn) => turn === word).length / drawn.length;
    expect(Math.abs(found - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / drawn.length));
  }
});
