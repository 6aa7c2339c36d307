import { cp, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { type RunResult, runVsiBuild } from "@vsi/testing/commands";
import { folderContent, temporaryFolder } from "@vsi/testing/folders";
import { makeRawFolder } from "../support/makeRawFolder.ts";

/** More are tried by hand; each pair takes two builds. */
const PAIRS = 4;

describe("two builds on one folder at once", () => {
  const folder = temporaryFolder();
  const raw = join(folder, "raw");
  const words = (out: string, seed: number): string[] => [
    "--scannet",
    raw,
    "--out",
    out,
    "--seed",
    String(seed),
    "--workers",
    "1",
    "--quiet",
    "--overwrite",
  ];
  const whole: Record<string, string>[] = [];

  beforeAll(async () => {
    await makeRawFolder(raw, 2);
    for (const seed of [0, 7]) {
      const out = join(folder, `seed-${seed}`);
      expect(await runVsiBuild(words(out, seed))).toMatchObject({ exitCode: 0 });
      whole.push(await folderContent(out));
    }
  });

  const outcomes = async (out: string, delay: number): Promise<RunResult[]> =>
    Promise.all([runVsiBuild(words(out, 0)), sleep(delay).then(() => runVsiBuild(words(out, 7)))]);

  test("come to one of the two, whole; the one that can't start says who is at work", async () => {
    for (let pair = 0; pair < PAIRS; pair += 1) {
      const out = join(folder, `pair-${pair}`);
      if (pair % 2 === 1) await cp(join(folder, "seed-0"), out, { recursive: true });
      const results = await outcomes(out, (pair / PAIRS) * 800);
      const done = results.filter(({ exitCode }) => exitCode === 0);
      expect(done.length).toBeGreaterThan(0);
      for (const { exitCode, stderr } of results) {
        if (exitCode === 0) continue;
        expect({ exitCode, stderr }).toEqual({
          exitCode: 2,
          stderr: expect.stringMatching(/^vsi-build: .*vsi-build, process \d+ on \S+, since .* is using it.*\n$/),
        });
      }
      const content = await folderContent(out);
      // Where both were done, the second one came after the first.
      expect(whole).toContainEqual(content);
      expect(await readdir(out)).not.toContain(".vsi-build");
      await rm(out, { recursive: true });
    }
  });

  test("a reader is refused while files are moved, and says what finishes it", async () => {
    const out = join(folder, "moving");
    await cp(join(folder, "seed-0"), out, { recursive: true });
    const { writeFile, mkdir } = await import("node:fs/promises");
    await mkdir(join(out, ".vsi-build"));
    await writeFile(join(out, ".vsi-build", "publishing.json"), "{}");
    for (const command of [
      ["verify", out],
      ["audit", out],
      ["stats", out],
      ["show", out, "0"],
      ["export", out, "--format", "vsi-bench", "--out", join(folder, "x.jsonl")],
    ]) {
      const { exitCode, stderr } = await runVsiBuild(command);
      expect({ command, exitCode, stderr }).toEqual({
        command,
        exitCode: 2,
        stderr: expect.stringContaining("Run the command that wrote it again"),
      });
    }
    expect(await readFile(join(out, ".vsi-build", "publishing.json"), "utf8")).toBe("{}");
  });
});
