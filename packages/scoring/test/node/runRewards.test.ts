import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { runRewards } from "../../src/node/runRewards.ts";

async function run(chunks: Iterable<string>) {
  const output = new PassThrough({ highWaterMark: 16 });
  const written = text(output);
  const exitCode = await runRewards(
    (async function* () {
      yield* chunks;
    })(),
    output,
  );
  output.end();
  return { exitCode, lines: (await written).split("\n").slice(0, -1) };
}

function request(completion: string): string {
  return JSON.stringify({
    completion,
    ground_truth: "10",
    question_type: "object_counting",
    options: null,
    mode: "vanilla",
  });
}

describe("vsi-reward", () => {
  test("answers in order, however the input is cut, through an output that is slow", async () => {
    const values = Array.from({ length: 40 }, (_, at) => at);
    const input = values.map((value) => request(String(value))).join("\n");
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 500 }), async (size) => {
        const chunks = Array.from({ length: Math.ceil(input.length / size) }, (_, at) =>
          input.slice(at * size, (at + 1) * size),
        );
        const { exitCode, lines } = await run(chunks);
        expect(exitCode).toBe(0);
        expect(lines.map((line) => JSON.parse(line).value)).toEqual(values);
      }),
      { numRuns: 20 },
    );
  });

  test("a bad line has its error in its place, the others are rewarded, and the exit code is 1", async () => {
    const { exitCode, lines } = await run([
      `${request("10")}\n{"completion": \n[]\n\n${request("5")}\r\n`,
      `{"completion":"3","ground_truth":"x","question_type":"object_counting","mode":"vanilla"}\n`,
      `{"completion":"3","ground_truth":"3","question_type":"object_counting","mode":"dream"}\n`,
    ]);
    expect(exitCode).toBe(1);
    const answers = lines.map((line) => JSON.parse(line));
    expect(answers.map(({ line }) => line)).toEqual([undefined, 2, 3, undefined, 6, 7]);
    expect(answers.map(({ code, total }) => code ?? total)).toEqual([
      1,
      "request-unfit",
      "request-unfit",
      0,
      "truth-unfit",
      "request-unfit",
    ]);
    expect(answers[5].error).toContain('mode: got "dream"');
  });

  test("says nothing to no input", async () => {
    expect(await run([])).toEqual({ exitCode: 0, lines: [] });
  });
});
