import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { Question, Reject } from "@vsi/dataset";
import { validateQuestion } from "@vsi/dataset/validate";
import { makeRoom, type RoomTruth, trueCount, trueLongestSide } from "@vsi/synth";
import { runVsiBuild } from "@vsi/testing/commands";
import { folderContent, temporaryFolder } from "@vsi/testing/folders";
import { readLines } from "@vsi/testing/jsonFiles";

const ROOMS = 4;

/** A room's construction in the form in which VSI-Bench publishes its scenes. */
function publishedForm(truth: RoomTruth): Record<string, unknown> {
  const boxed = truth.objects.flatMap(({ label, box, aabb }) =>
    box === null || aabb === null ? [] : [{ label, box, aabb }],
  );
  const byLabel = new Map<string, typeof boxed>();
  for (const object of boxed) byLabel.set(object.label, [...(byLabel.get(object.label) ?? []), object]);
  const entryOf = ({ box, aabb }: (typeof boxed)[number]) => {
    const [cos, sin] = [Math.cos(box.yaw), Math.sin(box.yaw)];
    return {
      centroid: box.center,
      axesLengths: box.size,
      normalizedAxes: [cos, sin, 0, -sin, cos, 0, 0, 0, 1],
      min: aabb.min,
      max: aabb.max,
    };
  };
  return {
    dataset: "arkitscenes",
    room_size: truth.area,
    room_center: [0, 0, 1],
    object_counts: Object.fromEntries([...byLabel].map(([label, objects]) => [label, objects.length])),
    object_bbox: Object.fromEntries([...byLabel].map(([label, objects]) => [label, objects.map(entryOf)])),
  };
}

describe("vsi-build --meta-info: questions from published scene facts", () => {
  const folder = temporaryFolder();
  const truths = new Map<string, RoomTruth>();
  let file = "";

  beforeAll(async () => {
    for (let index = 0; index < ROOMS; index += 1) {
      const { truth } = makeRoom({ sceneName: `scene900${index}_00`, seed: index, vertexCount: 20_000 });
      truths.set(`4244494${index}`, truth);
    }
    file = join(folder, "meta_info.json");
    const scenes = [...truths].map(([name, truth]) => [name, publishedForm(truth)]);
    await writeFile(file, JSON.stringify(Object.fromEntries(scenes)));
  });

  test("all go to data/test.jsonl, never to train, and the answers are the construction's", async () => {
    const out = join(folder, "out");
    const built = await runVsiBuild(["--meta-info", file, "--protocol", "vsi-bench", "--out", out]);
    expect(built).toMatchObject({ exitCode: 0 });
    expect(await readdir(join(out, "data"))).toEqual(["test.jsonl"]);
    expect(await readFile(join(out, "README.md"), "utf8")).toContain("never for training");
    const questions = await readLines<Question>(join(out, "data", "test.jsonl"));
    let checked = 0;
    for (const question of questions) {
      validateQuestion(question, { file: "test.jsonl" });
      const truth = truths.get(question.scene_name)!;
      const counted = /^How many (.+)\(s\)/.exec(question.question)?.[1];
      const measured = /height\) of the (.+), measured/.exec(question.question)?.[1];
      if (counted !== undefined) expect(question.ground_truth).toBe(String(trueCount(truth, counted)));
      if (measured !== undefined) {
        expect(Math.abs(Number(question.ground_truth) - trueLongestSide(truth, measured))).toBeLessThan(0.5 + 1e-6);
      }
      if (counted ?? measured) checked += 1;
      if (question.options !== null) {
        const letter = question.options.find((option) => option.endsWith(`. ${question.ground_truth}`))?.[0];
        expect(question.mc_answer).toBe(letter);
      }
    }
    expect(checked).toBeGreaterThan(ROOMS * 5);
    expect(new Set(questions.map((question) => question.dataset))).toEqual(new Set(["arkitscenes"]));
  });

  test("the same bytes for one worker and for two", async () => {
    const words = ["--meta-info", file, "--protocol", "vsi-bench", "--distance", "sampled"];
    for (const workers of ["1", "2"]) {
      const built = await runVsiBuild([...words, "--workers", workers, "--out", join(folder, `w${workers}`)]);
      expect(built.exitCode).toBe(0);
    }
    expect(await folderContent(join(folder, "w1"))).toEqual(await folderContent(join(folder, "w2")));
  });

  test("a bad scene is named with its place, recorded, and the others go on", async () => {
    const json = JSON.parse(await readFile(file, "utf8"));
    json["42444940"].room_size = 0;
    json["../escape"] = json["42444941"];
    const bad = join(folder, "bad.json");
    await writeFile(bad, JSON.stringify(json));
    const out = join(folder, "bad");
    const built = await runVsiBuild(["--meta-info", bad, "--protocol", "vsi-bench", "--out", out]);
    expect(built.exitCode).toBe(1);
    expect(built.stderr).toContain("42444940.room_size");
    const rejects = await readLines<Reject>(join(out, "rejects.jsonl"));
    const scenes = rejects.filter((reject) => reject.question_type === null);
    expect(scenes.map((reject) => reject.code).sort()).toEqual(["meta-info-bad-room", "meta-info-unsafe-name"]);
    // No path of this machine gets into the dataset.
    expect(JSON.stringify(scenes)).not.toContain(folder);
    expect((await readdir(join(out, "scenes"))).sort()).toEqual(["42444941.json", "42444942.json", "42444943.json"]);
  });

  test.each([
    ["a file that is not there", ["--meta-info", "nowhere.json"], "can't be read"],
    ["both sources", ["--meta-info", "x.json", "--scannet", "raw"], "give only one"],
    ["training on test rooms", ["--meta-info", "x.json", "--split", "train"], "never training data"],
    [
      "a type the protocol does not have",
      ["--meta-info", "x.json", "--types", "object_rel_direction_hard"],
      "vsi-100k has no",
    ],
  ])("refuses %s", async (_, words, text) => {
    const built = await runVsiBuild(words);
    expect(built.exitCode).toBe(2);
    expect(built.stderr).toContain(text);
    expect(built.stderr).not.toContain("    at ");
  });

  test.each([
    ["text that is not JSON", "{"],
    ["JSON of something else", '{"a": 1}'],
    ["a list", "[]"],
  ])("refuses %s", async (_, text) => {
    const path = join(folder, "other.json");
    await writeFile(path, text);
    const built = await runVsiBuild(["--meta-info", path, "--out", join(folder, "never")]);
    expect(built.exitCode).toBe(2);
    expect(built.stderr).toContain("other.json");
    expect(await readdir(folder)).not.toContain("never");
  });
});
