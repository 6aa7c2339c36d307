import { afterEach, describe, expect, jest, test } from "@jest/globals";
import { runLeashed } from "../../src/study/children.ts";

/** A command of a line of JavaScript. */
function node(script: string): string[] {
  return [process.execPath, "-e", script];
}

describe("runLeashed", () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  test("regression: a study failed where its terminal was closed, as its commands could not print their closing lines there", async () => {
    const said: string[] = [];
    jest.spyOn(process.stderr, "write").mockImplementation((bytes) => {
      said.push(String(bytes));
      return true;
    });
    const { signal } = new AbortController();
    const isPipe = "require('fs').fstatSync(1).isFIFO() || require('fs').fstatSync(1).isSocket()";
    expect(await runLeashed(node(`console.log(${isPipe}); process.exitCode = 3`), signal)).toBe(3);
    // All of it, in its order, before the exit code is known.
    expect(said.join("")).toBe("true\n");
  });

  test("what a command leaves running does not hold it up", async () => {
    const left = `require("child_process").spawn("sleep", ["60"], { stdio: "inherit", detached: true }).unref()`;
    expect(await runLeashed(node(left), new AbortController().signal)).toBe(0);
  });
});
