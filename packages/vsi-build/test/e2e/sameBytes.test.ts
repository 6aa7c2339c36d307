import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { hashFile } from "@vsi/dataset/node";
import { writeRawScanNet } from "@vsi/synth/node";
import { runVsiBuild, VSI_BUILD } from "@vsi/testing/commands";
import { editSealed } from "../support/editSealed.ts";

const ROOMS = 60;

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

async function ended(child: ChildProcess): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  if (child.exitCode !== null || child.signalCode !== null) return { code: child.exitCode, signal: child.signalCode };
  return new Promise((resolve) => child.once("exit", (code, signal) => resolve({ code, signal })));
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
    ["2", 20],
    ["2", ROOMS - 3],
  ])("after kill -9 with %s worker(s) once %i results are kept, then --resume", async (workers, after) => {
    const out = join(folder, `killed-${workers}-${after}`);
    const words = ["--scannet", raw, "--out", out, "--workers", workers];
    const child = spawn(process.execPath, [VSI_BUILD, ...words], { stdio: "ignore" });
    while ((await keptResults(out)) < after && child.exitCode === null) await wait(2);
    child.kill("SIGKILL");
    expect(await ended(child)).toEqual({ code: null, signal: "SIGKILL" });
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
    const child = spawn(process.execPath, [VSI_BUILD, ...words], { stdio: ["ignore", "ignore", "pipe"] });
    let stderr = "";
    child.stderr.on("data", (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    while ((await keptResults(out)) < 5 && child.exitCode === null) await wait(2);
    child.kill("SIGTERM");
    expect(await ended(child)).toEqual({ code: 143, signal: null });
    expect(stderr).toContain("--resume");
    expect(await keptResults(out)).toBeGreaterThanOrEqual(5);
    const resumed = await runVsiBuild([...words, "--resume"]);
    expect(resumed.exitCode).toBe(0);
    expect(await contentOf(out)).toEqual(expected);
  });

  test("a kept result whose pool was cut is made again", async () => {
    const out = join(folder, "cut-pool");
    const words = ["--scannet", raw, "--out", out, "--workers", "2"];
    const child = spawn(process.execPath, [VSI_BUILD, ...words], { stdio: "ignore" });
    while ((await keptResults(out)) < 3 && child.exitCode === null) await wait(2);
    child.kill("SIGKILL");
    expect(await ended(child)).toEqual({ code: null, signal: "SIGKILL" });
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
    const child = spawn(process.execPath, [VSI_BUILD, ...words], { stdio: "ignore" });
    while ((await keptResults(out)) < 1 && child.exitCode === null) await wait(1);
    child.kill("SIGKILL");
    await ended(child);
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
