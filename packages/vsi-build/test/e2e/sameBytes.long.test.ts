import { writeFileSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { hashFile } from "@vsi/dataset/node";
import { writeRawScanNet } from "@vsi/synth/node";
import { type RunResult, runProcess, runVsiBuild, VSI_BUILD } from "@vsi/testing/commands";
import { editSealed } from "../support/editSealed.ts";

/** Half as many again as balancing needs: what is picked in one room hangs on all others. */
const ROOMS = 30;

/** Every file of a folder with its hash: two datasets are the same when these are. */
async function contentOf(folder: string): Promise<Record<string, string>> {
  const content: Record<string, string> = {};
  for (const entry of (await readdir(folder, { recursive: true, withFileTypes: true })).sort()) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    content[path.slice(folder.length + 1)] = await hashFile(path);
  }
  return Object.fromEntries(Object.entries(content).sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function keptResults(out: string): Promise<number> {
  const names = await readdir(join(out, ".vsi-build", "results")).catch(() => []);
  return names.filter((name) => name.endsWith(".json")).length;
}

/** Ends a build as it keeps a result (testing/src/faults/inject.ts): a watching process could come too late. */
const INJECT = new URL("../../../../testing/dist/faults/inject.js", import.meta.url).href;

/** The operations before the first result, which make the folder, and those of each: opened, written, renamed. */
const [OPERATIONS_BEFORE, OPERATIONS_A_RESULT] = [1, 3];

/** A build that a signal ends once this many results are kept, or one less where another worker's is under way. */
function buildUntil(kept: number, mode: "kill" | "term", out: string, words: readonly string[]): Promise<RunResult> {
  const counter = `${out}.operations`;
  writeFileSync(counter, "");
  return runProcess([process.execPath, "--import", INJECT, VSI_BUILD, ...words], {
    env: {
      FAULT_FOLDER: join(out, ".vsi-build", "results"),
      FAULT_COUNT: counter,
      FAULT_AT: String(OPERATIONS_BEFORE + kept * OPERATIONS_A_RESULT),
      FAULT_MODE: mode,
    },
  });
}

describe("the same bytes", () => {
  let folder = "";
  let raw = "";
  let expected: Record<string, string> = {};

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "vsi-same-bytes-"));
    raw = join(folder, "raw");
    await writeRawScanNet(raw, { rooms: ROOMS, seed: 3, vertexCount: 10_000 });
    const built = await runVsiBuild(["--scannet", raw, "--out", join(folder, "one"), "--workers", "1"]);
    expect(built.exitCode).toBe(0);
    // Enough for the balancing to learn from, so that what is picked in one room hangs on all others.
    const { inputs } = JSON.parse(await readFile(join(folder, "one", "manifest.json"), "utf8"));
    expect(inputs.rooms_learnt_from).toBe(ROOMS);
    expected = await contentOf(join(folder, "one"));
    expect(Object.keys(expected)).toHaveLength(ROOMS + 7 + 6); // A file a scene, seven that every dataset has, a picture a type.
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  test("for one worker and for two", async () => {
    const built = await runVsiBuild(["--scannet", raw, "--out", join(folder, "two"), "--workers", "2"]);
    expect(built.exitCode).toBe(0);
    expect(await contentOf(join(folder, "two"))).toEqual(expected);
  });

  test("another seed gives other questions", async () => {
    const built = await runVsiBuild(["--scannet", raw, "--out", join(folder, "seed"), "--seed", "1"]);
    expect(built.exitCode).toBe(0);
    const other = await contentOf(join(folder, "seed"));
    expect(other["data/train.jsonl"]).not.toBe(expected["data/train.jsonl"]);
    expect(other["scenes/scene9000_00.json"]).toBe(expected["scenes/scene9000_00.json"]);
  });

  test.each([
    ["1", 1],
    ["2", 10],
    ["2", ROOMS - 3],
  ])("after kill -9 with %s worker(s) once %i results are kept, then --resume", async (workers, after) => {
    const out = join(folder, `killed-${workers}-${after}`);
    const words = ["--scannet", raw, "--out", out, "--workers", workers];
    expect(await buildUntil(after, "kill", out, words)).toMatchObject({ exitCode: null });
    expect(await keptResults(out)).toBeGreaterThanOrEqual(Math.max(1, after - 1));
    const left = await readdir(out);
    expect(left).toContain(".vsi-build");
    expect(left).not.toContain("SHA256SUMS");

    const refused = await runVsiBuild(words);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain("--resume");

    const resumed = await runVsiBuild([...words, "--resume"]);
    expect(resumed.exitCode).toBe(0);
    expect(await contentOf(out)).toEqual(expected);
  });

  test("SIGTERM keeps what is finished, exits 143 and says how to go on", async () => {
    const out = join(folder, "terminated");
    const words = ["--scannet", raw, "--out", out, "--workers", "2"];
    const { exitCode, stderr } = await buildUntil(6, "term", out, words);
    expect(exitCode).toBe(143);
    expect(stderr).toContain("--resume");
    expect(await keptResults(out)).toBeGreaterThanOrEqual(5);
    const resumed = await runVsiBuild([...words, "--resume"]);
    expect(resumed.exitCode).toBe(0);
    expect(await contentOf(out)).toEqual(expected);
  });

  test("a kept result whose pool was cut is made again", async () => {
    const out = join(folder, "cut-pool");
    const words = ["--scannet", raw, "--out", out, "--workers", "2"];
    expect(await buildUntil(4, "kill", out, words)).toMatchObject({ exitCode: null });
    const results = join(out, ".vsi-build", "results");
    const [first = "", second = ""] = (await readdir(results)).filter((name) => name.endsWith(".json"));
    await editSealed(join(results, first), ({ result }) => {
      delete (result as { pool?: unknown }).pool;
    });
    await editSealed(join(results, second), ({ result }) => {
      const { pool } = result as { pool: { object_rel_distance: { distances_m: number[] } } };
      pool.object_rel_distance.distances_m.pop();
    });
    const resumed = await runVsiBuild([...words, "--resume"]);
    expect(resumed).toMatchObject({ exitCode: 0 });
    expect(await contentOf(out)).toEqual(expected);
  });

  test("a scan whose files changed between the kill and --resume is read again", async () => {
    const out = join(folder, "changed");
    const words = ["--scannet", raw, "--out", out, "--workers", "1", "--scenes", "scene9000_00,scene9001_00"];
    expect(await buildUntil(1, "kill", out, words)).toMatchObject({ exitCode: null });
    const aggregation = join(raw, "scans", "scene9000_00", "scene9000_00.aggregation.json");
    const before = await readFile(aggregation, "utf8");
    await writeFile(aggregation, before.replace(/"label":"[^"]+"/g, '"label":"renamed"'));
    try {
      const resumed = await runVsiBuild([...words, "--resume"]);
      expect(resumed.exitCode).toBe(0);
      const facts = JSON.parse(await readFile(join(out, "scenes", "scene9000_00.json"), "utf8"));
      expect(new Set(facts.objects.map((object: { label: string }) => object.label))).toEqual(new Set(["renamed"]));
    } finally {
      await writeFile(aggregation, before);
    }
  });
});
