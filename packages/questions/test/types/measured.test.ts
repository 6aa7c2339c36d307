import { expect, test } from "@jest/globals";
import { refuseZero } from "../../src/types/measured.ts";

const draft = (ground_truth: string, value: number) => ({
  words: {},
  ground_truth,
  evidence: { object_ids: [4], value, unit: "m" as const, margin: null },
});

test("0 in any writing is refused with the numbers, everything else is passed on", () => {
  expect(refuseZero(draft("0.1", 0.05), 0.1)).toEqual({ draft: draft("0.1", 0.05), refusals: [] });
  for (const zero of ["0", "0.0"]) {
    expect(refuseZero(draft(zero, 0.04), 0.1)).toMatchObject({
      draft: null,
      refusals: [{ code: "rounds-to-zero", object_ids: [4], value: 0.04, limit: 0.05, unit: "m" }],
    });
  }
});
