import { describe, expect, test } from "@jest/globals";
import { formatDuration } from "../../src/monitor/formatDuration.ts";

describe("formatDuration", () => {
  test("is as fine as one wants to know it, and never shows 60 of a unit", () => {
    const shown = [0, 99, 100, 90 * 60, 100 * 60, 3599 * 2, 47.99 * 3600, 48 * 3600, 100 * 3600].map(formatDuration);
    expect(shown).toEqual([
      "0 s",
      "99 s",
      "2 min",
      "90 min",
      "1 h 40 min",
      "2 h 00 min",
      "47 h 59 min",
      "2 d 00 h",
      "4 d 04 h",
    ]);
  });
});
