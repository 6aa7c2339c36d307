import { describe, expect, test } from "@jest/globals";
import { mutateBytes, mutateJson, mutateText } from "../../src/mutations/mutate.ts";
import { caseRandom } from "../../src/mutations/random.ts";
import { runScript } from "../support/runCommand.ts";

describe("mutations", () => {
  test("the same seed and case give the same input, others another", () => {
    const value = { a: [1, 2, { b: "three" }], c: null };
    const made = (seed: number) => {
      const random = caseRandom(seed, "reader", 7);
      return [mutateJson(value, random), mutateText("a = 1, b = 2", random), mutateBytes(Buffer.from("bytes"), random)];
    };
    expect(made(1)).toEqual(made(1));
    expect(made(1)).not.toEqual(made(2));
    expect(value).toEqual({ a: [1, 2, { b: "three" }], c: null });
  });

  test("no reader answers a mutated input with an untyped error, a hang or much memory", async () => {
    const run = await runScript("testing/dist/mutations/mutations.js", ["--cases", "4000"]);
    expect(run).toMatchObject({ stdout: expect.stringMatching(/4,000 inputs, .* 0 findings/), exitCode: 0 });
  });
});
