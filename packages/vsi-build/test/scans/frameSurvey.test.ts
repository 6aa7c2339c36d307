import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import { surveyFrames } from "../../src/scans/frameSurvey.ts";

describe("surveyFrames", () => {
  const folder = temporaryFolder();

  test("regression: a --frames-root that is no folder was searched, and said to hold no frames", async () => {
    const [none, file] = [join(folder, "none"), join(folder, "a.txt")];
    await writeFile(file, "");
    await expect(surveyFrames([], none)).rejects.toThrow(`--frames-root ${none}: got nothing at this path, expected`);
    await expect(surveyFrames([], file)).rejects.toThrow(`--frames-root ${file}: got a file, expected`);
  });
});
