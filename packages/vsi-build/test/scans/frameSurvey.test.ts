import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import { surveyFrames } from "../../src/scans/frameSurvey.ts";
import type { SelectedScan } from "../../src/scans/source.ts";

describe("surveyFrames", () => {
  const folder = temporaryFolder();

  test("regression: a --frames-root that is no folder was searched, and said to hold no frames", async () => {
    const [none, file] = [join(folder, "none"), join(folder, "a.txt")];
    await writeFile(file, "");
    await expect(surveyFrames([], none)).rejects.toThrow(`--frames-root ${none}: got nothing at this path, expected`);
    await expect(surveyFrames([], file)).rejects.toThrow(`--frames-root ${file}: got a file, expected`);
  });

  test("where no scan has frames, videos are among what was looked for, by the dataset's name", async () => {
    const scan: SelectedScan = {
      scanId: "office_01",
      split: "train",
      input: { kind: "raw", folder: { scanId: "office_01", path: join(folder, "office_01"), isTestFolder: false } },
    };
    await expect(surveyFrames([scan], null)).rejects.toThrow("; without poses <root>/scans/office_01/office_01.mp4. ");
    await expect(surveyFrames([scan], folder)).rejects.toThrow(
      `; without poses pictures in ${folder}/office_01, ${folder}/office_01.mp4 and ${folder}/own/office_01.mp4. `,
    );
  });
});
