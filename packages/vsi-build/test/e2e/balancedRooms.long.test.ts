import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { Manifest, Question, Reject } from "@vsi/dataset";
import { writeChecksums } from "@vsi/dataset/node";
import type { VerifyReport } from "@vsi/inspect";
import { TARGETS } from "@vsi/questions";
import { capsFor, LEAST_ROOMS } from "@vsi/questions/internal";
import { writeRawScanNet } from "@vsi/synth/node";
import { runVsiBuild } from "@vsi/testing/commands";
import { folderContent, temporaryFolder } from "@vsi/testing/folders";
import { readLines } from "@vsi/testing/jsonFiles";

/** A few more than balancing needs. */
const ROOMS = LEAST_ROOMS + 2;

/** Enough for careful rules to ask about most of the furniture. */
const VERTICES = 20_000;

const TRAIN = "data/train.jsonl";

describe("rooms enough to learn what can be guessed", () => {
  const folder = temporaryFolder();
  const path = (name: string) => join(folder, name);
  let scans: string[] = [];

  beforeAll(async () => {
    scans = await writeRawScanNet(path("raw"), { rooms: ROOMS, seed: 9, vertexCount: VERTICES });
    await build("whole", "--workers", "1");
  });

  async function build(name: string, ...words: string[]): Promise<void> {
    const built = await runVsiBuild(["--scannet", path("raw"), "--out", path(name), "--quiet", ...words]);
    expect(built).toMatchObject({ exitCode: 0, stderr: "" });
  }

  async function verify(name: string, ...words: string[]): Promise<VerifyReport> {
    return JSON.parse((await runVsiBuild(["verify", path(name), "--json", ...words])).stdout) as VerifyReport;
  }

  async function manifestOf(name: string): Promise<Manifest> {
    return JSON.parse(await readFile(join(path(name), "manifest.json"), "utf8")) as Manifest;
  }

  const trainOf = (name: string) => readLines<Question>(join(path(name), TRAIN));

  test("balancing is on, and its questions are asked", async () => {
    const { settings, inputs, counts } = await manifestOf("whole");
    expect(settings).toMatchObject({ rules: "careful", balance: true });
    expect(inputs.rooms_learnt_from).toBe(ROOMS);
    for (const type of ["object_rel_distance", "object_rel_direction_easy"]) {
      expect(counts.questions.train?.[type]).toBeGreaterThan(ROOMS);
    }
    expect(await readFile(join(path("whole"), "README.md"), "utf8")).toContain(
      `as far as can be learned from ${ROOMS} rooms`,
    );
  });

  test("--resume of what is finished tells how many rooms taught it", async () => {
    const again = await runVsiBuild(["--scannet", path("raw"), "--out", path("whole"), "--resume"]);
    expect(again).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(`was learned from ${ROOMS} rooms.`) });
  });

  test("shards that each know a third of the rooms are merged into the bytes of one build", async () => {
    for (const index of [2, 0, 1]) await build("sharded", "--shard", `${index}/3`);
    expect(await runVsiBuild(["merge", "--out", path("sharded")])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining(`Chosen by careful rules; what can be guessed was learned from ${ROOMS} rooms.`),
    });
    expect(await folderContent(path("sharded"))).toEqual(await folderContent(path("whole")));
  });

  test("shards under other rules are refused, and so are those that are not balanced", async () => {
    const scenes = ["--scenes", scans.slice(0, 2).join(",")];
    const shard = (name: string, index: number) => join(folder, `${name}.shards`, `${index}-of-2`);
    await build("careful", ...scenes, "--shard", "0/2");
    for (const other of [["--rules", "paper"], ["--rules", "published"], ["--no-balance"]]) {
      const name = other.join("");
      await build(name, ...scenes, "--shard", "1/2", ...other);
      const merged = await runVsiBuild(["merge", shard("careful", 0), shard(name, 1), "--out", path("mixed")]);
      expect(merged).toMatchObject({
        exitCode: 2,
        stderr: expect.stringContaining("got a shard with other settings than"),
      });
    }
  });

  test("verify --regenerate picks the same questions again", async () => {
    const { problems, regenerated, questions } = await verify("whole", "--regenerate");
    expect(problems).toEqual([]);
    expect(regenerated).toBe(questions);
  });

  test("a pick that was swapped for another true question is found by --regenerate alone", async () => {
    await build("other", "--seed", "1");
    const questions = await trainOf("whole");
    const ids = new Set(questions.map(({ id }) => id));
    const others = (await trainOf("other")).filter(
      ({ id, question_type }) => question_type === "object_rel_distance" && !ids.has(id),
    );
    let swaps = 0;
    // One about the same target of the same scene: only its options are others.
    for (const [place, question] of questions.entries()) {
      if (question.question_type !== "object_rel_distance" || swaps === 2) continue;
      const target = question.evidence.object_ids[0];
      const other = others.find(
        ({ scene_name, evidence }) => scene_name === question.scene_name && evidence.object_ids[0] === target,
      );
      if (other === undefined) continue;
      swaps += 1;
      await cp(path("whole"), path("swapped"), { recursive: true, force: true });
      const lines = questions.with(place, other).map((line) => `${JSON.stringify(line)}\n`);
      await writeFile(join(path("swapped"), TRAIN), lines.join(""));
      await writeChecksums(path("swapped"));
      expect((await verify("swapped")).problems).toEqual([]);
      const { problems } = await verify("swapped", "--regenerate");
      expect(problems.map(({ code, id }) => ({ code, id }))).toEqual([
        { code: "question-missing", id: question.id },
        { code: "question-extra", id: other.id },
      ]);
    }
    expect(swaps).toBe(2);
  });

  test("a target's caps hold for what is picked too, and what is over them is on record", async () => {
    await build("capped", "--target", "vsi-100k");
    const { counts } = await manifestOf("capped");
    const made = (type: string) =>
      Object.values(counts.questions).reduce((sum, ofSplit) => sum + (ofSplit?.[type] ?? 0), 0);
    for (const [type, cap] of Object.entries(capsFor(TARGETS["vsi-100k"], ROOMS))) {
      expect(made(type)).toBeLessThanOrEqual(cap);
    }
    const rejects = await readLines<Reject>(join(path("capped"), "rejects.jsonl"));
    const over = rejects.filter(({ code }) => code === "over-target");
    expect(over).toHaveLength(counts.rejects["over-target"] ?? Number.NaN);
    expect(new Set(over.map((reject) => reject.question_type))).toContain("object_rel_distance");
    expect((await verify("capped", "--regenerate")).problems).toEqual([]);
  });

  test("one room more changes what other rooms are asked: it is learnt from", async () => {
    const fewer = scans.slice(0, -1);
    await build("fewer", "--scenes", fewer.join(","));
    expect((await manifestOf("fewer")).inputs.rooms_learnt_from).toBe(ROOMS - 1);
    const picked = async (name: string) =>
      (await trainOf(name))
        .filter(
          ({ scene_name, question_type }) => scene_name !== scans.at(-1) && question_type === "object_rel_distance",
        )
        .map(({ id }) => id);
    const [before, after] = [await picked("fewer"), await picked("whole")];
    expect(after).toHaveLength(before.length);
    expect(after).not.toEqual(before);
  });

  test("too few rooms: nothing is learnt, no count is too common, and verify knows", async () => {
    await build("few", "--scenes", scans.slice(0, LEAST_ROOMS - 1).join(","));
    const { inputs, counts } = await manifestOf("few");
    expect(inputs.rooms_learnt_from).toBe(0);
    expect(counts.rejects).not.toHaveProperty("answer-too-common");
    expect((await verify("few", "--regenerate")).problems).toEqual([]);
  });

  test("a validation split of a few rooms keeps its counts: nothing can be said of what is common there", async () => {
    const { counts } = await manifestOf("whole");
    expect(counts.questions.validation?.object_counting).toBeGreaterThan(0);
    const rejects = await readLines<Reject>(join(path("whole"), "rejects.jsonl"));
    const dropped = new Set(
      rejects.filter(({ code }) => code === "answer-too-common").map((reject) => reject.scene_name),
    );
    const validation = await readLines<Question>(join(path("whole"), "data/validation.jsonl"));
    expect(dropped.size).toBeGreaterThan(0);
    expect(validation.filter(({ scene_name }) => dropped.has(scene_name))).toEqual([]);
  });
});
