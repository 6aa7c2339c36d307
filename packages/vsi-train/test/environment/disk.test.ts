import { describe, expect, test } from "@jest/globals";
import { formatBytes } from "../../src/environment/disk.ts";

describe("formatBytes", () => {
  test("gives two or three digits in the unit that fits", () => {
    const shown = [0, 1500, 9949, 9950, 999_499, 999_500, 1.5e9, 23e9, 4e12, 5e15].map(formatBytes);
    expect(shown).toEqual([
      "0.0 kB",
      "1.5 kB",
      "9.9 kB",
      "10 kB",
      "999 kB",
      "1.0 MB",
      "1.5 GB",
      "23 GB",
      "4.0 TB",
      "5000 TB",
    ]);
  });
});
