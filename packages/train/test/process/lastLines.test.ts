import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { lastLines } from "../../src/process/lastLines.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

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
