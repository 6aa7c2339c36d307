import { cp, mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { lockFolder } from "@vsi/command";
import type { Question, SceneFacts } from "@vsi/dataset";
import { runVsiEval } from "@vsi/testing/commands";
import { temporaryFolder } from "@vsi/testing/folders";
import { readLines, writeLines } from "@vsi/testing/jsonFiles";
import type { MeshHeader } from "../../src/data/contract.ts";
import { readData } from "../../src/data/names.ts";
import { openView, VIEW_DEFAULTS, type View } from "../../src/data/view.ts";
import { questionsOf, sample } from "../support/sample.ts";

const { raw, dataset } = await sample();
const questions = await questionsOf(dataset);
const work = temporaryFolder();
const FIXTURES = fileURLToPath(new URL("../../../../testing/fixtures/0.1/", import.meta.url));

const open = (options: Partial<Parameters<typeof openView>[0]> = {}) =>
  openView({ folder: dataset, ...VIEW_DEFAULTS, ...options });

const factsOf = async (name: string): Promise<SceneFacts> =>
  JSON.parse(await readFile(join(dataset, `scenes/${name}.json`), "utf8"));

describe("the overview", () => {
  test("lists scenes as their facts and files are", async () => {
    const { scenes, splits, name, terms, runs, trainings } = await (await open({ scannet: raw })).overview();
    expect([name, splits, runs, trainings]).toEqual(["vsi-100k", ["train", "validation"], [], []]);
    expect(terms).toEqual([expect.stringContaining("CC0")]);
    const names = (await readdir(join(dataset, "scenes"))).map((file) => file.replace(".json", "")).sort();
    expect(scenes.map(({ scene_name }) => scene_name)).toEqual(names);
    for (const scene of scenes) {
      const facts = await factsOf(scene.scene_name);
      const own = questions.filter(({ scene_name }) => scene_name === scene.scene_name);
      const train = await readLines<Question>(dataset, "data/train.jsonl");
      expect(scene).toEqual({
        dataset: "vsi-synth",
        scene_name: facts.scene_name,
        split: train.some(({ id }) => id === own[0].id) ? "train" : "validation",
        questions: own.length,
        objects: facts.objects.filter(({ excluded }) => excluded !== "structure").length,
        area_m2: facts.room.area_m2,
        frames: 8,
        hasMesh: true,
        hasFrames: true,
        problem: null,
      });
    }
  });

  test("without raw scans or frames there are none to ask for", async () => {
    const folder = join(work, "bare");
    await cp(dataset, folder, { recursive: true, filter: (path) => !path.includes("frames") });
    const { scenes } = await (await open({ folder })).overview();
    expect(scenes.map(({ hasMesh, hasFrames, frames }) => [hasMesh, hasFrames, frames])).toEqual(
      scenes.map(() => [false, false, 8]),
    );
  });

  test.each([
    ["cut off", "scene-syntax", (text: string) => text.slice(0, 1000)],
    ["of another form", "scene-schema", (text: string) => text.replace(/"area_m2": ?[\d.]+/, '"area_m2": "large"')],
  ])("regression: facts that are %s hid all the other scenes", async (_, code, damage) => {
    const folder = join(work, code);
    await cp(dataset, folder, { recursive: true, filter: (path) => !path.includes("frames") });
    const file = join(folder, "scenes/scene9001_00.json");
    await writeFile(file, damage(await readFile(file, "utf8")));
    const view = await open({ folder });
    const { scenes, terms } = await view.overview();
    expect(scenes.map(({ problem }) => problem === null)).toEqual([true, false, true]);
    expect(scenes[1]).toMatchObject({ dataset: null, scene_name: "scene9001_00", objects: 0, frames: 0 });
    expect(scenes[1]?.questions).toBeGreaterThan(0);
    expect(scenes[1]?.problem).toMatch(/^scenes\/scene9001_00.json: /);
    expect(terms).toEqual([expect.stringContaining("CC0")]);
    await expect(view.scene(1)).rejects.toMatchObject({ code, message: scenes[1]?.problem });
    expect((await view.scene(2)).facts.scene_name).toBe(scenes[2]?.scene_name);
  });
});

describe("a scene", () => {
  test("comes with its facts, its records and their rows", async () => {
    const view = await open();
    const { scenes } = await view.overview();
    for (const [index, { scene_name }] of scenes.entries()) {
      const scene = await view.scene(index);
      expect(scene.facts).toEqual(await factsOf(scene_name));
      expect(scene.rows.map((row) => view.questions().id[row])).toEqual(scene.questions.map(({ id }) => id));
      expect(scene.questions).toEqual(questions.filter((question) => question.scene_name === scene_name));
      expect(scene.rejectRows.map((row) => view.questions().answer[row])).toEqual(
        scene.rejects.map(({ code }) => code),
      );
    }
  });
});

describe("a mesh", () => {
  /** The arrays of `mesh-<index>`, read as contract.ts says. */
  function arraysOf(bytes: Uint8Array) {
    const start = bytes.indexOf(10) + 1;
    const header = JSON.parse(Buffer.from(bytes.subarray(0, start)).toString()) as MeshHeader;
    const own = bytes.slice().buffer;
    const { vertices, triangles, hasColors } = header;
    const places = [start];
    for (const size of [12 * vertices, 12 * triangles, 4 * vertices, hasColors ? 3 * vertices : 0]) {
      places.push(places.at(-1)! + size);
    }
    expect([start % 4, places.at(-1)]).toEqual([0, bytes.length]);
    return {
      header,
      positions: new Float32Array(own, places[0], 3 * vertices),
      triangles: new Uint32Array(own, places[1], 3 * triangles),
      objects: new Int32Array(own, places[2], vertices),
      colors: new Uint8Array(own, places[3], hasColors ? 3 * vertices : 0),
    };
  }

  test("lies where the facts are: each object's vertices fill its box", async () => {
    const view = await open({ scannet: raw });
    const { header, positions, triangles, objects, colors } = arraysOf(await view.mesh(1));
    const facts = await factsOf("scene9001_00");
    expect(header.vertices).toBeGreaterThan(5000);
    expect(Math.max(...triangles)).toBeLessThan(header.vertices);
    expect(new Set(colors).size).toBeGreaterThan(3);
    for (const { id, aabb, points } of facts.objects) {
      const own = [...objects.keys()].filter((vertex) => objects[vertex] === id);
      expect(own).toHaveLength(points!);
      for (const axis of [0, 1, 2]) {
        const along = own.map((vertex) => positions[3 * vertex + axis]);
        expect(Math.min(...along)).toBeCloseTo(aabb.min[axis], 5);
        expect(Math.max(...along)).toBeCloseTo(aabb.max[axis], 5);
      }
    }
  });

  test("raw scans of other rooms are no meshes of this dataset", async () => {
    const other = join(work, "other");
    await cp(join(raw, "scans/scene9000_00"), join(other, "scene0000_00"), { recursive: true });
    const { scenes } = await (await open({ scannet: other })).overview();
    expect(scenes.some(({ hasMesh }) => hasMesh)).toBe(false);
  });
});

describe("runs", () => {
  const files = { a: join(work, "runs/a"), b: join(work, "runs/b/answers.jsonl") };
  let view: View;

  beforeAll(async () => {
    await mkdir(join(work, "runs/a"), { recursive: true });
    await mkdir(join(work, "runs/b"), { recursive: true });
    const own = await readLines<Question>(dataset, "data/train.jsonl");
    const answerTo = (question: Question, index: number, every: number) =>
      index % every === 0 ? (question.mc_answer ?? question.ground_truth) : "<b>I can't</b> tell";
    // The first is a run's folder that was asked all but three, once without an answer.
    const asked = own.slice(3).map((question, index) => ({
      id: question.id,
      prediction: index === 5 ? null : answerTo(question, index, 2),
    }));
    await writeLines(files.a, "predictions.jsonl", asked);
    await writeFile(join(files.a, "settings.json"), JSON.stringify({ model: "tiny", frames: 8 }));
    await writeLines(
      join(work, "runs/b"),
      "answers.jsonl",
      own.map((question, index) => ({ id: question.id, prediction: answerTo(question, index, 3) })),
    );
    view = await open({ runs: [files.a, files.b] });
  });

  test("are scored as vsi-eval scores them, question by question", async () => {
    const perQuestion = join(work, "a.per-question.jsonl");
    const words = ["score", files.a, "--data", dataset, "--split", "train", "--json", "--per-question", perQuestion];
    const { stdout } = await runVsiEval(words);
    const report = JSON.parse(stdout);
    const run = await view.run(0);
    expect(run).toMatchObject({ name: "a", settings: { model: "tiny", frames: 8 }, splits: ["train"] });
    expect(run.scores).toEqual(report.rows);
    const lines = new Map((await readLines(perQuestion)).map((line) => [line.id, line]));
    expect(run.answers).toHaveLength(view.questions().rows);
    for (const [row, answer] of run.answers.entries()) {
      const line = lines.get(view.questions().id[row]);
      const isAsked = line !== undefined && !report.questions.slice(0, 3).some(({ id }: Question) => id === line.id);
      expect(answer === null).toBe(!isAsked);
      if (answer === null) continue;
      expect([answer.text, answer.official, answer.robust]).toEqual([line.prediction, line.official, line.robust]);
      expect([answer.read, answer.why]).toEqual([line.read === null ? null : String(line.read), line.why]);
    }
    expect(lines.size).toBeGreaterThan(20);
  });

  test("regression: a run of --limit questions was scored on all, the rest as wrong; what is not answered is counted", async () => {
    const own = await readLines<Question>(dataset, "data/train.jsonl");
    const folder = join(work, "runs/limited");
    await mkdir(folder);
    const answered = own.slice(0, 8).map(({ id, mc_answer, ground_truth }) => ({
      id,
      prediction: mc_answer ?? ground_truth,
    }));
    await writeLines(folder, "predictions.jsonl", answered);
    const limited = async (limit: number | null) => {
      await writeFile(join(folder, "settings.json"), JSON.stringify({ model: "tiny", limit }));
      const { scores, unanswered } = await (await open({ runs: [folder] })).run(0);
      return [scores.find(({ row }) => row === own[0]!.question_type)!.official, unanswered];
    };
    expect(await limited(8)).toEqual([1, 0]);
    expect(await limited(10)).toEqual([expect.any(Number), 2]);
    expect(await limited(null)).toEqual([expect.any(Number), own.length - 8]);
  });

  test("are compared as vsi-eval compares them", async () => {
    const reports = { a: join(work, "a.json"), b: join(work, "b.json") };
    for (const name of ["a", "b"] as const) {
      const scored = await runVsiEval(["score", files[name], "--data", dataset, "--split", "train", "--json"]);
      await writeFile(reports[name], scored.stdout);
    }
    const compared = JSON.parse((await runVsiEval(["compare", reports.a, reports.b, "--json"])).stdout);
    const { comparisons } = await view.run(0);
    expect(comparisons[0]).toBeNull();
    expect(comparisons[1]!.rows).toEqual(compared.rows);
    expect(comparisons[1]).toMatchObject({ questions_shared: compared.questions_shared, settings: compared.settings });
  });

  test("of a run's folder all that the model said is shown, also where the answer in its tags is what is scored", async () => {
    const [question] = await readLines<Question>(dataset, "data/train.jsonl");
    const folder = join(work, "runs/tags");
    const answer = { id: question!.id, question_type: question!.question_type, frames: [], prompt: "", seconds: 1 };
    const said = { ...answer, reasoning_content: "I see <b>two</b>.", prediction: "<answer>2</answer>" };
    await mkdir(folder);
    await writeLines(folder, "predictions.jsonl", [{ id: question!.id, prediction: "2" }]);
    await writeLines(folder, "answers.jsonl", [{ ...answer, prediction: null, error: "status 500" }, said]);
    const { answers } = await (await open({ runs: [folder] })).run(0);
    expect(answers.find((one) => one !== null)?.text).toBe("I see <b>two</b>.\n\n<answer>2</answer>");
  });

  test("regression: a run that is not there was exit code 1, as if reading had failed", async () => {
    const none = join(work, "none");
    await expect(open({ runs: [none] })).rejects.toThrow(`--runs ${none}: got nothing at this path`);
  });

  test("regression: tables that vsi-eval score takes were called truncated JSON", async () => {
    const [question] = await readLines<Question>(dataset, "data/train.jsonl");
    const table = join(work, "runs/table.csv");
    await writeFile(table, `id,prediction\n${question?.id},four\n`);
    const { answers } = await (await open({ runs: [table] })).run(0);
    expect(answers.flatMap((answer) => answer?.text ?? [])).toEqual(["four"]);
  });

  test("two of one name are told apart by the folder around them", async () => {
    await mkdir(join(work, "runs/c"));
    await cp(files.b, join(work, "runs/c/answers.jsonl"));
    const { runs } = await (await open({ runs: [files.b, join(work, "runs/c/answers.jsonl")] })).overview();
    expect(runs.map(({ name }) => name)).toEqual(["b/answers.jsonl", "c/answers.jsonl"]);
  });

  test.each([
    ["answers to another dataset", [{ id: "ffffffffffffffff", prediction: "2" }], "prediction-unknown-id"],
    ["no answers", [], "predictions-empty"],
  ])("%s are refused at the start, by file and line", async (name, lines, code) => {
    await writeLines(work, `${name}.jsonl`, lines);
    await expect(open({ runs: [join(work, `${name}.jsonl`)] })).rejects.toMatchObject({ code });
  });
});

test("regression: --runs of other questions advised --data and --split, which vsi-view does not have", async () => {
  await writeLines(work, "others.jsonl", [{ id: "ffffffffffffffff", prediction: "2" }]);
  await expect(open({ runs: [join(work, "others.jsonl")] })).rejects.toMatchObject({
    detail: { advice: "Give runs that answer this dataset's questions." },
  });
});

describe("a training", () => {
  test("has its curves, samples of the dataset's questions, and goes on to be read", async () => {
    const folder = join(work, "training");
    await cp(join(FIXTURES, "train-run"), folder, { recursive: true });
    const asked = questions[4];
    const sampleOf = (id: string, step: number) => ({
      event: "sample",
      step,
      id,
      prompt: "<script>alert(1)</script>",
      completion: "<answer>4</answer>",
      reward: { format: 1, accuracy: 0.5, total: 1.5, guards: ["too-long"], read: "4" },
    });
    await writeLines(folder, "samples.jsonl", [sampleOf(asked.id, 1), sampleOf("ffffffffffffffff", 1)]);
    const view = await open({ train: [folder] });
    const training = await view.training(0);
    expect(training).toMatchObject({ name: "training", isRunning: false, alarms: [] });
    const loss = training.curves.find(({ metric, isHeldOut }) => metric === "loss" && !isHeldOut)!;
    const steps = await readLines(folder, "metrics.jsonl");
    expect(loss.values).toEqual(steps.filter(({ event }) => event === "step").map(({ metrics }) => metrics.loss));
    expect(training.samples.map(({ row, question_type }) => [row, question_type])).toEqual([
      [4, asked.question_type],
      [null, null],
    ]);
    expect(training.samples[0]).toMatchObject({
      prompt: "<script>alert(1)</script>",
      reward: { format: 1, accuracy: 0.5, total: 1.5 },
      guards: ["too-long"],
    });
    const lock = lockFolder(folder, "vsi-train grpo");
    expect((await view.training(0)).isRunning).toBe(true);
    lock.release();
    const step = { ...steps[0], step: 99, metrics: { loss: "NaN" } };
    await writeLines(folder, "metrics.jsonl", [...steps, step]);
    const later = await view.training(0);
    expect(later.step).toBe(99);
    expect(later.curves.find(({ metric }) => metric === "loss")!.values.at(-1)).toBeNull();
  });

  test("a folder of something else is refused at the start", async () => {
    await expect(open({ train: [dataset] })).rejects.toMatchObject({ code: "run-unreadable" });
  });
});

describe("names", () => {
  test.each([
    "",
    "overview.json",
    "scene-",
    "scene-01",
    "scene--1",
    "scene-3",
    "scene-1e0",
    "mesh-0",
    "run-0",
    "__proto__",
  ])("%j stands for nothing", async (name) => {
    expect(await readData(await open(), name)).toBeNull();
  });
});

describe("a dataset that can't be looked at", () => {
  test.each(["nothing", "raw scans"])("%s gets a word on what to give", async (what) => {
    const folder = what === "nothing" ? join(work, "nowhere") : raw;
    await expect(open({ folder })).rejects.toThrow("expected a dataset folder");
  });

  test.each(["scenes/leak.json", "data/test.jsonl", "rejects.jsonl"])(
    "a link out of it is not followed: %s",
    async (file) => {
      const folder = join(work, `linked-${file.replace("/", "-")}`);
      await cp(dataset, folder, { recursive: true, filter: (path) => !path.includes("frames") });
      const outside = join(work, "outside");
      await writeFile(outside, "SECRET\n");
      await rm(join(folder, file), { force: true });
      await symlink(outside, join(folder, file));
      await expect(open({ folder })).rejects.toThrow(/leads out of the dataset folder.*--local-dir/);
    },
  );

  test("what a Mac's archive adds is no scene", async () => {
    const folder = join(work, "mac");
    await cp(dataset, folder, { recursive: true, filter: (path) => !path.includes("frames") });
    await writeFile(join(folder, "scenes", "._scene9000_00.json"), "junk");
    expect((await (await open({ folder })).overview()).scenes).toHaveLength(3);
  });

  test("one that is being replaced is refused", async () => {
    const folder = join(work, "replaced");
    await cp(dataset, folder, { recursive: true, filter: (path) => !path.includes("frames") });
    await mkdir(join(folder, ".vsi-build"));
    await writeFile(join(folder, ".vsi-build/publishing.json"), "{}");
    await expect(open({ folder })).rejects.toThrow("partly old and partly new");
    await rm(join(folder, ".vsi-build"), { recursive: true });
    expect((await open({ folder })).splits).toEqual(["train", "validation"]);
  });
});
