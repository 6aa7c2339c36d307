import { expect, test } from "@jest/globals";
import { UsageError } from "@vsi/command";
import { numberFrom } from "../../src/commands/trainFlags.ts";

test("takes numbers from a bound, or above it, and nothing else", () => {
  expect(numberFrom("--beta", 0)(0)).toBe(0);
  expect(numberFrom("--beta", 0, "above")(1e-9)).toBe(1e-9);
  for (const value of [-1e-9, Number.NaN, Number.POSITIVE_INFINITY, [1, 2] as unknown as number]) {
    expect(() => numberFrom("--beta", 0)(value)).toThrow(UsageError);
  }
  expect(() => numberFrom("--beta", 0, "above")(0)).toThrow("--beta: got 0, expected one number above 0.");
});
