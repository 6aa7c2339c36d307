import { describe, expect, test } from "@jest/globals";
import { guardReasoning, REASONING_LIMITS } from "../../src/rewards/guardReasoning.ts";

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
