import { describe, expect, test } from "@jest/globals";
import { guardReasoning, REASONING_LIMITS } from "../../src/rewards/reasoning.ts";

const PROSE = [
  "There are three chairs here.",
  "First I find the shelf, then the shower. Standing at the shelf and looking at the shower, the bicycle is behind my right shoulder, so I have to turn right.",
  "The bed is about 2.0 m long, the gap to the wall is roughly 0.6 m, and the desk is 1.2 m wide. Adding these, 2.0 + 0.6 + 1.2 = 3.8 m, so the distance is about 3.8 meters.",
  "1. The first frames show a door and a white wall.\n2. Then a brown table with two chairs comes into view.\n3. Behind it stands another chair, partly hidden by a curtain.\nIn total I count three chairs.",
  "房间里有一张桌子,桌子旁边放着三把椅子,窗户在左边,门在右边,所以答案是三。",
  "Im Zimmer stehen drei Stühle: einer am Fenster, einer am Schreibtisch und einer neben der Wohnungseingangstür.",
];

describe("guardReasoning", () => {
  test.each(PROSE)("lets reasoning pass: %s", (text) => {
    expect(guardReasoning(text)).toBeNull();
  });

  test("names what filling is", () => {
    expect(guardReasoning("")).toBe("reasoning-empty");
    expect(guardReasoning("let me think")).toBe("reasoning-empty");
    expect(guardReasoning(`${PROSE[1]} ${PROSE[1]}`)).toBe("reasoning-repeated");
    expect(guardReasoning("chair chair chair chair chair chair")).toBe("reasoning-repeated");
    expect(guardReasoning(Array.from({ length: 90 }, (_, at) => at).join(" "))).toBe("reasoning-padded");
    expect(guardReasoning(`${PROSE[0]}${" .".repeat(200)}`)).toBe("reasoning-padded");
    expect(guardReasoning("x".repeat(REASONING_LIMITS.characters + 1))).toBe("reasoning-too-long");
  });
});

test("regression: numbers that count up do not make a sentence new, numbers in sums and lists do", () => {
  const numbered = (sentence: string) =>
    Array.from({ length: 40 }, (_, at) => sentence.replace("#", `${at}`)).join(" ");
  for (const sentence of ["Step # look around.", "chair # here,", "Frame #: I see a chair.", "# chairs"]) {
    expect(guardReasoning(numbered(sentence))).toMatch(/reasoning-(repeated|padded)/);
  }
  for (const text of [
    "The room is 5.2 m by 4.1 m. 5.2 x 4.1 = 21.32, minus the closet of 1.2 x 0.8 = 0.96, gives 20.36 square meters.",
    "In frame 1 there is a bed. In frame 2 there is a desk. In frame 3 there is a chair. In frame 4 there is a second chair. So there are 2 chairs.",
  ]) {
    expect(guardReasoning(text)).toBeNull();
  }
});
