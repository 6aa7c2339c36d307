import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { runVsiBuild } from "@vsi/testing/commands";
import { folderContent, temporaryFolder } from "@vsi/testing/folders";
import { editSealed } from "../support/editSealed.ts";
import { changeFile, MESH, makeRawFolder, scanFile } from "../support/makeRawFolder.ts";

const SHARDS = 3;
const TARGET = ["--target", "vsi-100k", "--exclude", "scene9001"];

describe("shards", () => {
  const folder = temporaryFolder();
  let raw = "";
  let out = "";

  beforeAll(async () => {
    raw = join(folder, "raw");
    out = join(folder, "sharded");
    await makeRawFolder(raw, 8);
    // A scan that can't be read belongs to one shard, and is in the dataset's records all the same.
    await changeFile(scanFile(raw, "scene9004_00", MESH), (bytes) => bytes.subarray(0, bytes.length / 2));
    for (let index = 0; index < SHARDS; index += 1) {
      const built = await runVsiBuild(["--scannet", raw, "--out", out, "--shard", `${index}/${SHARDS}`, ...TARGET]);
      expect(built.exitCode).toBe(built.stderr.includes("scene9004_00") ? 1 : 0);
      expect(built.stdout).toContain(`Shard ${index}/${SHARDS} written to ${out}.shards/${index}-of-${SHARDS}`);
    }
  });

  test("merged they are byte for byte the dataset of one build, and so is the closing table", async () => {
    const whole = join(folder, "whole");
    const words = ["--scannet", raw, "--out", whole, "--json", ...TARGET];
    const [built, merged] = [await runVsiBuild(words), await runVsiBuild(["merge", "--out", out, "--json"])];
    expect([built.exitCode, merged.exitCode]).toEqual([1, 1]);
    expect(await folderContent(out)).toEqual(await folderContent(whole));
    const report = (text: string) => ({ ...JSON.parse(text), out: "", seconds: 0 });
    expect(report(merged.stdout)).toEqual(report(built.stdout));
    expect(report(merged.stdout)).toMatchObject({
      excluded_scans: 1,
      scans_read: 6,
      scans_skipped: [{ scan: "scene9004_00" }],
    });
  });

  test("a finished dataset is not replaced unasked, and the merge can be done again", async () => {
    expect(await runVsiBuild(["merge", "--out", out])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("finished dataset"),
    });
    const before = await folderContent(out);
    expect((await runVsiBuild(["merge", "--out", out, "--overwrite"])).exitCode).toBe(1);
    expect(await folderContent(out)).toEqual(before);
  });

  test("a shard that was built can be built again: requeued jobs cost nothing", async () => {
    const words = ["--scannet", raw, "--out", out, "--resume", ...TARGET];
    const again = await runVsiBuild([...words, "--shard", `auto/${SHARDS}`], { env: { SLURM_ARRAY_TASK_ID: "1" } });
    expect(again.exitCode).toBe(0);
  });

  test("regression: the folder around the shards was called a shard that is not finished", async () => {
    expect(await runVsiBuild(["merge", `${out}.shards/`, "--out", join(folder, "around")])).toMatchObject({
      exitCode: 2,
      stderr: `vsi-build: ${out}.shards/: got the folder around 3 shards, expected the shards themselves: ${out}.shards/*. Those beside --out are found without naming them.\n`,
    });
  });

  test("regression: merged into the folder of a shard, --overwrite removed that shard's results", async () => {
    const shards = [0, 1, 2].map((index) => `${out}.shards/${index}-of-${SHARDS}`);
    const before = await folderContent(`${out}.shards`);
    for (const [wrong, said] of [
      [shards[0]!, "is the folder of a shard"],
      [join(shards[0]!, "inner"), "lies within a shard"],
    ] as const) {
      const { exitCode, stderr } = await runVsiBuild(["merge", ...shards, "--out", wrong, "--overwrite"]);
      expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(said) });
    }
    expect(await folderContent(`${out}.shards`)).toEqual(before);
  });

  test("missing, doubled, unfinished and foreign shards are refused by name", async () => {
    const [zero, one, two] = [0, 1, 2].map((index) => `${out}.shards/${index}-of-${SHARDS}`) as [
      string,
      string,
      string,
    ];
    const merge = async (...shards: string[]) => runVsiBuild(["merge", ...shards, "--out", join(folder, "refused")]);
    expect(await merge(zero, two)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("shard 1 of 3 is missing"),
    });
    expect(await merge(zero, one, one, two)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("Name each shard once"),
    });
    expect(await merge(zero, one, folder)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("holds no finished shard"),
    });
    const foreign = join(folder, "foreign");
    await cp(two, foreign, { recursive: true });
    await editSealed(join(foreign, "shard.json"), (record) => {
      record.settings = { ...(record.settings as object), seed: 9 };
    });
    expect(await merge(zero, one, foreign)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("got a shard with other settings than"),
    });
    for (const text of ["{}", "", (await readFile(join(two, "shard.json"), "utf8")).slice(0, -2)]) {
      await writeFile(join(foreign, "shard.json"), text);
      expect(await merge(zero, one, foreign)).toMatchObject({
        exitCode: 2,
        stderr: expect.stringContaining("truncated or changed"),
      });
    }
  });

  test("a kept file of a shard that was cut or changed is named, and nothing is written", async () => {
    const cut = join(folder, "cut");
    await cp(`${out}.shards/0-of-${SHARDS}`, cut, { recursive: true });
    const facts = ".vsi-build/scenes/scene9000_00.json";
    const result = ".vsi-build/results/scene9000_00.json";
    const damages: [file: string, damage: (path: string) => Promise<void>][] = [
      [facts, (path) => writeFile(path, "")],
      [facts, (path) => rm(path)],
      [facts, (path) => changeFile(path, (bytes) => bytes.toString().replace(/"label":"[^"]+"/g, '"label":"other"'))],
      [result, (path) => writeFile(path, "")],
      [result, (path) => editSealed(path, (stored) => nameObject(stored, 999))],
    ];
    for (const [file, damage] of damages) {
      const path = join(cut, file);
      const whole = await readFile(path);
      await damage(path);
      const shards = [cut, `${out}.shards/1-of-${SHARDS}`, `${out}.shards/2-of-${SHARDS}`];
      const merged = await runVsiBuild(["merge", ...shards, "--out", join(folder, "from-cut"), "--overwrite"]);
      expect(merged).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("scene9000_00") });
      expect(merged.stderr).toContain(cut);
      expect(merged.stderr).not.toContain("    at ");
      await expect(readFile(join(folder, "from-cut", "SHA256SUMS"))).rejects.toThrow("ENOENT");
      await writeFile(path, whole);
    }
  });

  test("a room of ScanNet's val list that a shard puts into train stops the merge, and nothing is written", async () => {
    const forged = [0, 1, 2].map((index) => join(folder, `forged-${index}`));
    for (const [index, path] of forged.entries()) {
      await cp(`${out}.shards/${index}-of-${SHARDS}`, path, { recursive: true });
      // scene0011 is on ScanNet's val list.
      await editSealed(join(path, "shard.json"), (record) => {
        record.scans = (record.scans as { scanId: string; split: string }[]).map((scan) =>
          scan.scanId === "scene9000_00" ? { scanId: "scene0011_00", split: "train" } : scan,
        );
      });
    }
    const merged = await runVsiBuild(["merge", ...forged, "--out", join(folder, "leak")]);
    expect(merged).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("scene0011_00: would go to train") });
    await expect(readFile(join(folder, "leak", "SHA256SUMS"))).rejects.toThrow("ENOENT");
  });

  test("a target's cap holds over all scans, and what it dropped is recorded", async () => {
    const manifest = JSON.parse(await readFile(join(out, "manifest.json"), "utf8"));
    const made = (type: string) =>
      (manifest.counts.questions.train[type] ?? 0) + (manifest.counts.questions.validation[type] ?? 0);
    // Six scans were read: the paper's 6,400 questions from 1,513 scans are 25 from six.
    expect(made("object_counting")).toBeLessThanOrEqual(Math.round((6400 * 6) / 1513));
    const rejects = (await readFile(join(out, "rejects.jsonl"), "utf8"))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(rejects.filter(({ code }) => code === "over-target")).toHaveLength(manifest.counts.rejects["over-target"]);
    expect(rejects.filter(({ code }) => code === "excluded").map(({ scene_name }) => scene_name)).toEqual([
      "scene9001_00",
    ]);
  });
});

/** Makes every target that questions may be picked about an object of this id. */
function nameObject({ result }: Record<string, unknown>, id: number): void {
  const { pool } = result as { pool: { object_rel_distance: { targets: { id: number }[] } } };
  for (const target of pool.object_rel_distance.targets) target.id = id;
}
