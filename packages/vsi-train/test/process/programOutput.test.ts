import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import { captureOutput, lastLines, lastWords } from "../../src/process/programOutput.ts";

describe("captureOutput", () => {
  test("gives both streams and the exit code", async () => {
    const script = "process.stdout.write('ä'.repeat(200000)); console.error('why'); process.exitCode = 3";
    expect(await captureOutput([process.execPath, "-e", script])).toEqual({
      exitCode: 3,
      stdout: "ä".repeat(200_000),
      stderr: "why\n",
      failure: null,
    });
  });

  test("says why there is no exit code: not there, or killed", async () => {
    const missing = await captureOutput(["/nowhere/python"]);
    expect(missing).toMatchObject({ exitCode: null, failure: expect.stringContaining("ENOENT") });
    const killed = await captureOutput([process.execPath, "-e", "process.kill(process.pid, 'SIGKILL')"]);
    expect(killed).toMatchObject({ exitCode: null, failure: "ended by SIGKILL" });
    const slow = await captureOutput([process.execPath, "-e", "setTimeout(() => {}, 60_000)"], {}, 0.1);
    expect(slow).toMatchObject({ exitCode: null, failure: "not done after 0.1 seconds" });
  });
});

test("regression: of a program that failed without a word it was said that it got nothing", async () => {
  const words = async (script: string) => lastWords(await captureOutput([process.execPath, "-e", script]));
  expect(await words("process.exitCode = 3")).toBe("exit code 3");
  expect(await words("console.error('one\\ntwo\\n'); process.exitCode = 3")).toBe("two");
  expect(await words("process.kill(process.pid, 'SIGKILL')")).toBe("ended by SIGKILL");
});

const FOLDER = temporaryFolder();

async function last(text: string, count: number): Promise<string[]> {
  const path = join(FOLDER, "worker.log");
  await writeFile(path, text);
  return lastLines(path, count);
}

describe("lastLines", () => {
  test("are the end of a log, also of a large one, of redrawn progress and of one without a last line end", async () => {
    expect(await last("a\n\nb\r\nc", 2)).toEqual(["b", "c"]);
    expect(await last("10 %\r20 %\rdone\n", 2)).toEqual(["20 %", "done"]);
    const long = Array.from({ length: 50_000 }, (_, at) => `line ${at}`).join("\n");
    expect(await last(long, 3)).toEqual(["line 49997", "line 49998", "line 49999"]);
  });

  test("are none of an empty or a missing log", async () => {
    expect(await last("", 5)).toEqual([]);
    expect(await lastLines(join(FOLDER, "none"), 5)).toEqual([]);
  });
});
