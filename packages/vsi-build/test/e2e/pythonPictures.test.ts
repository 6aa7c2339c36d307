import { cp, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { Question } from "@vsi/dataset";
import { jpegColor, writeRawScanNet } from "@vsi/synth/node";
import { runVsiBuild } from "@vsi/testing/commands";
import { temporaryFolder } from "@vsi/testing/folders";
import { embeddedTerms } from "../../src/scans/embeddedTerms.ts";
import type { SelectedScan } from "../../src/scans/source.ts";
import { pythonTest } from "../support/python.ts";

interface Shown {
  /** Whether the batches are a DataLoader's. */
  torch: boolean;
  rows: number;
  features: string;
  ids: string[];
  sizes: [number, number][][];
  duckdbJsonl: string[][];
  polarsJsonl: string[][];
  duckdbParquet?: [path: string, bytes: number][][];
  polarsParquet?: [path: string, bytes: number][][];
}

const FORMS = { jsonl: [], paths: ["--format", "parquet"], embedded: ["--format", "parquet", "--embed-frames"] };

describe("pictures in Python", () => {
  const folder = temporaryFolder();
  let questions: Question[] = [];

  beforeAll(async () => {
    const raw = join(folder, "raw");
    await writeRawScanNet(raw, { rooms: 1, seed: 5, vertexCount: 10_000, frames: 20, colorEncoder: jpegColor });
    for (const [name, more] of Object.entries(FORMS)) {
      const words = ["--scannet", raw, "--labels", "raw", "--frames", "3", "--min-visible-pixels", "20"];
      const caps = ["--max-per-scene", "object_abs_distance=3", "--seed", "3"];
      const built = await runVsiBuild([...words, ...caps, ...more, "--out", join(folder, name)]);
      expect(built).toMatchObject({ exitCode: 0 });
    }
    const lines = (await readFile(join(folder, "jsonl", "data", "train.jsonl"), "utf8")).trim().split("\n");
    questions = lines.map((line) => JSON.parse(line) as Question);
    expect(questions.length).toBeGreaterThan(5);
  });

  test.each(Object.keys(FORMS))(
    "%s: verify accepts it, and every path leads to a picture from the folder",
    async (name) => {
      expect(await runVsiBuild(["verify", join(folder, name)])).toMatchObject({ exitCode: 0 });
      for (const { scene_name, frames } of questions) {
        for (const frame of frames ?? []) await stat(join(folder, name, "frames", scene_name, frame));
      }
    },
  );

  test("verify finds an embedded picture that is not its frame's", async () => {
    const [{ scene_name = "", frames = [] } = {}] = questions;
    const [first = "", second = ""] = frames ?? [];
    const changed = join(folder, "changed");
    await cp(join(folder, "embedded"), changed, { recursive: true });
    await cp(join(changed, "frames", scene_name, second), join(changed, "frames", scene_name, first), { force: true });
    const verified = await runVsiBuild(["verify", changed]);
    expect(verified.exitCode).toBe(1);
    expect(verified.stdout + verified.stderr).toContain(`other bytes as frames/${scene_name}/${first}`);
  });

  test("frames are embedded only into Parquet, with their pixels", async () => {
    const words = ["--scannet", join(folder, "raw"), "--frames", "3", "--embed-frames", "--out", join(folder, "no")];
    for (const more of [[], ["--format", "parquet", "--no-pixels"]]) {
      const built = await runVsiBuild([...words, ...more]);
      expect(built).toMatchObject({ exitCode: 2 });
      expect(built.stderr).toContain("use it with --format parquet, without --no-pixels");
    }
  });

  for (const name of Object.keys(FORMS)) {
    pythonTest(
      "polars",
      `${name}: datasets, a DataLoader, DuckDB and polars show the same pictures`,
      async (runScript) => {
        const out = join(folder, name);
        const shown = runScript("showPictures.py", out, join(folder, `cache-${name}`)) as Shown;
        expect(shown.ids).toEqual(questions.map(({ id }) => id));
        const paths = questions.map(({ scene_name, frames }) =>
          (frames ?? []).map((one) => `frames/${scene_name}/${one}`),
        );
        expect(shown.duckdbJsonl).toEqual(paths);
        expect(shown.polarsJsonl).toEqual(paths);
        expect(shown.sizes.map(({ length }) => length)).toEqual(paths.map(({ length }) => length));
        for (const size of shown.sizes.flat()) expect(size).toEqual(shown.sizes[0]?.[0]);
        if (name === "jsonl") return;
        const bytes = async (path: string) => (name === "embedded" ? (await stat(join(out, path))).size : 0);
        const expected = await Promise.all(
          paths.map((some) => Promise.all(some.map(async (path) => [path, await bytes(path)]))),
        );
        expect(shown.duckdbParquet).toEqual(expected);
        expect(shown.polarsParquet).toEqual(expected);
        expect(shown.features).toContain("Image");
      },
    );

    pythonTest(
      "torch",
      `${name}: a PyTorch DataLoader makes batches of pictures by the card's example`,
      async (runScript) => {
        const shown = runScript("showPictures.py", join(folder, name), join(folder, `cache-torch-${name}`)) as Shown;
        expect(shown.torch).toBe(true);
        expect(shown.ids).toEqual(questions.map(({ id }) => id));
        expect(shown.sizes.map(({ length }) => length)).toEqual(questions.map(({ frames }) => frames?.length));
      },
    );
  }
});

describe("frames under terms that forbid passing them on", () => {
  const scans = ["scene0707_00", "scene9000_00"].map((scanId): SelectedScan => {
    return { scanId, split: "train", input: { kind: "raw", folder: { scanId, path: scanId, isTestFolder: false } } };
  });

  const frames = { frames: 32, sampling: "uniform" as const, size: null, video: false };
  const size = expect.stringContaining("about 3.2 MB for 32 of 100 kB: 320 GB for 100,000 questions");

  test("are embedded only where it was said, and the terms are told", () => {
    const embed = (embedFrames: boolean, includeRestricted: boolean) => () =>
      embeddedTerms(scans, { frames, embedFrames, includeRestricted });
    expect(embed(true, false)).toThrow(/no redistribution.*--include-restricted/);
    expect(embed(true, true)()).toEqual([size, expect.stringContaining("ScanNet Terms of Use")]);
    expect(embed(false, false)()).toEqual([]);
    expect(embeddedTerms(scans.slice(1), { frames, embedFrames: true, includeRestricted: false })).toEqual([size]);
  });
});
