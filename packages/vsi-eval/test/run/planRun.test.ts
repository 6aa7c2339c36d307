import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import { frameRoots } from "../../src/run/planRun.ts";

describe("frameRoots", () => {
  const folder = temporaryFolder();

  test("regression: a --frames-dir that is not there was passed over for the dataset's own frames", async () => {
    const [data, own, none] = [join(folder, "data"), join(folder, "own"), join(folder, "none")];
    await mkdir(data);
    await mkdir(own);
    await writeFile(join(folder, "a.txt"), "");
    expect(await frameRoots({ data, framesFolder: own })).toEqual([own, join(data, "frames")]);
    expect(await frameRoots({ data, framesFolder: null })).toEqual([join(data, "frames")]);
    await expect(frameRoots({ data, framesFolder: none })).rejects.toThrow(
      `--frames-dir ${none}: got nothing at this path, expected the folder of the scenes' frames.`,
    );
    await expect(frameRoots({ data, framesFolder: join(folder, "a.txt") })).rejects.toThrow("got a file");
  });
});
