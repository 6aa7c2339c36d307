import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, jest, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import { runLeashed } from "../../src/study/children.ts";

/** A command of a line of JavaScript. */
function node(script: string): string[] {
  return [process.execPath, "-e", script];
}

describe("runLeashed", () => {
  const folder = temporaryFolder();

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
    const pid = join(folder, "pid");
    const left = `const child = require("child_process").spawn("sleep", ["60"], { stdio: "inherit", detached: true });
      child.unref();
      require("fs").writeFileSync(${JSON.stringify(pid)}, String(child.pid));`;
    expect(await runLeashed(node(left), new AbortController().signal)).toBe(0);
    // It still runs. Left alone it would hold Jest's own output for a minute.
    expect(process.kill(Number(await readFile(pid, "utf8")))).toBe(true);
  });
});
